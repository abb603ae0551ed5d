"""The schema: prose in the database, rules that hold whatever tool writes, and views for people."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from cache_samples import (
    CAPTURE,
    CUT_OFF,
    NOON,
    POST_ID,
    POST_URL,
    document,
    embed,
    identified,
    leading_to,
    link,
    observation,
    opened,
)

from cache.export.tables import COMPLETE
from cache.migrations import STEPS
from resolver.models import Outcome, Role

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SCANNED = embed(link("a", Role.MEDIA), CUT_OFF, link("b"), link("p", Role.PROFILE))
SEEN = leading_to("a", f"{POST_URL}/photo/1", captures=(CAPTURE,))
#: What of a CREATE TABLE is no column: its first and last line, its own comments, rules for all columns.
NO_COLUMN = re.compile(r"CREATE TABLE|\)|\s*--|\s*(UNIQUE|PRIMARY KEY) \(")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "provenance.db"
    with opened(path) as store:
        store.add(
            document(), [SCANNED, embed(text="Café am Hafen, 港の船", author="Renée Æ", handle="renee")]
        )
        store.record(
            SEEN, {key: identified(each, SEEN) for key, each in store.linking("https://t.co/a").items()}
        )
        store.record(observation("b", Outcome.DNS_ERROR, error="no such host"), {})
    return path


@pytest.fixture
def connection(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA recursive_triggers = OFF")
        yield connection


def select(connection: sqlite3.Connection, query: str) -> list[dict[str, Any]]:
    cursor = connection.execute(query)
    return [dict(zip((column[0] for column in cursor.description), row, strict=True)) for row in cursor]


def test_every_column_has_a_comment(connection: sqlite3.Connection) -> None:
    """Whoever opens the database elsewhere reads there what each column means; and each table is exported."""
    tables = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'embeds_fts%'"
        " AND name NOT IN ('_sqlite_migrations', 'sqlite_sequence')"
    ).fetchall()
    assert {name for name, _ in tables} == set(COMPLETE)
    for name, sql in tables:
        assert re.match(rf"CREATE TABLE {name} \(\n  -- [A-Z]", sql), f"{name} says nothing of itself"
        columns = [line for line in sql.splitlines() if not NO_COLUMN.match(line)]
        assert len(columns) == len(connection.execute(f"PRAGMA table_info({name})").fetchall())
        for line in columns:
            assert re.search(r" (?:--|/\*) \S", line), f"{name}: {line}"


def test_the_file_says_what_it_is(connection: sqlite3.Connection) -> None:
    """The application id and the number of steps are in the file's header, and no foreign key is broken."""
    assert connection.execute("PRAGMA application_id").fetchone() == (0x456D6252,)
    assert connection.execute("PRAGMA user_version").fetchone() == (len(STEPS),)
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_the_outcomes_are_explained_in_the_database(connection: sqlite3.Connection) -> None:
    """Each outcome that the tool knows is a row with its sentence."""
    rows = connection.execute("SELECT outcome, sentence, settled FROM outcomes").fetchall()
    assert sorted(rows) == sorted((each.value, each.sentence, each.settled) for each in Outcome)


UNTOUCHABLE = [
    "UPDATE observations SET outcome = 'ok'",
    "UPDATE observations SET id = 99 WHERE id = 1",
    "DELETE FROM observations",
    "REPLACE INTO observations SELECT * FROM observations",
    "REPLACE INTO observations SELECT id, link_id, run_id, 'x', 0, 'gone', NULL, 1, NULL, NULL FROM observations",
    "UPDATE hops SET status = 200",
    "DELETE FROM hops",
    "REPLACE INTO hops SELECT * FROM hops",
    "UPDATE captures SET file = 'x'",
    "DELETE FROM captures",
    "REPLACE INTO captures SELECT * FROM captures",
    "REPLACE INTO captures SELECT 99, observation_id, number, 9, url, file, 9, record_id, 'x' FROM captures",
]


@pytest.mark.parametrize("statement", UNTOUCHABLE)
def test_what_was_observed_cannot_be_altered(connection: sqlite3.Connection, statement: str) -> None:
    """Observations and hops are only appended, also by other tools with other settings."""
    before = select(connection, "SELECT * FROM observations JOIN hops ON observation_id = id")
    with pytest.raises(sqlite3.IntegrityError, match="only appended"):
        connection.execute(statement)
    assert select(connection, "SELECT * FROM observations JOIN hops ON observation_id = id") == before


ORPHANS = [
    "INSERT INTO observations VALUES (9, 99, 1, 'x', 0, 'ok', NULL, 1, NULL, NULL)",
    "INSERT INTO observations VALUES (9, 1, 99, 'x', 0, 'ok', NULL, 1, NULL, NULL)",
    "INSERT INTO observations VALUES (9, 1, 1, 'x', 0, 'new', NULL, 1, NULL, NULL)",
    "INSERT INTO hops SELECT 99, number, url, via, status, location, at, seconds, NULL, NULL FROM hops",
    "INSERT INTO embed_links VALUES (99, 0, 1, 'x', 'link', NULL, NULL)",
    "UPDATE embed_links SET link_id = 99",
    "UPDATE embeds SET document_id = 99",
    "UPDATE embeds SET scanned_run_id = 99",
    "UPDATE documents SET first_run_id = 99",
    "UPDATE documents SET last_run_id = 99",
    "UPDATE identifications SET observation_id = 99",
    "UPDATE identifications SET run_id = 99",
    "INSERT INTO checks SELECT 99, position, name, printed, found, passed, post_url FROM checks",
    "DELETE FROM runs",
    "DELETE FROM links",
    "DELETE FROM documents",
]


