"""Known expansions: read from every form of file, kept once, found again with who said so."""

from __future__ import annotations

import bz2
import gzip
import hashlib
import json
import lzma
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.known_links import measure
from cache.dumps import Known, Source
from cache.dumps.addresses import short_key, split_target
from cache.dumps.formats import read_pairs
from resolver.errors import InputError, StoreError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

TWEET = {
    "id_str": "1",
    "entities": {
        "urls": [{"url": "https://t.co/a", "expanded_url": "https://example.org/a", "indices": [0, 9]}]
    },
    "extended_entities": {
        "media": [{"url": "https://t.co/m", "expanded_url": "https://twitter.com/u/status/1/photo/1"}]
    },
    "retweeted_status": {
        "entities": {"urls": [{"url": "https://t.co/r", "expanded_url": "https://example.org/r"}]}
    },
    "user": {
        "url": "https://t.co/u",
        "entities": {"url": {"urls": [{"url": "https://t.co/u", "expanded_url": None}]}},
    },
}
OF_TWEET = {
    ("https://t.co/a", "https://example.org/a"),
    ("https://t.co/m", "https://twitter.com/u/status/1/photo/1"),
    ("https://t.co/r", "https://example.org/r"),
}
LINE = json.dumps(TWEET)
ARCHIVE = "window.YTD.tweets.part0 = " + json.dumps(
    [{"tweet": TWEET}, {"tweet": {"full_text": "]} , ["}}], indent=2
)
BEACON = """#FORMAT: BEACON
#PREFIX: http://bit.ly/
#HOMEPAGE: http://urlte.am/

aB3|http://example.org/?a|b
aB4|noted|http://example.org/4
no bar
"""
FORMS: list[tuple[str, str, set[tuple[str, str]]]] = [
    # name of the file, what is in it, which pairs
    ("tco.txt", BEACON, {("http://bit.ly/aB3", "http://example.org/?a|b"), ("http://bit.ly/aB4", "http://example.org/4")}),
    (
        "ids.txt",
        "#PREFIX: http://x.example/{ID}/s\n#TARGET: http://example.org/{ID}\n7|8\n",
        {("http://x.example/7/s", "http://example.org/8")},
    ),
    ("stream.json", f'{LINE}\n{{"delete": {{}}}}\n{LINE[:40]}\n\n{LINE}\n', OF_TWEET),
    ("tweets.js", ARCHIVE, OF_TWEET),
    ("tweets.json", f"\ufeff[{LINE}]", OF_TWEET),
    ("links.csv", "short,long\nhttps://t.co/a,\"https://example.org/a,b\"\nx\n", {("short", "long"), ("https://t.co/a", "https://example.org/a,b"), ("x", "")}),
    ("links.tsv", "https://t.co/a\thttps://example.org/a,b\n", {("https://t.co/a", "https://example.org/a,b")}),
    ("empty.csv", "", set()),
]  # fmt: skip
PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "": bytes, ".gz": gzip.compress, ".xz": lzma.compress, ".bz2": bz2.compress,
}  # fmt: skip


@pytest.fixture
def known(tmp_path: Path) -> Iterator[Known]:
    with Known.open(tmp_path / "links.db") as opened:
        yield opened


def pairs_of(path: Path) -> list[tuple[str, str]]:
    with read_pairs(path) as read:
        return [(pair.url, pair.expanded_url) for pair in read.pairs]


@pytest.mark.parametrize("ending", PACKERS)
@pytest.mark.parametrize(("name", "text", "expected"), FORMS, ids=[name for name, *_ in FORMS])
def test_each_form_is_read(tmp_path: Path, name: str, text: str, expected: set[Any], ending: str) -> None:
    """Whatever the file is called and however it is packed, its pairs are found by how it begins."""
    path = tmp_path / f"{name}{ending}"
    path.write_bytes(PACKERS[ending](text.encode()))
    assert set(pairs_of(path)) == expected


