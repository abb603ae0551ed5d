"""No connection is made to what is not a public address, whatever it is called."""

from __future__ import annotations

import asyncio
import socket
import sys
import threading
from contextlib import contextmanager
from ipaddress import IPv4Address, IPv4Network
from typing import TYPE_CHECKING, Any

import httpcore
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tco_lookalike import TcoLookalike

from resolver.expand import Client, Policy, ranges
from resolver.expand.guard import GuardedBackend, NotConnectedError, why_not_public
from resolver.expand.names import Names
from resolver.models import Observation, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator

PUBLIC = ["1.1.1.1", "8.8.8.8", "100.63.255.255", "172.15.255.255", "172.32.0.1", "198.20.0.1", "223.255.255.255",
          "2606:4700::1111", "2a00:1450::1", "2001:200::1", "::ffff:8.8.8.8", "64:ff9b::808:808"]  # fmt: skip

#: One address of each range of the registries, and the forms in which an IPv4 address can hide in an IPv6 one.
NOT_PUBLIC = [
    "0.0.0.0", "0.1.2.3", "10.0.0.1", "100.64.0.1", "100.127.255.255", "127.0.0.1", "127.255.255.255",
    "168.63.129.16", "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.1", "192.0.0.170", "192.0.2.1",
    "192.31.196.1", "192.52.193.1", "192.88.99.1", "192.168.1.1", "192.175.48.1", "198.18.0.1", "198.19.255.255",
    "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255",
    "::", "::1", "::127.0.0.1", "::8.8.8.8", "::ffff:127.0.0.1", "::ffff:a9fe:a9fe", "::ffff:10.0.0.1",
    "::ffff:0:127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b::c0a8:101", "64:ff9b:1::1",
    "64:ff9b:1::808:808", "100::1", "100:0:0:1::1", "2001::1", "2001:0:4136:e378:8000:63bf:3fff:fdd2", "2001:2::1",
    "2001:10::1", "2001:20::1", "2001:db8::1", "2002:7f00:1::", "2002:808:808::", "2620:4f:8000::1", "3fff::1",
    "4000::1", "5f00::1", "fc00::1", "fd00:ec2::254", "fe80::1", "fe80::1%1", "fec0::1", "ff02::1", "ff0e::1",
]  # fmt: skip


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_are_public(address: str) -> None:
    """The neighbours of the closed ranges are open, and so are public IPv4 addresses written as IPv6."""
    assert why_not_public(address) is None


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_addresses_that_are_not_public_say_why(address: str) -> None:
    """Each range has a reason."""
    assert why_not_public(address)


@pytest.mark.parametrize("prefix", ["::ffff:", "64:ff9b::"])
@given(number=st.integers(0, 2**32 - 1))
def test_an_embedded_address_is_as_public_as_itself(prefix: str, number: int) -> None:
    """IPv4-mapped and NAT64 addresses are judged by the IPv4 address in them."""
    address = str(IPv4Address(number))
    assert why_not_public(prefix + address) == why_not_public(address)


class Wire:
    """The connected sockets of this process, as the interpreter sees them: no library can get past it."""

    def __init__(self) -> None:
        self.watched = False
        self.connects: list[Any] = []
        sys.addaudithook(self._hook)

    def _hook(self, event: str, arguments: tuple[Any, ...]) -> None:
        if self.watched and event == "socket.connect":
            self.connects.append(arguments[1])

    @contextmanager
    def watch(self) -> Iterator[list[Any]]:
        self.connects = []
        self.watched = True
        try:
            yield self.connects
        finally:
            self.watched = False


@pytest.fixture(scope="module")
def wire() -> Wire:
    """Watch for the whole module, because an audit hook cannot be taken away again."""
    return Wire()


