"""The server that is asked: nginx where it is installed, else one of our own; and one that takes its time.

``python -m benchmarks.expansion.server SECONDS`` serves on a free port of 127.0.0.1 until its input is closed,
and answers each request after so many seconds: ``/ok/...`` with 200, all else with 301 to a post.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]

POST = "https://x.com/jo/status/1294213474682930386"

_MOVED = f"HTTP/1.1 301 Moved Permanently\r\nLocation: {POST}\r\nContent-Length: 0\r\n\r\n".encode()
_NOTHING = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
_FINE = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 0\r\n\r\n"

_NGINX = """
daemon off; master_process off; worker_processes 1; pid {folder}/pid; error_log {folder}/error.log;
events {{ worker_connections 4096; }}
http {{
  access_log off; keepalive_requests 1000000; keepalive_timeout 60s; client_body_temp_path {folder};
  proxy_temp_path {folder}; fastcgi_temp_path {folder}; uwsgi_temp_path {folder}; scgi_temp_path {folder};
  server {{
    listen 127.0.0.1:{port} backlog=4096;
    location = /robots.txt {{ return 404; }}
    location /ok/ {{ default_type text/plain; return 200 ""; }}
    location / {{ return 301 {post}; }}
  }}
}}
"""


def keeping_to(place: int) -> list[str]:
    """Return what is to stand before a command so that it keeps to one processor, where there are several."""
    processors = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []
    taskset = shutil.which("taskset")
    return [taskset, "-c", str(processors[place])] if taskset and len(processors) > 1 else []


@contextmanager
def nginx() -> Iterator[str]:
    """Run nginx with one worker, and yield the server's address. Raises :class:`OSError` where it is not installed."""
    program = shutil.which("nginx")
    if program is None:
        raise FileNotFoundError("nginx is not installed")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        configuration = Path(folder, "nginx.conf")
        configuration.write_text(_NGINX.format(folder=folder, port=port, post=POST), encoding="utf-8")
        command = [*keeping_to(0), program, "-c", str(configuration), "-e", f"{folder}/error.log"]
        with subprocess.Popen(command) as process:
            try:
                _wait_for(port)
                yield f"http://127.0.0.1:{port}"
            finally:
                process.terminate()


@contextmanager
def slow(seconds: float) -> Iterator[str]:
    """Run our own server, which answers after so many *seconds*, and yield its address."""
    with subprocess.Popen(
        [*keeping_to(0), sys.executable, "-m", "benchmarks.expansion.server", str(seconds)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        if process.stdin is None or process.stdout is None:
            raise RuntimeError("the server has no pipes")
        yield f"http://127.0.0.1:{int(process.stdout.readline())}"
        process.stdin.close()


def _wait_for(port: int) -> None:
    for _ in range(100):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise TimeoutError("nginx does not serve")


class _Connection(asyncio.Protocol):
    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._received = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        *requests, self._received = (self._received + data).split(b"\r\n\r\n")
        for request in requests:
            path = request.split(b" ", 2)[1]
            answer = _NOTHING if path == b"/robots.txt" else _FINE if path.startswith(b"/ok/") else _MOVED
            asyncio.get_running_loop().call_later(self._seconds, self._answer, answer)

    def _answer(self, answer: bytes) -> None:
        if isinstance(self._transport, asyncio.WriteTransport) and not self._transport.is_closing():
            self._transport.write(answer)


async def _serve(seconds: float) -> None:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: _Connection(seconds), "127.0.0.1", 0, backlog=4096)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(_serve(float(sys.argv[1])))
