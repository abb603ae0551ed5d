"""What makes a page that answers 200 suspect of not being what was linked to. A suspicion is where to look closer."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from resolver.audit.places import linked_address, place_of
from resolver.rules.not_found_phrases import NOT_FOUND_PHRASES
from resolver.rules.parked import PARKINGS

if TYPE_CHECKING:
    from resolver.audit.page import Page
    from resolver.models import Observation

#: A page with more words than this says more than that there is nothing; then only its title counts.
SHORT_PAGE: Final = 150

_NO_WORD = re.compile(r"[\W_]+")


class Reason(StrEnum):
    """What is suspect about an answer."""

    WALL = "wall"
    PARKED = "parked"
    HOME = "home"
    FOLDER = "folder"
    PHRASE = "phrase"


class Suspicion(NamedTuple):
    """One thing that is suspect, and what shows it, as a sentence."""

    reason: Reason
    sentence: str


def suspicion_of(observation: Observation, page: Page | None) -> Suspicion | None:
    """Return what is suspect about an answer with success, the gravest first; ``None`` where nothing is.

    >>> from datetime import UTC, datetime
    >>> from resolver.audit.page import read_page
    >>> from resolver.models import Observation, Outcome
    >>> seen = Observation(url="https://news.example/story", observed_at=datetime.now(UTC), seconds=0.1,
    ...     outcome=Outcome.OK, expanded_url="https://news.example/story")
    >>> suspicion_of(seen, read_page(b"<title>Page not found</title>")).reason.value
    'phrase'
    >>> suspicion_of(seen, read_page(b"<title>The new bridge</title>")) is None
    True
    """
    parked = parking_of(observation, page)
    if parked is not None:
        return Suspicion(Reason.PARKED, f"it shows the sign of a parked domain ({parked})")
    return _of_landing(observation) or _of_words(page)


def parking_of(observation: Observation, page: Page | None) -> str | None:
    """Return whose sign of a parked domain an answer bears; ``None`` where it bears none.

    A link to such a company's own site is none: it must have been led there.
    """
    end, made_for = observation.expanded_url, linked_address(observation)
    host = place_of(end).host if end else ""
    elsewhere = made_for is not None and place_of(made_for).host != host
    for row in PARKINGS:
        if row.host is not None and elsewhere and (host == row.host or host.endswith(f".{row.host}")):
            return f"{row.name}: it leads to {row.host}"
        if row.mark is not None and page is not None and row.mark in page.source:
            return f"{row.name}: {row.mark}"
    return None


def not_found_phrase(text: str) -> str | None:
    """Return the wording by which a title says that there is nothing; ``None`` where it says no such thing.

    >>> not_found_phrase("Seite nicht gefunden | Hafen-Nachrichten")
    'seite nicht gefunden'
    >>> not_found_phrase("Highway 4040 opens") is None
    True
    """
    plain = f" {_NO_WORD.sub(' ', text.lower()).strip()} "
    found = _phrases().search(plain)
    return found[1] if found else None


def _of_landing(observation: Observation) -> Suspicion | None:
    end, made_for = observation.expanded_url, linked_address(observation)
    if end is None or made_for is None:
        return None
    there, place = place_of(end), place_of(made_for)
    if there.is_same(place):
        return None
    if there.is_wall and not place.is_wall:
        return Suspicion(Reason.WALL, f"it was led to {end}, which stands before other pages")
    if there.is_home and place.is_substantial:
        return Suspicion(Reason.HOME, f"it was led to the first page, {end}")
    if there.is_above(place):
        return Suspicion(Reason.FOLDER, f"it was led to the folder above it, {end}")
    return None


def _of_words(page: Page | None) -> Suspicion | None:
    if page is None:
        return None
    phrase = not_found_phrase(page.title or "")
    if phrase is not None:
        return Suspicion(Reason.PHRASE, f'its title says "{phrase}"')
    if len(page.words) <= SHORT_PAGE and (phrase := not_found_phrase(" ".join(page.words))):
        return Suspicion(Reason.PHRASE, f'its short text says "{phrase}"')
    return None


@cache
def _phrases() -> re.Pattern[str]:
    # The longest first, so that what is found is what the page says, not a piece of it.
    phrases = sorted((phrase for row in NOT_FOUND_PHRASES for phrase in row.phrases), key=len, reverse=True)
    return re.compile(f" ({'|'.join(map(re.escape, phrases))}) ")
