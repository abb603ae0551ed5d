"""Which post an embed shows, as far as is known: the latest conclusion and the observation it rests on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from cache.observations import NEWEST_KEY
from cache.rows import CHECK_COLUMNS, CONCLUSION_COLUMNS, check_row, checks_from, conclusion_row
from cache.values import text_value
from resolver.models import AttestedBy

if TYPE_CHECKING:
    from sqlite_utils import Database

    from cache.rows import Row
    from cache.session import Session
    from resolver.models import Embed

_COLUMNS = ", ".join(CONCLUSION_COLUMNS)
_CHECKS = ", ".join(CHECK_COLUMNS)
_STANDING = f"""
SELECT embeds.checks, identifications.embed_id, {", ".join(f"embeds.{name}" for name in CONCLUSION_COLUMNS)},
{", ".join(f"identifications.{name}" for name in CONCLUSION_COLUMNS)}
FROM embeds LEFT JOIN identifications ON embed_id = embeds.id WHERE embeds.id = ?
"""  # noqa: S608 - the names are constants, as in all that follow
_KEPT = f"SELECT {_COLUMNS} FROM identifications WHERE embed_id = ?"  # noqa: S608
_KEPT_CHECKS = f"SELECT {_CHECKS} FROM checks WHERE embed_id = ? ORDER BY position"  # noqa: S608
_REMOVE = "DELETE FROM identifications WHERE embed_id = ?"
_ADD = f"""
INSERT INTO identifications (embed_id, observation_id, run_id, {_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
"""  # noqa: S608
_ADD_CHECK = f"INSERT INTO checks (embed_id, position, {_CHECKS}) VALUES (?, ?, ?, ?, ?, ?, ?)"  # noqa: S608
_NEWEST_OBSERVATION = f"SELECT {NEWEST_KEY.format(link='links.id')} FROM links WHERE url = ?"  # noqa: S608

#: Values of a row of CONCLUSION_COLUMNS.
_WIDTH = len(CONCLUSION_COLUMNS)

#: What separates the parts of an address of which a post's id is one.
_PARTS = re.compile("[/?&=#]")


class Conclusion(NamedTuple):
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


def conclude_from_article(session: Session, embed_id: int, embed: Embed) -> None:
    """Keep the post that the article itself names, if it does, for an embed that was just added."""
    conclusion = _conclusion(embed)
    if conclusion.says_something:
        _write(session, embed_id, conclusion, observation_id=None)


def conclude(session: Session, embed_id: int, embed: Embed, *, observation_id: int, settled: bool) -> None:
    """Keep what is known of the embed since an observation. To be called in the observation's transaction.

    Nothing is done where the embed is gone: another run may have scanned its document anew in the meantime,
    and will come to its own conclusion.
    """
    row = session.db.conn.execute(_STANDING, (embed_id,)).fetchone()
    if row is None:
        return
    scanned_checks, is_kept, *posts = row
    scanned = Conclusion(tuple(posts[:_WIDTH]), tuple(map(check_row, checks_from(scanned_checks))))
    kept = (
        Conclusion(tuple(posts[_WIDTH:]), _kept_checks(session.db, embed_id)) if is_kept is not None else None
    )
    following = next_conclusion(new=_conclusion(embed), kept=kept, scanned=scanned, settled=settled)
    if following == kept:
        return
    if kept is not None:
        session.db.conn.execute(_REMOVE, (embed_id,))
        session.unseal("identifications", [embed_id])
    if following is not None:
        witness = _witness(session.db, embed, observation_id)
        _write(session, embed_id, following, observation_id=witness)


def kept_conclusion(db: Database, embed_id: int) -> Conclusion | None:
    """Return what was concluded of an embed; ``None`` where nothing was."""
    row = db.execute(_KEPT, (embed_id,)).fetchone()
    if row is None:
        return None
    return Conclusion(row, _kept_checks(db, embed_id))


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


def _kept_checks(db: Database, embed_id: int) -> tuple[Row, ...]:
    return tuple(db.execute(_KEPT_CHECKS, (embed_id,)).fetchall())


def _conclusion(embed: Embed) -> Conclusion:
    return Conclusion(conclusion_row(embed), tuple(map(check_row, embed.checks)))


def _witness(db: Database, embed: Embed, observation_id: int) -> int | None:
    """Return the observation that the conclusion rests on, which need not be the one that came in last."""
    if embed.attested_by is AttestedBy.ARTICLE and embed.post_url is not None:
        return None
    url = naming_link(embed)
    newest = db.conn.execute(_NEWEST_OBSERVATION, (text_value(url),)).fetchone() if url is not None else None
    return observation_id if newest is None or newest[0] is None else int(newest[0])


def _write(session: Session, embed_id: int, conclusion: Conclusion, *, observation_id: int | None) -> None:
    session.db.conn.execute(_ADD, (embed_id, observation_id, session.run_id, *conclusion.post))
    checks = [(embed_id, position, *check) for position, check in enumerate(conclusion.checks)]
    session.db.conn.executemany(_ADD_CHECK, checks)
    session.seal("identifications", embed_id)
