"""The parts of what a page shows around places in its bytes, without reading the page to its text."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate, pairwise, zip_longest
from typing import TYPE_CHECKING, Final

from resolver.detect.marked_text import INSIDE, MARKS, SPACES, marked, unmarked
from resolver.detect.page_runs import runs
from resolver.detect.page_tags import REFERENCE
from resolver.detect.prefilter.windows import REACH, Window
from resolver.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from resolver.detect.page_runs import Run

#: What stands behind each place until its window is made.
_PLACE: Final = "\x03"
#: The bytes of a character in UTF-8 but for its first.
_CONTINUING: Final = frozenset(bytes([value]) for value in range(0x80, 0xC0))
_REFERENCE: Final = pattern(REFERENCE.encode())
#: The longest reference to a character, in bytes.
_LONGEST: Final = 34
#: What is not counted: marks, and white space, which may not be shown.
_UNCOUNTED: Final = (*MARKS, _PLACE, " ")
#: What has a meaning here, and what is a character without one instead.
_CHARACTERS: Final = SPACES.translate(bytes.maketrans(bytes(range(4)), b"\x04" * 4))


def page_windows(
    page: bytes | memoryview, ends: Sequence[int], parts: Sequence[Run] | None = None
) -> Iterator[Window | None]:
    """Yield the parts of the text of a page in UTF-8 around some places (sorted), close ones as one.

    The text is that of :func:`resolver.detect.page_text.page_text`, and reaches as far as that of
    :func:`~resolver.detect.prefilter.windows.windows`, or to an edge of the page. A place that stands in no text has
    none. ``None`` is for what the bytes cannot tell, and for another encoding. *parts* are the page's
    :func:`~resolver.detect.page_runs.runs`, where they are known.

    >>> page = b"<p>We set <b>cook</b>ies &amp; more.<script>a < b</script></p><p>Yes</p>"
    >>> list(page_windows(page, [page.index(b"ies") + 3]))
    [Window(text='\\n\\nWe set cookies & more.\\n\\nYes\\n\\n', ends=[16])]
    """
    page = bytes(page)
    texts = _Texts(page, ends, list(runs(page)) if parts is None else parts)
    for first, last in _groups(texts):
        text = texts.joined(first, last)
        yield from (None,) if text is None else _cut(text)


class _Texts:
    """The texts of a page's runs, each made when it is first asked for, with their marks and with the places."""

    def __init__(self, page: bytes, ends: Sequence[int], parts: Sequence[Run]) -> None:
        self._page = page
        self.runs = parts
        starts = [run.start for run in parts]
        self.places: dict[int, list[int]] = {}
        for end in ends:
            number = bisect_right(starts, end - 1) - 1
            if number >= 0 and end <= self.runs[number].end:
                self.places.setdefault(number, []).append(end)
        self._made: dict[int, str] = {}
        self._unknown = {number for number, run in enumerate(self.runs) if not run.known}

    def __getitem__(self, number: int) -> str:
        text = self._made.get(number)
        if text is None:
            try:
                text = marked(self._decoded(number))
            except UnicodeDecodeError:
                text = ""
                self._unknown.add(number)
            self._made[number] = text
        return text

    def _decoded(self, number: int) -> str:
        start, end, _ = self.runs[number]
        places = (self._after_character(place) for place in self.places.get(number, ()))
        cuts = pairwise([start, *places, end])
        parts = [self._page[one:other].translate(_CHARACTERS).decode() for one, other in cuts]
        return _PLACE.join(parts) if start else _PLACE.join(parts).removeprefix("\ufeff")

    def _after_character(self, place: int) -> int:
        """Return where the character ends that is written by the byte before a place, and maybe by others."""
        start = self._page.rfind(b"&", max(0, place - _LONGEST), place)
        reference = _REFERENCE.match(self._page, start) if start != -1 else None
        if reference is not None and reference.end() > place:
            return reference.end()
        while self._page[place : place + 1] in _CONTINUING:
            place += 1
        return place

    def joined(self, first: int, last: int) -> str | None:
        """Return the text of some runs, with the places; ``None`` where it cannot be told."""
        text = unmarked(INSIDE.join(self[number] for number in range(first, last + 1)))
        return text if self._unknown.isdisjoint(range(first, last + 1)) else None


def _groups(texts: _Texts) -> list[tuple[int, int]]:
    """Return the first and the last run of each part of the page that is around places."""
    groups: list[tuple[int, int]] = []
    numbers = sorted(texts.places)
    for number, following in zip_longest(numbers, numbers[1:], fillvalue=len(texts.runs)):
        floor = groups[-1][1] if groups else -1
        first = number if number <= floor else _reached(texts, number, floor)
        last = min(_reached(texts, number, following), len(texts.runs) - 1)
        if groups and first <= floor:
            groups[-1] = groups[-1][0], last
        else:
            groups.append((max(first, 0), last))
    return groups


def _reached(texts: _Texts, start: int, stop: int) -> int:
    """Return the run that a window reaches on one side of the run *start*, no further than *stop*."""
    number, characters = start, 0
    while number != stop and characters < REACH:
        number += 1 if stop > start else -1
        if number != stop:
            text = texts[number]
            characters += len(text) - sum(map(text.count, _UNCOUNTED))
    return number


def _cut(marked_text: str) -> Iterator[Window]:
    """Yield the parts of a text with marks for places, which reach no further than they need."""
    before, *behind = marked_text.split(_PLACE)
    pieces = [before[-REACH:]]
    for piece in behind[:-1]:
        if len(piece) > 2 * REACH:
            yield _window([*pieces, piece[:REACH]])
            pieces = [piece[-REACH:]]
        else:
            pieces.append(piece)
    if behind:
        yield _window([*pieces, behind[-1][:REACH]])


def _window(pieces: Sequence[str]) -> Window:
    return Window("".join(pieces), list(accumulate(map(len, pieces[:-1]))))
