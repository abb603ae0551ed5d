"""A run that is killed at any moment loses nothing that it had reported, and the next one ends as if nothing was."""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tco_lookalike import TcoLookalike

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent
DOCUMENTS = 200
KILLS = 24


CONTENT = {
    "documents": "SELECT name, sha256, url, date, input, characters FROM documents ORDER BY name",
    "embeds": """
        SELECT documents.name, embeds.position, embeds.kind, embeds.start, embeds."end", quote, prefix, suffix, text,
          author, handle, posted, hashtags, rule, confidence
        FROM embeds JOIN documents ON documents.id = document_id ORDER BY documents.name, embeds.position
    """,
    "links": """
        SELECT documents.name, embeds.position, embed_links.position, written, role, links.url
        FROM embed_links JOIN embeds ON embeds.id = embed_id JOIN documents ON documents.id = document_id
        LEFT JOIN links ON links.id = link_id ORDER BY 1, 2, 3
    """,
    "observations": """
        SELECT links.url, outcome, expanded_url, attempts, error FROM observations
        JOIN links ON links.id = link_id ORDER BY 1
    """,
    "hops": """
        SELECT links.url, number, hops.url, via, status, location FROM hops
        JOIN observations ON observations.id = observation_id JOIN links ON links.id = link_id ORDER BY 1, 2
    """,
    "identifications": """
        SELECT documents.name, embeds.position, identifications.post_id, identifications.post_url,
          identifications.posted_at, identifications.confidence, identifications.attested_by
        FROM identifications JOIN embeds ON embeds.id = embed_id JOIN documents ON documents.id = document_id
        ORDER BY 1, 2
    """,
    "checks": """
        SELECT documents.name, embeds.position, checks.name, printed, found, passed FROM checks
        JOIN embeds ON embeds.id = embed_id JOIN documents ON documents.id = document_id ORDER BY 1, 2, 3
    """,
}


def code(number: int) -> str:
    return f"AaBbCc{number:04d}"


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """200 articles; each tweet has a link that others share, and a picture of its own."""
    path = tmp_path_factory.mktemp("corpus") / "articles.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for number in range(DOCUMENTS):
            text = (
                f"News {number}.\n\nThe bridge opens. https://t.co/{code(number % 50)} "
                f"pic.twitter.com/{code(1000 + number)} — Jo Doe (@jodoe) May 2, 2019\n\nMore."
            )
            file.write(json.dumps({"id": f"article {number:03d}", "text": text}) + "\n")
    return path


@pytest.fixture(scope="module")
def server() -> Iterator[TcoLookalike]:
    post = 1123938128600682496
    codes: dict[str, Any] = {code(number): f"https://news.example/{number}" for number in range(50)}
    codes |= {f"https://news.example/{number}": 200 for number in range(50)}
    codes |= {
        code(1000 + number): f"https://twitter.com/jodoe/status/{post + (number << 22)}/photo/1"
        for number in range(DOCUMENTS)
    }
    with TcoLookalike(codes) as running:
        yield running


def start(corpus: Path, server: TcoLookalike, folder: Path) -> subprocess.Popen[bytes]:
    command = [
        *(sys.executable, str(ROOT / "cli.py"), "enrich", str(corpus), "-o", "out.jsonl", "--quiet"),
        *("--connect-to", f"t.co={server.url}", "--connect-to", f"news.example={server.url}"),
    ]
    return subprocess.Popen(command, cwd=folder)


def content(database: Path) -> dict[str, list[tuple[Any, ...]]]:
    with closing(sqlite3.connect(database)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        return {name: connection.execute(query).fetchall() for name, query in CONTENT.items()}


def counted(database: Path) -> int:
    if not database.exists():
        return 0
    with closing(sqlite3.connect(database)) as connection:
        try:
            return int(connection.execute("SELECT count(*) FROM observations").fetchone()[0])
        except sqlite3.OperationalError:  # killed before there were tables
            return 0


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL")
def test_a_killed_run_is_finished_by_the_same_command(
    corpus: Path, server: TcoLookalike, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Killed again and again at random moments, the content ends equal to that of an undisturbed run."""
    whole = tmp_path_factory.mktemp("whole")
    begun = time.monotonic()
    assert start(corpus, server, whole).wait(120) == 0
    duration = time.monotonic() - begun

    moments = random.Random(20200815)
    interrupted = tmp_path_factory.mktemp("interrupted")
    killed = 0
    for round_ in range(200):
        if killed == KILLS:
            break
        before = counted(interrupted / "provenance.db")
        process = start(corpus, server, interrupted)
        try:
            process.wait(moments.uniform(0.2, 1.0) * duration)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait(60)
            killed += 1
        else:
            # It ended before the moment came: what is there is compared, and the next ones start anew and are killed
            # sooner, since the first run may have been slowed down by other work on the machine.
            duration *= 0.8
            assert content(interrupted / "provenance.db") == content(whole / "provenance.db")
            interrupted = tmp_path_factory.mktemp(f"interrupted{round_}")
            continue
        assert counted(interrupted / "provenance.db") >= before
    assert killed == KILLS

    assert start(corpus, server, interrupted).wait(120) == 0
    expected = content(whole / "provenance.db")
    assert content(interrupted / "provenance.db") == expected
    assert len(expected["observations"]) == 250
    assert len(expected["identifications"]) == DOCUMENTS
    assert (interrupted / "out.jsonl").read_bytes() == (whole / "out.jsonl").read_bytes()
