"""What documents hold by their bytes: nothing, for nearly all, which then need not be decoded or read at all."""

from __future__ import annotations

from functools import cache, lru_cache, partial
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

_NOTHING: Final = Trace(0)
# As numbers, which are faster than flags.
_IN_TEXT: Final = int(IN_TEXT)
_IN_MARKUP: Final = int(Trace.MARKUP | Trace.HELD_BACK)
_NOTE: Final = int(Trace.NOTE)
_REFERENCES: Final = int(Trace.REFERENCES)
_HOST, _FRAME, _HELD_BACK = int(Trace.HOST), int(Trace.FRAME), int(Trace.HELD_BACK)
#: What hits are traces of that stand in the right place.
_UNDECIDED: Final = {_HOST: _HELD_BACK, _FRAME: int(Trace.MARKUP), int(Trace.QUOTE): _HELD_BACK}


class Sieve:
    """Tells the traces in documents. One serves any number of them, and any number of threads.

    >>> from resolver.detect.prefilter import Trace
    >>> sieve = Sieve(worth=0)
    >>> sieve.of_text(b"The harbour reopened on 2 May 2019.") == Trace(0)
    True
    >>> Trace.TAIL in sieve.of_text("Open! — Jo (@jodoe) 2 May 2019".encode())
    True
    """

    def __init__(self, *, worth: int = WORTH, engine: str | None = None, notes: bool = True) -> None:
        """Make a sieve that takes every document to hold everything until *worth* bytes were asked of it.

        *engine* names the engine of :data:`~resolver.detect.prefilter.engine.ENGINES` to use, else it is the fastest
        that is installed. Without *notes*, traces of these are not told.
        """
        self._left = worth
        self._engine = engine
        #: Whether notes that stand alone are looked for.
        self.notes = notes
        #: The text that was asked of last, which is asked of again when it is read.
        self._last: tuple[bytes | None, Trace] = None, _NOTHING

    def of_text(self, data: bytes | memoryview) -> Trace:
        """Return the traces in a text, which is in UTF-8 or in Windows-1252."""
        if not self._is_worth_it(data):
            return Trace.everything(notes=self.notes)
        last, traces = self._last
        if data is last or data == last:
            return traces
        hits = _of_texts(self._engine, self.notes).hits(data)
        if not hits:  # as in most texts
            return _NOTHING
        from resolver.detect.prefilter.in_texts import in_place  # which needs the rules of flattened posts

        traces = _of_text(data, in_place(data, hits), cut=windows) & IN_TEXT
        if isinstance(data, bytes):
            self._last = data, traces
        return traces

    def of_page(self, data: bytes | memoryview) -> Trace:
        """Return the traces in a page, which is in UTF-8 or in Windows-1252."""
        if not self._is_worth_it(data):
            return Trace.everything(notes=self.notes)
        compiled, page = _of_pages(self._engine, self.notes), bytes(data)
        found, in_text = _of_page(compiled, page)
        if found & _REFERENCES:
            from resolver.detect.prefilter.decoded import decoded  # which few pages need

            read = decoded(page)
            more, others = _of_page(compiled, read.page)
            found |= more
            in_text += [(read.source_end(end), trace) for end, trace in others]
        found |= _shown(page, in_text, found)
        return _trace(found & (_IN_TEXT | _IN_MARKUP))

    def of_json(self, line: bytes | memoryview, *, html: bool) -> Trace:
        """Return the traces in a line of JSON in UTF-8, of which some string is a text, or *html*.

        ``ESCAPES`` and ``REFERENCES`` among them say that it has to be parsed before more can be told.
        """
        if not self._is_worth_it(line):
            return Trace.everything(notes=self.notes)
        if html:
            # What is shown of a string cannot be told while the marks in it are escaped.
            found, in_text = _of_page(_of_pages(self._engine, self.notes), bytes(line))
            return _trace(found | _united(in_text))
        hits = _of_texts(self._engine, self.notes).hits(line)
        return _of_text(line, hits, cut=json_windows)

    def _is_worth_it(self, data: bytes | memoryview) -> bool:
        if self._left <= 0:
            return True
        self._left -= memoryview(data).nbytes
        return self._left <= 0


