"""A database with something of everything in it, for the tests of what is served."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import date
from typing import TYPE_CHECKING

from cache_samples import POST_URL, document, embed, identified, leading_to, link, observation, opened

from resolver.models import Blocked, Check, Kind, Outcome

if TYPE_CHECKING:
    from pathlib import Path

DEAD, ALIVE, MEDIA = "AbCdEf1234", "GhIjKl5678", "MnOpQr9012"


def _database(path: Path) -> None:
    """Three articles: one with a dead link, one whose printed day is wrong, one whose embed was held back."""
    dead, wrong = embed(link(DEAD), link(ALIVE)), embed(link(MEDIA), posted=date(2020, 8, 1))
    note = Blocked(
        quote="Accept cookies to see this post.", start=0, end=32, vendor="cookiebot", language="en"
    )
    held_back = embed(kind=Kind.PLACEHOLDER, blocked=note, text=None, author=None, handle=None, posted=None)
    with opened(path) as store:
        store.add(document("news/harbour.txt"), [dead])
        store.add(document("news/wrong-day.txt", "Another article."), [wrong])
        store.add(document("news/held-back.txt", "A third one."), [held_back])
        store.record(observation(DEAD, Outcome.NOT_FOUND, expanded_url="https://www.ships.example/gone"), {})
        store.record(observation(ALIVE, expanded_url="https://quay.example/"), {})
        seen = leading_to(MEDIA, f"{POST_URL}/photo/1")
        ((key, scanned),) = store.linking(seen.url).items()
        failed = Check(
            name="day_of_id", printed="2020-08-01", found="2020-08-15", passed=False, post_url=POST_URL
        )
        store.record(seen, {key: identified(scanned, seen, checks=(failed,))})


def database(path: Path) -> Path:
    """Make the database at *path*, with what an audit found of it, and return the path."""
    _database(path)
    with closing(sqlite3.connect(path)) as connection, connection:
        for code, verdict in ((DEAD, "dead"), (ALIVE, "alive")):
            connection.execute(
                "INSERT INTO findings (link_id, run_id, verdict, evidence, outcome, expanded_url, hops, checks, checked_at, revived, try_out) "
                "SELECT links.id, 1, ?, ?, observations.outcome, observations.expanded_url, 1, 3, observed_at, 0, 0 "
                "FROM links JOIN observations ON observations.link_id = links.id WHERE links.url = ?",
                (verdict, json.dumps(["404 at the end of the chain"]), f"https://t.co/{code}"),
            )
        connection.execute(
            "INSERT INTO mementos (link_id, run_id, asked_at, url, original, captured_at, status) "
            "SELECT id, 1, '2026-11-22T12:00:00.000000Z', 'https://archive.example/web/2020/x', url, '2020-08-20T09:30:00.000000Z', 200 "
            "FROM links WHERE url = ?",
            (f"https://t.co/{DEAD}",),
        )
    return path
