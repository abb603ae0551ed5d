"""One pass over a page: the elements in which a word stands that gives a placeholder away, and where they end."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from resolver.detect.blocked.tags import VOID, Tag, attributes, tags
from resolver.patterns import pattern

if TYPE_CHECKING:
    import re
    from collections.abc import Collection

#: Elements whose content is markup that is not shown.
HIDING = frozenset({"noscript", "template"})

#: Boxes that may be the placeholder around a wording, and how many around one are asked.
_BOXES = ("div", "section", "aside", "figure")
_NEAREST = 4

_STATE = pattern(r"\s*(?:(?:window|self|globalThis)\.)?[\w$.]{0,80}\s*=\s*(?=[{\[])")


@dataclass(slots=True)
class Candidate:
    """One element: its start tag, its end (that of the start tag where it is never closed), the words found in it."""

    tag: Tag
    end: int
    #: Where its content ends.
    content_end: int
    words: set[str] = field(default_factory=set)

    @property
    def start(self) -> int:
        """Where its start tag begins."""
        return self.tag.start


@dataclass(slots=True)
class Page:
    """What the pass has found."""

    #: In the order of their start.
    candidates: list[Candidate]
    #: The spans of the scripts that hold the page's state as JSON.
    states: list[tuple[int, int]]


def read_page(source: str, words: re.Pattern[str], wordings: Collection[str]) -> Page:
    """Return the elements of a page in which *words* stand: in their tag, or in the text of a script.

    A word of *wordings* is one that readers see: the boxes around it are meant. In content that is not shown
    (``noscript``, ``template``) the hiding element is meant.
    """
    return _Pass(source, words, wordings).read()


class _Pass:
    def __init__(self, source: str, words: re.Pattern[str], wordings: Collection[str]) -> None:
        self.source = source
        self.wordings = wordings
        self.matches = words.finditer(source)
        self.next = next(self.matches, None)
        self.opened: dict[str, list[Candidate]] = {}
        self.marked: dict[int, Candidate] = {}
        self.states: list[tuple[int, int]] = []
        self.last: Candidate | None = None
        self.hiding: Candidate | None = None

    def read(self) -> Page:
        if self.next is not None:
            for tag in tags(self.source):
                self._text(tag.start)
                words = self._words(tag.end)
                if tag.closing:
                    self._close(tag)
                else:
                    self._open(tag, words)
        ordered = sorted(self.marked.values(), key=lambda candidate: candidate.start)
        return Page(ordered, self.states)

    def _words(self, end: int) -> set[str]:
        words = set()
        while self.next is not None and self.next.start() < end:
            words.add(self.next[0])
            self.next = next(self.matches, None)
        return words

    def _open(self, tag: Tag, words: set[str]) -> None:
        candidate = Candidate(tag, tag.end, tag.end)
        self.last = candidate
        if words:
            self._mark(self.hiding or candidate, words)
            if self.hiding is not None:
                self._mark(candidate, words)
        if tag.name in VOID:
            return
        if tag.name in HIDING and self.hiding is None:
            self.hiding = candidate
        self.opened.setdefault(tag.name, []).append(candidate)

    def _close(self, tag: Tag) -> None:
        self.last = None
        stack = self.opened.get(tag.name)
        if not stack:
            return
        candidate = stack.pop()
        candidate.end, candidate.content_end = tag.end, tag.start
        if candidate is self.hiding:
            self.hiding = None
        if tag.name == "script" and candidate.start in self.marked and self._is_state(candidate):
            self.states.append((candidate.tag.end, tag.start))

    def _text(self, end: int) -> None:
        """Mark whom the words in the text before *end* belong to: a script, a box, or the element of the text."""
        position = self.next.start() if self.next is not None else end
        for word in self._words(end):
            if word in self.wordings:
                for box in self._boxes():
                    self._mark(box, {word})
            elif self.last is not None and self._begins(position):
                self._mark(self.last, {word})

    def _begins(self, position: int) -> bool:
        """Whether the text at *position* is a script's, or begins its element: so does a bare coded text."""
        if self.last is None:
            return False
        if self.last.tag.name == "script" or self.last.tag.name in HIDING:
            return True
        begin = self.last.tag.end
        return position - begin < 64 and not self.source[begin:position].strip()

    def _boxes(self) -> list[Candidate]:
        boxes = [box for name in _BOXES for box in self.opened.get(name, [])[-_NEAREST:]]
        return sorted(boxes, key=lambda box: box.start)[-_NEAREST:]

    def _mark(self, candidate: Candidate, words: set[str]) -> None:
        candidate.words |= words
        self.marked[candidate.start] = candidate

    def _is_state(self, candidate: Candidate) -> bool:
        kind = attributes(self.source, candidate.tag).get("type", "")
        if kind == "application/json":
            return True
        begins = _STATE.match(self.source, candidate.tag.end, candidate.content_end)
        return kind in {"", "text/javascript"} and begins is not None