@pytest.mark.parametrize("statement", ORPHANS)
def test_no_row_points_to_nothing(connection: sqlite3.Connection, statement: str) -> None:
    """Every reference is declared, so that the chain of evidence cannot have a hole."""
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        connection.execute(statement)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("ships", 1),
        ("cafe", 1),
        ("CAFÉ", 1),
        ("handle:renee", 1),
        ("author:harbour", 1),
        ('"ships are back"', 1),
        ("nothing", 0),
    ],
)
def test_posts_can_be_searched(connection: sqlite3.Connection, words: str, found: int) -> None:
    """Text, author and handle are found without regard to case and diacritics."""
    query = (
        "SELECT count(*) FROM embeds JOIN embeds_fts ON embeds_fts.rowid = embeds.id WHERE embeds_fts MATCH ?"
    )
    assert connection.execute(query, (words,)).fetchone() == (found,)


def test_the_search_follows_a_new_scan(path: Path, connection: sqlite3.Connection) -> None:
    """What is no longer there is no longer found, and the index agrees with the table."""
    with opened(path) as store:
        store.add(document(), [embed(text="Lighthouse\0 at \ud800 sea")])
    for words, found in [("ships", 0), ("cafe", 0), ("lighthouse", 1), ("sea", 1)]:
        query = "SELECT count(*) FROM embeds_fts WHERE embeds_fts MATCH ?"
        assert connection.execute(query, (words,)).fetchone() == (found,)
    connection.execute("INSERT INTO embeds_fts (embeds_fts, rank) VALUES ('integrity-check', 1)")


def test_posts_are_readable(connection: sqlite3.Connection) -> None:
    """One row per embed, with its document and what is known of the post."""
    first, second = select(connection, "SELECT * FROM posts ORDER BY embed_id")
    assert first["document"] == "a.txt"
    assert (first["post_id"], first["post_url"], first["attested_by"]) == (POST_ID, POST_URL, "redirect")
    assert (first["posted"], first["posted_at"]) == ("2020-08-15", "2020-08-15T07:30:01.500000Z")
    assert (first["checks_failed"], first["confidence"]) == (0, 0.9)
    assert (second["handle"], second["post_id"], second["attested_by"]) == ("renee", None, "article")


def test_links_that_were_not_reached_are_listed(connection: sqlite3.Connection) -> None:
    """What the next run asks again, with why."""
    (row,) = select(connection, "SELECT * FROM links_not_reached")
    assert (row["url"], row["host"], row["outcome"]) == ("https://t.co/b", "t.co", "dns_error")
    assert (row["sentence"], row["error"], row["observations"]) == (
        Outcome.DNS_ERROR.sentence,
        "no such host",
        1,
    )


def test_the_newest_observation_of_each_link_is_listed(path: Path, connection: sqlite3.Connection) -> None:
    """One row per link that was ever followed."""
    with opened(path) as store:
        store.record(observation("b", Outcome.NOT_FOUND, observed_at=NOON + timedelta(hours=1)), {})
    rows = select(connection, "SELECT url, outcome, settled FROM latest_observations ORDER BY url")
    assert [tuple(row.values()) for row in rows] == [
        ("https://t.co/a", "post", 1),
        ("https://t.co/b", "not_found", 1),
    ]
    assert select(connection, "SELECT * FROM links_not_reached") == []


def test_the_evidence_is_one_row_for_each_answer(connection: sqlite3.Connection) -> None:
    """From the document to the answer of the web; an attempt without an answer is a row as well."""
    with_hop, without = select(connection, "SELECT * FROM evidence")
    assert (with_hop["document"], with_hop["written"], with_hop["role"]) == (
        "a.txt",
        "https://t.co/a",
        "media",
    )
    assert (with_hop["hop"], with_hop["status"], with_hop["via"]) == (0, 301, "http")
    assert (with_hop["location"], with_hop["connected_to"]) == (f"{POST_URL}/photo/1", None)
    assert (with_hop["warc"], with_hop["offset"]) == (CAPTURE.file, CAPTURE.offset)
    assert (with_hop["record_id"], with_hop["payload_digest"]) == (CAPTURE.record_id, CAPTURE.payload_digest)
    assert (without["link"], without["outcome"], without["hop"]) == ("https://t.co/b", "dns_error", None)


def plan(connection: sqlite3.Connection, query: str) -> str:
    return " ".join(row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {query}"))


@pytest.mark.parametrize(
    ("query", "index"),
    [
        ("SELECT * FROM documents WHERE url = 'x'", "documents_by_url"),
        ("SELECT * FROM documents WHERE last_run_id = 1", "documents_by_last_run"),
        ("SELECT * FROM embed_links WHERE link_id = 1", "embed_links_by_link"),
        ("SELECT * FROM embed_links WHERE written = 'x'", "embed_links_by_written"),
        ("SELECT * FROM latest_observations WHERE url = 'x'", "observations_by_link"),
        ("SELECT * FROM identifications WHERE post_id = 'x'", "identifications_by_post_id"),
        ("SELECT * FROM identifications WHERE post_url = 'x'", "identifications_by_post_url"),
    ],
)
def test_an_index_serves_its_query(connection: sqlite3.Connection, query: str, index: str) -> None:
    """No index is there for nothing, and none of these queries reads a whole table."""
    steps = plan(connection, query)
    assert index in steps
    assert "SCAN" not in steps
