"""The chain of evidence, as it is read for a person."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

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

from cache import Store
from resolver.models import Document, Hop, Outcome, Role, Via
from resolver.render.evidence import evidence_lines

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SCANNED = embed(link("a", Role.MEDIA), CUT_OFF)
PLAIN = embed(link("b"), start=200)
OTHER = embed(link("b"), name="b.txt")
SEEN = leading_to("a", f"{POST_URL}/photo/1", observed_at=NOON + timedelta(minutes=1))
FAILED = observation("a", Outcome.TIMEOUT_READ, attempts=3, error="nothing came for 10 s")
ARTICLE = Document(id="a.txt", text="Ships are back.", url="https://news.example/ships", date="2020-08")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    path = tmp_path / "provenance.db"
    with opened(path) as writing:
        writing.add(ARTICLE, [SCANNED, PLAIN])
        writing.add(document("b.txt"), [OTHER])
        writing.add(document("empty.txt"), [])
        writing.record(FAILED, {})
    with opened(path, now=NOON + timedelta(minutes=1)) as writing:
        writing.record(
            SEEN, {key: identified(each, SEEN) for key, each in writing.linking("https://t.co/a").items()}
        )
        writing.record(observation("gone"), {})
    with Store.read(path) as reading:
        yield reading


def test_the_whole_chain_of_one_embed(store: Store) -> None:
    """From the document over every attempt to what was concluded, by which run, from which observation."""
    (found,) = store.evidence(POST_ID)
    assert (found.id, found.url, found.date) == ("a.txt", "https://news.example/ships", "2020-08")
    assert (found.sha256, found.input, found.characters) == (ARTICLE.sha256, "text", len("Ships are back."))
    assert (found.first_read_by.id, found.last_read_by.id) == (1, 1)
    (chain,) = found.embeds
    assert (chain.scanned, chain.known) == (SCANNED, identified(SCANNED, SEEN))
    assert chain.witness == SEEN
    assert (chain.scanned_by.id, chain.concluded_by and chain.concluded_by.id) == (1, 2)
    followed, cut_off = chain.links
    assert [attempt.observation for attempt in followed.attempts] == [FAILED, SEEN]
    assert [attempt.run.id for attempt in followed.attempts] == [1, 2]
    assert followed.link.outcome is Outcome.POST
    assert (cut_off.link, cut_off.attempts) == (CUT_OFF, ())


SUBJECTS = [
    # what is asked for, and which embeds of which documents are found
    ("a.txt", {"a.txt": [SCANNED, PLAIN]}),
    ("https://news.example/ships", {"a.txt": [SCANNED, PLAIN]}),
    (ARTICLE.sha256, {"a.txt": [SCANNED, PLAIN]}),
    ("empty.txt", {"empty.txt": []}),
    (POST_ID, {"a.txt": [SCANNED]}),
    (POST_URL, {"a.txt": [SCANNED]}),
    ("https://t.co/a", {"a.txt": [SCANNED]}),
    ("t.co/a", {"a.txt": [SCANNED]}),
    ("https://t.co/b", {"a.txt": [PLAIN], "b.txt": [OTHER]}),
    (CUT_OFF.written, {"a.txt": [SCANNED]}),
    ("2", {"a.txt": [PLAIN]}),
    ("3", {"b.txt": [OTHER]}),
    ("4", {}),
    ("unknown", {}),
    ("https://t.co/A", {}),
    ("", {}),
    ("\ud800", {}),
    ("٣", {}),
    ("9" * 19, {}),
    ("9" * 5000, {}),
]


@pytest.mark.parametrize(("subject", "expected"), SUBJECTS, ids=[subject[:20] for subject, _ in SUBJECTS])
def test_what_a_subject_finds(store: Store, subject: str, expected: dict[str, list[object]]) -> None:
    """A document finds all its embeds, a post or a link those that show or hold it, a number the one."""
    found = {each.id: [chain.scanned for chain in each.embeds] for each in store.evidence(subject)}
    assert found == expected


def test_every_document_is_found(store: Store) -> None:
    """All of them in their order, each as it is found by its own name."""
    everything = list(store.every_document())
    assert [each.id for each in everything] == ["a.txt", "b.txt", "empty.txt"]
    assert everything == [found for each in everything for found in store.evidence(each.id)]


def test_an_embed_of_which_nothing_was_concluded(store: Store) -> None:
    """Without a conclusion there is no run that came to it and nothing that it rests on."""
    (found,) = store.evidence("b.txt")
    (chain,) = found.embeds
    assert (chain.concluded_by, chain.witness) == (None, None)
    assert chain.known == chain.scanned
    assert chain.links[0].attempts == ()


def test_attempts_at_an_address_that_no_embed_holds(store: Store) -> None:
    """An observation can be read also where no document points to its link any more."""
    assert list(store.evidence("https://t.co/gone")) == []
    (attempt,) = store.attempts("https://t.co/gone")
    assert (attempt.observation, attempt.run.id) == (observation("gone"), 2)
    assert store.attempts("https://t.co/never") == ()


def test_a_run_is_told_with_its_circumstances(tmp_path: Path) -> None:
    """Who followed a link: which command, with what, and whether another server answered for the web."""
    path = tmp_path / "provenance.db"
    servers = {"t.co": "http://127.0.0.1:8000"}
    with Store.open(
        path,
        command="expand",
        arguments={"db": path},
        tool_version="1.2",
        now=lambda: NOON,
        connect_to=servers,
    ) as store:
        store.record(observation("a"), {})
        (running,) = [attempt.run for attempt in store.attempts("https://t.co/a")]
    with Store.read(path) as store:
        (run,) = [attempt.run for attempt in store.attempts("https://t.co/a")]
    assert (running.ended_at, running.ending) == (None, None)
    assert (run.command, run.arguments, run.tool_version) == ("expand", {"db": str(path)}, "1.2")
    assert (run.started_at, run.ended_at, run.ending, run.connect_to) == (NOON, NOON, "done", servers)


def test_what_each_step_rests_on_is_shown(tmp_path: Path) -> None:
    """The table that says where a link leads, the record of each answer, and those of tries that led nowhere."""
    told = Hop(
        url="https://t.co/a",
        via=Via.DUMP,
        status=None,
        location="https://bit.ly/Ab12",
        at=NOON,
        seconds=0,
        evidence="links.csv sha256:5f2a",
    )
    asked = Hop(url="https://bit.ly/Ab12", via=Via.HTTP, status=404, location=None, at=NOON, seconds=0.1)
    failed, answered = (
        replace(CAPTURE, url=asked.url, hop=hop, offset=offset) for hop, offset in ((None, 271), (1, 1762))
    )
    by_table = observation("b", Outcome.KNOWN, hops=(replace(told, url="https://t.co/b"),))
    with opened(tmp_path / "a.db") as store:
        store.add(document(), [embed(link("a"), link("b"))])
        store.record(observation("a", Outcome.NOT_FOUND, hops=(told, asked), captures=(failed, answered)), {})
        store.record(by_table, {})
        (evidence,) = store.every_document()
    lines = [line.strip() for line in evidence_lines(evidence)]
    start = lines.index("link          https://t.co/a")
    kept = f"record {CAPTURE.record_id}, payload {CAPTURE.payload_digest}"
    assert lines[start + 1].startswith("asked       ")
    assert lines[start + 2 : start + 7] == [
        "hop 1     not asked https://t.co/a -> https://bit.ly/Ab12 by dump (links.csv sha256:5f2a)",
        "hop 2     404 https://bit.ly/Ab12",
        f"kept    in {CAPTURE.file} at byte 1,762, {kept}",
        "tried     https://bit.ly/Ab12",
        f"kept    in {CAPTURE.file} at byte 271, {kept}",
    ]
    assert lines[lines.index("link          https://t.co/b") + 1].startswith("looked up   ")
