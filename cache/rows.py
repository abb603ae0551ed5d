"""The models as rows, and rows as models again. Nothing here touches a database.

What comes back equals what went in, but for surrogates (see :mod:`cache.values`).
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from cache.values import json_from, json_value, text_value, time_from, time_value
from resolver.models import (
    AttestedBy,
    Blocked,
    Capture,
    Check,
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
    from collections.abc import Iterable, Mapping

    from cache.values import Value

    Row = tuple[Value, ...]

#: The columns of :func:`embed_row`, in its order; so for the other pairs below.
EMBED_COLUMNS = (
    "kind", "platform", "start", "end", "quote", "prefix", "suffix", "text", "author", "handle",
    "posted", "posted_text", "posted_at", "post_id", "post_url", "hashtags", "mentions",
    "blocked_quote", "blocked_start", "blocked_end", "blocked_vendor", "blocked_language",
    "rule", "confidence", "attested_by", "checks",
)  # fmt: skip
LINK_COLUMNS = ("written", "role", "expanded_url", "outcome")
OBSERVATION_COLUMNS = (
    "observed_at",
    "seconds",
    "outcome",
    "expanded_url",
    "attempts",
    "error",
    "canonical_url",
)
HOP_COLUMNS = ("url", "via", "status", "location", "at", "seconds", "connected_to", "evidence")
CAPTURE_COLUMNS = ("hop", "url", "file", "offset", "record_id", "payload_digest")
CONCLUSION_COLUMNS = ("post_id", "post_url", "posted_at", "confidence", "attested_by")
CHECK_COLUMNS = ("name", "printed", "found", "passed", "post_url")

#: The outcomes by their names.
OUTCOMES = {outcome.value: outcome for outcome in Outcome}
_KINDS = {kind.value: kind for kind in Kind}
_ROLES = {role.value: role for role in Role}
_WORDS = {words.value: words for words in AttestedBy}


def embed_row(embed: Embed) -> Row:
    """Return an embed without its document and its links."""
    blocked = embed.blocked
    return (
        embed.kind.value,
        text_value(embed.platform),
        embed.start,
        embed.end,
        text_value(embed.quote),
        text_value(embed.prefix),
        text_value(embed.suffix),
        text_value(embed.text),
        text_value(embed.author),
        text_value(embed.handle),
        embed.posted.isoformat() if embed.posted else None,
        text_value(embed.posted_text),
        time_value(embed.posted_at),
        text_value(embed.post_id),
        text_value(embed.post_url),
        json_value(embed.hashtags),
        json_value(embed.mentions),
        *(blocked_row(blocked) if blocked else (None,) * 5),
        text_value(embed.rule),
        embed.confidence,
        embed.attested_by.value,
        json_value([dict(zip(CHECK_COLUMNS, check_row(check), strict=True)) for check in embed.checks]),
    )


def blocked_row(blocked: Blocked) -> Row:
    """Return the note that stands where an embed was held back."""
    return (
        text_value(blocked.quote),
        blocked.start,
        blocked.end,
        text_value(blocked.vendor),
        text_value(blocked.language),
    )


def embed_from(document: str, row: Iterable[Any], links: Iterable[Link]) -> Embed:
    """Return the embed of a row of :data:`EMBED_COLUMNS`."""
    (
        kind, platform, start, end, quote, prefix, suffix, text, author, handle,
        posted, posted_text, posted_at, post_id, post_url, hashtags, mentions,
        *blocked,
        rule, confidence, attested_by, checks,
    ) = row  # fmt: skip
    return Embed(
        document=document,
        kind=_KINDS[kind],
        platform=platform,
        start=start,
        end=end,
        quote=quote,
        prefix=prefix,
        suffix=suffix,
        text=text,
        author=author,
        handle=handle,
        posted=_day_from(posted),
        posted_text=posted_text,
        posted_at=time_from(posted_at),
        post_id=post_id,
        post_url=post_url,
        links=tuple(links),
        hashtags=tuple(json_from(hashtags)),
        mentions=tuple(json_from(mentions)),
        blocked=_blocked_from(*blocked) if blocked[0] is not None else None,
        rule=rule,
        confidence=confidence,
        attested_by=_WORDS[attested_by],
        checks=checks_from(checks),
    )


def link_row(link: Link) -> Row:
    """Return a link without its address."""
    return (
        text_value(link.written),
        link.role.value,
        text_value(link.expanded_url),
        link.outcome.value if link.outcome else None,
    )


def link_from(url: str | None, row: Iterable[Any]) -> Link:
    """Return the link of a row of :data:`LINK_COLUMNS`."""
    written, role, expanded_url, outcome = row
    return Link(
        url=url,
        written=written,
        role=_ROLES[role],
        expanded_url=expanded_url,
        outcome=outcome_from(outcome),
    )


def observation_row(observation: Observation) -> Row:
    """Return an observation without its address, its hops and its captures."""
    return (
        time_value(observation.observed_at),
        observation.seconds,
        observation.outcome.value,
        text_value(observation.expanded_url),
        observation.attempts,
        text_value(observation.error),
        text_value(observation.canonical_url),
    )


def observation_from(
    url: str, row: Iterable[Any], hops: Iterable[Hop], captures: Iterable[Capture]
) -> Observation:
    """Return the observation of a row of :data:`OBSERVATION_COLUMNS`."""
    observed_at, seconds, outcome, expanded_url, attempts, error, canonical_url = row
    return Observation(
        url=url,
        observed_at=time_from(observed_at),
        seconds=seconds,
        outcome=OUTCOMES[outcome],
        hops=tuple(hops),
        expanded_url=expanded_url,
        canonical_url=canonical_url,
        attempts=attempts,
        error=error,
        captures=tuple(captures),
    )


def hop_row(hop: Hop) -> Row:
    """Return a hop."""
    return (
        text_value(hop.url),
        hop.via.value,
        hop.status,
        text_value(hop.location),
        time_value(hop.at),
        hop.seconds,
        text_value(hop.connected_to),
        text_value(hop.evidence),
    )


def hop_from(row: Iterable[Any]) -> Hop:
    """Return the hop of a row of :data:`HOP_COLUMNS`."""
    columns: dict[str, Any] = dict(zip(HOP_COLUMNS, row, strict=True))
    return Hop(via=Via(columns.pop("via")), at=time_from(columns.pop("at")), **columns)


def capture_row(capture: Capture) -> Row:
    """Return a capture."""
    return (
        capture.hop,
        text_value(capture.url),
        text_value(capture.file),
        capture.offset,
        text_value(capture.record_id),
        text_value(capture.payload_digest),
    )


def capture_from(row: Iterable[Any]) -> Capture:
    """Return the capture of a row of :data:`CAPTURE_COLUMNS`."""
    return Capture(**dict(zip(CAPTURE_COLUMNS, row, strict=True)))


def conclusion_row(embed: Embed) -> Row:
    """Return which post an embed shows, without the checks."""
    return (
        text_value(embed.post_id),
        text_value(embed.post_url),
        time_value(embed.posted_at),
        embed.confidence,
        embed.attested_by.value,
    )


def conclusion_from(row: Iterable[Any]) -> Mapping[str, Any]:
    """Return the fields of an embed in a row of :data:`CONCLUSION_COLUMNS`."""
    columns: dict[str, Any] = dict(zip(CONCLUSION_COLUMNS, row, strict=True))
    columns["posted_at"] = time_from(columns["posted_at"])
    columns["attested_by"] = _WORDS[columns["attested_by"]]
    return columns


def check_row(check: Check) -> Row:
    """Return a check."""
    return (
        text_value(check.name),
        text_value(check.printed),
        text_value(check.found),
        int(check.passed),
        text_value(check.post_url),
    )


def check_from(row: Iterable[Any]) -> Check:
    """Return the check of a row of :data:`CHECK_COLUMNS`."""
    columns: dict[str, Any] = dict(zip(CHECK_COLUMNS, row, strict=True))
    return Check(passed=bool(columns.pop("passed")), **columns)


def checks_from(value: str) -> tuple[Check, ...]:
    """Return the checks of the JSON array that :func:`embed_row` holds.

    >>> checks_from("[]")
    ()
    """
    return tuple(check_from(check[name] for name in CHECK_COLUMNS) for check in json_from(value))


def outcome_from(value: str | None) -> Outcome | None:
    """Return the outcome of that name, which must be known.

    >>> outcome_from("gone"), outcome_from(None)
    (<Outcome.GONE: 'gone'>, None)
    """
    return None if value is None else OUTCOMES[value]


def _blocked_from(quote: str, start: int, end: int, vendor: str | None, language: str | None) -> Blocked:
    return Blocked(quote=quote, start=start, end=end, vendor=vendor, language=language)


def _day_from(value: str | None) -> date | None:
    return None if value is None else date.fromisoformat(value)
