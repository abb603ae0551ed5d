"""The record of an embed read back: what :func:`resolver.render.record.record` wrote."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from resolver.models import AttestedBy, Blocked, Check, Embed, Kind, Link, Outcome, Role

if TYPE_CHECKING:
    from collections.abc import Mapping

_KINDS = {kind.value: kind for kind in Kind}
_ROLES = {role.value: role for role in Role}
_OUTCOMES = {outcome.value: outcome for outcome in Outcome}
_WORDS = {word.value: word for word in AttestedBy}


def embed_from(values: Mapping[str, Any], *, document: str) -> Embed:
    """Return the embed of a record, in the *document* of that id; times are those of the record, to the millisecond.

    Raises :class:`KeyError`, :class:`TypeError` or :class:`ValueError` where it is no record.

    >>> from resolver import scan
    >>> from resolver.render.record import record
    >>> found, = scan("Open! https://t.co/AbCdEf1234 — Jo Doe (@jodoe) May 2, 2019")
    >>> embed_from(record(found), document="-") == found
    True
    """
    # Every name is written out: this is most of what it takes to read millions of records.
    blocked, posted, posted_at = values["blocked"], values["posted"], values["posted_at"]
    return Embed(
        document=document,
        kind=_KINDS[values["kind"]],
        platform=values["platform"],
        start=values["start"],
        end=values["end"],
        quote=values["quote"],
        prefix=values["prefix"],
        suffix=values["suffix"],
        text=values["text"],
        author=values["author"],
        handle=values["handle"],
        posted=None if posted is None else date.fromisoformat(posted),
        posted_text=values["posted_text"],
        posted_at=None if posted_at is None else datetime.fromisoformat(posted_at),
        post_id=values["post_id"],
        post_url=values["post_url"],
        links=tuple([_link(link) for link in values["links"]]),
        hashtags=tuple(values["hashtags"]),
        mentions=tuple(values["mentions"]),
        blocked=None if blocked is None else Blocked(**blocked),
        rule=values["rule"],
        confidence=float(values["confidence"]),
        attested_by=_WORDS[values["attested_by"]],
        checks=tuple([Check(**check) for check in values["checks"]]),
    )


def _link(values: Mapping[str, Any]) -> Link:
    outcome = values.get("outcome")
    return Link(
        url=values["url"],
        written=values["written"],
        role=_ROLES[values["role"]],
        expanded_url=values.get("expanded_url"),
        canonical_url=values.get("canonical_url"),
        outcome=None if outcome is None else _OUTCOMES[outcome],
        answered_by=values.get("answered_by"),
    )
