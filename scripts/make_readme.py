"""Fill in what the README shows: the output of its own commands, run over the example article.

    python -m scripts.make_readme           writes README.md
    python -m scripts.make_readme --check   says whether it is as it should be

What differs from one run to the next (ports, times, durations) is written as one fixed value.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"

_BLOCK = re.compile(r"(<!-- output: (\w+) -->\n```\w+\n)(.*?)(```\n)", re.DOTALL)
_VARYING = (
    (re.compile(r"http://127\.0\.0\.1:[0-9]+"), "http://127.0.0.1:8000"),
    (re.compile(r"(?<=begun )\S+Z|(?<=asked {7})\S+Z|(?<=led at )\S+Z"), "2026-11-22T12:00:00.000Z"),
    (re.compile(r"\([0-9]+\.[0-9]+ s\)"), "(0.01 s)"),
)
#: The fields that following the links adds or changes.
_FROM_LINKS = ("posted_at", "post_id", "post_url", "links", "confidence", "attested_by", "checks")


def first_command(readme: str) -> str:
    """Return the README's first command without the part that installs: what runs the main job."""
    command = readme.split("```sh\n", 1)[1].split("```", 1)[0].replace("\\\n", " ")
    return command.split("&&\n", 1)[1]


def main_job(readme: str, folder: Path) -> dict[str, str]:
    """Run the README's main job in *folder*, and return what each of its blocks has to show."""
    shutil.copytree(ROOT / "examples", folder / "examples", dirs_exist_ok=True)
    python, command = (
        shlex.quote(sys.executable),
        shlex.quote(str(Path(sys.executable).parent / "embed-resolver")),
    )
    line = (
        first_command(readme).replace(".venv/bin/python", python).replace(".venv/bin/embed-resolver", command)
    )
    shown = _run(["bash", "-euo", "pipefail", "-c", line], folder)
    record = json.loads(_run([sys.executable, str(ROOT / "cli.py"), "scan", "examples/bridge.txt"], folder))
    (embed,) = json.loads((folder / "bridge.jsonl").read_text(encoding="utf-8"))["embeds"]
    query = re.search(r'sqlite-utils query provenance.db "(.*?)"', readme)
    rows = _run(
        [sys.executable, "-m", "sqlite_utils", "query", "provenance.db", query[1] if query else ""], folder
    )
    return {
        "scan": _json(record),
        "enriched": _json({name: embed[name] for name in _FROM_LINKS}),
        "show": shown,
        "query": rows,
    }


def render(readme: str, outputs: Mapping[str, str]) -> str:
    """Return the README with its blocks filled in."""
    fill: Callable[[re.Match[str]], str] = lambda block: block[1] + _fixed(outputs[block[2]]) + block[4]  # noqa: E731
    return _BLOCK.sub(fill, readme)


def _fixed(output: str) -> str:
    for pattern, value in _VARYING:
        output = pattern.sub(value, output)
    return output.strip("\n") + "\n"


def _json(value: object) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False)


def _run(command: list[str], folder: Path) -> str:
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    environment.pop("EMBED_RESOLVER_DB", None)
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, check=True, encoding="utf-8", timeout=120
    ).stdout


def main() -> int:
    """Write the README, or with ``--check`` return 1 where it is stale."""
    readme = README.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        rendered = render(readme, main_job(readme, Path(folder)))
    if "--check" not in sys.argv:
        README.write_text(rendered, encoding="utf-8")
    elif rendered != readme:
        print("README.md is stale: run python -m scripts.make_readme", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
