"""What two addresses have to do with each other: the same page, its site's first page, the folder above it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit

from resolver.models import Via
from resolver.rules.landings import FACES, HOMES, WALLS
from resolver.rules.short_hosts import SHORT_HOSTS

if TYPE_CHECKING:
    from resolver.models import Hop, Observation

#: Below which a path may be a short name that leads to a first page on purpose, as in ``/vote``. Characters.
SUBSTANTIAL: Final = 12

#: The sites behind these are the same as without.
_FACE_HOSTS = re.compile(r"(?:www[0-9]{0,2}|m|mobile|amp)\.")
_LANGUAGE = re.compile(r"[a-z]{2}(?:[-_][a-z]{2,4})?")
_SHORT = {row.host: re.compile(row.codes) for row in SHORT_HOSTS}
#: Hops that only unwrap an address; the one who linked wrapped it, or the reader's tool.
_WRAPPING = frozenset({Via.UNWRAP, Via.CONSENT_WALL, Via.DUMP, Via.ARCHIVE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where an address points."""

    #: In lower case, without ``www.`` and its like.
    host: str
    #: The parts of its path, decoded, without empty ones.
    parts: tuple[str, ...]
    query: str

    @property
    def is_home(self) -> bool:
        """Whether it is the first page of a site, in whichever language."""
        parts = [part.lower() for part in self.parts]
        if parts and _LANGUAGE.fullmatch(parts[0]):
            parts = parts[1:]
        return not self.query and (not parts or (len(parts) == 1 and parts[0] in HOMES))

    @property
    def is_wall(self) -> bool:
        """Whether its path says that it stands before another page."""
        return any(part.lower().partition(".")[0] in WALLS for part in self.parts)

    @property
    def is_substantial(self) -> bool:
        """Whether it names one thing among many, so that a first page is not what it was meant to show."""
        return not self.is_home and (len("/".join(self.parts)) >= SUBSTANTIAL or bool(self.query))

    def is_above(self, other: Place) -> bool:
        """Whether it is a folder above the *other* place, which is more than another face of the same page."""
        rest = other.parts[len(self.parts) :]
        return (
            self.host == other.host
            and bool(self.parts)
            and not self.query
            and self.parts == other.parts[: len(self.parts)]
            and any(len(part) > 3 and part.lower() not in FACES for part in rest)
        )

    def is_same(self, other: Place) -> bool:
        """Whether it shows the same page, but for the scheme, ``www.``, a last slash and parameters."""
        ours, theirs = _without_face(self.parts), _without_face(other.parts)
        return self.host == other.host and ours == theirs and (bool(ours) or self.query == other.query)


def place_of(address: str) -> Place:
    """Return where an address points.

    >>> place = place_of("https://www.News.example/2020/bridge%20opens/?id=7")
    >>> place.host, place.parts, place.query
    ('news.example', ('2020', 'bridge opens'), 'id=7')
    """
    parts = urlsplit(address)
    path = tuple(unquote(part) for part in parts.path.split("/") if part)
    return Place(host=_FACE_HOSTS.sub("", parts.hostname or "", count=1), parts=path, query=parts.query)


def linked_address(observation: Observation) -> str | None:
    """Return the address that a link was made for: the first of its chain that is no short link or wrapper.

    >>> from datetime import UTC, datetime
    >>> from resolver.models import Hop, Observation, Outcome
    >>> now = datetime.now(UTC)
    >>> hop = Hop(url="https://t.co/AbCdEf1234", via=Via.HTTP, status=301, location="https://news.example/story",
    ...     at=now, seconds=0.1)
    >>> linked_address(Observation(url=hop.url, observed_at=now, seconds=0.1, outcome=Outcome.OK, hops=(hop,)))
    'https://news.example/story'
    """
    for hop in observation.hops:
        if hop.location is None or not _only_leads_on(hop):
            return hop.url
    last = observation.hops[-1].location if observation.hops else None
    return last or observation.expanded_url


def target_of(observation: Observation) -> str | None:
    """Return the address that is archived if anything is: where a short link led, or what was linked to itself.

    ``None`` for a short link that led nowhere.
    """
    address = linked_address(observation) if observation.hops else observation.expanded_url or observation.url
    return None if address is None or _is_short(address) else address


def has_moved(observation: Observation) -> bool:
    """Return whether a link that answered did so at another address than the one it was made for.

    Another scheme, ``www.``, a last slash and other parameters are no other address, and a short link is made to
    lead elsewhere.
    """
    made_for, end = linked_address(observation), observation.expanded_url
    if made_for is None or end is None:
        return False
    return not place_of(made_for).is_same(place_of(end))


def _without_face(parts: tuple[str, ...]) -> tuple[str, ...]:
    return parts[:-1] if parts and parts[-1].lower() in FACES else parts


def _only_leads_on(hop: Hop) -> bool:
    return hop.via in _WRAPPING or _is_short(hop.url)


def _is_short(address: str) -> bool:
    parts = urlsplit(address)
    codes = _SHORT.get((parts.hostname or "").removeprefix("www."))
    return codes is not None and codes.fullmatch(parts.path) is not None
