"""The formats that can be read: how each is told from the others, and where its reader is."""

from __future__ import annotations

import re
from importlib import import_module
from importlib.util import find_spec
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple, cast

from resolver.documents.columns import usual_names
from resolver.documents.compression import COMPRESSIONS
from resolver.errors import InputError

if TYPE_CHECKING:
    from resolver.documents.row import Reader


class Format(NamedTuple):
    """One format."""

    name: str
    #: The suffixes of its files, below that of a compression.
    suffixes: tuple[str, ...]
    #: A pattern of what its files begin with; ``None`` where they cannot be told by that.
    begins: bytes | None
    #: Module in :mod:`resolver.documents.readers` and the function in it, loaded when a file is of this format.
    reader: str
    #: A library that it needs beside those of the default install, and the extra that installs it.
    needs: str | None = None
    extra: str | None = None
    #: Whether no file of another format begins so.
    is_certain: bool = False

    def is_begun_by(self, start: bytes) -> bool:
        """Whether a file that begins with *start* is of this format. Patterns are compiled when first needed."""
        return self.begins is not None and re.match(self.begins, start) is not None

    def load(self, name: str) -> Reader:
        """Return the reader. Raises :class:`~resolver.errors.InputError` where it *needs* what is not there."""
        if self.needs is not None and find_spec(self.needs) is None:
            problem = f"is {self.name}, which needs {self.needs}"
            raise InputError(name, problem, f"install embed-resolver[{self.extra}]")
        module, _, function = self.reader.partition(".")
        return cast("Reader", getattr(import_module(f"resolver.documents.readers.{module}"), function))


def _begins(pattern: bytes) -> bytes:
    return rb"(?:\xef\xbb\xbf)?\s{0,64}" + pattern


# A line of short names with one separator between them, one of them that of a column with articles.
_NAME = (
    rb"(?i:" + b"|".join(name.encode() for name in sorted(usual_names("text") | usual_names("html"))) + rb")"
)
_HEADER = (
    rb"(?:\xef\xbb\xbf)?(?=[^\n]{0,4096}?(?:^|[\xbf,;\t|\"])" + _NAME + rb"[\",;\t|\r\n])"
    rb"\"?[\w .-]{0,60}\"?(?:([,;\t|])\"?[\w .-]{0,60}\"?)(?:\1\"?[\w .-]{0,60}\"?){0,500}\r?\n"
)

# What stands before the root element of XML: declarations and comments. WordPress writes a long comment.
_PROLOG = rb"(?=<(?:\?xml|!--|rss|feed|rdf))(?s:.{0,16384}?)"

#: The formats, the most usual first. Where a suffix belongs to several, and where there is none that is known, the
#: first bytes decide, in this order.
FORMATS = (
    Format(
        name="CSV",
        suffixes=(".csv", ".tsv"),
        begins=_HEADER,
        reader="separated.read",
    ),
    Format(
        name="JSON",
        suffixes=(".json", ".jsonl", ".ndjson"),
        # An array, or an object over several lines.
        begins=_begins(rb"(?:\[\s{0,64}[{\]]|\{[^\n]{0,4096}?(?:(?<=[{\[,])[ \t\r]{0,64}\n))"),
        reader="json_document.read",
    ),
    Format(
        name="JSON Lines",
        suffixes=(".jsonl", ".ndjson", ".json"),
        begins=_begins(rb"\{"),
        reader="json_lines.read",
    ),
    Format(name="HTML", suffixes=(".html", ".htm", ".xhtml"), begins=None, reader="page.read_html"),
    Format(name="text", suffixes=(".txt", ".text", ".md"), begins=None, reader="page.read_text"),
    Format(
        name="Parquet",
        suffixes=(".parquet",),
        begins=rb"PAR1[\x00-\x1f]",
        reader="parquet.read",
        is_certain=True,
        needs="pyarrow",
        extra="corpus",
    ),
    Format(
        name="WARC",
        suffixes=(".warc", ".wet"),
        begins=_begins(rb"WARC/[01]\."),
        reader="warc.read",
    ),
    Format(
        name="a WordPress export",
        suffixes=(".wxr", ".xml"),
        begins=_begins(_PROLOG + rb"<rss\b[^<>]{0,2048}wordpress\.org/export/"),
        reader="wordpress.read",
    ),
    Format(
        name="a feed",
        suffixes=(".rss", ".atom", ".rdf", ".xml"),
        begins=_begins(_PROLOG + rb"<(?:rss|feed|rdf:RDF)[\s>]"),
        reader="feed.read",
        needs="feedparser",
        extra="feeds",
    ),
    Format(name="text or HTML", suffixes=(".xml",), begins=rb"", reader="page.read_either"),
)

#: All suffixes of all formats, in their order.
SUFFIXES = tuple(dict.fromkeys(suffix for known in FORMATS for suffix in known.suffixes))

_COMPRESSED = frozenset(compression.suffix for compression in COMPRESSIONS)


def suffix_of(name: str) -> str:
    """Return the suffix that says what a file is, in small letters; empty where it has none.

    >>> suffix_of("CC-MAIN-2020.warc.wet.gz"), suffix_of("News.JSONL"), suffix_of("article")
    ('.wet', '.jsonl', '')
    """
    # Of a file within an archive, fsspec has the archive behind it.
    path = PurePath(name.partition("::")[0] if "://" in name else name)
    suffix = path.suffix.lower()
    return PurePath(path.stem).suffix.lower() if suffix in _COMPRESSED else suffix


def format_of(suffix: str, start: bytes) -> Format:
    """Return the format of a file by its *suffix*, and by the first bytes of its content where that leaves it open.

    Parquet is known by its first bytes, whatever it is called.

    >>> format_of(".txt", b"{}").name, format_of("", b'{"text": "a"}').name, format_of("", b"words").name
    ('text', 'JSON Lines', 'text or HTML')
    """
    candidates = [known for known in FORMATS if suffix in known.suffixes]
    if len(candidates) == 1:
        return _misnamed(start) or candidates[0]
    for known in candidates or FORMATS:
        if known.is_begun_by(start):
            return known
    # Of which the suffix is more telling.
    return min(candidates, key=lambda known: known.suffixes.index(suffix))


def _misnamed(start: bytes) -> Format | None:
    """Return the format of a file that can be of no other, whatever it is called."""
    return next((known for known in FORMATS if known.is_certain and known.is_begun_by(start)), None)
