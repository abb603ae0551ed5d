"""What the README says is so: its commands run, its outputs are what they print, its code does what it shows."""

from __future__ import annotations

import contextlib
import gzip
import io
import re
import shlex
import tomllib
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from documents_samples import page, parquet, wet_gz, wordpress

import cli
from scripts.make_readme import README, main_job, render

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TEXT = README.read_text(encoding="utf-8")
PYTHON = re.findall(r"```python\n(.*?)```\n\n```text\n(.*?)```", TEXT, re.DOTALL)

FILES: dict[str, bytes | Callable[[], bytes]] = {
    "article.html": b"<p>No post.",
    "corpus.jsonl": b'{"body": "No post."}\n',
    "news.csv": b"title,text,subject,date\nSnow,No post.,weather,2017-12-31\n",
    "crawl.warc.wet.gz": wet_gz,
    "crawl.warc.gz": lambda: gzip.compress(page(1, "No post.")),
    "fineweb.parquet": parquet,
    "wordpress.xml": wordpress,
}


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return main_job(TEXT, tmp_path_factory.mktemp("readme"))


def test_the_first_command_shows_a_complete_result(outputs: dict[str, str]) -> None:
    """As written, it names the post, with both checks passed, and says who answered."""
    assert "1294213474682930386" in outputs["show"]
    assert outputs["show"].count("  passed") == 2
    assert "not by the web" in outputs["show"]


def test_the_outputs_in_the_readme_are_what_the_commands_print(outputs: dict[str, str]) -> None:
    """To renew them: python -m scripts.make_readme."""
    assert render(TEXT, outputs) == TEXT


@pytest.mark.parametrize(("code", "printed"), PYTHON)
def test_the_code_in_the_readme_prints_what_is_shown(code: str, printed: str) -> None:
    """Each example stands alone."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(code, "README.md", "exec"), {"__name__": "readme"})
    assert out.getvalue() == printed
    assert len(PYTHON) == 2


@pytest.mark.parametrize("line", re.findall(r"^embed-resolver (.+?)(?:\s{2,}#.*)?$", TEXT, re.MULTILINE))
def test_the_command_lines_in_the_readme_are_valid(
    line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They run on files of the forms and with the columns that they name."""
    monkeypatch.chdir(tmp_path)
    for name, content in FILES.items():
        (tmp_path / name).write_bytes(content() if callable(content) else content)
    for before in ("enrich corpus.jsonl -q", "scan corpus.jsonl --text-col body --results results -q"):
        assert CliRunner().invoke(cli.main, before.split()).exit_code == 0
    result = CliRunner().invoke(cli.main, shlex.split(line.partition(" > ")[0]))
    assert result.exit_code == 0, result.stderr


def test_the_row_that_contributors_are_shown_works(tmp_path: Path) -> None:
    """CONTRIBUTING's example is checked as a contributor's own would be."""
    shown = re.search(
        r"```toml\n(.*?)```", (README.parent / "CONTRIBUTING.md").read_text(encoding="utf-8"), re.DOTALL
    )
    assert shown is not None
    row = tmp_path / "row.toml"
    row.write_text(shown[1], encoding="utf-8")
    assert CliRunner().invoke(cli.main, ["rules", "test", str(row)]).exit_code == 0


def test_every_extra_is_documented() -> None:
    """The table names those that users can install."""
    with (README.parent / "pyproject.toml").open("rb") as file:
        extras = set(tomllib.load(file)["project"]["optional-dependencies"])
    assert _first_column("extra") == extras - {"all", "test"}


def _first_column(heading: str) -> set[str]:
    """The names in the first column of the table with that heading."""
    table = TEXT.partition(f"| {heading} |")[2].partition("\n\n")[0]
    rows = (line for line in table.splitlines() if line.startswith("| `"))
    return {name for row in rows for name in re.findall(r"`([\w-]+)", row.split(" | ")[0])}


def test_every_command_and_option_that_is_documented_exists() -> None:
    """The table names all commands, and no option is named that there is not."""
    assert _first_column("command") == set(cli.main.commands)
    options = {
        name
        for command in cli.main.commands.values()
        for option in command.params
        for name in (*option.opts, *option.secondary_opts)
    }
    others = {"--without-pip", "--python", "--codes", "--articles", "--rounds", "--folder"}
    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", TEXT)) <= options | others
