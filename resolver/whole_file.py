"""Files that take their place when they are whole: whoever looks finds the old one, or all of the new one."""

from __future__ import annotations

import io
import os
import uuid
from contextlib import contextmanager, suppress
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from _typeshed import ReadableBuffer

#: How much of a file's name its part has, in characters: with what follows, the longest name of most systems fits.
_OF_NAME = 50


@contextmanager
def written_whole(path: Path, part: Path | None = None) -> Iterator[IO[bytes]]:
    """Yield a file that is moved to *path* when the block ends well, all of it on the disk.

    Until then it is at *part*, in the same folder and with a name that nothing else has; it is gone where the block
    raises. What the system does not allow raises OSError with *path* as its ``filename``, so that it can be told from
    a failure of anything else that the block works with.

    >>> import tempfile, pathlib
    >>> path = pathlib.Path(tempfile.mkdtemp(), "a.txt")
    >>> with written_whole(path) as out:
    ...     _ = out.write(b"Open!")
    ...     path.exists()
    False
    >>> path.read_text(), len(list(path.parent.iterdir()))
    ('Open!', 1)
    """
    begun = part or path.with_name(f".{path.name[:_OF_NAME]}.{uuid.uuid4().hex}.part")
    with _named(path):
        raw = _Raw(begun, path, "x")
    try:
        with io.BufferedWriter(raw) as out:
            yield out
            out.flush()
            with _named(path):
                os.fsync(out.fileno())
        with _named(path):
            begun.replace(path)
    except BaseException:
        with suppress(OSError):
            begun.unlink(missing_ok=True)
        raise


@contextmanager
def written_in_place(path: Path) -> Iterator[IO[bytes]]:
    """Yield what is no file, such as a pipe or a device, to be written as it is. Raises OSError as the other does."""
    with _named(path):
        raw = _Raw(path, path, "w")
    with io.BufferedWriter(raw) as out:
        yield out


class _Raw(io.FileIO):
    def __init__(self, place: Path, path: Path, mode: str) -> None:
        super().__init__(place, mode)
        self._path = path

    def write(self, data: ReadableBuffer, /) -> int:
        with _named(self._path):
            return super().write(data)


@contextmanager
def _named(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error
