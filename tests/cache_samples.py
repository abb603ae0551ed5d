"""Documents, embeds and observations for the tests of the store: built by hand, and by hypothesis."""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from cache import Store
from resolver.models import (
    AttestedBy,
    Blocked,
    Capture,
    Check,
    Document,
    Embed,
    Hop,
    Kind,
    Link,
    Observation,
    Outcome,
    Role,
    Via,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
DAY = timedelta(days=1)
POST_ID = "1294535642334310400"
POST_URL = f"https://twitter.com/HarbourDesk/status/{POST_ID}"


def rows(path: Path, query: str) -> list[tuple[Any, ...]]:
    """Return what a query gives, asked of the file itself."""
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(query).fetchall()


def asked(code: str) -> str:
    """Return the address of a short link."""
    return f"https://t.co/{code}"


@contextmanager
def opened(path: Path, *, now: datetime = NOON, **options: Any) -> Iterator[Store]:
    """A store that a run of the command ``enrich`` has opened."""
    known = {"command": "enrich", "arguments": {}, "tool_version": "1.0", "now": lambda: now}
    with Store.open(path, **(known | options)) as store:
        yield store


def document(name: str = "a.txt", text: str = "Ships are back in the harbour.") -> Document:
    return Document(id=name, text=text)


def link(code: str, role: Role = Role.LINK) -> Link:
    return Link(url=f"https://t.co/{code}", written=f"https://t.co/{code}", role=role)


CUT_OFF = Link(
    url=None, written="https://t.co/AbC\N{HORIZONTAL ELLIPSIS}", role=Role.LINK, outcome=Outcome.TRUNCATED
)


def embed(*links: Link, name: str = "a.txt", **fields_of: Any) -> Embed:
    known = {
        "kind": Kind.LEFTOVER,
        "platform": "twitter",
        "start": 10,
        "end": 90,
        "quote": "Ships are back — Harbour Desk (@HarbourDesk) August 15, 2020",
        "prefix": "before",
        "suffix": "after",
        "text": "Ships are back",
        "author": "Harbour Desk",
        "handle": "HarbourDesk",
        "posted": date(2020, 8, 15),
        "posted_text": "August 15, 2020",
        "rule": "twitter.attribution",
        "confidence": 0.9,
    }
    return Embed(document=name, links=links, **{**known, **fields_of})


def observation(code: str, outcome: Outcome = Outcome.OK, **fields_of: Any) -> Observation:
    known = {"observed_at": NOON, "seconds": 0.25, "expanded_url": None}
    return Observation(url=f"https://t.co/{code}", outcome=outcome, **{**known, **fields_of})


CAPTURE = Capture(
    url="https://t.co/a",
    hop=0,
    file="embed-resolver-20261122T120000Z-00000-1f2e3d4c.warc.gz",
    offset=762,
    record_id="urn:uuid:3d44be13-712f-48ec-b6d0-454899d25348",
    payload_digest="sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
)


def leading_to(code: str, target: str, **fields_of: Any) -> Observation:
    hop = Hop(url=f"https://t.co/{code}", via=Via.HTTP, status=301, location=target, at=NOON, seconds=0.125)
    return observation(code, Outcome.POST, expanded_url=target, hops=(hop,), **fields_of)


def identified(scanned: Embed, seen: Observation, **fields_of: Any) -> Embed:
    """The embed as it is known once an observation has named its post."""
    passed = Check(name="day_of_id", printed="2020-08-15", found="2020-08-15", passed=True, post_url=POST_URL)
    known = {
        "post_id": POST_ID,
        "post_url": POST_URL,
        "posted_at": datetime(2020, 8, 15, 7, 30, 1, 500000, tzinfo=UTC),
        "attested_by": AttestedBy.REDIRECT,
        "checks": (passed,),
        "links": tuple(
            replace(held, expanded_url=seen.expanded_url, outcome=seen.outcome)
            if held.url == seen.url
            else held
            for held in scanned.links
        ),
    }
    return replace(scanned, **{**known, **fields_of})


def as_stored(value: Any) -> Any:
    """A model as it is read back: each surrogate code point is U+FFFD, and nothing else is different."""
    if isinstance(value, str):
        kept = "".join("\ufffd" if 0xD800 <= ord(character) <= 0xDFFF else character for character in value)
        return type(value)(kept) if type(value) is str else value
    if isinstance(value, tuple):
        return tuple(map(as_stored, value))
    if is_dataclass(value) and not isinstance(value, type):
        return replace(
            value, **{field.name: as_stored(getattr(value, field.name)) for field in fields(value)}
        )
    return value


TEXTS = st.text(st.characters(codec=None, exclude_categories=()), max_size=12) | st.sampled_from(
    [
        "",
        "\0",
        "a\0b",
        "\ud800",
        "\udcff\ud83d\ude00",
        "'; DROP TABLE embeds; --",
        "ß\N{COMBINING ACUTE ACCENT}",
    ]
)
MAYBE_TEXTS = st.none() | TEXTS
INTEGERS = st.integers(min_value=-(2**63), max_value=2**63 - 1)
NUMBERS = st.floats(allow_nan=False)
TIMES = st.datetimes(timezones=st.just(UTC))
LINKS = st.builds(
    Link,
    url=MAYBE_TEXTS,
    written=TEXTS,
    role=st.sampled_from(Role),
    expanded_url=MAYBE_TEXTS,
    outcome=st.none() | st.sampled_from(Outcome),
)
CHECKS = st.builds(Check, name=TEXTS, printed=TEXTS, found=TEXTS, passed=st.booleans(), post_url=TEXTS)
EMBEDS = st.builds(
    Embed,
    document=TEXTS,
    kind=st.sampled_from(Kind),
    platform=MAYBE_TEXTS,
    start=INTEGERS,
    end=INTEGERS,
    quote=TEXTS,
    prefix=TEXTS,
    suffix=TEXTS,
    text=MAYBE_TEXTS,
    author=MAYBE_TEXTS,
    handle=MAYBE_TEXTS,
    posted=st.none() | st.dates(),
    posted_text=MAYBE_TEXTS,
    posted_at=st.none() | TIMES,
    post_id=MAYBE_TEXTS,
    post_url=MAYBE_TEXTS,
    links=st.lists(LINKS, max_size=3).map(tuple),
    hashtags=st.lists(TEXTS, max_size=3).map(tuple),
    mentions=st.lists(TEXTS, max_size=3).map(tuple),
    blocked=st.none()
    | st.builds(Blocked, quote=TEXTS, start=INTEGERS, end=INTEGERS, vendor=MAYBE_TEXTS, language=MAYBE_TEXTS),
    rule=TEXTS,
    confidence=st.floats(0, 1),
    attested_by=st.sampled_from(AttestedBy),
    checks=st.lists(CHECKS, max_size=2).map(tuple),
)
HOPS = st.builds(
    Hop,
    url=TEXTS,
    via=st.sampled_from(Via),
    status=st.none() | INTEGERS,
    location=MAYBE_TEXTS,
    at=TIMES,
    seconds=NUMBERS,
    connected_to=MAYBE_TEXTS,
    evidence=MAYBE_TEXTS,
)
CAPTURES = st.builds(
    Capture,
    url=TEXTS,
    hop=st.none() | INTEGERS,
    file=TEXTS,
    offset=INTEGERS,
    record_id=TEXTS,
    payload_digest=TEXTS,
)
OBSERVATIONS = st.builds(
    Observation,
    url=TEXTS,
    observed_at=TIMES,
    seconds=NUMBERS,
    outcome=st.sampled_from(Outcome),
    hops=st.lists(HOPS, max_size=3).map(tuple),
    expanded_url=MAYBE_TEXTS,
    canonical_url=MAYBE_TEXTS,
    attempts=INTEGERS,
    error=MAYBE_TEXTS,
    captures=st.lists(CAPTURES, max_size=2).map(tuple),
)
EXTREME_TIMES = (
    datetime.min.replace(tzinfo=UTC),
    datetime.max.replace(tzinfo=UTC),
    NOON + timedelta(microseconds=1),
)
