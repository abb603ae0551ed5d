"""The house is as its plan says: who imports whom, what loading costs, what is public."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import resolver

ROOT = Path(__file__).parent.parent
NOUNS = {
    "resolver.models",
    "resolver.observed",
    "resolver.findings",
    "resolver.provenance",
    "resolver.errors",
    "resolver.protocols",
}
#: What anybody may use for files that others may be at, too.
FILES = {"resolver.lock_file", "resolver.whole_file"}
#: What a stage may import beside itself and the nouns: the tables, and the rooms that are tools of the stages.
SHARED = {
    "resolver.rules",
    "resolver.patterns",
    "resolver.platforms",
    "resolver.entities",
    "resolver.dates",
    "resolver.date_patterns",
}
STAGES = ("documents", "detect", "expand", "identify", "archive", "audit", "render")


def modules(folder: str) -> list[Path]:
    return sorted((ROOT / folder).rglob("*.py"))


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports_of(path: Path) -> set[str]:
    """The modules of ours that a file imports, anywhere in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module)
    return {name for name in found if name.split(".")[0] in {"resolver", "cache", "cli"}}


def stage_of(module: str) -> str | None:
    parts = module.split(".")
    return parts[1] if parts[0] == "resolver" and len(parts) > 1 and parts[1] in STAGES else None


@pytest.mark.parametrize("path", modules("resolver"), ids=name_of)
def test_the_resolver_knows_nothing_of_the_cache_or_the_commands(path: Path) -> None:
    """A caller without SQLite can use the resolver, and a user's own cache.py or cli.py cannot get in its way."""
    assert {name.split(".")[0] for name in imports_of(path)} <= {"resolver"}


@pytest.mark.parametrize("path", modules("resolver"), ids=name_of)
def test_stages_do_not_import_one_another(path: Path) -> None:
    """Data passes between stages as models; only the pipeline knows them all."""
    own = stage_of(name_of(path))
    if own is None:
        pytest.skip("not a stage")
    for name in imports_of(path):
        of_shared = any(name == shared or name.startswith(f"{shared}.") for shared in SHARED)
        assert name in NOUNS | FILES or of_shared or stage_of(name) == own or name == "resolver", name


@pytest.mark.parametrize("path", modules("cache"), ids=name_of)
def test_the_cache_knows_only_the_nouns(path: Path) -> None:
    """The cache takes and gives models and raises our errors, and knows nothing of how they are made."""
    of_ours = {name for name in imports_of(path) if name.split(".")[0] != "cache"}
    assert of_ours <= NOUNS | FILES


def test_no_module_is_a_drawer_for_odds_and_ends() -> None:
    """A file is a stage or a noun."""
    names = {path.stem for folder in ("resolver", "cache") for path in modules(folder)}
    assert not names & {"utils", "util", "helpers", "common", "misc"}


def test_public_names_are_sorted_and_exist() -> None:
    """What `__all__` promises can be imported, and every public class of the models is among it."""
    assert list(resolver.__all__) == sorted(resolver.__all__)
    for name in resolver.__all__:
        assert getattr(resolver, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        resolver.nothing  # noqa: B018


HEAVY = ("httpx", "rich", "jinja2", "re2", "sqlite_utils", "lxml", "bs4", "tenacity", "sqlite3", "asyncio")


@pytest.mark.parametrize(
    "arguments",
    [["--help"], ["scan", "--help"], ["scan", str(ROOT / "examples" / "bridge.txt")]],
    ids=" ".join,
)
def test_a_scan_of_text_does_not_wait_for_libraries_it_does_not_need(arguments: list[str]) -> None:
    """Help and the scan of a text load neither the HTTP client, nor the database, nor the HTML parser."""
    program = (
        f"import sys; sys.argv = ['embed-resolver', *{arguments!r}]\n"
        "import cli\n"
        "try: cli.main()\n"
        "except SystemExit as done: assert not done.code, done.code\n"
        f"print(sorted(set({HEAVY!r}) & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        encoding="utf-8",
    )
    assert done.stderr.splitlines()[-1] == "[]"
