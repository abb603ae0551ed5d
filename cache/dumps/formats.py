"""The forms of files that know where short links lead, told apart by how they begin."""

from __future__ import annotations

import bz2
import csv
import gzip
import io
import json
import lzma
import zlib
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Any, NamedTuple

from cache.dumps.tweets import array_items, pairs_in
from resolver.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

#: The longest line that is read, in characters; longer ones are left out.
LONGEST_LINE = 1 << 22
#: How many bytes at the beginning tell text from what is none, and what is said to be known then.
_BEGINNING = 4096
_KNOWN = "BEACON files, JSON Lines of tweets, tweets.js of an archive, and CSV of short and long addresses"

_DECOMPRESSORS: Mapping[str, Callable[..., Any]] = {".gz": gzip.open, ".xz": lzma.open, ".bz2": bz2.open}
_DAMAGED = (EOFError, zlib.error, lzma.LZMAError, gzip.BadGzipFile, ValueError, csv.Error, RecursionError)


class Pair(NamedTuple):
    """A short link, where it leads, and where that stands."""

    url: str
    expanded_url: str
    #: Of the line or the item in the file, from 1.
    number: int


class Pairs(NamedTuple):
    """The pairs of a file, one after the other, and by what their numbers count it: ``line`` or ``item``."""

    pairs: Iterator[Pair]
    unit: str


@contextmanager
def read_pairs(path: Path) -> Iterator[Pairs]:
    """Yield the short links of a file with where they lead, in bounded memory, whether these are addresses or not.

    It is a BEACON file of URLTeam (``code|url`` after a head with the prefix), JSON Lines of tweets, a ``tweets.js``
    of a Twitter archive, or CSV of short and long address; each may be packed (.gz, .xz, .bz2). Raises
    :class:`~resolver.errors.InputError` where it cannot be read, also in the midst of it.
    """
    try:
        with _DECOMPRESSORS.get(path.suffix.lower(), open)(path, "rb") as packed:
            buffered = _buffered(packed)
            if b"\0" in buffered.peek(_BEGINNING)[:_BEGINNING]:
                raise InputError(str(path), "it is not text", f"known are {_KNOWN}")
            stream = io.TextIOWrapper(buffered, encoding="utf-8-sig", errors="replace", newline="\n")
            yield _pairs(stream)
    except _DAMAGED as error:
        raise InputError(str(path), f"it is damaged ({error})", "get it again, or leave it out") from error
    except OSError as error:
        raise unreadable(path, error) from error


def unreadable(path: Path, error: OSError) -> InputError:
    """Return what to tell the user of a file that cannot be read."""
    return InputError(str(path), (error.strerror or str(error)).lower(), "check the path given with --links")


def _buffered(packed: IO[bytes]) -> io.BufferedReader:
    return packed if isinstance(packed, io.BufferedReader) else io.BufferedReader(packed)  # type: ignore[arg-type]


def _pairs(stream: io.TextIOWrapper) -> Pairs:
    head = stream.buffer.peek(200)[:200].decode("utf-8-sig", "replace").lstrip()  # type: ignore[attr-defined]
    if head.startswith(("[", "window.")):
        items = enumerate(array_items(stream), start=1)
        return Pairs((Pair(*pair, number) for number, item in items for pair in pairs_in(item)), "item")
    lines = _lines(stream)
    if head.startswith("#"):
        return Pairs(_beacon(lines), "line")
    if head.startswith("{"):
        return Pairs(_json_lines(lines), "line")
    delimiter = "\t" if "\t" in head.partition("\n")[0] else ","
    return Pairs(_csv(lines, delimiter=delimiter), "line")


def _lines(stream: io.TextIOWrapper) -> Iterator[str]:
    """Yield the lines; those that are too long as empty ones, so that the others keep their numbers."""
    while line := stream.readline(LONGEST_LINE):
        if len(line) == LONGEST_LINE and not line.endswith("\n"):
            while (rest := stream.readline(LONGEST_LINE)) and not rest.endswith("\n"):
                pass
            line = "\n"
        yield line


def _beacon(lines: Iterable[str]) -> Iterator[Pair]:
    """Yield the pairs of a BEACON file (https://gbv.github.io/beaconspec/beacon.html).

    >>> [pair] = _beacon(["#FORMAT: BEACON", "#PREFIX: http://bit.ly/", "", "aB3|http://example.org/?a|b"])
    >>> pair.url, pair.expanded_url, pair.number
    ('http://bit.ly/aB3', 'http://example.org/?a|b', 4)
    """
    fields = {"PREFIX": "", "TARGET": ""}
    for number, line in enumerate(lines, start=1):
        if line.startswith("#"):
            name, _, value = line[1:].partition(":")
            fields[name.strip().upper()] = value.strip()
            continue
        source, bar, rest = line.rstrip("\r\n").partition("|")
        if bar:
            # An annotation may stand between the two; and URLs hold bars of their own.
            target = rest if rest.startswith(("http://", "https://")) else rest.rpartition("|")[2]
            url, expanded_url = source.strip(), target.strip()
            yield Pair(_filled(fields["PREFIX"], url), _filled(fields["TARGET"], expanded_url), number)


def _filled(pattern: str, value: str) -> str:
    return pattern.replace("{ID}", value) if "{ID}" in pattern else pattern + value


def _json_lines(lines: Iterable[str]) -> Iterator[Pair]:
    for number, line in enumerate(lines, start=1):
        try:
            tweet = json.loads(line)
        except ValueError:
            # Streams were cut off in the middle of a line now and then; the next line is whole.
            continue
        for pair in pairs_in(tweet):
            yield Pair(*pair, number)


def _csv(lines: Iterable[str], *, delimiter: str) -> Iterator[Pair]:
    rows = csv.reader(lines, delimiter=delimiter)
    for row in rows:
        if row:
            url, expanded_url, *_ = (*row, "")
            yield Pair(url.strip(), expanded_url.strip(), rows.line_num)
