"""The addresses of a host name, found without holding up anything else."""

from __future__ import annotations

import asyncio
import socket
import threading
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    #: ``socket.getaddrinfo``, or something that answers like it.
    GetAddrInfo = Callable[..., list[Any]]

#: So many look-ups run at once. The C library's cannot be stopped, so those that hang must not add up.
_AT_ONCE = 16


class Names:
    """Looks up host names in threads of its own. To be used within one event loop.

    The threads are daemons, unlike those of ``concurrent.futures``: a look-up that hangs must not keep the
    process from ending.
    """

    def __init__(self, getaddrinfo: GetAddrInfo | None = None) -> None:
        self._getaddrinfo = socket.getaddrinfo if getaddrinfo is None else getaddrinfo
        self._free = asyncio.Semaphore(_AT_ONCE)

    async def addresses(self, host: str, port: int, *, seconds: float) -> list[str]:
        """Return the numeric addresses of a host, in the order in which they are to be tried.

        Raises :class:`TimeoutError` after that many *seconds*, :class:`socket.gaierror` if there are none,
        and :class:`UnicodeError` if this cannot be a name.
        """
        async with asyncio.timeout(seconds):
            await self._free.acquire()
            loop = asyncio.get_running_loop()
            found: asyncio.Future[list[str]] = loop.create_future()
            arguments = (loop, found, host, port)
            threading.Thread(target=self._look_up, args=arguments, name="look-up", daemon=True).start()
            return await found

    def _look_up(
        self, loop: asyncio.AbstractEventLoop, found: asyncio.Future[list[str]], host: str, port: int
    ) -> None:
        error: Exception | None = None
        addresses: list[str] = []
        try:
            answers = self._getaddrinfo(host, port, type=socket.SOCK_STREAM)
            addresses = list(dict.fromkeys(str(sockaddr[0]) for *_, sockaddr in answers))
        except Exception as caught:  # noqa: BLE001 - it is raised again, in the loop's thread
            error = caught

        def tell() -> None:
            self._free.release()
            if found.done():
                return
            if error is None:
                found.set_result(addresses)
            else:
                found.set_exception(error)

        try:
            loop.call_soon_threadsafe(tell)
        except RuntimeError:
            # The loop was closed while the look-up hung: nobody waits any more.
            return
