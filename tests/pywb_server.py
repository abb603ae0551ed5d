"""A real archive for the tests: pywb, in an environment of its own, over WARC files that a test writes."""

from __future__ import annotations

import gzip
import os
import socket
import subprocess
import time
import urllib.request
import uuid
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

#: Where CI installs it; another place can be named in the environment.
PLACE = Path(os.environ.get("EMBED_RESOLVER_PYWB", Path(__file__).parent.parent / ".venv" / "pywb"))
MISSING = f"pywb is not installed in {PLACE}; see .ci/run, or name its environment in EMBED_RESOLVER_PYWB"

#: For starting; it takes about five seconds on a quiet machine.
_STARTING_SECONDS = 60.0


class Captured(NamedTuple):
    """One exchange as an archive captured it."""

    url: str
    at: datetime
    status: str
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""


def is_installed() -> bool:
    return (PLACE / "bin" / "wayback").exists()


def warc(captures: Sequence[Captured]) -> bytes:
    """The captures as a WARC file, each record a gzip member of its own."""
    return b"".join(gzip.compress(_record(capture)) for capture in captures)


@contextmanager
def served(captures: Sequence[Captured], folder: Path) -> Iterator[str]:
    """The captures in a pywb of their own, as the collection ``web``; its base address."""
    (folder / "captured.warc.gz").write_bytes(warc(captures))
    _manage(folder, "init", "web")
    _manage(folder, "add", "web", "captured.warc.gz")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [PLACE / "bin" / "wayback", "-b", "127.0.0.1", "-p", str(port)]
    with (
        (folder / "log").open("wb") as log,
        subprocess.Popen(command, cwd=folder, stdout=log, stderr=log) as server,
    ):
        try:
            base = f"http://127.0.0.1:{port}/web"
            _wait_for(f"{base}/cdx?url=https://nobody.example/", server, folder / "log")
            yield base
        finally:
            server.terminate()


def _record(capture: Captured) -> bytes:
    headers = "".join(f"{name}: {value}\r\n" for name, value in capture.headers)
    payload = (
        f"HTTP/1.1 {capture.status}\r\n{headers}Content-Length: {len(capture.body)}\r\n\r\n".encode()
        + capture.body
    )
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\n"
        f"WARC-Record-ID: <urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'{capture.at} {capture.url}')}>\r\n"
        f"WARC-Date: {capture.at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}\r\n"
        f"WARC-Target-URI: {capture.url}\r\n"
        "Content-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(payload)}\r\n\r\n"
    )
    return head.encode() + payload + b"\r\n\r\n"


def _manage(folder: Path, *arguments: str) -> None:
    subprocess.run(
        [PLACE / "bin" / "wb-manager", *arguments], cwd=folder, check=True, capture_output=True, timeout=60
    )


def _wait_for(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    ends = time.monotonic() + _STARTING_SECONDS
    while time.monotonic() < ends:
        if server.poll() is not None:
            break
        try:
            urllib.request.urlopen(url, timeout=5).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"pywb did not start: {log.read_text(errors='replace')[-2000:]}")
