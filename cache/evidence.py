"""The chain of evidence, as ``show`` prints it: where an embed stands, every attempt, what was concluded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cache.embeds import known, scanned_embeds
from cache.observations import history, load_observation
from cache.runs import load_run
from cache.transactions import snapshot
from cache.values import text_value
from resolver.provenance import Attempt, DocumentEvidence, EmbedEvidence, LinkEvidence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlite_utils import Database

    from resolver.models import Embed, Link
    from resolver.provenance import Run

#: What a subject can be, tried in this order: the first that anything is found by decides.
_FINDERS = (
    # a document, by its name, its content or its address
    """
    SELECT documents.id, embeds.id FROM documents LEFT JOIN embeds ON embeds.document_id = documents.id
    WHERE documents.name = :subject OR documents.sha256 = :subject OR documents.url = :subject
    ORDER BY documents.id, embeds.position
    """,
    # a post, by its id or its address
    """
    SELECT embeds.document_id, embeds.id
    FROM identifications JOIN embeds ON embeds.id = identifications.embed_id
    WHERE identifications.post_id = :subject OR identifications.post_url = :subject
    ORDER BY embeds.document_id, embeds.position
    """,
    # a link, by its address, with or without its scheme, or as it is written
    """
    SELECT DISTINCT embeds.document_id, embeds.id
    FROM embed_links JOIN embeds ON embeds.id = embed_links.embed_id
    WHERE embed_links.written = :subject
    OR embed_links.link_id IN (SELECT id FROM links WHERE url IN (:subject, 'https://' || :subject))
    ORDER BY embeds.document_id, embeds.position
    """,
    # an embed, by its key
    """
    SELECT document_id, id FROM embeds WHERE id = :key
    """,
)
_DOCUMENT = """
SELECT name, sha256, url, date, input, characters, first_run_id, last_run_id FROM documents WHERE id = ?
"""
_NEXT_DOCUMENT = "SELECT id FROM documents WHERE id > ? ORDER BY id LIMIT 1"
_EMBEDS_OF = "SELECT id FROM embeds WHERE document_id = ? ORDER BY position"
_CONCLUSION = """
SELECT embeds.scanned_run_id, identifications.run_id, identifications.observation_id
FROM embeds LEFT JOIN identifications ON identifications.embed_id = embeds.id WHERE embeds.id = ?
"""
#: The largest key that SQLite knows.
_LARGEST_KEY = 2**63 - 1


#: What stands before the number of an embed that is also the id of a document.
_EMBED = "embed:"


def find(db: Database, subject: str) -> Iterator[DocumentEvidence]:
    """Yield the documents in which *subject* plays a part, each with the embeds that have to do with it.

    *subject* is a document's id, address or sha256 (all its embeds), a post's id or address, a link (its
    address, or as it is written), or the number of an embed: what is found first in this order. Nothing
    found, nothing yielded.
    """
    number = subject.removeprefix(_EMBED)
    is_key = number.isascii() and number.isdigit() and len(number) < 20 and int(number) <= _LARGEST_KEY
    # Documents may be called by numbers too, and go before.
    name = None if is_key and number != subject else text_value(subject)
    parameters = {"subject": name, "key": int(number) if is_key else None}
    for finder in _FINDERS:
        found: dict[int, list[int]] = {}
        for document_id, embed_id in db.execute(finder, parameters).fetchall():
            found.setdefault(document_id, []).extend([embed_id] if embed_id is not None else [])
        if found:
            for document_id, keys in found.items():
                with snapshot(db):
                    document = _document(db, document_id, keys)
                yield document
            return


def find_all(db: Database) -> Iterator[DocumentEvidence]:
    """Yield every document with all its embeds, in the order in which they were first read."""
    after = 0
    while (row := db.execute(_NEXT_DOCUMENT, (after,)).fetchone()) is not None:
        (after,) = row
        with snapshot(db):
            keys = [key for (key,) in db.execute(_EMBEDS_OF, (after,)).fetchall()]
            document = _document(db, after, keys)
        yield document


def attempts_at(db: Database, url: str) -> tuple[Attempt, ...]:
    """Return every attempt to follow an address, the oldest first."""
    runs: dict[int, Run] = {}
    attempts = []
    for run_id, observation in history(db, url):
        run = runs.get(run_id) or runs.setdefault(run_id, load_run(db, run_id))
        attempts.append(Attempt(observation=observation, run=run))
    return tuple(attempts)


def _document(db: Database, document_id: int, keys: list[int]) -> DocumentEvidence:
    row = db.execute(_DOCUMENT, (document_id,)).fetchone()
    name, sha256, url, date, input_, characters, first_run_id, last_run_id = row
    return DocumentEvidence(
        id=name,
        sha256=sha256,
        url=url,
        date=date,
        input=input_,
        characters=characters,
        first_read_by=load_run(db, first_run_id),
        last_read_by=load_run(db, last_run_id),
        embeds=tuple(_embed(db, key, embed) for key, embed in scanned_embeds(db, keys)),
    )


def _embed(db: Database, key: int, scanned: Embed) -> EmbedEvidence:
    scanned_run_id, run_id, observation_id = db.execute(_CONCLUSION, (key,)).fetchone()
    now_known = known(db, key, scanned)
    return EmbedEvidence(
        key=key,
        scanned=scanned,
        known=now_known,
        links=tuple(_link(db, link) for link in now_known.links),
        scanned_by=load_run(db, scanned_run_id),
        concluded_by=None if run_id is None else load_run(db, run_id),
        witness=None if observation_id is None else load_observation(db, observation_id),
    )


def _link(db: Database, link: Link) -> LinkEvidence:
    return LinkEvidence(link=link, attempts=() if link.url is None else attempts_at(db, link.url))
