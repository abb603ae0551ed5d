"""The commands do what their help says, and what is wrong is one line that says what to do next."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import threading
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
LINK, MEDIA = "https://t.co/Kf7Qm2Lx9R", "https://t.co/Wb4Tn8Zc1D"


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test has a folder of its own, so that the default database is its own too."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("EMBED_RESOLVER_DB", raising=False)


@pytest.fixture
def server() -> Iterator[TcoLookalike]:
    codes = json.loads((EXAMPLES / "bridge.json").read_text(encoding="utf-8"))
    with TcoLookalike(codes) as running:
        yield running


def run(*arguments: object, stdin: bytes | str | None = None) -> Result:
    return CliRunner().invoke(cli.main, [str(argument) for argument in arguments], input=stdin)


def connect(server: TcoLookalike) -> list[str]:
    return [f"--connect-to=t.co={server.url}", f"--connect-to=harbour.example={server.url}"]


def rows(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def table(name: str, database: str = "provenance.db") -> list[tuple[Any, ...]]:
    connection = sqlite3.connect(database)
    try:
        return connection.execute(f"SELECT * FROM {name}").fetchall()
    finally:
        connection.close()


def test_scan_prints_one_record_per_embed() -> None:
    """Records go to standard output, words to standard error."""
    result = run("scan", ARTICLE)
    (record,) = rows(result)
    assert (record["document"], record["handle"], record["blocked"]["language"]) == (
        ARTICLE,
        "HarbourCouncil",
        "nl",
    )
    assert (result.exit_code, result.stderr.splitlines()) == (
        0,
        ["1 embed in 1 document: 1 leftover; 1 twitter.", "2 links in them."],
    )
    assert run("scan", ARTICLE, "--quiet").stderr == ""


def test_scan_shows_a_table_to_people() -> None:
    """A table has a heading and a line per embed; without embeds there is no heading."""
    result = run("scan", ARTICLE, "--table")
    heading, line = result.stdout.splitlines()
    assert heading.split()[0] == "document"
    assert "@HarbourCouncil" in line
    assert run("scan", "-", "--table", stdin="No post.").stdout == ""


def test_scan_reads_standard_input_and_tables_by_the_columns_named() -> None:
    """Columns are named as the user calls them."""
    line = json.dumps({"key": "k7", "story": Path(ARTICLE).read_text(encoding="utf-8")})
    result = run("scan", "-", "--text-col", "story", "--id-col", "key", stdin=line)
    assert [record["document"] for record in rows(result)] == ["k7"]


def test_enrich_names_the_post_and_keeps_every_step(server: TcoLookalike) -> None:
    """Both links are followed, the post is named to the millisecond, and the second run asks nothing."""
    result = run("enrich", ARTICLE, *connect(server))
    assert result.exit_code == 0, result.stderr
    (row,) = rows(result)
    assert row["id"] == ARTICLE
    (embed,) = row["embeds"]
    assert (embed["post_url"], embed["posted_at"]) == (POST, "2020-08-14T10:05:12.345Z")
    assert [(check["name"], check["passed"]) for check in embed["checks"]] == [
        ("day_of_id", True),
        ("handle_in_url", True),
    ]
    assert (embed["attested_by"], embed["confidence"]) == ("redirect", 0.99)
    assert [(link["outcome"], link["expanded_url"]) for link in embed["links"]] == [
        ("ok", "https://harbour.example/news/bridge"),
        ("post", f"{POST}/photo/1"),
    ]
    assert "1 post named" in result.stderr
    assert f"t.co was answered by {server.url}, not by the web." in result.stderr
    assert (len(table("observations")), len(table("hops")), len(server.requests)) == (2, 3, 3)

    again = run("enrich", ARTICLE, *connect(server))
    assert rows(again) == [row]
    assert (len(table("observations")), len(server.requests)) == (2, 3)
    assert [run_[1] for run_ in table("runs")] == ["enrich", "enrich"]


def test_what_could_not_be_reached_is_kept_counted_and_tried_again(server: TcoLookalike) -> None:
    """Without a network the run ends well; the next one with it goes on from there."""
    server.stop()
    result = run("enrich", ARTICLE, *connect(server))
    assert result.exit_code == 0
    (row,) = rows(result)
    assert [link["outcome"] for link in row["embeds"][0]["links"]] == ["connection_refused"] * 2
    assert "2 links could not be followed (2 connection_refused); the next run tries again." in result.stderr

    codes = json.loads((EXAMPLES / "bridge.json").read_text(encoding="utf-8"))
    with TcoLookalike(codes) as back:
        result = run("expand", *connect(back))
    assert result.exit_code == 0, result.stderr
    assert "2 followed to an answer" in result.stderr
    assert len(table("observations")) == 4
    assert rows(run("enrich", ARTICLE, *connect(server)))[0]["embeds"][0]["post_url"] == POST


def test_the_answers_of_a_try_out_are_labelled_and_do_not_stand_for_the_web(server: TcoLookalike) -> None:
    """A later run that asks the web asks anew, and until the web has answered the record says who did."""
    (row,) = rows(run("enrich", ARTICLE, *connect(server)))
    assert {link["answered_by"] for link in row["embeds"][0]["links"]} == {server.url}
    again = run("enrich", ARTICLE, "--dry-run")
    assert again.stderr.startswith("2 links to follow")


def test_inputs_that_can_be_read_only_once_are_read_once(server: TcoLookalike) -> None:
    """A pipe is an input like any other."""
    os.mkfifo("pipe")
    text = Path(ARTICLE).read_text(encoding="utf-8")
    writer = threading.Thread(target=lambda: Path("pipe").write_text(text, encoding="utf-8"))
    writer.start()
    result = run("enrich", "pipe", "-o", "out.jsonl", *connect(server))
    writer.join(10)
    assert result.exit_code == 0, result.stderr
    assert json.loads(Path("out.jsonl").read_text(encoding="utf-8"))["embeds"][0]["post_url"] == POST


def test_a_later_document_profits_from_what_is_known(server: TcoLookalike) -> None:
    """Its links are not asked again, and yet its post is named."""
    run("enrich", ARTICLE, *connect(server))
    asked = len(server.requests)
    Path("copy.txt").write_text(Path(ARTICLE).read_text(encoding="utf-8"), encoding="utf-8")
    (row,) = rows(run("enrich", "copy.txt", *connect(server)))
    assert (row["embeds"][0]["post_url"], len(server.requests)) == (POST, asked)


def test_enrich_writes_its_output_file_whole(server: TcoLookalike) -> None:
    """Rows are written as they came, with their embeds; no half of a file is left."""
    Path("in.csv").write_text('title,text\nA,"words"\n', encoding="utf-8")
    result = run("enrich", "in.csv", "-o", "out.jsonl", *connect(server))
    assert (result.exit_code, result.stdout) == (0, "")
    assert json.loads(Path("out.jsonl").read_text(encoding="utf-8")) == {
        "title": "A",
        "text": "words",
        "embeds": [],
    }
    assert not Path("out.jsonl.part").exists()
    assert run("enrich", "in.csv", "-o", "nowhere/out.jsonl").exit_code == 2


def test_enrich_reads_standard_input_to_the_end_and_writes_it_again(server: TcoLookalike) -> None:
    """What cannot be read twice is kept until it is written."""
    line = json.dumps({"id": 7, "text": Path(ARTICLE).read_text(encoding="utf-8"), "note": "\ud800"})
    (row,) = rows(run("enrich", "-", *connect(server), stdin=line))
    assert (row["id"], row["note"], row["embeds"][0]["post_url"]) == (7, "\ud800", POST)


def test_a_dry_run_says_what_would_be_asked_and_asks_nothing(server: TcoLookalike) -> None:
    """Links, hosts and time are said before the first request."""
    result = run("enrich", ARTICLE, "--dry-run", *connect(server))
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.startswith("2 links to follow, about 1 s: t.co 2.")
    assert server.requests == ()
    assert run("expand", "--dry-run").stderr.startswith("2 links to follow")


@pytest.mark.parametrize("subject", ["1", ARTICLE, LINK, "pic.twitter.com/Wb4Tn8Zc1D", POST])
def test_show_prints_the_chain_of_evidence(server: TcoLookalike, subject: str) -> None:
    """Where it stands, each attempt, each hop, and what was concluded from what."""
    run("enrich", ARTICLE, *connect(server))
    result = run("show", subject)
    assert result.exit_code == 0, result.stderr
    for piece in (
        f"Document {ARTICLE}",
        "Embed 1: leftover, twitter",
        '"Dit bericht van Twitter staat hier niet',
        "by Harbour Council (@HarbourCouncil)",
        f"301 {LINK} -> https://harbour.example/news/bridge",
        f"[answered by {server.url}, not by the web]",
        f"1294213474682930386, {POST}",
        "2020-08-14T10:05:12.345Z, from the id",
        "attested by redirect",
        "printed day 2020-08-14, day of the post's id 2020-08-14",
    ):
        assert piece in result.stdout, piece
    assert result.stdout.count("  passed") == 2


def test_what_strangers_wrote_cannot_steer_a_terminal() -> None:
    """No control sequence of an article reaches the terminal, by any of the commands for people."""
    evil = "\x1b]0;owned\x07 The bridge. — \x1b[31mJo\u202e (@jodoe) May 2, 2019"
    Path("evil.txt").write_text(evil, encoding="utf-8")
    run("enrich", "evil.txt")
    for shown in (run("scan", "evil.txt", "--table").stdout, run("show", "1").stdout):
        assert "jodoe" in shown
        assert not set(shown) & set("\x1b\x07\u202e")


def test_the_database_can_be_named_in_the_environment(
    server: TcoLookalike, monkeypatch: pytest.MonkeyPatch
) -> None:
    """EMBED_RESOLVER_DB goes before the default, and an option before both."""
    monkeypatch.setenv("EMBED_RESOLVER_DB", "named.db")
    run("enrich", ARTICLE, *connect(server))
    assert Path("named.db").exists()
    assert not Path("provenance.db").exists()


def test_the_rules_are_listed_with_their_sources() -> None:
    """Platforms, consent managers and phrases, one per line."""
    lines = run("rules", "list").stdout.splitlines()
    assert {line.split()[0] for line in lines} == {"platform", "vendor", "phrase"}
    assert all(line.endswith("]") and not line.endswith("[]") for line in lines)
    vendors = run("rules", "list", "--kind", "vendor").stdout.splitlines()
    assert len(vendors) >= 39
    assert vendors == [line for line in lines if line.startswith("vendor")]


ROW = """
[[vendor]]
name = "harbour-consent"
triggers = ["data-harbour-src"]
element = "[data-harbour-src]"
steps = [{ attribute = "data-harbour-src" }]
source = "https://harbour.example/"
sample = '<p>News.</p><div data-harbour-src="https://player.vimeo.com/video/76979871">Load the video?</div>'
expected = { platform = "vimeo", target = "76979871" }
"""


def test_a_new_row_is_checked_against_its_sample() -> None:
    """A row that works says so; one that does not says why, in words."""
    Path("good.toml").write_text(ROW, encoding="utf-8")
    good = run("rules", "test", "good.toml")
    assert (good.exit_code, good.stderr.startswith("Every row")) == (0, True), good.stderr
    Path("bad.toml").write_text(ROW.replace('target = "76979871"', 'target = "2"'), encoding="utf-8")
    bad = run("rules", "test", "bad.toml")
    assert bad.exit_code == 2
    assert "harbour-consent" in bad.stderr
    assert run("rules", "test", "missing.toml").exit_code == 2


def test_a_sentence_that_leads_to_nothing_is_found_only_on_wish() -> None:
    """The weakest trace is off by default."""
    text = "Er ging schwimmen. Siehe Tweet:\n\nDas Wetter war gut."
    assert rows(run("scan", "-", stdin=text)) == []
    (record,) = rows(run("scan", "-", "--cues", stdin=text))
    assert (record["kind"], record["rule"]) == ("placeholder", "cue.dangling")


def test_every_command_has_help_with_an_example() -> None:
    """Help says what goes in, what comes out, and shows it."""
    for name, command in cli.main.commands.items():
        text = run(name, "--help").stdout
        assert f"embed-resolver {name}" in text, name
        assert command.help
        for option in command.params:
            assert getattr(option, "help", "") or option.param_type_name == "argument", option.name


def test_the_list_of_commands_is_read_whole() -> None:
    """What each does fits into a line."""
    for group in ([], ["rules"]):
        assert "..." not in run(*group, "--help").stdout.partition("Commands:")[2]


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-16"])
def test_json_is_utf_8_wherever_it_is_printed(encoding: str) -> None:
    """Whatever the locale says of text."""
    done = subprocess.run(
        [sys.executable, cli.__file__, "scan", "-"],
        input="Ça ❤ — Jo Doe (@jodoe) May 2, 2019".encode(),
        capture_output=True,
        check=True,
        env={**os.environ, "PYTHONIOENCODING": encoding},
    )
    assert json.loads(done.stdout)["text"] == "Ça ❤"


def test_the_commands_can_be_run_from_a_clone() -> None:
    """`python cli.py` is the console script."""
    program = Path(cli.__file__)
    done = subprocess.run(
        [sys.executable, str(program), "scan", ARTICLE],
        capture_output=True,
        text=True,
        check=True,
        encoding="utf-8",
    )
    assert json.loads(done.stdout)["handle"] == "HarbourCouncil"


def test_an_embed_is_shown_by_its_number_also_where_a_document_is_called_so() -> None:
    """The document goes first; `embed:` says what is meant."""
    lines = ({"id": str(2 - n), "text": f"{n}! — Jo Doe (@jodoe) May {n + 1}, 2019"} for n in range(2))
    Path("in.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    assert run("enrich", "in.jsonl", "-q").exit_code == 0
    assert "Document 1" in run("show", "1").stdout
    assert "Document 2" in run("show", "embed:1").stdout
