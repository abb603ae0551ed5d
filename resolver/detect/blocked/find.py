"""The placeholders of a page: where embeds were held back for lack of consent, and what they hide."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from resolver.detect.blocked.candidates import read_page
from resolver.detect.blocked.decoders import LONGEST_STATE, json_strings
from resolver.detect.blocked.fragment import Fragment
from resolver.detect.blocked.net import WORDS, caught
from resolver.detect.blocked.recovery import recover
from resolver.detect.blocked.rows import vendor_rows
from resolver.detect.blocked.targets import Target, target_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from resolver.detect.blocked.candidates import Candidate, Page
    from resolver.detect.blocked.element import BlockedElement
    from resolver.detect.blocked.vendor import Vendor


#: How many candidates may stand one inside another. Each reads what is inside it, so that this bounds the work.
DEEPEST_NESTING = 6


def find_blocked(source: str) -> Iterator[BlockedElement]:
    """Yield the blocked embeds of an HTML source in their order; they do not overlap.

    The vendors' rows are asked first, then the net under them. An element that hides something other than an embed
    is none. Costs one search for the rows' triggers where there is none of them, and time linear in the length of
    the source in any case.

    >>> page = '<p>Look:</p><iframe data-src-cmplz="https://player.vimeo.com/video/76979871"></iframe>'
    >>> found, = find_blocked(page)
    >>> found.vendor, found.platform, page[found.start : found.end].startswith("<iframe")
    ('complianz', 'vimeo', True)
    """
    yield from _find(source, _rules())


def find_with(source: str, vendors: Sequence[Vendor]) -> list[BlockedElement]:
    """Return the blocked embeds that the given *vendors* know, without the net."""
    return _find(source, _rules_of(tuple(vendors), frozenset()))


@dataclass(frozen=True)
class _Rules:
    """The rows by their triggers, and one pattern for all words that are searched for."""

    by_trigger: dict[str, tuple[Vendor, ...]]
    wordings: frozenset[str]
    words: re.Pattern[str]
    net: frozenset[str]


@cache
def _rules() -> _Rules:
    return _rules_of(vendor_rows(), WORDS)


def _rules_of(vendors: tuple[Vendor, ...], net: frozenset[str]) -> _Rules:
    triggers = {trigger for row in vendors for trigger in row.triggers}
    # The longest word at a place is found there, and stands for the shorter ones that it holds.
    by_trigger = {
        word: tuple(row for row in vendors if any(trigger in word for trigger in row.triggers))
        for word in triggers
    }
    wordings = frozenset(trigger for row in vendors if row.wording for trigger in row.triggers)
    words = re.compile(_alternation(sorted({*by_trigger, *WORDS})))
    return _Rules(by_trigger, wordings, words, net)


def _alternation(words: Sequence[str]) -> str:
    """Return a pattern for any of the sorted *words*, the longest at a place, that tries each letter once."""
    groups: dict[str, list[str]] = {}
    for word in words:
        groups.setdefault(word[:1], []).append(word[1:])
    ends = groups.pop("", None) is not None
    branches = [re.escape(letter) + _alternation(rest) for letter, rest in groups.items()]
    if not branches:
        return ""
    joined = branches[0] if len(branches) == 1 and not ends else f"(?:{'|'.join(branches)})"
    return f"{joined}?" if ends else joined


def _find(source: str, rules: _Rules) -> list[BlockedElement]:
    page = read_page(source, rules.words, rules.wordings)
    found = list(_joined(source, _outermost(_elements(source, page, rules))))
    return _with_state(found, source, page, rules) if page.states else found


def _elements(source: str, page: Page, rules: _Rules) -> Iterator[BlockedElement]:
    """Yield what each candidate is, those inside a recovered one left out, and those too deep in others."""
    floor, around = 0, list[int]()
    for candidate in page.candidates:
        around = [end for end in around if end > candidate.start]
        if candidate.start < floor or len(around) >= DEEPEST_NESTING:
            continue
        around.append(candidate.end)
        element = _element(Fragment(source, candidate), candidate, rules)
        if element is not None:
            yield element
            floor = element.end if element.recovered else floor


def _element(fragment: Fragment, candidate: Candidate, rules: _Rules) -> BlockedElement | None:
    rows = {row.name: row for word in candidate.words for row in rules.by_trigger.get(word, ())}
    found = [element for row in rows.values() if (element := recover(fragment, row)) is not None]
    if found:
        return next((element for element in found if element.recovered), found[0])
    return caught(fragment) if rules.net & candidate.words else None


def _outermost(elements: Iterator[BlockedElement]) -> Iterator[BlockedElement]:
    """Yield the elements without those inside others: an outer one takes what its only inner one recovers.

    An outer element with nothing recovered that encloses several recovered ones gives way to them.
    """
    outer: BlockedElement | None = None
    inner: list[BlockedElement] = []
    for element in elements:
        if outer is not None and element.start < outer.end:
            inner += [element] if element.recovered else []
            continue
        yield from _settled(outer, inner)
        outer, inner = element, []
    yield from _settled(outer, inner)


def _settled(outer: BlockedElement | None, inner: list[BlockedElement]) -> Iterator[BlockedElement]:
    if outer is None:
        return
    if len(inner) > 1:
        yield from inner
    elif inner:
        yield _filled(outer, inner[0])
    else:
        yield outer


def _filled(element: BlockedElement, other: BlockedElement) -> BlockedElement:
    """Return an element with what another part of the same placeholder knows, over the span of both."""
    recovered, silent = (element, other) if element.recovered else (other, element)
    if other.recovered and element.recovered:
        return replace(element, end=other.end)
    return replace(
        recovered,
        start=min(element.start, other.start),
        end=max(element.end, other.end),
        vendor=silent.vendor or recovered.vendor,
        rule=silent.rule if silent.vendor else recovered.rule,
        note=silent.note or recovered.note,
    )


def _joined(source: str, elements: Iterator[BlockedElement]) -> Iterator[BlockedElement]:
    """Yield the elements, what vendors write side by side as one: a note and its frame, a frame and its noscript."""
    waiting: BlockedElement | None = None
    for element in elements:
        if waiting is not None and _belong_together(source, waiting, element):
            yield _filled(waiting, element)
            waiting = None
            continue
        if waiting is not None:
            yield waiting
        waiting = element
    if waiting is not None:
        yield waiting


def _belong_together(source: str, first: BlockedElement, second: BlockedElement) -> bool:
    if second.start - first.end > 200 or source[first.end : second.start].strip():
        return False
    if second.vendor is None and source.startswith("<noscript", second.start):
        return first.recovered and first.platform == second.platform
    return first.vendor == second.vendor and first.recovered != second.recovered


def _with_state(found: list[BlockedElement], source: str, page: Page, rules: _Rules) -> list[BlockedElement]:
    """Return the elements with what the page's state holds for those whose row says that it does.

    The state does not say which element is which. The targets are given out in their order where there are as many
    of them as there are elements without one, and not at all elsewhere.
    """
    stated = {row.name for rows in rules.by_trigger.values() for row in rows if _has_state(row)}
    without = [element for element in found if element.vendor in stated and not element.recovered]
    targets = list(_state_targets(source, page)) if without else []
    if len(targets) != len(without):
        return found
    filled = {
        element.start: replace(element, platform=target.platform, html=target.html, url=target.url)
        for element, target in zip(without, targets, strict=True)
    }
    return [filled.get(element.start, element) for element in found]


def _has_state(row: Vendor) -> bool:
    return any(step.place == "state" for step in row.steps)


def _state_targets(source: str, page: Page) -> Iterator[Target]:
    """Yield the distinct embeds in the page's state."""
    seen: set[str] = set()
    for start, end in page.states:
        text = source[start:end]
        begin = min((place for place in (text.find("{"), text.find("[")) if place != -1), default=0)
        strings = json_strings(text[begin:].rstrip().rstrip(";"), LONGEST_STATE)
        for value in strings:
            target = target_of(value)
            key = (target.url or target.html or "") if target else ""
            if target is not None and key not in seen:
                seen.add(key)
                yield target
