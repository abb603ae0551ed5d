"""The elements of one name in a large XML file, parsed one by one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from resolver.documents.decode import decode_text
from resolver.documents.row import LARGEST_DOCUMENT
from resolver.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lxml.etree import _Element

    from resolver.documents.row import Source

_CHUNK = 256 * 1024
_DECLARED = pattern(rb"<\?xml[^<>]{0,200}?encoding\s{0,8}=\s{0,8}[\"']([A-Za-z0-9_.-]{1,40})[\"']")
_ROOT = pattern(rb"<rss\b[^<>]{0,16384}>")
_END_OF_ROOT = b"</rss>"
# XML 1.0, 2.2: characters that may not stand in a document at all.
_FORBIDDEN = pattern("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_OPEN, _CLOSE = b"<![CDATA[", b"]]>"


def items(
    source: Source, name: bytes, chosen: Callable[[bytes], Callable[[bytes], bool]] = lambda _: _every
) -> Iterator[tuple[int, _Element]]:
    """Yield the elements called *name* under the root of the file, with the namespaces that the root declares.

    Each with its number in the file, from 1. One that cannot be parsed is reported with its place and passed over; so
    is what is cut off at the end. Characters that XML forbids are replaced, and counted. *chosen* is given what stands
    before the first element, and returns what tells by the bytes of each whether it is to be parsed.
    """
    cutter = _Cutter(source, name)
    head = cutter.head()
    parse, is_chosen = _parser(head), chosen(head)
    for number, item in enumerate(cutter.items(), start=1):
        element = parse(source, item, f"item {number}") if is_chosen(item) else None
        if element is not None:
            yield number, element


def declared_encoding(head: bytes) -> str:
    """Return the encoding that an XML file declares, which begins with *head*.

    >>> declared_encoding(b'<?xml version="1.0" encoding="ISO-8859-1"?><rss>'), declared_encoding(b"<rss>")
    ('ISO-8859-1', 'utf-8')
    """
    declared = _DECLARED.search(head)
    return declared[1].decode("ascii") if declared else "utf-8"


def _every(_item: bytes) -> bool:
    return True


class _Cutter:
    """Cuts elements out of a stream of bytes by their tags, where those do not stand in character data."""

    def __init__(self, source: Source, name: bytes) -> None:
        self._source = source
        self._stream = source.unpacked()
        self._tag = re.compile(rb"<" + name + rb"(?=[\s>])")
        self._end = b"</" + name + b">"
        self._data = bytearray()
        self._position = 0

    def head(self) -> bytes:
        """Return what stands before the first element."""
        start = self._find_start()
        return bytes(self._data[: len(self._data) if start is None else start])

    def items(self) -> Iterator[bytes]:
        """Yield the elements as they are written."""
        while (start := self._find_start()) is not None:
            self._drop(start)
            end = self._find_end()
            if end is None:
                self._source.damaged(f"byte {self._position}", "is an item that does not end")
                return
            yield bytes(self._data[:end])
            self._drop(end)
        if _END_OF_ROOT not in self._data:
            self._source.damaged(f"byte {self._position + len(self._data)}", "is cut off")

    def _find_start(self) -> int | None:
        searched = 0
        while (match := self._tag.search(self._data, searched)) is None:
            searched = max(0, len(self._data) - len(self._end))
            if len(self._data) > LARGEST_DOCUMENT or not self._fill():
                return None
        return match.start()

    def _find_end(self) -> int | None:
        """Return where the element at the front ends: past its end tag, the first outside of character data."""
        at = 0
        while (end := self._find(self._end, at)) is not None:
            opened = self._data.find(_OPEN, at, end)
            if opened < 0:
                return end + len(self._end)
            closed = self._find(_CLOSE, opened)
            if closed is None:
                return None
            at = closed + len(_CLOSE)
        return None

    def _find(self, wanted: bytes, start: int) -> int | None:
        while (found := self._data.find(wanted, start)) < 0:
            start = max(start, len(self._data) - len(wanted))
            if len(self._data) > LARGEST_DOCUMENT or not self._fill():
                return None
        return found

    def _fill(self) -> bool:
        chunk = self._stream.read1(_CHUNK)
        self._data += chunk
        return bool(chunk)

    def _drop(self, count: int) -> None:
        del self._data[:count]
        self._position += count


def _parser(head: bytes) -> Callable[[Source, bytes, str], _Element | None]:
    """Return what parses one item of a file that begins with *head*."""
    from lxml import etree

    encoding = declared_encoding(head)
    root = _ROOT.search(head)
    opening = decode_text(root[0], declared=encoding).text if root else "<rss>"
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)

    def root_of(text: str) -> _Element | None:
        try:
            return etree.fromstring(f"{opening}{text}</rss>".encode(), parser)
        except etree.XMLSyntaxError:
            return None

    def parse(source: Source, item: bytes, place: str) -> _Element | None:
        decoded = decode_text(item, declared=encoding)
        text, replaced = decoded.text, decoded.replaced
        element = root_of(text)
        if element is None:
            text, forbidden = _FORBIDDEN.subn("\ufffd", text)
            replaced += forbidden
            element = root_of(text) if forbidden else None
        if replaced:
            source.replaced(place, decoded.encoding, replaced)
        if element is None or not len(element):
            source.damaged(place, "is not XML", "it was passed over")
            return None
        return element[0]

    return parse
