"""What corpora are made of: articles, manuals, manuals in other languages, and scripts that are on this machine."""

from __future__ import annotations

import gzip
import random
import re
import zlib
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from benchmarks.cases import ROOT, read_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    #: The paragraphs of one text, in their order.
    Paragraphs = tuple[str, ...]

#: Where systems keep what people are to read, and scripts for pages.
MANUALS: Final = ("/usr/share/doc", "/usr/share/man", "/usr/share/perl", "/usr/lib/node_modules")
SCRIPTS: Final = ("/usr/lib/node_modules", "/usr/share/nodejs", "/usr/share/javascript")
#: Passages of real articles, where they are beside the repository.
ARTICLES: Final = ROOT / "../shared/cases/flattened.jsonl"

_MANUAL_SUFFIXES: Final = frozenset({"", ".txt", ".md", ".rst", ".gz", ".1", ".3", ".5", ".7", ".8"})
#: Of each, so many characters are enough.
_MOST: Final = 20_000_000
#: Of a file, in bytes and unpacked: data and logs are larger.
_LARGEST: Final = 2_000_000
_SHORTEST_PARAGRAPH: Final = 60
_SEED: Final = 20261120
# Where manuals in other languages stand: man/de/man1, man/pt_BR/man8.
_TRANSLATED = re.compile(r"/man/[a-z]{2,3}(?:_[A-Z]{2})?/man[0-9]")
# Markup of manuals: requests, and changes of the font.
_REQUEST = re.compile(r"(?m)^[.'].*$")
_FONT = re.compile(r"\\(?:f[BIRPC]|[&|^]|\*\([a-z]{2})")
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
# A post of its own would be one more than those that are planted.
_OF_A_POST = re.compile(r"@\w|://|\.twitter\.|\bt\.co/")
# What XML, and so a WordPress export, cannot hold.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class Sources(NamedTuple):
    """Texts as paragraphs, and code as pages have it."""

    articles: Sequence[Paragraphs]
    manuals: Sequence[Paragraphs]
    translations: Sequence[Paragraphs]
    scripts: Sequence[str]

    @property
    def size(self) -> int:
        """Characters of all different texts."""
        return sum(
            len(one) for one in chain.from_iterable(chain(self.articles, self.manuals, self.translations))
        )


def installed() -> Sources:
    """Return what is on this machine. Raises SystemExit where there is nothing to read on it."""
    paths = _shuffled(MANUALS)
    manuals = tuple(_texts(path for path in paths if not _TRANSLATED.search(str(path))))
    if not manuals:
        raise SystemExit(f"no texts were found in {', '.join(MANUALS)}")
    scripts = (_read(path) for path in _shuffled(SCRIPTS) if path.suffix == ".js")
    scripts = (text for text in scripts if text and "</script" not in text)
    return Sources(
        articles=tuple(_articles(ARTICLES)),
        manuals=manuals,
        translations=tuple(_texts(path for path in paths if _TRANSLATED.search(str(path)))),
        scripts=tuple(text for (text,) in _enough((text,) for text in scripts)),
    )


def typeset(text: str) -> str:
    """Return a text in one line with the quotation marks and dashes of print, as content systems write them.

    >>> typeset('It\\'s "open" --\\nat last')
    'It’s “open” – at last'
    """
    line = " ".join(text.split())
    line = re.sub(r"(?<=\w)'(?=\w)", "’", line)
    line = re.sub(r'"([^"]{1,300})"', "“\\1”", line)
    return line.replace(" -- ", " – ").replace("...", "…")


def _articles(path: Path) -> Iterator[Paragraphs]:
    """Yield the passages, without those of their paragraphs that are of a post."""
    known: set[str] = set()
    for row in read_rows(path) if path.exists() else ():
        paragraphs = [typeset(part) for part in row["text"].split("\n") if not _OF_A_POST.search(part)]
        new = tuple(one for one in paragraphs if len(one) >= _SHORTEST_PARAGRAPH and one not in known)
        known.update(new)
        if new:
            yield new


def _texts(paths: Iterable[Path]) -> Iterator[Paragraphs]:
    return _enough(filter(None, (_manual(path) for path in paths if path.suffix in _MANUAL_SUFFIXES)))


def _manual(path: Path) -> Paragraphs:
    text = _FONT.sub("", _REQUEST.sub("", _read(path))).replace("\\-", "-")
    paragraphs = (typeset(part) for part in _BLANK_LINE.split(text))
    return tuple(one for one in paragraphs if len(one) >= _SHORTEST_PARAGRAPH and not _OF_A_POST.search(one))


def _shuffled(places: Iterable[str]) -> list[Path]:
    """Return the files below some places, in an order that has nothing to do with their names, always the same."""
    paths = sorted(path for place in places for path in Path(place).rglob("*"))
    random.Random(_SEED).shuffle(paths)
    return [path for path in paths if path.is_file() and not path.is_symlink()]


def _read(path: Path) -> str:
    """Return the text of a file, empty where it is none or is too large."""
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as stream:
            data = stream.read(_LARGEST + 1)
        text = "" if len(data) > _LARGEST else data.decode()
        return "" if _CONTROL.search(text) else text
    except (OSError, EOFError, UnicodeDecodeError, zlib.error):
        return ""


def _enough(texts: Iterable[Paragraphs]) -> Iterator[Paragraphs]:
    size = 0
    for text in texts:
        yield text
        size += sum(map(len, text))
        if size > _MOST:
            return