def test_lines_that_are_too_long_are_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What comes after such a line is read all the same."""
    monkeypatch.setattr("cache.dumps.formats.LONGEST_LINE", 50)
    path = tmp_path / "links.csv"
    path.write_text(f"https://t.co/a,https://example.org/{'a' * 120}\nhttps://t.co/b,https://example.org/b\n")
    assert pairs_of(path) == [("https://t.co/b", "https://example.org/b")]


def test_an_archive_that_is_larger_than_a_piece(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tweets that stand across the pieces in which the file is read are whole."""
    monkeypatch.setattr("cache.dumps.tweets.CHUNK", 64)
    path = tmp_path / "tweets.js"
    path.write_text("window.YTD.tweets.part0 = " + json.dumps([{"tweet": TWEET}] * 5))
    assert sorted(pairs_of(path)) == sorted([*OF_TWEET] * 5)


DAMAGED = [
    ("links.csv.gz", gzip.compress(BEACON.encode() * 50)[:-20]),
    ("links.csv.gz", b"not packed at all"),
    ("links.csv.xz", lzma.compress(BEACON.encode() * 50)[:-40]),
    ("tweets.js", ARCHIVE.encode()[:-30]),
    ("tweets.js", b"window.YTD = 1"),
    ("tweets.json", b"[" * 100_000),
]


@pytest.mark.parametrize(("name", "content"), DAMAGED)
def test_a_damaged_file_leaves_nothing(tmp_path: Path, known: Known, name: str, content: bytes) -> None:
    """It is said in one line, no pair of it is kept, and other files can be loaded afterwards."""
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(InputError, match="it is damaged") as caught:
        known.load(path)
    assert "\n" not in str(caught.value)
    assert known.count() == 0
    whole = tmp_path / "whole.txt"
    whole.write_text(BEACON)
    assert known.load(whole).pairs == 2
    assert known.get("bit.ly/aB4") is not None


def test_a_file_that_is_no_text_is_refused(tmp_path: Path, known: Known) -> None:
    """A database given in the place of a table is not called damaged."""
    path = tmp_path / "other.db"
    path.write_bytes(b"SQLite format 3\0" + bytes(100))
    with pytest.raises(InputError, match="it is not text; known are BEACON"):
        known.load(path)


def test_a_file_that_is_not_there(tmp_path: Path, known: Known) -> None:
    """The path is named."""
    with pytest.raises(InputError, match=r"none\.csv: no such file.*--links"):
        known.load(tmp_path / "none.csv")


def test_a_link_is_found_with_who_said_so(tmp_path: Path, known: Known) -> None:
    """With or without its scheme, by the letter, and with the name and the hash of the file."""
    path = tmp_path / "stream.json.gz"
    path.write_bytes(gzip.compress(LINE.encode()))
    loaded = known.load(path)
    assert (loaded.pairs, loaded.is_new) == (3, True)
    for url in ("https://t.co/a", "http://t.co/a", "t.co/a", "HTTPS://T.CO/a"):
        found = known.get(url)
        assert found is not None
        assert found.expanded_url == "https://example.org/a"
        assert found.source == Source("stream.json.gz", hashlib.sha256(path.read_bytes()).hexdigest())
    for url in (
        "https://t.co/A",
        "https://t.co/aa",
        "https://t.co/",
        "https://t.co",
        "",
        "\ud800",
        "x" * 9000,
    ):
        assert known.get(url) is None


def test_the_same_file_is_loaded_once(tmp_path: Path, known: Known) -> None:
    """Its content decides, not its name; what was known first stays."""
    first, second, third = tmp_path / "1.csv", tmp_path / "2.csv", tmp_path / "3.csv"
    first.write_text("t.co/a,https://example.org/first\n")
    second.write_text(first.read_text())
    third.write_text("t.co/a,https://example.org/other\nt.co/b,https://example.org/b\n")
    assert [known.load(path).pairs for path in (first, second, third)] == [1, 0, 1]
    assert not known.load(third).is_new
    found = known.get("t.co/a")
    assert found is not None
    assert (found.expanded_url, found.source.name) == ("https://example.org/first", "1.csv")


def test_it_is_kept_on_the_disk(tmp_path: Path) -> None:
    """Another run finds what one has loaded."""
    (tmp_path / "1.csv").write_text("t.co/a,https://example.org/first\n")
    with Known.open(tmp_path / "links.db") as known:
        known.load(tmp_path / "1.csv")
    with Known.open(tmp_path / "links.db") as known:
        assert known.count() == 1
        assert known.get("t.co/a") is not None


