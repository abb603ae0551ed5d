"""A database in Datasette: what it is told, that it answers, and that nothing can be written."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import httpx
import pytest
from browsers import chromium, datasette, visited
from cache_samples import document, embed, link, opened
from serve_samples import ALIVE, DEAD, MEDIA, database

from cache.baseline import baseline
from cache.schema import expected_schema
from cache.serve import configuration, serve
from cache.serve.queries import QUERIES
from cache.serve.server import arguments, datasette_version, must_be_immutable
from cache.serve.tables import HIDDEN, TABLES
from resolver.errors import OutputError, StoreError
from resolver.findings import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

#: Tables that SQLite itself makes.
_INTERNAL = ("sqlite_", "embeds_fts")


@dataclass(frozen=True)
class Served:
    """A database, and where it is served."""

    path: Path
    address: str


@pytest.fixture(scope="module", params=[False, True], ids=["installed", "other"])
def served(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The sample in a Datasette, of each line of Datasette that there is."""
    folder = tmp_path_factory.mktemp("served")
    path = database(folder / "news archive.db")
    with datasette(path, folder, other=request.param) as address:
        yield Served(path, address)


@pytest.fixture
def client(served: Served) -> Iterator[httpx.Client]:
    """A client for the pages of the database."""
    base = f"{served.address}/news+archive"
    with httpx.Client(base_url=base, timeout=60, trust_env=False, follow_redirects=True) as made:
        yield made


def rows(client: httpx.Client, path: str, **parameters: str) -> list[dict]:
    """The rows of a table or of a query."""
    answer = client.get(f"{path}.json", params={"_shape": "array", **parameters})
    assert answer.status_code == 200, answer.text
    return answer.json()


def words(client: httpx.Client, path: str, **parameters: str) -> str:
    """The text of a page."""
    answer = client.get(path, params=parameters)
    assert answer.status_code == 200, answer.text
    said: list[str] = []
    reader = HTMLParser()
    reader.handle_data = said.append  # type: ignore[method-assign]
    reader.feed(answer.text)
    return " ".join(" ".join(said).split())


def test_every_table_is_shown_or_hidden() -> None:
    """A table that is added to the schema must be given its words here."""
    names = {name for name, (kind, _, _) in expected_schema().items() if kind in {"table", "view"}}
    ours = {name for name in names if not name.startswith(_INTERNAL)}
    assert ours == {*TABLES, *HIDDEN}


def test_every_column_that_is_named_exists(tmp_path: Path) -> None:
    """Facets, labels, orders and units are of columns that are there."""
    with closing(sqlite3.connect(database(tmp_path / "a.db"))) as connection:
        for table, how in TABLES.items():
            there = {row[1] for row in connection.execute(f"PRAGMA table_info({table})")}
            named = {
                *how.facets,
                *(how.units or ()),
                *filter(None, (how.label, how.newest_by, how.search_by)),
            }
            assert named <= there, table


def test_every_table_has_words_and_columns_have_theirs() -> None:
    """They are the comments of the schema, so that they cannot differ from it."""
    told = configuration("a.db").metadata["databases"]["a"]["tables"]
    assert all(table["description"].endswith(".") for table in told.values())
    assert told["embeds"]["columns"]["blocked_vendor"] == "the consent manager, where the note names it"
    assert told["observations"]["columns"]["seconds"] == "how long it took in all (seconds)"
    assert told["evidence"]["columns"]["link"] == "the address to ask for"


@pytest.mark.parametrize(
    ("installed", "files"),
    [("0.65.5", {"metadata"}), ("1.0a41", {"metadata", "config"}), ("1.0", {"metadata", "config"})],
)
def test_each_line_of_datasette_gets_the_files_it_takes(
    installed: str, files: set[str], tmp_path: Path
) -> None:
    """From 1.0 on, words and ways are two files."""
    given = arguments(
        str(database(tmp_path / "a.db")), tmp_path, host="127.0.0.1", port=1, installed=installed
    )
    assert {each.stem for each in tmp_path.glob("*.json")} == files
    assert given[:2] == ["serve", str(tmp_path / "a.db")]


def test_a_page_of_each_table_opens(client: httpx.Client) -> None:
    """With its title, its sentence and its rows."""
    for table, how in TABLES.items():
        assert how.title in words(client, f"/{table}")


def test_a_facet_counts_and_filters(client: httpx.Client) -> None:
    """The kinds of embeds are offered, and one of them is asked for."""
    assert "placeholder" in words(client, "/embeds", _facet="kind")
    assert [row["blocked_vendor"] for row in rows(client, "/embeds", kind="placeholder")] == ["cookiebot"]


@pytest.mark.parametrize("table", ["embeds", "posts"])
def test_a_search_finds_what_a_post_says(client: httpx.Client, table: str) -> None:
    """The full-text index is known to Datasette, for the table and for the view."""
    found = rows(client, f"/{table}", _search="ships")
    assert [row["text"] for row in found] == ["Ships are back"] * 2
    assert rows(client, f"/{table}", _search="tractor") == []


def test_keys_read_as_names(client: httpx.Client) -> None:
    """Where a row points to another one, that one's name is shown."""
    said = words(client, "/embeds")
    assert "news/harbour.txt" in said
    assert "the server says there is nothing at this address (404)" in words(client, "/observations")


