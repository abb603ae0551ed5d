"""Which post an embed shows, as far as is known: the latest conclusion and the observation it rests on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cache.digests import seal, unseal
from cache.rows import CHECK_COLUMNS, CONCLUSION_COLUMNS, check_row, checks_from, conclusion_row
from cache.values import text_value
from resolver.models import AttestedBy

if TYPE_CHECKING:
    from sqlite_utils import Database

    from cache.rows import Row
    from resolver.models import Embed

_COLUMNS = ", ".join(CONCLUSION_COLUMNS)
_CHECKS = ", ".join(CHECK_COLUMNS)
_SCANNED = f"SELECT {_COLUMNS}, checks FROM embeds WHERE id = ?"  # noqa: S608 - the names are constants
_KEPT = f"SELECT {_COLUMNS} FROM identifications WHERE embed_id = ?"  # noqa: S608
_KEPT_CHECKS = f"SELECT {_CHECKS} FROM checks WHERE embed_id = ? ORDER BY position"  # noqa: S608
_REMOVE = "DELETE FROM identifications WHERE embed_id = ?"
_ADD = f"""
INSERT INTO identifications (embed_id, observation_id, run_id, {_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
"""  # noqa: S608
_ADD_CHECK = f"INSERT INTO checks (embed_id, position, {_CHECKS}) VALUES (?, ?, ?, ?, ?, ?, ?)"  # noqa: S608
_NEWEST_OBSERVATION = "SELECT observation_id FROM latest_observations WHERE url = ?"

#: What separates the parts of an address of which a post's id is one.
_PARTS = re.compile("[/?&=#]")


@dataclass(frozen=True, slots=True)
class Conclusion:
    """Which post an embed shows, by which tests. ``post`` is a row of CONCLUSION_COLUMNS."""

    post: Row
    checks: tuple[Row, ...]

    @property
    def says_something(self) -> bool:
        """Whether it names a post, or tells why none is named."""
        post_id, post_url, *_ = self.post
        return post_id is not None or post_url is not None or bool(self.checks)


def next_conclusion(
    *, new: Conclusion, kept: Conclusion | None, scanned: Conclusion, settled: bool
) -> Conclusion | None:
    """Return what is to be kept now that an observation has led to *new*; ``None`` for nothing.

    *kept* is what was concluded before, *scanned* what the article alone says, and *settled* whether the
    observation is an answer. One that is not takes away nothing that was known: it only says that this time
    we could not find out.
    """
    if kept is not None and not settled:
        return kept
    return new if new.says_something or new != scanned else None


def conclude_from_article(db: Database, run_id: int, embed_id: int, embed: Embed) -> None:
    """Keep the post that the article itself names, if it does, for an embed that was just added."""
    conclusion = _conclusion(embed)
    if conclusion.says_something:
        _write(db, embed_id, conclusion, observation_id=None, run_id=run_id)


def conclude(
    db: Database, run_id: int, embed_id: int, embed: Embed, *, observation_id: int, settled: bool
) -> None:
    """Keep what is known of the embed since an observation. To be called in the observation's transaction.

    Nothing is done where the embed is gone: another run may have scanned its document anew in the meantime,
    and will come to its own conclusion.
    """
    row = db.execute(_SCANNED, (embed_id,)).fetchone()
    if row is None:
        return
    scanned = Conclusion(row[:-1], tuple(map(check_row, checks_from(row[-1]))))
    kept = kept_conclusion(db, embed_id)
    following = next_conclusion(new=_conclusion(embed), kept=kept, scanned=scanned, settled=settled)
    if following == kept:
        return
    db.execute(_REMOVE, (embed_id,))
    unseal(db, "identifications", [embed_id])
    if following is not None:
        witness = _witness(db, embed, observation_id)
        _write(db, embed_id, following, observation_id=witness, run_id=run_id)


def kept_conclusion(db: Database, embed_id: int) -> Conclusion | None:
    """Return what was concluded of an embed; ``None`` where nothing was."""
    row = db.execute(_KEPT, (embed_id,)).fetchone()
    if row is None:
        return None
    return Conclusion(row, tuple(db.execute(_KEPT_CHECKS, (embed_id,)).fetchall()))


def naming_link(embed: Embed) -> str | None:
    """Return the link of the embed that leads to its post; ``None`` where none does.

    >>> from resolver.models import Kind, Link, Role
    >>> from resolver.models import Embed
    >>> embed = Embed(document="a", kind=Kind.LEFTOVER, platform="twitter", start=0, end=1, quote="x",
    ...     prefix="", suffix="", rule="twitter.attribution", confidence=0.9, post_id="20", links=(
    ...         Link(url="https://t.co/a", written="https://t.co/a", role=Role.LINK,
    ...              expanded_url="https://example.org/"),
    ...         Link(url="https://t.co/b", written="pic.twitter.com/b", role=Role.MEDIA,
    ...              expanded_url="https://twitter.com/jack/status/20/photo/1")))
    >>> naming_link(embed)
    'https://t.co/b'
    """
    for link in embed.links:
        if embed.post_id and embed.post_id in _PARTS.split(link.expanded_url or ""):
            return link.url
    return None


def _conclusion(embed: Embed) -> Conclusion:
    return Conclusion(conclusion_row(embed), tuple(map(check_row, embed.checks)))


def _witness(db: Database, embed: Embed, observation_id: int) -> int | None:
    """Return the observation that the conclusion rests on, which need not be the one that came in last."""
    if embed.attested_by is AttestedBy.ARTICLE and embed.post_url is not None:
        return None
    row = db.execute(_NEWEST_OBSERVATION, (text_value(naming_link(embed)),)).fetchone()
    return observation_id if row is None else int(row[0])


def _write(
    db: Database, embed_id: int, conclusion: Conclusion, *, observation_id: int | None, run_id: int
) -> None:
    db.execute(_ADD, (embed_id, observation_id, run_id, *conclusion.post))
    for position, check in enumerate(conclusion.checks):
        db.execute(_ADD_CHECK, (embed_id, position, *check))
    seal(db, "identifications", embed_id)
