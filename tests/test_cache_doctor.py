"""What an examination finds: nothing in a sound database, and whatever was damaged or altered in any other."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from cache_samples import (
    CUT_OFF,
    NOON,
    POST_URL,
    document,
    embed,
    identified,
    leading_to,
    link,
    observation,
    opened,
)
from sqlite_utils import Database

from benchmarks.durability_bits import flip_bits_of
from cache import Store
from cache.connection import APPLICATION_ID
from cache.doctor import Report, Severity, examine, report_lines
from cache.migrations import STEPS, migrations
from resolver.errors import StoreError
from resolver.models import Hop, Outcome, Role, Via

if TYPE_CHECKING:
    from pathlib import Path

#: Bits that are flipped, one at a time, and the share of those that change something which must be found.
FLIPS, FOUND = 150, 0.95


def fill(path: Path) -> Path:
    with opened(path) as store:
        for number in range(12):
            name = f"{number}.txt"
            links = link(f"own{number}", Role.MEDIA), link("shared"), CUT_OFF
            text = f"Ferry {number} has left the harbour in the fog. " * 5
            store.add(document(name), [embed(*links, name=name, text=text), embed(name=name)])
            seen = leading_to(f"own{number}", f"{POST_URL}/photo/1")
            store.record(seen, {key: identified(each, seen) for key, each in store.linking(seen.url).items()})
        store.record(observation("shared", Outcome.DNS_ERROR, error="no such host"), {})
    return path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return fill(tmp_path / "provenance.db")


def alter(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


def found(report: Report, severity: Severity = Severity.PROBLEM) -> list[str]:
    return [f"{each.where}: {each.what}" for each in report.findings if each.severity is severity]


def test_a_sound_database(path: Path) -> None:
    """Nothing is found in it, every row has its hash, and not a byte of it changes."""
    content = path.read_bytes()
    report = examine(path)
    assert (found(report), found(report, Severity.WARNING), report.exit_code) == ([], [], 0)
    # 1 run, 12 documents, 14 addresses less the one that was cut off, 24 embeds, 13 observations, 12 posts
    assert report.hashed == 1 + 12 + 13 + 24 + 13 + 12
    assert (report.schema_version, report.bytes) == (len(STEPS), len(content))
    assert list(report_lines(report))[-1] == "Sound: nothing is lost, damaged or altered."
    assert path.read_bytes() == content
    assert [each.name for each in path.parent.iterdir()] == ["provenance.db"]


NO_TRIGGERS = [
    f"DROP TRIGGER {table}_are_not_{verb}"
    for table in ("observations", "hops")
    for verb in ("changed", "removed", "replaced")
]
ALTERED = [
    # what is done, and what is found
    (["UPDATE runs SET command = 'scan'"], "runs 1: is not what was written"),
    (["UPDATE documents SET url = 'https://example.org/' WHERE id = 3"], "documents 3: is not what was written"),
    (["UPDATE links SET host = NULL WHERE id = 2"], "links 2: is not what was written"),
    (["UPDATE embeds SET quote = quote || ' ' WHERE id = 5"], "embeds 5: is not what was written"),
    (["UPDATE embed_links SET role = 'link' WHERE role = 'media'"], "embeds 1: is not what was written"),
    (["DELETE FROM embed_links WHERE position = 2"], "embeds 1: is not what was written"),
    ([*NO_TRIGGERS, "UPDATE observations SET seconds = 9 WHERE id = 4"], "observations 4: is not what was written"),
    ([*NO_TRIGGERS, "UPDATE hops SET status = 302 WHERE observation_id = 2"], "observations 2: is not what was"),
    ([*NO_TRIGGERS, "DELETE FROM hops WHERE observation_id = 2"], "observations 2: is not what was written"),
    (NO_TRIGGERS, "hops_are_not_changed: is missing in the schema"),
    (["UPDATE identifications SET post_id = '1' WHERE embed_id = 1"], "identifications 1: is not what was written"),
    (["UPDATE checks SET passed = 0 WHERE embed_id = 3"], "identifications 3: is not what was written"),
    (["DELETE FROM identifications WHERE embed_id = 1"], "identifications 1: is gone, though its hash is there"),
    (["DELETE FROM embeds WHERE id = 4"], "embeds 4: is gone, though its hash is there"),
    (["DELETE FROM links WHERE id = 1"], "embed_links: points to a row of links that is not there"),
    (["UPDATE outcomes SET sentence = 'x' WHERE outcome = 'ok'"], "outcomes ok: is not as this tool writes it"),
    (["UPDATE digests SET sha256 = 'x' WHERE table_name = 'links'"], "links 1: is not what was written"),
    (["UPDATE digests SET table_name = 'lynx' WHERE table_name = 'runs'"], "digests: 1 for a table 'lynx' that is not known"),
    (["DROP INDEX embed_links_by_link"], "embed_links_by_link: is missing in the schema"),
    (["DROP VIEW posts"], "posts: is missing in the schema"),
    (["DELETE FROM _sqlite_migrations WHERE id = 2"], "_sqlite_migrations: the steps of the schema are not known"),
    (["UPDATE embeds SET text = 'x' WHERE id = 1"], "embeds_fts: the full-text index does not agree"),
]  # fmt: skip


@pytest.mark.parametrize(("statements", "expected"), ALTERED, ids=lambda case: str(case)[:40])
def test_what_was_altered_is_found(path: Path, statements: list[str], expected: str) -> None:
    """Whatever another tool has changed or removed is a problem, named with its table and row."""
    alter(path, *statements)
    report = examine(path)
    assert any(line.startswith(expected) for line in found(report)), found(report)
    assert report.exit_code == 1
    assert list(report_lines(report))[-1].startswith("Not sound: ")


WARNED = [
    (
        "INSERT INTO links (url) VALUES ('https://example.org/')",
        "links 14: has no hash: another tool has added it",
    ),
    ("CREATE INDEX mine ON embeds (author)", "mine: is not as this tool makes it"),
    ("PRAGMA journal_mode = wal", "journal: it is a WAL, which SQLite 3.40.1 can damage"),
]


@pytest.mark.parametrize(("statement", "expected"), WARNED)
def test_what_does_no_harm_is_a_warning(
    path: Path, statement: str, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody should look, but nothing is lost."""
    alter(path, statement)
    monkeypatch.setattr("sqlite3.sqlite_version_info", (3, 40, 1))
    report = examine(path)
    assert any(line.startswith(expected) for line in found(report, Severity.WARNING)), report.findings
    assert (found(report), report.exit_code) == ([], 0)


