"""Evidence by the commands: known links, WARC files, the examination of a database, and what is handed on."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner, Result
from tco_lookalike import TcoLookalike

import cli

if TYPE_CHECKING:
    from collections.abc import Iterator

EXAMPLES = Path(__file__).parent.parent / "examples"
ARTICLE = str(EXAMPLES / "bridge.txt")
POST = "https://twitter.com/HarbourCouncil/status/1294213474682930386"
LINK, MEDIA, STORY = "t.co/Kf7Qm2Lx9R", "t.co/Wb4Tn8Zc1D", "https://harbour.example/known"


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("EMBED_RESOLVER_DB", raising=False)
    (tmp_path / "links.csv").write_text(f"{MEDIA},{POST}/photo/1\n{LINK},{STORY}\n")


@pytest.fixture
def server() -> Iterator[TcoLookalike]:
    with TcoLookalike(json.loads((EXAMPLES / "bridge.json").read_text(encoding="utf-8"))) as running:
        yield running


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli.main, [str(argument) for argument in arguments])


def enriched(server: TcoLookalike, *arguments: object) -> Result:
    replaced = (f"--connect-to={host}={server.url}" for host in ("t.co", "harbour.example"))
    return run("enrich", ARTICLE, "-o", "out.jsonl", *replaced, *arguments)


def links_of(path: str) -> list[dict[str, Any]]:
    (row,) = (json.loads(line) for line in Path(path).read_text(encoding="utf-8").splitlines())
    links: list[dict[str, Any]] = row["embeds"][0]["links"]
    return links


def test_known_links_are_not_asked(server: TcoLookalike) -> None:
    """They are loaded once, none is announced, and `show` says which file they stand in."""
    result = enriched(server, "--links", "links.csv")
    assert (result.exit_code, server.requests) == (0, ())
    assert "links.csv: 2 new known links." in result.stderr
    assert "to follow" not in result.stderr
    assert [(link["outcome"], link["expanded_url"]) for link in links_of("out.jsonl")] == [
        ("known", STORY),
        ("post", f"{POST}/photo/1"),
    ]
    assert "by dump (links.csv sha256:" in run("show", 1).stdout
    assert "its links are known already" in run("expand", "--links", "links.csv").stderr


def test_what_became_of_links_is_counted_apart(server: TcoLookalike) -> None:
    """Followed, gone, known by a table, and by the run before; what could not be followed is another line."""
    Path("in.jsonl").write_text(
        json.dumps({"text": "Bridge! https://t.co/Gone567890 https://t.co/Kf7Qm2Lx9R — Jo (@jo) May 2, 2019"})
        + "\n"
        + json.dumps({"text": Path(ARTICLE).read_text(encoding="utf-8")}),
        encoding="utf-8",
    )
    (Path("links.csv")).write_text(f"{MEDIA},{POST}/photo/1\n")
    connect = [f"--connect-to={host}={server.url}" for host in ("t.co", "harbour.example")]
    first = run("enrich", "in.jsonl", "-o", "out.jsonl", "--links", "links.csv", *connect)
    assert "3 links: 1 followed to an answer, 1 gone (404 or 410), 1 known without asking.\n" in first.stderr
    again = run("expand", *connect)
    assert "3 links: 3 known without asking.\n" in again.stderr


def test_rows_that_cannot_be_used_are_said(server: TcoLookalike) -> None:
    """Also to those who want quiet: how many, and where the first stands."""
    with Path("links.csv").open("a") as out:
        out.write("t.co/x,ftp://a.example/\nt.co/y,\n")
    assert enriched(server, "--links", "links.csv", "--quiet").stderr == (
        "Warning: links.csv: 2 rows were left out, being no http or https addresses of up to 2,000 characters; "
        "the first is line 3: 'ftp://a.example/'\n"
    )


def test_a_table_that_is_not_there_is_an_error() -> None:
    """Before anything is asked."""
    result = run("enrich", ARTICLE, "--links", "none.csv")
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert "none.csv: no such file or directory; check the path given with --links" in result.stderr


def test_what_is_asked_is_recorded(server: TcoLookalike) -> None:
    """`show` says where, and `doctor` compares what is there."""
    assert enriched(server, "--warc", "warc").exit_code == 0
    (file,) = Path("warc").iterdir()
    assert f"kept    in {file.name} at byte " in run("show", 1).stdout
    result = run("doctor", "--digests")
    assert result.exit_code == 0
    assert ", 3 records in WARC files" in result.stdout
    file.write_bytes(file.read_bytes()[:-20])
    damaged = run("doctor", "--digests", "-q")
    assert damaged.exit_code == 1
    assert "captures 3" in damaged.stdout


@pytest.mark.skipif(os.name != "posix", reason="the folder is one of Linux")
def test_a_folder_that_cannot_be_made_is_an_error(server: TcoLookalike) -> None:
    """Before anything is asked."""
    result = enriched(server, "--warc", "links.csv/warc")
    assert (result.exit_code, server.requests) == (2, ())
    assert "choose another folder with --warc" in result.stderr


def test_who_asks_is_said(server: TcoLookalike) -> None:
    """An option changes it; what cannot stand in a header is refused."""
    assert enriched(server, "--user-agent", "Harbour/1.0").exit_code == 0
    assert {request.headers["User-Agent"] for request in server.requests} == {"Harbour/1.0"}
    assert "must be printable ASCII" in enriched(server, "--user-agent", "a\nb").stderr


@pytest.mark.parametrize("form", ["jsonl", "csv", "parquet"])
def test_tables_are_exported(server: TcoLookalike, form: str) -> None:
    """A file for each."""
    pytest.importorskip("pyarrow")
    enriched(server)
    result = run("export", "-o", "tables", "--form", form)
    assert result.exit_code == 0
    assert {path.stem for path in Path("tables").iterdir()} >= {"embeds", "observations", "hops", "captures"}
    assert {path.suffix for path in Path("tables").iterdir()} == {f".{form}"}


def test_embeds_are_exported_as_annotations(server: TcoLookalike) -> None:
    """A line for each."""
    enriched(server)
    assert run("export", "-o", "notes", "--form", "annotations").exit_code == 0
    (line,) = Path("notes/annotations.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(line)["body"][0]["source"] == POST


def test_a_crate_has_the_evidence_in_it(server: TcoLookalike) -> None:
    """The database, the tables, the WARC files; one that is not found is named, and the rest is there."""
    enriched(server, "--warc", "warc")
    (file,) = Path("warc").iterdir()
    assert run("export", "-o", "crate", "--form", "crate").exit_code == 0
    crate = json.loads(Path("crate/ro-crate-metadata.json").read_text(encoding="utf-8"))
    assert f"warc/{file.name}" in {entity["@id"] for entity in crate["@graph"]}
    Path("warc").rename("moved")
    without = run("export", "-o", "without", "--form", "crate")
    assert without.exit_code == 3
    assert f"{file.name}: the WARC file was not found; say where it is with --warc" in without.stderr
    assert run("export", "-o", "again", "--form", "crate", "--warc", "moved").exit_code == 0
    assert run("doctor", "--db", "again/provenance.db", "--warc", "again/warc", "--digests").exit_code == 0


def test_there_is_nothing_to_examine_or_export() -> None:
    """An error of one line, and no database is made."""
    for arguments in (["doctor"], ["export", "-o", "x"]):
        result = run(*arguments)
        assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert not Path("provenance.db").exists()


def test_a_file_without_known_links_is_an_error(server: TcoLookalike) -> None:
    """Else the links that the user believed known would be asked for."""
    Path("page.html").write_text("<p>No links.", encoding="utf-8")
    result = enriched(server, "--links", "page.html")
    assert (result.exit_code, server.requests) == (2, ())
    assert "page.html: has no links with where they lead" in result.stderr


def test_no_export_takes_the_place_of_the_database(server: TcoLookalike) -> None:
    """Neither a table of it nor the annotations."""
    for name, form in (("links.jsonl", "jsonl"), ("annotations.jsonl", "annotations")):
        assert enriched(server, "--db", name).exit_code == 0
        before = Path(name).read_bytes()
        result = run("export", "--db", name, "-o", ".", "--form", form)
        assert (result.exit_code, Path(name).read_bytes()) == (2, before)
        assert name in result.stderr.splitlines()[-1]