class Stream(httpcore.AsyncNetworkStream):
    """A connection that answers every request with success."""

    def __init__(self, peer: str) -> None:
        self.peer = peer
        self.closed = False

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Take all."""

    async def read(self, *_: Any, **__: Any) -> bytes:
        return b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n"

    async def aclose(self) -> None:
        self.closed = True

    def get_extra_info(self, info: str) -> Any:
        return {"server_addr": (self.peer, 80), "is_readable": False}.get(info)


class Internet(httpcore.AsyncNetworkBackend):
    """Connects to any number, but those that are down, and remembers which it was asked for."""

    def __init__(self, *, down: tuple[str, ...] = (), hijacked: str | None = None) -> None:
        self.connects: list[tuple[str, int]] = []
        self.timeouts: list[float | None] = []
        self.streams: list[Stream] = []
        self.down = down
        self.hijacked = hijacked

    async def connect_tcp(
        self, host: str, port: int, timeout: float | None = None, *_: Any, **__: Any
    ) -> Stream:
        self.connects.append((host, port))
        self.timeouts.append(timeout)
        if host in self.down:
            raise httpcore.ConnectError("unreachable")
        self.streams.append(Stream(self.hijacked or host))
        return self.streams[-1]


def resolving(*answers: tuple[str, ...]) -> Names:
    """Names that all have the first answer when first asked, then the second, and the last from then on."""
    waiting = list(answers)

    def getaddrinfo(host: str, port: int, **_: Any) -> list[Any]:
        found = waiting.pop(0) if len(waiting) > 1 else waiting[0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in found]

    return Names(getaddrinfo)


async def connected(
    backend: GuardedBackend, host: str = "news.example", port: int = 80
) -> NotConnectedError | None:
    try:
        await backend.connect_tcp(host, port, timeout=4.0)
    except NotConnectedError as error:
        return error
    return None


def guarded(names: Names, internet: Internet, **options: Any) -> GuardedBackend:
    return GuardedBackend(policy=Policy(), names=names, connector=internet, **{"connect_to": {}, **options})


ANSWERS = [
    (("8.8.8.8",), True),
    (("2606:4700::1111", "8.8.8.8"), True),
    (("127.0.0.1",), False),
    (("169.254.169.254",), False),
    (("fd00:ec2::254",), False),
    (("64:ff9b::a9fe:a9fe",), False),
    # one of them is enough
    (("8.8.8.8", "10.0.0.1"), False),
    (("10.0.0.1", "8.8.8.8"), False),
    (("8.8.8.8", "1.1.1.1", "9.9.9.9", "8.8.4.4", "::1"), False),
]


@pytest.mark.parametrize(("addresses", "public"), ANSWERS)
def test_every_answer_is_judged_before_any_is_connected_to(addresses: tuple[str, ...], public: bool) -> None:
    """A name with a public and a private address is not connected to at all."""
    internet = Internet()
    refused = asyncio.run(connected(guarded(resolving(addresses), internet)))
    if public:
        assert (refused, internet.connects) == (None, [(addresses[0], 80)])
    else:
        assert internet.connects == []
        assert refused is not None
        assert refused.failure.outcome is Outcome.BLOCKED_ADDRESS
        assert "not public" in refused.failure.error


def test_a_second_answer_changes_nothing() -> None:
    """A name that is public when it is judged and private when it is asked again is connected to as judged."""
    internet = Internet()
    backend = guarded(resolving(("8.8.8.8",), ("127.0.0.1",)), internet)

    async def twice() -> list[NotConnectedError | None]:
        return [await connected(backend), await connected(backend)]

    first, second = asyncio.run(twice())
    assert internet.connects == [("8.8.8.8", 80)]
    assert first is None
    assert second is not None
    assert second.failure.outcome is Outcome.BLOCKED_ADDRESS


@pytest.mark.parametrize("port", [1, 22, 25, 8080, 65535])
def test_only_web_ports_are_asked(port: int) -> None:
    """A public host's other services are not ours to speak to; the name is not even looked up."""
    internet = Internet()
    refused = asyncio.run(
        connected(guarded(Names(lambda *_, **__: pytest.fail("looked up")), internet), port=port)
    )
    assert refused is not None
    assert refused.failure.outcome is Outcome.BLOCKED_ADDRESS
    assert internet.connects == []


def test_the_other_addresses_are_tried_when_one_is_down() -> None:
    """A host without IPv6 on our side is reached over IPv4, and all within the time for one connection."""
    internet = Internet(down=("2606:4700::1111", "1.1.1.1"))
    names = resolving(("2606:4700::1111", "1.1.1.1", "8.8.8.8", "9.9.9.9"))
    assert asyncio.run(connected(guarded(names, internet))) is None
    assert [host for host, _ in internet.connects] == ["2606:4700::1111", "1.1.1.1", "8.8.8.8"]
    assert internet.timeouts == pytest.approx([1.0, 4 / 3, 2.0], rel=0.1)


def test_a_host_that_is_down_is_so_in_the_end() -> None:
    """Of many addresses only some are tried, and the last one's error is the host's."""
    addresses = tuple(f"8.8.8.{number}" for number in range(1, 9))
    internet = Internet(down=addresses)
    with pytest.raises(httpcore.ConnectError):
        asyncio.run(connected(guarded(resolving(addresses), internet)))
    assert len(internet.connects) == 4


