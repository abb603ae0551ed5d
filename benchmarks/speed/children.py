"""Work that other programs do, in CPU time of theirs: ripgrep, and newspaper4k, which needs its own environment."""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from benchmarks.cases import ROOT
from benchmarks.speed.rate import Done
from resolver.platforms.registry import host_literals
from resolver.rules.boilerplate import LINES, VIEW_POST
from resolver.rules.consent_triggers import TRIGGERS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.speed.rate import Way

#: Where newspaper4k is installed, since it asks for an older python-dateutil; another place can be named in the
#: environment. ``python -m venv --without-pip .venv/newspaper; pip --python .venv/newspaper install newspaper4k``
NEWSPAPER: Final = Path(os.environ.get("EMBED_RESOLVER_NEWSPAPER", ROOT / ".venv" / "newspaper"))
_NEWSPAPER_PYTHON: Final = NEWSPAPER / "bin" / "python"


def literals() -> tuple[str, ...]:
    """Return as fixed strings what the conditions of texts are made of.

    >>> {"(@", "t.co/", "pic.twitter.com/", "cookie"} <= set(literals())
    True
    """
    lines = (max(line.text.partition("{")[::2], key=len).strip() for line in LINES)
    hosts = (f"//{host}" for host in host_literals())
    return tuple(
        dict.fromkeys(
            ("(@", "t.co/", "pic.twitter.com/", "pic.x.com/", *VIEW_POST, *lines, *hosts, *TRIGGERS)
        )
    )


def ripgrep() -> Way | None:
    """Return the search for :func:`literals` by ripgrep, over one file of the texts; ``None`` where there is none.

    That it starts and reads the strings is not counted. Its finds are lines.
    """
    program = shutil.which("rg")
    if program is None:
        return None

    def way(documents: Sequence[bytes]) -> Done:
        with tempfile.TemporaryDirectory() as folder:
            strings, texts, empty = Path(folder, "strings"), Path(folder, "texts"), Path(folder, "empty")
            strings.write_text("".join(f"{one}\n" for one in literals()), encoding="utf-8")
            texts.write_bytes(b"\n".join(documents))
            empty.touch()
            command = [program, "--threads", "1", "-F", "-c", "-f", str(strings)]
            start, _ = _child([*command, str(empty)])
            seconds, output = _child([*command, str(texts)])
        return Done(max(seconds - start, 1e-6), int(output or 0))

    return way


def newspaper() -> Way | None:
    """Return newspaper4k's parse of every page, counted by itself; ``None`` where it is not installed."""
    if not _NEWSPAPER_PYTHON.exists():
        return None
    program = Path(__file__).with_name("newspaper_alone.py")

    def way(documents: Sequence[bytes]) -> Done:
        with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
            json.dump([page.decode() for page in documents], file)
            file.flush()
            _, output = _child([str(_NEWSPAPER_PYTHON), "-W", "ignore", str(program), file.name])
        return Done(float(output))

    return way


def _child(command: Sequence[str]) -> tuple[float, str]:
    """Return the CPU seconds that a program took, and what it printed; ripgrep returns 1 where there is nothing."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode > 1 or done.stderr:
        raise subprocess.CalledProcessError(done.returncode, command, done.stdout, done.stderr)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime, done.stdout