def test_another_database_is_left_alone(tmp_path: Path) -> None:
    """A file that is no store of known links is refused."""
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE t (a)")
    with pytest.raises(StoreError, match="a database of something else"), Known.open(path):
        pass
    with pytest.raises(StoreError, match="not a SQLite database"), Known.open(__file__):
        pass


NO_EXPANSIONS = [
    ("https://t.co/a", "javascript:alert(1)"),
    ("https://t.co/a", "example.org"),
    ("https://t.co/a", "https://example.org/\u0007"),
    ("https://t.co/a", "https://example.org/\ud83d"),
    ("https://t.co/a", "https://example.org/ and more"),
    ("https://t.co/a", "https:///path"),
    ("https://t.co/a", "https://example.org/" + "a" * 3000),
    ("https://t.co", "https://example.org/"),
    ("", "https://example.org/"),
]


@pytest.mark.parametrize(("url", "expanded_url"), NO_EXPANSIONS)
def test_what_is_no_pair_of_addresses_is_left_out(
    tmp_path: Path, known: Known, url: str, expanded_url: str
) -> None:
    """A dump comes from strangers: only http and https addresses, without anything invisible, are taken from it."""
    path = tmp_path / "tweets.json"
    path.write_text(json.dumps([{"url": url, "expanded_url": expanded_url}]))
    with pytest.raises(InputError, match=r"no links with where they lead: item 1: .* is no address"):
        known.load(path)
    assert known.count() == 0


PLACES = [
    # what is in the file, how many rows cannot be used, which is the first
    ("short,long\nt.co/a,https://a.example/\nt.co/b,\nt.co/c,ftp://c.example/\n", 2, "line 3: ''"),
    (f"t.co/a,https://a.example/\nt.co/b,https://b.example/{'b' * 3000}\n", 1, f"line 2: 'https://b.example/{'b' * 42}...'"),
    ("#PREFIX: https://t.co/\n\nb|mailto:b@b.example\na|https://a.example/\n", 1, "line 3: 'mailto:b@b.example'"),
    ('{"url": "https://t.co/a", "expanded_url": "https://a.example/"}\n{cut\n{"url": "https://t.co/b", "expanded_url": "b"}\n', 1, "line 3: 'b'"),
    ('[{"url": "https://t.co/a", "expanded_url": "https://a.example/"}, {}, {"url": "\\u001b[31m", "expanded_url": "https://b.example/"}]', 1, "item 3: '\\x1b[31m'"),
    ("t.co/a\thttps://a.example/\nt.co/b\n", 1, "line 2: ''"),
    ("t.co/a,https://a.example/\nhttps://t.co/b,https://t.co/b\n", 0, None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "unusable", "first"), PLACES)
def test_rows_that_cannot_be_used_are_counted(
    tmp_path: Path, known: Known, text: str, unusable: int, first: str | None
) -> None:
    """With where the first stands and what it has there. A heading, and a link to itself, are none."""
    path = tmp_path / "links.txt"
    path.write_text(text)
    loaded = known.load(path)
    assert (loaded.pairs, loaded.unusable, loaded.first_unusable) == (1, unusable, first)


def test_a_table_whose_links_are_all_known_is_no_error(tmp_path: Path, known: Known) -> None:
    """As the same table packed in another way; one that has none is no other time either."""
    path = tmp_path / "links.csv"
    path.write_text("t.co/a,https://a.example/\n")
    packed = tmp_path / "links.csv.gz"
    packed.write_bytes(gzip.compress(path.read_bytes()))
    assert [known.load(path).pairs, known.load(packed).pairs] == [1, 0]
    path.write_text("nothing,at all\n")
    for _ in range(2):
        with pytest.raises(InputError, match=r"links\.csv: has no links with where they lead; give BEACON"):
            known.load(path)


@given(st.text(max_size=40))
def test_any_text_can_be_asked_for(text: str) -> None:
    """Cutting an address in two loses nothing of it, and no text is too odd for it."""
    for url in (text, f"https://{text}", f"http://t.co/{text}"):
        short_key(url)
        target = split_target(url)
        assert target is None or "".join(target) == url


def test_the_cost_is_measured(tmp_path: Path) -> None:
    """A pair takes less than 100 bytes, so that ten million take less than 1 GB."""
    cost = measure(20_000, tmp_path)
    assert cost.bytes / cost.pairs < 150  # the hosts weigh more among few pairs
    assert cost.look_ups > 0