def test_a_connection_to_something_else_is_closed() -> None:
    """What was connected to must be what was judged."""
    internet = Internet(hijacked="10.0.0.1")
    refused = asyncio.run(connected(guarded(resolving(("8.8.8.8",)), internet)))
    assert refused is not None
    assert refused.failure.outcome is Outcome.BLOCKED_ADDRESS
    assert internet.streams[0].closed


def failing(error: Exception) -> Names:
    def getaddrinfo(*_: Any, **__: Any) -> list[Any]:
        raise error

    return Names(getaddrinfo)


@pytest.mark.parametrize(
    ("code", "can_pass"), [(socket.EAI_NONAME, False), (socket.EAI_AGAIN, True), (socket.EAI_FAIL, False)]
)
def test_a_name_without_an_address_is_told_from_a_server_without_an_answer(code: int, can_pass: bool) -> None:
    """Only where the name server itself did not answer is it worth to ask again."""
    refused = asyncio.run(connected(guarded(failing(socket.gaierror(code, "as told")), Internet())))
    assert refused is not None
    assert (refused.failure.outcome, refused.failure.can_pass) == (Outcome.DNS_ERROR, can_pass)
    assert refused.failure.error == "news.example: as told"


def test_a_name_with_an_empty_answer_has_no_address() -> None:
    """No answer is not a public one."""
    refused = asyncio.run(connected(guarded(resolving(()), Internet())))
    assert refused is not None
    assert refused.failure.outcome is Outcome.DNS_ERROR


def test_a_look_up_that_hangs_holds_up_nothing() -> None:
    """It ends in time, other work goes on meanwhile, and its late answer harms nothing."""
    released = threading.Event()

    def getaddrinfo(*_: Any, **__: Any) -> list[Any]:
        released.wait(10)
        return []

    async def run() -> tuple[NotConnectedError | None, int]:
        backend = GuardedBackend(
            policy=Policy(name_seconds=0.2), names=Names(getaddrinfo), connect_to={}, connector=Internet()
        )
        task, ticks = asyncio.create_task(connected(backend)), 0
        while not task.done():
            await asyncio.sleep(0.01)
            ticks += 1
        released.set()
        await asyncio.sleep(0.05)
        return await task, ticks

    refused, ticks = asyncio.run(run())
    assert ticks > 5
    assert refused is not None
    assert refused.failure.outcome is Outcome.TIMEOUT_CONNECT


def test_a_look_up_may_outlive_the_loop() -> None:
    """A thread whose answer comes when nobody is there any more ends quietly."""
    released = threading.Event()

    def getaddrinfo(*_: Any, **__: Any) -> list[Any]:
        released.wait(10)
        return []

    async def run() -> None:
        with pytest.raises(TimeoutError):
            await Names(getaddrinfo).addresses("news.example", 80, seconds=0.05)

    asyncio.run(run())
    threads = [thread for thread in threading.enumerate() if thread.name == "look-up"]
    released.set()
    for thread in threads:
        thread.join(5)
    assert threads
    assert not any(thread.is_alive() for thread in threads)


def test_look_ups_that_hang_do_not_add_up() -> None:
    """However many names hang, the threads are few."""
    released = threading.Event()

    def getaddrinfo(*_: Any, **__: Any) -> list[Any]:
        released.wait(10)
        return []

    async def run() -> int:
        names = Names(getaddrinfo)
        waits = (names.addresses(f"h{number}.example", 80, seconds=0.2) for number in range(100))
        gathered = asyncio.gather(*waits, return_exceptions=True)
        await asyncio.sleep(0.1)
        running = sum(thread.name == "look-up" for thread in threading.enumerate())
        assert all(isinstance(result, TimeoutError) for result in await gathered)
        released.set()
        await asyncio.sleep(0.05)
        return running

    assert asyncio.run(run()) == 16


def observed(client: Client, link: str) -> Observation:
    (observation,) = client.expand([link])
    return observation


