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
from typing import IO, TYPE_CHECKING, Any

from cache.dumps.tweets import array_items, pairs_in
from resolver.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    Pairs = Iterator[tuple[str, str]]

#: The longest line that is read, in characters; longer ones are left out.
LONGEST_LINE = 1 << 22

_DECOMPRESSORS: Mapping[str, Callable[..., Any]] = {".gz": gzip.open, ".xz": lzma.open, ".bz2": bz2.open}
_DAMAGED = (EOFError, zlib.error, lzma.LZMAError, gzip.BadGzipFile, ValueError, csv.Error, RecursionError)


@contextmanager
def read_pairs(path: Path) -> Iterator[Pairs]:
    """Yield the short links of a file with where they lead, one pair after the other, in bounded memory.

    It is a BEACON file of URLTeam (``code|url`` after a head with the prefix), JSON Lines of tweets, a ``tweets.js``
    of a Twitter archive, or CSV of short and long address; each may be packed (.gz, .xz, .bz2). Raises
    :class:`~resolver.errors.InputError` where it cannot be read, also in the midst of it.
    """
    try:
        with _DECOMPRESSORS.get(path.suffix.lower(), open)(path, "rb") as packed:
            stream = io.TextIOWrapper(_buffered(packed), encoding="utf-8-sig", errors="replace", newline="\n")
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
    if head.startswith("#"):
        return _beacon(_lines(stream))
    if head.startswith("{"):
        return _json_lines(_lines(stream))
    if head.startswith(("[", "window.")):
        return (pair for item in array_items(stream) for pair in pairs_in(item))
    return _csv(_lines(stream), delimiter="\t" if "\t" in head.partition("\n")[0] else ",")


def _lines(stream: io.TextIOWrapper) -> Iterator[str]:
    while line := stream.readline(LONGEST_LINE):
        if len(line) == LONGEST_LINE and not line.endswith("\n"):
            while (rest := stream.readline(LONGEST_LINE)) and not rest.endswith("\n"):
                pass
            continue
        yield line


def _beacon(lines: Iterable[str]) -> Pairs:
    """Yield the pairs of a BEACON file (https://gbv.github.io/beaconspec/beacon.html).

    >>> list(_beacon(["#FORMAT: BEACON", "#PREFIX: http://bit.ly/", "", "aB3|http://example.org/?a|b"]))
    [('http://bit.ly/aB3', 'http://example.org/?a|b')]
    """
    fields = {"PREFIX": "", "TARGET": ""}
    for line in lines:
        if line.startswith("#"):
            name, _, value = line[1:].partition(":")
            fields[name.strip().upper()] = value.strip()
            continue
        source, bar, rest = line.rstrip("\r\n").partition("|")
        if bar:
            # An annotation may stand between the two; and URLs hold bars of their own.
            target = rest if rest.startswith(("http://", "https://")) else rest.rpartition("|")[2]
            yield _filled(fields["PREFIX"], source.strip()), _filled(fields["TARGET"], target.strip())


def _filled(pattern: str, value: str) -> str:
    return pattern.replace("{ID}", value) if "{ID}" in pattern else pattern + value


def _json_lines(lines: Iterable[str]) -> Pairs:
    for line in lines:
        try:
            tweet = json.loads(line)
        except ValueError:
            # Streams were cut off in the middle of a line now and then; the next line is whole.
            continue
        yield from pairs_in(tweet)


def _csv(lines: Iterable[str], *, delimiter: str) -> Pairs:
    for row in csv.reader(lines, delimiter=delimiter):
        if len(row) >= 2:
            yield row[0].strip(), row[1].strip()
