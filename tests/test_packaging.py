"""What is installed works where users are: in a fresh environment, in a folder with names like ours."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import resolver

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).parent.parent
POST = "The bridge opens. — Jo Doe (@jodoe) May 2, 2019\n"


def run(arguments: Sequence[str | Path], folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    return subprocess.run(
        [str(argument) for argument in arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built by the build backend itself, which needs no network."""
    folder = tmp_path_factory.mktemp("wheel")
    build = f"import hatchling.build as b; print(b.build_wheel({str(folder)!r}))"
    run([sys.executable, "-c", build], ROOT)
    (path,) = folder.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh environment with the wheel in it, and the dependencies of this one within its reach."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=False)
    installed = Path(
        sysconfig.get_path("purelib", "venv", vars={"base": str(folder), "platbase": str(folder)})
    )
    run(
        [
            sys.executable,
            "-m",
            "pip",
            "--python",
            python(folder),
            "install",
            "-q",
            "--no-deps",
            "--no-index",
            wheel,
        ],
        ROOT,
    )
    (installed / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return folder


@pytest.fixture
def users_folder(tmp_path: Path) -> Path:
    """A folder that holds a user's own cache.py and cli.py."""
    for name in ("cache.py", "cli.py"):
        (tmp_path / name).write_text("raise SystemExit('this is the file of a user')\n", encoding="utf-8")
    (tmp_path / "article.txt").write_text(POST, encoding="utf-8")
    return tmp_path


def python(environment: Path) -> Path:
    return environment / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def test_the_wheel_holds_the_packages_the_commands_and_the_data_and_nothing_else(wheel: Path) -> None:
    """Tests, examples and benchmarks stay at home."""
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    tops = {name.split("/")[0] for name in names}
    assert tops == {"cli.py", "resolver", "cache", f"embed_resolver-{resolver.__version__}.dist-info"}
    assert {"resolver/py.typed", "resolver/rules/months.json", "resolver/rules/tlds.txt"} <= set(names)


def test_the_command_runs_from_a_folder_with_names_like_ours(environment: Path, users_folder: Path) -> None:
    """The console script is not led astray by a cache.py or cli.py in the folder it is called from."""
    done = run([environment / "bin" / "embed-resolver", "scan", "article.txt"], users_folder)
    assert json.loads(done.stdout)["handle"] == "jodoe"


def test_the_library_can_be_imported_from_a_folder_with_names_like_ours(
    environment: Path, users_folder: Path
) -> None:
    """`import resolver` needs neither `cache` nor `cli`, so a user's own are left alone."""
    program = "from resolver import scan, enrich; print(scan(open('article.txt').read())[0].handle)"
    assert run([python(environment), "-c", program], users_folder).stdout.strip() == "jodoe"