def test_everything_about_a_link_is_one_question(client: httpx.Client) -> None:
    """By its address, or as it is written: where it stands, what was seen, what was found, what is archived."""
    for asked in (f"https://t.co/{DEAD}",):
        facts = [row["what"] for row in rows(client, "/everything_about_a_link", link=asked)]
        assert facts == ["stands in news/harbour.txt", "followed", "found dead", "archived copy"]
    steps = [row["what"] for row in rows(client, "/everything_about_a_link", link=f"https://t.co/{MEDIA}")]
    assert steps == ["stands in news/wrong-day.txt", "followed", "step 1 by http"]


@pytest.mark.parametrize(
    ("query", "parameters", "expected"),
    [
        (
            "dead_links_by_destination",
            {},
            {"destination": "www.ships.example", "dead": 1, "links": 1, "dead_percent": 100.0},
        ),
        (
            "embeds_of_a_handle",
            {"handle": "@harbourdesk"},
            {"document": "news/harbour.txt", "handle": "HarbourDesk"},
        ),
        ("blocked_by_vendor", {}, {"consent_manager": "cookiebot", "language": "en", "embeds": 1}),
        (
            "day_and_id_disagree",
            {},
            {"printed_day": "2020-08-01", "day_of_id": "2020-08-15", "days_apart": 14.0},
        ),
        (
            "dead_links_with_a_copy",
            {},
            {"document": "news/harbour.txt", "copy": "https://archive.example/web/2020/x"},
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_each_question_has_its_answer(
    client: httpx.Client, query: str, parameters: dict, expected: dict
) -> None:
    """The first row says what the sample holds."""
    first = rows(client, f"/{query}", **parameters)[0]
    assert {name: first[name] for name in expected} == expected


def test_every_question_has_a_page(client: httpx.Client) -> None:
    """With its title, also before anything is given."""
    for key, query in QUERIES.items():
        assert query.title in words(client, f"/{key}")


def test_nothing_can_be_written(client: httpx.Client) -> None:
    """A statement that writes is refused, and what is there stays."""
    before = len(rows(client, "/links"))
    answer = client.get("", params={"sql": "DELETE FROM links"})
    assert answer.status_code >= 400
    assert len(rows(client, "/links")) == before > 0


def test_what_another_run_writes_is_seen(served: Served, client: httpx.Client) -> None:
    """The database is open for reading, not frozen: an article that is added stands there at once."""
    added = embed(link("NewCode123"), text="A lighthouse", handle="keeper")
    assert rows(client, "/embeds", _search="lighthouse") == []
    with opened(served.path) as store:
        store.add(document("news/new.txt", "News."), [added])
    assert [row["handle"] for row in rows(client, "/embeds", _search="lighthouse")] == ["keeper"]


def test_a_person_finds_a_post(served: Served) -> None:
    """In a browser, from the first page to a table, by a facet and by a search, without an error."""
    with chromium() as browser:
        page, wrong = visited(browser, served.address)
        page.get_by_role("link", name="news archive", exact=True).first.click()
        page.get_by_role("link", name="Dead links by destination").first.wait_for()
        embeds = f"{served.address}/news+archive/embeds"
        page.goto(embeds)
        page.get_by_role("link", name="placeholder").first.click()
        assert "kind=placeholder" in page.url
        page.goto(embeds)
        page.get_by_role("searchbox").fill("ships")
        page.get_by_role("searchbox").press("Enter")
        page.wait_for_url("**_search=ships**")
        assert page.locator("table.rows-and-columns tbody tr").count() == 2
        assert wrong == []


@pytest.mark.parametrize("content", [None, b"no database", b""], ids=["missing", "not one", "empty"])
def test_what_is_no_database_is_refused_before_anything_starts(content: bytes | None, tmp_path: Path) -> None:
    """The error is the same as every other command's."""
    path = tmp_path / "a.db"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(StoreError, match=r"a\.db"):
        serve(str(path))


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """Datasette is an optional part."""
    monkeypatch.setattr("cache.serve.server.version", _not_installed)
    with pytest.raises(OutputError, match=r"embed-resolver\[ui\]"):
        datasette_version()


def _not_installed(name: str) -> str:
    from importlib.metadata import PackageNotFoundError

    raise PackageNotFoundError(name)


@pytest.mark.parametrize(
    ("with_log", "writable", "log", "expected"),
    [
        (True, False, False, True),
        (True, True, False, False),
        (True, False, True, False),
        (False, False, False, False),
    ],
    ids=["log and read-only folder", "writable", "log is there", "no log"],
)
def test_only_what_cannot_be_read_otherwise_is_immutable(
    with_log: bool, writable: bool, log: bool, expected: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that others may write to must never be taken for one that stays as it is."""
    path = tmp_path / "a.db"
    path.write_bytes(bytes(18) + bytes([2 if with_log else 1]) + bytes(100))
    if log:
        (tmp_path / "a.db-wal").touch()
    monkeypatch.setattr("os.access", lambda *_: writable)
    assert must_be_immutable(str(path)) is expected


def test_a_baseline_says_what_was_found_of_an_address(tmp_path: Path) -> None:
    """An address that the earlier audit did not check has no verdict."""
    with baseline(str(database(tmp_path / "old.db"))) as verdict:
        assert [verdict(f"https://t.co/{code}") for code in (DEAD, ALIVE, MEDIA, "none")] == [
            Verdict.DEAD,
            Verdict.ALIVE,
            None,
            None,
        ]