#: Ways to write 127.0.0.1 and other places that are not public, all of which the C library or a parser understands.
NOTATIONS = [
    "127.0.0.1", "127.1", "127.0.1", "0177.0.0.1", "0x7f.0.0.1", "0x7f.1", "0x7f000001", "2130706433", "017700000001",
    "0", "0.0.0.0", "localhost", "localhost.", "LOCALHOST", "127.0.0.1.", "127.000.000.001", "[::1]", "[::]",
    "[0:0:0:0:0:0:0:1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::127.0.0.1]", "[64:ff9b::7f00:1]",
    "[64:ff9b::169.254.169.254]", "[2002:7f00:1::]", "[fe80::1]", "[fd00:ec2::254]", "169.254.169.254", "2852039166",
    "0xa9fea9fe", "0xA9.0xFE.0xA9.0xFE", "10.0.0.1", "192.168.0.1", "172.16.0.1", "100.64.0.1", "224.0.0.1",
    "255.255.255.255", "127.0.0.1%2f", "127.0.0.1%00.news.example", "user@127.0.0.1", "news.example@127.0.0.1",
    "127\u30020\u30020\u30021", "\u2460\u2461\u2466.0.0.1", "\uff11\uff12\uff17.0.0.1", "[::1%25lo]", "[::1]:80",
    "127.0.0.1:443", "127.0.0.1:22", "127.0.0.1:0", "256.0.0.1", "127.0.0.1.1", "\\\\127.0.0.1",
    "127.0.0.1\\@news.example",
]  # fmt: skip


@pytest.fixture
def names_are_local(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have every name resolve to this machine, and numbers in all notations that the C library knows to themselves."""
    real = socket.getaddrinfo

    def getaddrinfo(host: str, port: int, **options: Any) -> list[Any]:
        try:
            return real(host, port, **{**options, "flags": socket.AI_NUMERICHOST})
        except socket.gaierror:
            return real("127.0.0.1", port, **options)

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)


@pytest.mark.usefixtures("names_are_local")
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_no_notation_leads_to_what_is_not_public(wire: Wire, scheme: str) -> None:
    """However it is written, nothing is connected to, neither as a link nor at the end of a redirect."""
    links = [f"{scheme}://{host}/" for host in NOTATIONS]
    codes = {f"https://t.co/{number}": link for number, link in enumerate(links) if link.isascii()}
    with (
        TcoLookalike(codes) as server,
        Client(connect_to={"t.co": server.url}) as client,
        wire.watch() as connects,
    ):
        observations = list(client.expand([*links, *codes]))
    allowed = {Outcome.BLOCKED_ADDRESS, Outcome.INVALID_URL}
    assert {observation.outcome for observation in observations} <= allowed
    assert len(observations) == len(links) + len(codes)
    assert {f"http://{host}:{port}" for host, port, *_ in connects} == {server.url}


def test_a_redirect_to_this_machine_is_not_followed(wire: Wire) -> None:
    """A server that may be asked, as in a try-out, does not open the way to another one, or to itself by number."""
    with TcoLookalike({"https://t.co/Trap": 200}) as trap, TcoLookalike({}) as server:
        targets = [f"{trap.url}/Trap", f"{server.url}/Trap", trap.url.replace("127.0.0.1", "localhost")]
        port = int(trap.url.rpartition(":")[2])
        policy = Policy(ports=frozenset({80, 443, port, int(server.url.rpartition(":")[2])}))
        codes = {f"https://t.co/{number}": target for number, target in enumerate(targets)}
        with (
            TcoLookalike(codes) as opened,
            Client(connect_to={"t.co": opened.url}, policy=policy) as client,
            wire.watch() as connects,
        ):
            observations = list(client.expand(codes))
        assert [observation.outcome for observation in observations] == [Outcome.BLOCKED_ADDRESS] * 3
        assert {observation.expanded_url for observation in observations} == {
            *targets[:2], f"http://localhost:{port}/",
        }  # fmt: skip
        assert (trap.requests, server.requests) == ((), ())
        assert {f"http://{host}:{port}" for host, port, *_ in connects} == {opened.url}


def test_what_is_public_is_connected_to(monkeypatch: pytest.MonkeyPatch, wire: Wire) -> None:
    """The guard opens for an address outside of the ranges: here this machine's, declared public for the test."""
    monkeypatch.delitem(ranges.NOT_PUBLIC_IPV4, IPv4Network("127.0.0.0/8"))
    with TcoLookalike({"https://t.co/a": 200}) as server:
        port = int(server.url.rpartition(":")[2])
        link = f"{server.url}/a"
        with Client(policy=Policy(ports=frozenset({port}))) as client, wire.watch() as connects:
            assert observed(client, link).outcome is Outcome.OK
        assert [address[:2] for address in connects] == [("127.0.0.1", port)]


def test_a_proxy_in_the_environment_is_not_used(monkeypatch: pytest.MonkeyPatch, wire: Wire) -> None:
    """A proxy would resolve and connect in our place, past the guard."""
    with TcoLookalike({}) as proxy, TcoLookalike({"https://t.co/a": "https://x.com/jo/status/20"}) as server:
        for name in ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, proxy.url)
        with Client(connect_to={"t.co": server.url}) as client:
            assert observed(client, "https://t.co/a").outcome is Outcome.POST
        assert proxy.requests == ()
