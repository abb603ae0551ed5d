"""A real browser for the tests, where there is one, and a Datasette that is really started."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from cache.serve.server import arguments

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).parent.parent
#: The Python of another environment, with another Datasette, to be tested as well.
OTHER_DATASETTE = os.environ.get("EMBED_RESOLVER_OTHER_DATASETTE")


@contextmanager
def chromium() -> Iterator[Browser]:
    """The browser of the system. Skips the test, saying why, where there is none."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        pytest.skip("there is no Chromium; on Debian: apt-get install chromium")
    with sync_api.sync_playwright() as playwright:
        # The sandbox wants rights that containers do not have; what is opened is ours.
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        try:
            yield browser
        finally:
            browser.close()


def visited(browser: Browser, address: str, **options: Any) -> tuple[Page, list[str]]:
    """The page, and all that went wrong, or was asked elsewhere, while it opened and after."""
    wrong: list[str] = []
    page = browser.new_context(**options).new_page()
    page.on("console", lambda message: wrong.append(message.text))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("request", lambda request: None if request.url.startswith(address) else wrong.append(request.url))
    page.goto(address)
    return page, wrong


@contextmanager
def datasette(database: Path, folder: Path, *, other: bool = False) -> Iterator[str]:
    """Serve a database by the installed Datasette, or by the other one, and yield the address."""
    port = _free_port()
    if other:
        if OTHER_DATASETTE is None:
            pytest.skip("there is no other Datasette; EMBED_RESOLVER_OTHER_DATASETTE names none")
        installed = _output(
            OTHER_DATASETTE, "-c", "from importlib.metadata import version; print(version('datasette'))"
        )
        given = arguments(str(database), folder, host="127.0.0.1", port=port, installed=installed)
        command = [OTHER_DATASETTE, "-m", "datasette", *given]
    else:
        program = "import sys; from cache.serve import serve; serve(sys.argv[1], port=int(sys.argv[2]))"
        command = [sys.executable, "-c", program, str(database), str(port)]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log)
    try:
        yield _answering(f"http://127.0.0.1:{port}", process, folder / "log")
    finally:
        process.terminate()
        process.wait(30)


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _output(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def _answering(address: str, process: subprocess.Popen[bytes], log: Path) -> str:
    for _ in range(600):
        if process.poll() is not None:
            break
        try:
            httpx.get(address, timeout=30, trust_env=False)
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return address
    raise AssertionError(f"Datasette did not start:\n{log.read_text()}")
