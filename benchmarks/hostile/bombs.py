"""Pages that become a gigabyte when they are read, and how much memory that takes.

The client runs in a process of its own, which tells by how much its peak of memory has grown.
"""

from __future__ import annotations

import subprocess
import sys
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.hostile.peer import raw, serving, then
from benchmarks.memory import peak_memory
from resolver.expand import Client, Policy

if TYPE_CHECKING:
    from benchmarks.hostile.peer import Fault, Peer

_MEBIBYTE = 2**20
_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


def _times(piece: bytes, count: int) -> Fault:
    def fault(peer: Peer) -> None:
        for _ in range(count):
            peer.send(piece)

    return fault


def _deflated(wbits: int) -> Fault:
    """Send a mebibyte of zeros, compressed, 1024 times over as one stream."""
    compressor = zlib.compressobj(9, wbits=wbits)
    head = compressor.compress(b" ") + compressor.flush(zlib.Z_FULL_FLUSH)
    block = compressor.compress(bytes(_MEBIBYTE)) + compressor.flush(zlib.Z_FULL_FLUSH)
    return then(raw(head), _times(block, 1024))


def _coded(name: bytes, body: Fault) -> Fault:
    return then(raw(_HEAD, b"Content-Encoding: %s\r\n\r\n" % name), body)


_ZEROS = _times(bytes(_MEBIBYTE), 1024)

#: What is answered to every request. The codings that are not decoded are refused by their name.
BOMBS: dict[str, Fault] = {
    "as it is": then(raw(_HEAD, b"\r\n"), _ZEROS),
    "with its length": then(raw(_HEAD, b"Content-Length: 1073741824\r\n\r\n"), _ZEROS),
    "in chunks of a mebibyte": then(
        raw(_HEAD, b"Transfer-Encoding: chunked\r\n\r\n"),
        _times(b"100000\r\n" + bytes(_MEBIBYTE) + b"\r\n", 1024),
    ),
    "gzip": _coded(b"gzip", _deflated(31)),
    "deflate": _coded(b"deflate", _deflated(15)),
    "gzip in gzip": _coded(b"gzip, gzip", _deflated(31)),
    "br": _coded(b"br", _ZEROS),
    "zstd": _coded(b"zstd", _ZEROS),
    "of a redirect": then(raw(b"HTTP/1.1 302 Found\r\nLocation: /next\r\n\r\n"), _ZEROS),
}

#: An ordinary page, of which the head is read, and a short link's, which has to be.
LINKS = ("http://bomb.example/", "http://t.co/bomb")


def grown(name: str) -> int:
    """Return by how many bytes the peak of memory grows for the links to a bomb, after one to a plain page.

    Raises :class:`subprocess.CalledProcessError` if following them ends in an error of ours.
    """
    with serving(BOMBS[name]) as server, serving(raw(_HEAD, b"\r\n<title>Plain</title>")) as plain:
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.hostile.bombs", server, plain],
            cwd=Path(__file__).parents[2],
            capture_output=True,
            text=True,
            check=True,
        )
    return int(done.stdout)


def _main(server: str, plain: str) -> None:
    first = ("http://plain.example/", "http://t.co/plain")
    policy = Policy(attempts=1, link_seconds=10.0)
    _follow(first, {"plain.example": plain, "t.co": plain}, policy)
    before = peak_memory()
    _follow(LINKS, {"bomb.example": server, "t.co": server}, policy)
    print(peak_memory() - before)


def _follow(links: tuple[str, ...], connect_to: dict[str, str], policy: Policy) -> None:
    with Client(connect_to=connect_to, policy=policy) as client:
        for observation in client.expand(links):
            if observation.outcome.value == "internal_error":
                raise RuntimeError(observation.error)


if __name__ == "__main__":
    _main(*sys.argv[1:])