def test_a_run_that_did_not_end(path: Path) -> None:
    """A run that was killed is listed, and is no damage."""
    with opened(path) as store:
        store.session.run = 1  # it writes down the end of another
    report = examine(path)
    assert any(
        line.startswith("runs 2: enrich, begun 2026-11-22T12") for line in found(report, Severity.WARNING)
    )
    assert report.is_sound


def test_many_findings_of_a_kind_are_counted(path: Path) -> None:
    """The first are listed, and the number of the rest is said."""
    alter(path, "UPDATE embeds SET rule = 'x'")
    assert "embeds: 4 more of this kind" in found(examine(path))


def in_older_schema(path: Path, *, steps: int) -> Path:
    """A database of what the one at *path* holds, in the schema of an earlier version."""
    older = path.with_name("older.db")
    with Database(sqlite3.connect(older, isolation_level=None)) as db:
        migrations().apply(db, stop_before=list(STEPS)[steps])
        db.execute("ATTACH ? AS newer", (str(path),))
        for table in (
            "runs",
            "documents",
            "links",
            "outcomes",
            "embeds",
            "embed_links",
            "observations",
            "hops",
        ):
            columns = ", ".join(f'"{column.name}"' for column in db[table].columns)
            db.execute(f"INSERT INTO main.{table} ({columns}) SELECT {columns} FROM newer.{table}")
        db.execute("INSERT INTO embeds_fts (embeds_fts) VALUES ('rebuild')")
        db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        db.execute(f"PRAGMA user_version = {steps}")
    return older


def test_rows_of_an_older_version_get_their_hashes(path: Path) -> None:
    """A database from before there were hashes has one for each row as soon as it was opened for writing."""
    older = in_older_schema(path, steps=4)
    with pytest.raises(StoreError, match="older version of this tool; run enrich"):
        examine(older)
    unasked = Hop(url="https://l.example/?u=x", via=Via.UNWRAP, status=None, location="x", at=NOON, seconds=0)
    with opened(older) as store:
        assert [len(each.embeds) for each in store.every_document()] == [2] * 12
        store.record(observation("shared", hops=(unasked,), observed_at=NOON + timedelta(hours=1)), {})
    report = examine(older)
    # 2 runs, 12 documents, 13 links, 24 embeds, 14 observations
    assert (found(report), report.hashed) == ([], 2 + 12 + 13 + 24 + 14)
    with Store.read(older) as store:
        assert store.latest(["https://t.co/shared"])["https://t.co/shared"].hops == (unasked,)
        (followed,) = store.latest(["https://t.co/own0"]).values()
    assert followed == leading_to("own0", f"{POST_URL}/photo/1")


def test_a_run_in_progress_is_not_examined(path: Path) -> None:
    """What it writes meanwhile could not be told from damage."""
    with opened(path), pytest.raises(StoreError, match="another run is using it"):
        examine(path)


@pytest.mark.parametrize("name", ["none.db", "."])
def test_no_database_is_an_error(tmp_path: Path, name: str) -> None:
    """There is nothing to examine, and nothing is made."""
    with pytest.raises(StoreError, match="there is no such database"):
        examine(tmp_path / name)
    assert list(tmp_path.iterdir()) == []


# ---- one bit


def test_a_bit_that_flipped_is_found(path: Path) -> None:
    """Wherever in the file it is, if anything that the database says is different by it."""
    alter(path, "VACUUM")
    flips = flip_bits_of(path, FLIPS, random.Random(5))
    assert flips.changed > FLIPS / 10
    assert flips.found >= FOUND * flips.changed
