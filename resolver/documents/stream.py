"""Read one stream, whatever format its content is of."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from resolver.documents.compression import compression_of, preview
from resolver.documents.decode import byte_order_mark
from resolver.documents.formats import format_of, suffix_of
from resolver.documents.row import Row, Source, Wanted
from resolver.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from io import BufferedReader


#: Bytes that are looked at to see what a file is, and read at once.
BUFFER = 64 * 1024


def read_stream(stream: BufferedReader[Any], name: str, wanted: Wanted) -> Iterator[Row]:
    """Yield the documents of the file called *name*, as :func:`resolver.documents.read` does of many.

    What the file is, is told by the suffix of its name, else by its first bytes. Raises OSError where the stream
    cannot be read, and :class:`~resolver.errors.InputError` where nothing of it can; all else is reported.

    >>> import io
    >>> from resolver.documents.columns import Columns
    >>> stream = io.BufferedReader(io.BytesIO(b"The harbour is open."))
    >>> [row.document.text for row in read_stream(stream, "a", Wanted(report=print, columns=Columns()))]
    ['The harbour is open.']
    """
    stored = stream.peek(BUFFER)[:BUFFER]
    if not stored:
        wanted.report(InputError(name, "is empty", "there is nothing to find in it"))
        return
    compression = compression_of(stored)
    start = preview(stored, compression, name)
    _, encoding = byte_order_mark(start)
    if encoding not in {None, "utf-8"}:
        start = start.decode(encoding or "utf-8", "replace").encode()
    source = Source(name=name, stream=stream, compression=compression, wanted=wanted)
    suffix = "" if name == "stdin" else suffix_of(name)
    with blamed(name):
        yield from format_of(suffix, start).load(name)(source)


@contextmanager
def blamed(name: str) -> Iterator[None]:
    """Raise what a reader fails with as :class:`~resolver.errors.InputError` of the file that it reads.

    So one file that nobody has thought of does not end the reading of all others.

    >>> with blamed("a.parquet"):
    ...     {}["text"]
    Traceback (most recent call last):
    resolver.errors.InputError: a.parquet: this tool fails to read it (KeyError: 'text'); please report that
    """
    try:
        yield
    except (OSError, InputError):
        raise
    except Exception as error:
        why = f"{type(error).__name__}: {error}"[:300]
        raise InputError(name, f"this tool fails to read it ({why})", "please report that") from error
