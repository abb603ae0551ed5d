"""The store: documents and embeds, what is known of them, and what a run leaves behind."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from cache_samples import (
    CUT_OFF,
    DAY,
    NOON,
    POST_URL,
    asked,
    document,
    embed,
    identified,
    leading_to,
    link,
    observation,
    opened,
    rows,
)

from cache import Store
from cache.embeds import scanned_embeds
from resolver.errors import StoreError
from resolver.models import AttestedBy, Document, Kind, Outcome, Role

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "provenance.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with opened(path) as opened_store:
        yield opened_store


# ---- documents and embeds


def test_embeds_come_back_in_their_order(store: Store) -> None:
    """The embeds of a document are what the scan found, in its order."""
    embeds = [embed(link("a"), CUT_OFF), embed(start=100, kind=Kind.MARKUP), embed(start=200)]
    store.add(document(), embeds)
    assert store.embeds(document()) == embeds


def test_an_unknown_document_has_no_embeds(store: Store) -> None:
    """A document that was never added is not an error, and neither is one with another content."""
    store.add(document(), [embed(link("a"))])
    other = document(text="Something else.")
    assert store.embeds(other) == []
    assert list(store.due(NOON, other)) == []


def test_the_same_content_is_kept_once(path: Path) -> None:
    """A document that is read again is the same row, and what was concluded of its embeds stays."""
    scanned, seen = embed(link("a", Role.MEDIA)), leading_to("a", f"{POST_URL}/photo/1")
    with opened(path) as store:
        store.add(document(), [scanned])
        store.record(seen, {key: identified(scanned, seen) for key in store.linking(asked("a"))})
    with opened(path) as store:
        store.add(document(), [scanned])
        assert store.embeds(document()) == [identified(scanned, seen)]
    assert rows(path, "SELECT count(*), min(first_run_id), max(last_run_id) FROM documents") == [(1, 1, 2)]
    assert rows(path, "SELECT count(*), max(scanned_run_id) FROM embeds") == [(1, 1)]


def test_a_changed_article_is_another_document(path: Path) -> None:
    """The same name with another content is a second row, since the spans belong to the content."""
    with opened(path) as store:
        store.add(document(text="First."), [embed(start=1)])
        store.add(document(text="Second."), [embed(start=2)])
        assert [found.start for found in store.embeds(document(text="First."))] == [1]
        assert [found.start for found in store.embeds(document(text="Second."))] == [2]
    assert rows(path, "SELECT count(DISTINCT name), count(*) FROM documents") == [(1, 2)]


def test_a_new_scan_takes_the_place_of_the_old_one(path: Path) -> None:
    """Where the rules have changed, the embeds of a content are the new ones, and nothing else stays."""
    old, new = embed(link("a"), post_id="1", post_url=POST_URL), embed(link("b"), handle="desk")
    with opened(path) as store:
        store.add(document(), [old, old])
        store.record(observation("a"), {})
        store.add(document(), [new])
        assert store.embeds(document()) == [new]
        assert store.linking(asked("a")) == {}
        assert list(store.due(NOON, document())) == [asked("b")]
        assert list(store.due_everywhere(NOON)) == [asked("b")]
    assert rows(
        path, "SELECT (SELECT count(*) FROM identifications), (SELECT count(*) FROM observations)"
    ) == [(0, 1)]


def test_keys_are_never_used_again(store: Store) -> None:
    """A key that a caller holds never comes to mean another embed; for one that is gone nothing is kept."""
    scanned, seen = embed(link("a")), leading_to("a", POST_URL)
    store.add(document(), [scanned])
    (gone,) = store.linking(asked("a"))
    store.add(document(), [replace(scanned, confidence=0.5)])
    (key,) = store.linking(asked("a"))
    assert key != gone
    store.record(seen, {gone: identified(scanned, seen)})
    assert store.embeds(document())[0].post_id is None
    assert store.embeds(document())[0].links[0].outcome is Outcome.POST


@pytest.mark.parametrize(
    ("article", "row"),
    [
        (Document(id="a", text="ab"), ("text", 2, None, None)),
        (Document(id="a", html="<p>"), ("html", 3, None, None)),
        (Document(id="a", text="ab", html="<p>"), ("text+html", 2, None, None)),
        (Document(id="a"), ("", 0, None, None)),
        (
            Document(id="a", text="", url="https://example.org/", date="2020-08"),
            ("text", 0, "https://example.org/", "2020-08"),
        ),
    ],
)
def test_what_was_given_of_a_document_is_kept(path: Path, article: Document, row: tuple[object, ...]) -> None:
    """The content itself is not stored, only what it was and how long."""
    with opened(path) as store:
        store.add(article, [])
    assert rows(path, "SELECT input, characters, url, date FROM documents") == [row]


def test_what_is_known_of_a_document_is_not_forgotten(path: Path) -> None:
    """A later run that is not told where and when it was published takes nothing away."""
    article = document()
    with opened(path) as store:
        store.add(replace(article, url="https://example.org/1"), [])
        store.add(replace(article, date="2020-08"), [])
        store.add(article, [])
    assert rows(path, "SELECT url, date FROM documents") == [("https://example.org/1", "2020-08")]


# ---- identifications


def test_what_is_known_of_an_embed_is_kept(store: Store) -> None:
    """The post that a link leads to is known from then on; the embed as scanned stays what it was."""
    scanned, seen = embed(link("a", Role.MEDIA), CUT_OFF), leading_to("a", f"{POST_URL}/photo/1")
    store.add(document("a.txt"), [scanned])
    store.add(document("b.txt"), [embed(), replace(scanned, document="b.txt")])
    held = store.linking(asked("a"))
    assert list(held.values()) == [scanned, replace(scanned, document="b.txt")]
    store.record(seen, {key: identified(each, seen) for key, each in held.items()})
    assert store.embeds(document("a.txt")) == [identified(scanned, seen)]
    assert store.embeds(document("b.txt")) == [
        embed(name="b.txt"),
        identified(replace(scanned, document="b.txt"), seen),
    ]
    assert store.linking(asked("a")) == held


def test_a_known_observation_can_serve_a_later_embed(path: Path) -> None:
    """What an earlier run has seen identifies the embed of a new document, without a new attempt."""
    scanned, seen = embed(link("a", Role.MEDIA), name="late.txt"), leading_to("a", f"{POST_URL}/photo/1")
    with opened(path) as store:
        store.record(seen, {})
    with opened(path) as store:
        store.add(document("late.txt"), [scanned])
        (known,) = store.latest([asked("a")]).values()
        store.record(known, {key: identified(each, seen) for key, each in store.linking(asked("a")).items()})
        assert store.embeds(document("late.txt")) == [identified(scanned, seen)]
    assert rows(path, "SELECT count(*) FROM observations") == [(1,)]
    assert rows(path, "SELECT observation_id, run_id FROM identifications") == [(1, 2)]


def test_a_failed_attempt_takes_no_knowledge_away(store: Store) -> None:
    """That we could not reach a link today does not make unknown which post it led to."""
    scanned, seen = embed(link("a", Role.MEDIA)), leading_to("a", f"{POST_URL}/photo/1")
    store.add(document(), [scanned])
    (key,) = store.linking(asked("a"))
    store.record(seen, {key: identified(scanned, seen)})
    store.record(observation("a", Outcome.DNS_ERROR, observed_at=NOON + DAY), {key: scanned})
    assert store.embeds(document())[0].post_url == POST_URL
    store.record(observation("a", Outcome.NOT_FOUND, observed_at=NOON + 2 * DAY), {key: scanned})
    assert store.embeds(document())[0].post_url is None


def test_a_conclusion_rests_on_the_link_that_names_the_post(path: Path) -> None:
    """Where another link was followed last, the evidence is still the one that led to the post."""
    scanned = embed(link("a", Role.MEDIA), link("b"))
    naming, other = leading_to("a", f"{POST_URL}/photo/1?s=20"), leading_to("b", "https://example.org/")
    with opened(path) as store:
        store.record(naming, {})
        store.add(document(), [scanned])
        (key,) = store.linking(asked("b"))
        store.record(other, {key: identified(identified(scanned, naming), other)})
    assert rows(
        path,
        "SELECT links.url FROM identifications JOIN observations ON observations.id = observation_id"
        " JOIN links ON links.id = link_id",
    ) == [(asked("a"),)]


def test_a_post_that_the_article_names_rests_on_the_article(path: Path) -> None:
    """No observation stands behind what the article says, also after its other links were followed."""
    scanned = embed(link("a"), post_id="20", post_url="https://twitter.com/jack/status/20")
    seen = leading_to("a", "https://example.org/")
    with opened(path) as store:
        store.add(document(), [scanned])
        assert store.embeds(document()) == [scanned]
        followed = identified(
            scanned,
            seen,
            post_id="20",
            post_url=scanned.post_url,
            confidence=0.5,
            attested_by=AttestedBy.ARTICLE,
        )
        store.record(seen, dict.fromkeys(store.linking(asked("a")), followed))
        assert store.embeds(document()) == [followed]
    assert rows(path, "SELECT post_id, observation_id FROM identifications") == [("20", None)]


def test_an_embed_without_a_post_is_not_identified(path: Path) -> None:
    """Following a link to an ordinary page says nothing about the post, and leaves no empty row."""
    scanned, seen = embed(link("a")), leading_to("a", "https://example.org/")
    with opened(path) as store:
        store.add(document(), [scanned])
        store.record(seen, store.linking(asked("a")))
    assert rows(path, "SELECT count(*) FROM identifications") == [(0,)]


def test_what_holds_an_address_in_one_document(store: Store) -> None:
    """The embeds of one document only, each once, in the order of their place; none of a document not known."""
    held = [embed(link("a"), link("a"), start=1), embed(link("b"), start=2), embed(link("a"), start=3)]
    store.add(document("a.txt"), held)
    store.add(document("b.txt"), [embed(link("a"), name="b.txt")])
    assert list(store.linking(asked("a"), document("a.txt")).values()) == [held[0], held[2]]
    assert store.linking(asked("a"), document("c.txt")) == {}
    assert store.linking(asked("a"), document("a.txt", text="Another content.")) == {}


def test_an_embed_that_another_run_has_removed_is_left_out(store: Store) -> None:
    """Between finding an embed and reading it, its document may have been scanned anew."""
    store.add(document(), [embed()])
    assert list(scanned_embeds(store.session.db, [99, 1])) == [(1, embed())]


# ---- counts and runs


def test_counts(path: Path) -> None:
    """The figures of the summary: of what this run has read, or of everything."""
    with opened(path) as store:
        store.add(document("old.txt"), [embed(link("old"), name="old.txt")])
    scanned, seen = embed(link("a", Role.MEDIA), CUT_OFF, link("p", Role.PROFILE)), leading_to("a", POST_URL)
    with opened(path) as store:
        store.add(
            document(),
            [scanned, embed(link("b"), link("c"), link("a"), platform=None, kind=Kind.PLACEHOLDER)],
        )
        store.record(seen, {key: identified(scanned, seen) for key in [*store.linking(asked("a"))][:1]})
        store.record(observation("b", Outcome.TIMEOUT_CONNECT), {})
        counts, everywhere = store.counts(), store.counts(everywhere=True)
    with Store.read(path) as store:
        assert store.counts() == everywhere
    assert (counts.documents, counts.embeds, counts.identified, counts.blocked) == (1, 2, 1, 0)
    assert counts.by_kind == {Kind.LEFTOVER: 1, Kind.PLACEHOLDER: 1}
    assert counts.by_platform == {"twitter": 1, None: 1}
    assert (counts.links, counts.resolved, counts.unasked, counts.cut_off) == (3, 1, 1, 1)
    assert counts.unsettled == {Outcome.TIMEOUT_CONNECT: 1}
    assert (everywhere.documents, everywhere.embeds, everywhere.links, everywhere.unasked) == (2, 3, 4, 2)


def test_counts_of_nothing(store: Store) -> None:
    """An empty database has figures too."""
    counts = store.counts()
    assert (counts.documents, counts.embeds, counts.links, counts.outcomes) == (0, 0, 0, {})


def test_a_run_is_written_down(path: Path) -> None:
    """Which command, with what, by which version, from when to when, and what it did."""
    times = iter([NOON, NOON + timedelta(seconds=90)])
    with Store.open(
        path,
        command="enrich",
        arguments={"inputs": ["Київ\udce9.txt"], "max_age": DAY, "quiet": False},
        tool_version="1.2.3",
        now=lambda: next(times),
        connect_to={"t.co": "http://127.0.0.1:8000"},
    ) as store:
        assert rows(path, "SELECT ended_at, ending, documents FROM runs") == [(None, None, None)]
        store.add(document(), [embed(link("a")), embed()])
        store.record(observation("a"), {})
    assert rows(path, "SELECT * FROM runs") == [
        (
            1,
            "enrich",
            '{"inputs": ["Київ\ufffd.txt"], "max_age": "1 day, 0:00:00", "quiet": false}',
            "1.2.3",
            "2026-11-22T12:00:00.000000Z",
            "2026-11-22T12:01:30.000000Z",
            "done",
            1,
            2,
            1,
            '{"t.co": "http://127.0.0.1:8000"}',
        )
    ]


@pytest.mark.parametrize(
    ("error", "ending"),
    [(KeyboardInterrupt(), "stopped"), (ValueError("x"), "failed"), (SystemExit(3), "failed")],
)
def test_a_run_that_does_not_end_well_says_so(path: Path, error: BaseException, ending: str) -> None:
    """What ended the run reaches the caller, and what was done until then is kept."""

    def run() -> None:
        with opened(path) as store:
            store.add(document(), [embed()])
            raise error

    with pytest.raises(type(error)):
        run()
    assert rows(path, "SELECT ending, documents, connect_to FROM runs") == [(ending, 1, None)]
    assert rows(path, "SELECT count(*) FROM embeds") == [(1,)]


def test_a_store_for_reading_does_not_write(path: Path) -> None:
    """Whoever only looks cannot add, and leaves no run."""
    with opened(path) as store:
        store.add(document(), [embed(link("a"))])
    with Store.read(path) as store:
        with pytest.raises(StoreError, match="opened for reading only"):
            store.add(document("b.txt"), [])
        with pytest.raises(StoreError, match="opened for reading only"):
            store.record(observation("a"), {})
        assert list(store.due(NOON)) == []
        assert list(store.due_everywhere(NOON)) == [asked("a")]
        assert store.embeds(document()) == [embed(link("a"))]
    assert rows(path, "SELECT count(*) FROM runs") == [(1,)]
