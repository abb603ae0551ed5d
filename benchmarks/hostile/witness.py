"""Sees every connection that the process asks the system for, whatever library does it."""

from __future__ import annotations

import socket
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from benchmarks.hostile.links import resolved

if TYPE_CHECKING:
    from collections.abc import Iterator


class Witness:
    """Once made it watches for as long as the process lives: an audit hook cannot be taken away."""

    def __init__(self) -> None:
        self._connects: list[Any] = []
        self._watching = False
        sys.addaudithook(self._hook)

    def _hook(self, event: str, arguments: tuple[Any, ...]) -> None:
        if self._watching and event in {"socket.connect", "socket.sendto"}:
            self._connects.append(arguments[1])

    @contextmanager
    def watching(self) -> Iterator[list[Any]]:
        """Yield the list to which the addresses are added that are connected to within."""
        self._connects, self._watching = [], True
        try:
            yield self._connects
        finally:
            self._watching = False


@contextmanager
def deceived_names() -> Iterator[None]:
    """Have names resolve as :func:`resolved` says, and numbers as the C library reads them."""
    real: Any = socket.getaddrinfo

    def getaddrinfo(host: str, port: int, **options: Any) -> Any:
        try:
            return real(host, port, **{**options, "flags": socket.AI_NUMERICHOST})
        except socket.gaierror:
            return real(resolved(host), port, **{**options, "flags": socket.AI_NUMERICHOST})

    vars(socket)["getaddrinfo"] = getaddrinfo
    try:
        yield
    finally:
        vars(socket)["getaddrinfo"] = real
