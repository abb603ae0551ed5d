"""The records of CSV and its relatives, cut out of bytes, so that of most of them nothing need be decoded."""

from __future__ import annotations

import codecs
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from resolver.documents.row import LARGEST_DOCUMENT
from resolver.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator
    from io import BufferedReader

_CHUNK = 256 * 1024
_LINE_END = pattern(rb"[\r\n]")
# A carriage return ends a record unless a line feed follows, so it does not say so at the end of what was read.
_END = rb"(?:\n|\r\n|\r(?=[^\n]))"
_BLANK = frozenset({b"\n", b"\r\n", b"\r"})


class UnendedRecordError(Exception):
    """A record begins a quoted field that does not end."""


class LongRecordError(Exception):
    """A record is longer than what is held in memory."""


class SeparatedRecords:
    r"""Cuts the records out of a stream as :mod:`csv` would read them (its dialect ``excel``, with any separator).

    That is RFC 4180, and what it does not say: a quotation mark counts only at the beginning of a field; what
    stands behind a quoted part belongs to the field; records end with any of the three line ends.

    >>> import io
    >>> records = SeparatedRecords(io.BufferedReader(io.BytesIO(b'id,text\n\n1,"a ""b"",\nc"\n2\n')))
    >>> records.first_line()
    b'id,text'
    >>> next(records.values(b",", field=0, fields=1))
    (b'id,text\n', None)
    >>> list(records.values(b",", field=1, fields=2))
    [(b'1,"a ""b"",\nc"\n', b'a "b",\nc'), (b'2\n', None)]
    """

    def __init__(self, stream: BufferedReader[Any]) -> None:
        self._stream = stream
        self._data = b""
        self._at = 0
        while len(self._data) < len(codecs.BOM_UTF8) and self._fill():
            pass
        if self._data.startswith(codecs.BOM_UTF8):
            self._at = len(codecs.BOM_UTF8)

    def first_line(self) -> bytes:
        """Return what stands before the next line end, without going past it."""
        while (end := _LINE_END.search(self._data, self._at)) is None and self._fill():
            pass
        return self._data[self._at : end.start() if end else None]

    def values(self, separator: bytes, *, field: int, fields: int) -> Iterator[tuple[bytes, bytes | None]]:
        """Yield each record that is not an empty line, with what it holds in a field, counted from 0.

        That is ``None`` in a record that has not as many *fields* as it should. Raises :class:`UnendedRecordError`
        and :class:`LongRecordError`.
        """
        usual = _record(separator, field, fields).match
        while self._at < len(self._data) or self._fill():
            match = usual(self._data, self._at)
            end = match.end() if match else self._end_of_odd(separator)
            if end is None:
                self._read_on()
                continue
            record = self._data[self._at : end]
            self._at = end
            if record not in _BLANK:
                yield record, _value(match[1], match[2]) if match else None

    def _end_of_odd(self, separator: bytes) -> int | None:
        """Return where a record of any number of fields ends; ``None`` where that was not read yet."""
        at = self._at
        while field := _field_and_next(separator).match(self._data, at):
            at = field.end()
            if field[1] != separator:
                return at
        return None

    def _read_on(self) -> None:
        if len(self._data) - self._at > LARGEST_DOCUMENT:
            raise LongRecordError
        if self._fill():
            return
        if self._data.endswith(b"\n"):
            raise UnendedRecordError
        self._data += b"\n"  # the last record need not end

    def _fill(self) -> bool:
        """Read as much again as is left, so that all of a long record is read over only a few times."""
        left = self._data[self._at :]
        chunks = [left]
        count = 0
        while count <= len(left) and (chunk := self._stream.read1(_CHUNK)):
            chunks.append(chunk)
            count += len(chunk)
        self._data = b"".join(chunks)
        self._at = 0
        return count > 0


def _value(quoted: bytes | None, rest: bytes) -> bytes:
    if quoted is None:
        return rest
    unescaped = quoted.replace(b'""', b'"') if b'""' in quoted else quoted
    return unescaped + rest if rest else unescaped


def _field(separator: bytes, *, kept: bool = False) -> bytes:
    """Return the expression of a field. No text can be read by it in two ways, so it takes linear time."""
    group = b"(" if kept else b"(?:"
    quoted = b'"' + group + b'[^"]*+(?:""[^"]*+)*+)"(?!")'
    return b"(?:" + quoted + b'|(?!"))' + group + b"[^" + re.escape(separator) + rb"\r\n]*+)"


@lru_cache(maxsize=64)
def _record(separator: bytes, field: int, fields: int) -> re.Pattern[bytes]:
    other, sign = _field(separator), re.escape(separator)
    before = b"(?:%b%b){%d}" % (other, sign, field)
    after = b"(?:%b%b){%d}" % (sign, other, fields - field - 1)
    return re.compile(before + _field(separator, kept=True) + after + _END)


@lru_cache(maxsize=8)
def _field_and_next(separator: bytes) -> re.Pattern[bytes]:
    return re.compile(_field(separator) + b"(" + re.escape(separator) + b"|" + _END + b")")