def _of_text(data: bytes | memoryview, hits: Sequence[tuple[int, int]], *, cut: Cut) -> Trace:
    """Return the traces in a text with some hits; what stands around words of notes is told by *cut* pieces of it."""
    found = _united(hits)
    if found & _NOTE and not _may_have_notes(data, hits, cut):
        found &= ~_NOTE
    return _trace(found)


def _united(hits: Sequence[tuple[int, int]]) -> int:
    found = 0
    for _, trace in hits:
        found |= trace
    return found


def _may_have_notes(data: bytes | memoryview, hits: Sequence[tuple[int, int]], cut: Cut) -> bool:
    """Return whether the words of notes in a text stand where a note can be."""
    from resolver.detect.consent.finder import may_have_placeholders

    ends = sorted(end for end, trace in hits if trace == _NOTE)
    return any(window is None or may_have_placeholders(*window) for window in cut(data, ends))


def _of_page(engine: Engine, page: bytes) -> tuple[int, list[tuple[int, int]]]:
    """Return the traces in a page but for those of a text, what has to be told from its surroundings decided.

    With them are the hits for those of a text, which are traces where they stand in the text that the page shows.
    """
    found = 0
    uncertain: list[tuple[int, int]] = []
    in_text: list[tuple[int, int]] = []
    for hit in engine.hits(page):
        trace = hit[1]
        if trace in _UNDECIDED:
            uncertain.append(hit)
        elif trace & _IN_TEXT:
            in_text.append(hit)
        else:
            found |= trace
    if uncertain:
        found |= _decide(page, uncertain, found)
    return found, in_text


def _shown(page: bytes, hits: list[tuple[int, int]], found: int) -> int:
    """Return of which traces there are *hits* in what a page shows, of which the other traces *found* are known."""
    # Where an embed of the markup may be left out, what stands behind it is read, even if a script surrounds it.
    if found & _IN_MARKUP:
        return _united(hits)
    from resolver.detect.page_runs import runs  # which a scan of texts does not need
    from resolver.detect.prefilter.visible import visible

    parts = list(runs(page)) if hits else []
    shown = set(visible(page, sorted(end for end, _ in hits), parts))
    in_text = [hit for hit in hits if hit[0] in shown]
    found = _united(in_text)
    if found & _NOTE:
        from resolver.detect.prefilter.page_windows import page_windows

        if not _may_have_notes(page, in_text, partial(page_windows, parts=parts)):
            found &= ~_NOTE
    return found


def _decide(page: bytes, hits: list[tuple[int, int]], found: int) -> int:
    # Which need all rules of markup.
    from resolver.detect.prefilter.surroundings import is_quoted, may_embed, may_hide

    decided_by = {_HOST: may_hide, _FRAME: may_embed}
    for end, trace in hits:
        may_be, meant = decided_by.get(trace), _UNDECIDED[trace]
        if may_be is not None and not found & meant and may_be(page, end):
            found |= meant
    if not found & _HELD_BACK and is_quoted(page, hits):
        found |= _HELD_BACK
    return found


@lru_cache(maxsize=1024)
def _trace(value: int) -> Trace:
    return Trace(value)


@cache
def _of_texts(name: str | None, notes: bool) -> Engine:  # noqa: FBT001 - it is a part of the key
    from resolver.detect.prefilter.conditions import of_texts
    from resolver.detect.prefilter.engine import engine

    return engine(of_texts(with_notes=notes), name=name)


@cache
def _of_pages(name: str | None, notes: bool) -> Engine:  # noqa: FBT001
    from resolver.detect.prefilter.engine import engine
    from resolver.detect.prefilter.page_conditions import of_pages

    return engine(of_pages(with_notes=notes), name=name)
