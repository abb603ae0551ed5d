"""The only place where a host name becomes a connection, which is made to public addresses only.

What is judged is the answer of the name look-up, never the spelling of the host: ``0x7f.1`` and a name that
resolves to 127.0.0.1 are the same thing here. The connection then goes to the judged number, so that a
second, different answer to the same question changes nothing.
"""

from __future__ import annotations

import asyncio
import socket
from ipaddress import IPv4Address, ip_address
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from httpcore import AsyncNetworkBackend, ConnectError, ConnectTimeout

from resolver.expand.exchange import Failure
from resolver.expand.ranges import EMBEDDED_IPV4, NOT_PUBLIC_IPV4, NOT_PUBLIC_IPV6, PUBLIC_IPV6
from resolver.expand.stream import Connector
from resolver.models import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from httpcore import SOCKET_OPTION, AsyncNetworkStream

    from resolver.expand.names import Names
    from resolver.expand.policy import Policy

#: So many addresses of one host are tried, in turn, within the time for one connection.
_TRIED = 4


class NotConnectedError(Exception):
    """The guard made no connection. ``failure`` says why."""

    def __init__(self, failure: Failure) -> None:
        self.failure = failure
        super().__init__(failure.error)


def why_not_public(address: str) -> str | None:
    """Return why a numeric address is not public; ``None`` if it is.

    Raises :class:`ValueError` if it is not an address.

    >>> why_not_public("::ffff:10.0.0.1")
    'private, RFC 1918'
    >>> why_not_public("1.1.1.1") is None
    True
    """
    number = ip_address(address)
    if isinstance(number, IPv4Address):
        return next((why for network, why in NOT_PUBLIC_IPV4.items() if number in network), None)
    if any(number in network for network in EMBEDDED_IPV4):
        return why_not_public(str(IPv4Address(int(number) & 0xFFFFFFFF)))
    if number not in PUBLIC_IPV6:
        return "not within 2000::/3, RFC 4291 2.4"
    return next((why for network, why in NOT_PUBLIC_IPV6.items() if number in network), None)


class GuardedBackend(AsyncNetworkBackend):
    """Makes httpcore's connections, to public addresses and *policy*'s ports only.

    Requests for a host in *connect_to* go to the ``http://host:port`` it is mapped to, whatever that is.
    *connector* makes the connections to the numbers that have been judged.
    """

    def __init__(
        self,
        *,
        policy: Policy,
        names: Names,
        connect_to: Mapping[str, str],
        connector: AsyncNetworkBackend | None = None,
    ) -> None:
        self._policy = policy
        self._names = names
        self._servers = {host: _server(address) for host, address in connect_to.items()}
        self._connector = Connector() if connector is None else connector

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[SOCKET_OPTION] | None = None,
    ) -> AsyncNetworkStream:
        """Return a connection to a judged address of *host*, or raise what says why there is none."""
        options: dict[str, Any] = {"local_address": local_address, "socket_options": socket_options}
        seconds = self._policy.connect_seconds if timeout is None else timeout
        if host in self._servers:
            host, port = self._servers[host]
            return await self._connect(await self._addresses(host, port), port, seconds, options)
        if port not in self._policy.ports:
            raise _blocked(f"port {port} is not one that is asked")
        addresses = await self._addresses(host, port)
        for address in addresses:
            why = why_not_public(address)
            if why:
                raise _blocked(f"{host} is {address}, which is not public ({why})")
        return await self._connect(addresses, port, seconds, options)

    async def _addresses(self, host: str, port: int) -> list[str]:
        try:
            return await self._names.addresses(host, port, seconds=self._policy.name_seconds)
        except TimeoutError as error:
            problem = f"the look-up of {host} took more than {self._policy.name_seconds:g} s"
            raise NotConnectedError(Failure(outcome=Outcome.TIMEOUT_CONNECT, error=problem)) from error
        except socket.gaierror as error:
            raise NotConnectedError(
                Failure(
                    outcome=Outcome.DNS_ERROR,
                    error=f"{host}: {error.strerror}",
                    # The other answers say that there is no such name, and will do so again.
                    can_pass=error.errno == socket.EAI_AGAIN,
                )
            ) from error

    async def _connect(
        self, addresses: list[str], port: int, seconds: float, options: dict[str, Any]
    ) -> AsyncNetworkStream:
        """Try the addresses in turn, each for its share of what is left of the time."""
        ends = asyncio.get_running_loop().time() + seconds
        tried = addresses[:_TRIED]
        for left, address in zip(range(len(tried), 0, -1), tried, strict=True):
            share = max(0.0, ends - asyncio.get_running_loop().time()) / left
            try:
                stream = await self._connector.connect_tcp(address, port, timeout=share, **options)
            except (ConnectError, ConnectTimeout):
                if left == 1:
                    raise
            else:
                return await _checked(stream, address)
        raise NotConnectedError(Failure(outcome=Outcome.DNS_ERROR, error="the host has no address"))


async def _checked(stream: AsyncNetworkStream, address: str) -> AsyncNetworkStream:
    """Return the connection if its other end is the address that was judged."""
    peer = stream.get_extra_info("server_addr")[0]
    if ip_address(peer) == ip_address(address):
        return stream
    await stream.aclose()
    raise _blocked(f"connected to {peer} instead of {address}")


def _server(address: str) -> tuple[str, int]:
    parts = urlsplit(address)
    return parts.hostname or "", parts.port or 80


def _blocked(problem: str) -> NotConnectedError:
    return NotConnectedError(Failure(outcome=Outcome.BLOCKED_ADDRESS, error=problem))
