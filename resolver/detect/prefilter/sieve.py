"""What documents hold by their bytes: nothing, for nearly all, which then need not be decoded or read at all."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

from resolver.detect.prefilter.traces import IN_TEXT, Trace
from resolver.detect.prefilter.windows import json_windows, windows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from resolver.detect.prefilter.engine import Engine
    from resolver.detect.prefilter.windows import Window

    Cut = Callable[[bytes | memoryview, Sequence[int]], Iterable[Window | None]]

#: How many bytes are read without an engine, since to make one takes longer than to read them: the figure is about
#: that for hyperscan, of which patterns are compiled for a second or two.
WORTH: Final = 16_000_000

#: What hits are traces of that stand in the right place.
_UNDECIDED: Final = {int(Trace.HOST): int(Trace.HELD_BACK), int(Trace.FRAME): int(Trace.MARKUP)}
_REFERENCE = re.compile(rb"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,8});?")


class Sieve:
    """Tells the traces in documents. One serves any number of them, and any number of threads.

    >>> from resolver.detect.prefilter import Trace
    >>> sieve = Sieve(worth=0)
    >>> sieve.of_text(b"The harbour reopened on 2 May 2019.") == Trace(0)
    True
    >>> Trace.TAIL in sieve.of_text("Open! — Jo (@jodoe) 2 May 2019".encode())
    True
    """

    def __init__(self, *, worth: int = WORTH, engine: str | None = None) -> None:
        """Make a sieve that takes every document to hold everything until *worth* bytes were asked of it.

        *engine* names the engine of :data:`~resolver.detect.prefilter.engine.ENGINES` to use, else it is the fastest
        that is installed.
        """
        self._left = worth
        self._engine = engine
        #: The text that was asked of last, which is asked of again when it is read.
        self._last: tuple[bytes | None, Trace] = None, Trace(0)

    def of_text(self, data: bytes | memoryview) -> Trace:
        """Return the traces in a text, which is in UTF-8 or in Windows-1252."""
        if not self._is_worth_it(data):
            return Trace.everything()
        last, traces = self._last
        if data != last:
            traces = _of_text(_of_texts(self._engine), data, cut=windows) & IN_TEXT
            if isinstance(data, bytes):
                self._last = data, traces
        return traces

    def of_page(self, data: bytes | memoryview) -> Trace:
        """Return the traces in a page, which is in UTF-8 or in Windows-1252."""
        if not self._is_worth_it(data):
            return Trace.everything()
        compiled = _of_pages(self._engine)
        found = _of_page(compiled, data)
        if found & Trace.REFERENCES:
            found |= _of_page(compiled, _decoded(bytes(data)))
        return found & (IN_TEXT | Trace.MARKUP | Trace.HELD_BACK)

    def of_json(self, line: bytes | memoryview, *, html: bool) -> Trace:
        """Return the traces in a line of JSON in UTF-8, of which some string is a text, or *html*.

        ``ESCAPES`` and ``REFERENCES`` among them say that it has to be parsed before more can be told.
        """
        if not self._is_worth_it(line):
            return Trace.everything()
        if html:
            return _of_page(_of_pages(self._engine), line)
        return _of_text(_of_texts(self._engine), line, cut=json_windows)

    def _is_worth_it(self, data: bytes | memoryview) -> bool:
        if self._left > 0:
            self._left -= memoryview(data).nbytes
        return self._left <= 0


def _decoded(page: bytes) -> bytes:
    return _REFERENCE.sub(_character, page)


def _character(reference: re.Match[bytes]) -> bytes:
    import html  # its table of names is needed by few pages

    character = html.unescape(reference[0].decode("ascii"))
    return character.encode() if character.isascii() else reference[0]


def _of_text(engine: Engine, data: bytes | memoryview, *, cut: Cut) -> Trace:
    """Return the traces in a text, what has to be told from its surroundings decided: *cut* gives those as a text."""
    hits = engine.hits(data)
    found = _united(hits)
    if found & Trace.NOTE and not _may_have_notes(data, hits, cut):
        found &= ~Trace.NOTE
    return _trace(found)


def _united(hits: Sequence[tuple[int, int]]) -> int:
    found = 0
    for _, trace in hits:
        found |= trace
    return found


def _may_have_notes(data: bytes | memoryview, hits: Sequence[tuple[int, int]], cut: Cut) -> bool:
    """Return whether the words of notes in a text stand where a note can be."""
    from resolver.detect.consent.finder import may_have_placeholders

    ends = sorted(end for end, trace in hits if trace == Trace.NOTE)
    return any(window is None or may_have_placeholders(*window) for window in cut(data, ends))


def _of_page(engine: Engine, data: bytes | memoryview) -> Trace:
    """Return the traces in a page, what has to be told from its surroundings decided."""
    found = 0
    uncertain: list[tuple[int, int]] = []
    for end, trace in engine.hits(data):
        if trace in _UNDECIDED:
            uncertain.append((end, trace))
        else:
            found |= trace
    if uncertain:
        found |= _decide(bytes(data), uncertain, found)
    return _trace(found)


def _decide(page: bytes, hits: list[tuple[int, int]], found: int) -> int:
    from resolver.detect.prefilter.surroundings import may_embed, may_hide  # which need all rules of markup

    for end, trace in hits:
        meant = _UNDECIDED[trace]
        if not found & meant and (may_hide if trace == Trace.HOST else may_embed)(page, end):
            found |= meant
    return found


@lru_cache(maxsize=1024)
def _trace(value: int) -> Trace:
    return Trace(value)


@cache
def _of_texts(name: str | None) -> Engine:
    from resolver.detect.prefilter.conditions import of_texts
    from resolver.detect.prefilter.engine import engine

    return engine(of_texts(), name=name)


@cache
def _of_pages(name: str | None) -> Engine:
    from resolver.detect.prefilter.engine import engine
    from resolver.detect.prefilter.page_conditions import of_pages

    return engine(of_pages(), name=name)
