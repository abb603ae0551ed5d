"""The GitHub Action and the pre-commit hook: well-formed, and their step does what it says."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parent.parent
ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
COMMAND = """#!/usr/bin/env bash
printf '%s\\n' "$@" >>"$RUNNER_TEMP/calls"
for argument; do
  [[ $argument != audit ]] || { echo "## 1 of 2 links" >"$RUNNER_TEMP/summary.md"; exit "$STATUS"; }
done
"""


def step(folder: Path, **given: str) -> tuple[int, list[str], str, str]:
    """Run the step with a command that only writes down how it is called: exit code, calls, outputs, summary."""
    command = folder / "embed-resolver"
    command.write_text(COMMAND)
    command.chmod(0o755)
    outputs, summary = folder / "outputs", folder / "step-summary"
    places = {
        "RUNNER_TEMP": folder,
        "GITHUB_OUTPUT": outputs,
        "GITHUB_STEP_SUMMARY": summary,
        "EMBED_RESOLVER": command,
    }
    done = subprocess.run(
        ["bash", str(ROOT / "scripts" / "action.sh")],
        env={
            "PATH": os.environ["PATH"],
            "STATUS": "0",
            **{name: str(place) for name, place in places.items()},
            **given,
        },
        cwd=folder,
        check=False,
    )
    read = [path.read_text() if path.exists() else "" for path in (folder / "calls", outputs, summary)]
    return done.returncode, read[0].splitlines(), read[1], read[2]


def test_the_action_runs_steps_that_exist() -> None:
    """Each step has a shell or an action, and takes only inputs that are declared."""
    steps = ACTION["runs"]["steps"]
    assert ACTION["runs"]["using"] == "composite"
    assert all(("run" in each) == ("shell" in each) != ("uses" in each) for each in steps)
    text = (ROOT / "action.yml").read_text(encoding="utf-8")
    used = {name for name in ACTION["inputs"] if f"inputs.{name}" in text}
    assert used == set(ACTION["inputs"])
    assert all(each["description"] for each in ACTION["inputs"].values())


def test_the_example_of_the_action_is_one_that_runs() -> None:
    """It is taken from where it can be put, and is given what it takes."""
    text = (ROOT / "docs" / "report.md").read_text(encoding="utf-8")
    example = yaml.safe_load(text.partition("```yaml\n")[2].partition("```")[0])
    (own,) = (each for each in example["steps"] if not each["uses"].startswith("actions/"))
    assert own["uses"] == "./tools/embed-resolver"
    assert set(own["with"]) <= set(ACTION["inputs"])


def test_nothing_that_a_user_gives_is_run_as_a_command() -> None:
    """Inputs reach a shell by the environment only."""
    assert not any("${{" in each.get("run", "") for each in ACTION["runs"]["steps"])


def test_the_step_audits_and_writes_the_summary(tmp_path: Path) -> None:
    """Only what was asked for is passed on."""
    status, calls, outputs, summary = step(tmp_path)
    assert (status, outputs, summary) == (0, "", "## 1 of 2 links\n")
    assert calls == ["audit", "--markdown", str(tmp_path / "summary.md")]


def test_the_step_passes_on_what_it_is_given(tmp_path: Path) -> None:
    """Articles are scanned first; words with spaces or signs of the shell stay one argument."""
    hostile = "a b; $(touch owned) `touch owned`.html"
    given = {
        "ARTICLES": f"news\n{hostile}\n",
        "FAIL_ON": "dead>10%",
        "BASELINE": "old.db",
        "REPORT": "r.html",
        "SARIF": "s.sarif",
        "ARGUMENTS": "--limit\n5",
    }
    _, calls, _, _ = step(tmp_path, **given)
    assert calls[:5] == ["enrich", "-o", str(tmp_path / "enriched.jsonl"), "--", "news"]
    assert calls[5] == hostile
    assert calls[9:] == [
        "--fail-on=dead>10%",
        "--baseline=old.db",
        "--report=r.html",
        "--sarif=s.sarif",
        "--limit",
        "5",
    ]
    assert not (tmp_path / "owned").exists()


@pytest.mark.parametrize(
    ("status", "ends", "said"), [("1", 0, "crossed=true\n"), ("2", 2, "")], ids=["crossed", "failed"]
)
def test_a_crossed_threshold_is_an_output_and_a_failure_is_one(
    status: str, ends: int, said: str, tmp_path: Path
) -> None:
    """The findings are uploaded before the job fails for them; what went wrong fails at once."""
    done, _, outputs, summary = step(tmp_path, STATUS=status)
    assert (done, outputs, summary) == (ends, said, "## 1 of 2 links\n")


def test_the_hook_runs_the_audit() -> None:
    """It has what pre-commit wants of a hook, and asks the web only when that is wanted."""
    (hook,) = HOOKS
    assert {"id", "name", "entry", "language"} <= set(hook)
    assert hook["entry"].split() == ["embed-resolver", "audit"]
    assert hook["stages"] == ["pre-push", "manual"]
    assert hook["pass_filenames"] is False
