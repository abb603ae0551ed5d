"""Scan results in bulk: the same database as document by document, at any moment of an interruption."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import pytest
from cache_samples import (
    CUT_OFF,
    EMBEDS,
    NOON,
    POST_ID,
    POST_URL,
    TEXTS,
    document,
    embed,
    leading_to,
    link,
    observation,
    opened,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from shards_samples import TODAY, corpus

from cache import Store
from cache.digests import digest
from cache.doctor import examine
from cache.load import load, stored_embeds
from cache.seals import row_json
from resolver.documents import read
from resolver.errors import StoreError
from resolver.models import AttestedBy, Check, Document, Embed, Role
from resolver.pipeline import add
from resolver.shards import Job, Options, result_folder

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

TABLES = ("documents", "embeds", "links", "embed_links", "identifications", "checks", "digests")


@dataclass(frozen=True)
class Scanned:
    """What the results hold of a document."""

    id: str
    sha256: str
    url: str | None
    date: str | None
    input: str
    characters: int
    embeds: tuple[Embed, ...]


def scanned(given: Document, embeds: Sequence[Embed] = ()) -> Scanned:
    return Scanned(given.id, given.sha256, given.url, given.date, "text", len(given.source), tuple(embeds))


def rows(path: Path) -> dict[str, list[Any]]:
    """All that a database holds, but for its runs."""
    db = sqlite3.connect(path)
    try:
        tables = {table: db.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall() for table in TABLES}
        tables["digests"] = [row for row in tables["digests"] if row[0] != "runs"]
        tables["search"] = db.execute(
            "SELECT rowid FROM embeds_fts WHERE embeds_fts MATCH 'ships'"
        ).fetchall()
        return tables
    finally:
        db.close()


NAMED = embed(
    link("p", Role.POST),
    post_id=POST_ID,
    post_url=POST_URL,
    checks=(
        Check(name="day_of_id", printed="2020-08-15", found="2020-08-15", passed=True, post_url=POST_URL),
    ),
)
DOCUMENTS = [
    (document("a.txt"), [embed(link("a"), link("b", Role.MEDIA), CUT_OFF), NAMED]),
    (document("b.txt", "Other ships."), []),
    (
        document("c.txt", "More ships."),
        [embed(link("a"), name="c.txt"), embed(link("a"), link("a"), name="c.txt")],
    ),
    (
        replace(document("d.txt", "Yet more."), url="https://a.example/d", date="2020-08"),
        [embed(name="d.txt")],
    ),
    (document("caf\udce9.txt", "Surrogates."), [embed(replace(link("x"), url="https://t.co/\ud800"))]),
    (
        document("e.txt", "Surrogates too."),
        [embed(replace(link("x"), url="https://t.co/\udfff"), text="\ud83d")],
    ),
]


def added(path: Path, documents: Sequence[tuple[Document, Sequence[Embed]]] = DOCUMENTS) -> None:
    with opened(path) as store:
        for given_document, embeds in documents:
            store.add(given_document, embeds)


def loaded(
    path: Path, documents: Sequence[tuple[Document, Sequence[Embed]]] = DOCUMENTS, *, batch: int = 4
) -> list[Any]:
    with opened(path) as store:
        return list(load(store, (scanned(*one) for one in documents), batch=batch))


@pytest.mark.parametrize("batch", [1, 2, 100])
def test_it_is_the_database_that_document_by_document_makes(tmp_path: Path, batch: int) -> None:
    """Every row of every table, the hashes and the search index too; and the doctor finds nothing."""
    added(tmp_path / "one.db")
    loaded(tmp_path / "bulk.db", batch=batch)
    assert rows(tmp_path / "bulk.db") == rows(tmp_path / "one.db")
    assert examine(tmp_path / "bulk.db").is_sound
    assert len(rows(tmp_path / "bulk.db")["identifications"]) == 1


@settings(max_examples=40, deadline=None)
@given(
    documents=st.lists(
        st.tuples(
            st.sampled_from(["a", "b", "c"]), st.sampled_from(["1", "2"]), st.lists(EMBEDS, max_size=2)
        ),
        max_size=6,
    ),
    batch=st.integers(1, 7),
)
def test_it_is_so_for_all_that_can_be_scanned(
    tmp_path_factory: pytest.TempPathFactory, documents: list[Any], batch: int
) -> None:
    """Whatever stands in the fields; also where a document comes again, with other embeds."""
    folder = tmp_path_factory.mktemp("databases")
    given_documents = [(document(name, text), embeds) for name, text, embeds in documents]
    added(folder / "one.db", given_documents)
    loaded(folder / "bulk.db", given_documents, batch=batch)
    by_one, in_bulk = rows(folder / "one.db"), rows(folder / "bulk.db")
    if len({(name, text) for name, text, _ in documents}) == len(documents):
        assert in_bulk == by_one
    assert contents(in_bulk) == contents(by_one)
    assert examine(folder / "bulk.db").is_sound


def contents(tables: dict[str, list[Any]]) -> list[Any]:
    """What documents hold, without the numbers that rows got: those depend on the order of writing."""
    names = {row[0]: row[1:3] for row in tables["documents"]}
    urls = {row[0]: row[1] for row in tables["links"]}
    embeds = {row[0]: (*names[row[1]], *row[2:-1]) for row in tables["embeds"]}
    links = [(embeds[row[0]], row[1], urls.get(row[2]), *row[3:]) for row in tables["embed_links"]]
    return [sorted(map(repr, names.values())), sorted(map(repr, embeds.values())), sorted(map(repr, links))]


def test_loading_again_adds_nothing(tmp_path: Path) -> None:
    """Each document is known the second time, and says so."""
    first = loaded(tmp_path / "a.db")
    before = rows(tmp_path / "a.db")
    again = loaded(tmp_path / "a.db")
    after = rows(tmp_path / "a.db")
    assert [sum(one.new_documents for one in batches) for batches in (first, again)] == [6, 0]
    assert [sum(one.new_embeds for one in batches) for batches in (first, again)] == [7, 0]
    for table in set(TABLES) - {"documents", "digests"}:
        assert after[table] == before[table], table
    assert [row[:8] for row in after["documents"]] == [row[:8] for row in before["documents"]]


def test_a_document_can_come_back_twice_in_a_batch(tmp_path: Path) -> None:
    """What was found the last time counts, also where it is what had been stored before."""
    one, other = DOCUMENTS[0], (DOCUMENTS[0][0], [embed(link("new"))])
    for path, again in ((tmp_path / "a.db", [other, one]), (tmp_path / "b.db", [one, (one[0], []), other])):
        loaded(path, [one, *DOCUMENTS[1:3]])
        loaded(path, [*again, DOCUMENTS[1]])
        with Store.read(path) as store:
            assert store.embeds(one[0]) == again[-1][1]
        assert examine(path).is_sound


def test_an_interrupted_loading_goes_on(tmp_path: Path) -> None:
    """What was committed stays, what was not is not there, and the next run brings the rest."""

    def interrupted() -> Iterator[Scanned]:
        for number, one in enumerate(DOCUMENTS):
            if number == 5:
                raise KeyboardInterrupt
            yield scanned(*one)

    with pytest.raises(KeyboardInterrupt), opened(tmp_path / "a.db") as store:
        list(load(store, interrupted(), batch=2))
    assert len(rows(tmp_path / "a.db")["documents"]) == 4
    assert examine(tmp_path / "a.db").is_sound
    loaded(tmp_path / "a.db")
    added(tmp_path / "one.db")
    assert contents(rows(tmp_path / "a.db")) == contents(rows(tmp_path / "one.db"))


def test_a_link_that_was_followed_before_is_named(tmp_path: Path) -> None:
    """So that what is known of it is said of the new embeds too."""
    with opened(tmp_path / "a.db") as store:
        store.add(document(), [embed(link("a"))])
        store.record(leading_to("a", f"{POST_URL}/photo/1"), {})
    batches = loaded(tmp_path / "a.db", DOCUMENTS[2:4])
    assert [one.observed for one in batches] == [("https://t.co/a",)]
    assert [one.observed for one in loaded(tmp_path / "new.db")] == [(), ()]


def test_the_links_of_what_was_loaded_are_due(tmp_path: Path) -> None:
    """Links and media of the run, each once; those that are known and fresh are not."""
    with opened(tmp_path / "a.db") as store:
        store.add(document("earlier.txt"), [embed(link("earlier"))])
    with opened(tmp_path / "a.db") as store:
        list(load(store, [scanned(*one) for one in DOCUMENTS[:3]]))
        assert list(store.due(NOON)) == ["https://t.co/a", "https://t.co/b"]
        store.record(observation("a"), {})
        assert list(store.due(NOON)) == ["https://t.co/b"]
        assert store.counts().documents == 3


def test_other_embeds_take_the_place_of_the_old(tmp_path: Path) -> None:
    """As when the rules have changed since: nothing of the old scan is left."""
    loaded(tmp_path / "a.db", DOCUMENTS[:1])
    loaded(tmp_path / "a.db", [(DOCUMENTS[0][0], [embed(link("new"))])])
    with Store.read(tmp_path / "a.db") as store:
        assert store.embeds(DOCUMENTS[0][0]) == [embed(link("new"))]
        assert stored_embeds(store, "a.txt", DOCUMENTS[0][0].sha256) == [embed(link("new"))]
        with pytest.raises(StoreError, match="reading only"):
            list(load(store, []))
    assert examine(tmp_path / "a.db").is_sound


def test_shards_of_a_corpus_make_the_database_that_reading_it_makes(tmp_path: Path) -> None:
    """From the files to the tables, every document kept: by shards and loading, or one by one."""
    from test_shards import inline

    inputs = corpus(tmp_path / "corpus", documents=60)[:1]
    job = Job(
        inputs,
        Options(rows=True),
        folder=result_folder(str(tmp_path / "results")),
        version="1",
        report=lambda _: None,
        part_bytes=4_000,
    )
    with opened(tmp_path / "bulk.db") as store:
        list(load(store, (found.document() for found in job.found(inline()[0], today=TODAY)), batch=50))
    with opened(tmp_path / "one.db") as store:
        for row in read(inputs, report=lambda _: None):
            add(row.document, store=store, clock=lambda: NOON)
    assert rows(tmp_path / "bulk.db") == rows(tmp_path / "one.db")
    assert len(rows(tmp_path / "one.db")["embeds"]) > 50


@given(
    st.dictionaries(
        st.sampled_from(["id", "url", "text", "end", "b"]),
        st.none()
        | st.integers()
        | st.floats(allow_nan=False)
        | TEXTS.filter(lambda text: text.isprintable() or "\ud800" not in text),
        min_size=1,
    )
)
def test_the_json_of_a_row_is_that_which_is_hashed(row: dict[str, Any]) -> None:
    """By the same hash, whatever the row holds."""
    import hashlib

    names = sorted(row)
    text = row_json([f'"{name}":' for name in names], [row[name] for name in names])
    assert hashlib.sha256(f"[{text}]".encode("utf-8", "surrogatepass")).hexdigest() == digest([row])


def test_an_embed_that_the_article_names_says_so(tmp_path: Path) -> None:
    """What is concluded from the article alone is kept as it is for a single document."""
    loaded(tmp_path / "a.db", DOCUMENTS[:1])
    with Store.read(tmp_path / "a.db") as store:
        _, named = store.embeds(DOCUMENTS[0][0])
    assert named.post_id == POST_ID
    assert named.attested_by is AttestedBy.ARTICLE
