"""Many links at once, for callers in any thread: streamed, bounded, and broken off without a trace."""

from __future__ import annotations

import asyncio
import itertools
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from tco_lookalike import TcoLookalike

from resolver.expand import Client, Policy
from resolver.expand.background import Background
from resolver.expand.pool import Pool
from resolver.models import Observation, Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from resolver.protocols import Client as ClientProtocol

ROOT = Path(__file__).parent.parent
POST = "https://x.com/jo/status/20"


def links(count: int | None = None) -> Iterator[str]:
    numbers = itertools.count() if count is None else range(count)
    return (f"https://t.co/{number}" for number in numbers)


#: No rate: what is tested here is not how polite it is.
FAST = Policy(host_rate=None)


class Web(httpx.AsyncBaseTransport):
    """Answers everything with a redirect to a post after some seconds, and remembers how much was under way."""

    def __init__(self, seconds: float = 0.0, *, first: float | None = None) -> None:
        self.seconds = seconds
        self.first = seconds if first is None else first
        self.asked: list[str] = []
        self.under_way: dict[str, int] = {}
        self.most: dict[str, int] = {}
        self.broken_off = 0
        self.closed = 0

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        host = request.url.host
        self.asked.append(str(request.url))
        for key in (host, "all"):
            self.under_way[key] = self.under_way.get(key, 0) + 1
            self.most[key] = max(self.most.get(key, 0), self.under_way[key])
        try:
            await asyncio.sleep(self.seconds if len(self.asked) > 1 else self.first)
        except asyncio.CancelledError:
            self.broken_off += 1
            raise
        finally:
            for key in (host, "all"):
                self.under_way[key] -= 1
        return httpx.Response(301, headers={"Location": POST})

    async def aclose(self) -> None:
        self.closed += 1


def until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 5
    while not condition():
        assert time.monotonic() < deadline, "it did not come to it"
        time.sleep(0.01)


def test_it_is_the_client_that_the_pipeline_wants() -> None:
    """The class fulfils the protocol, by the type checker's word and at run time."""
    client: ClientProtocol = Client(policy=FAST, transport=Web())
    assert [observation.expanded_url for observation in client.expand(["https://t.co/a"])] == [POST]


def test_distinct_links_are_asked_once() -> None:
    """However often a link is given, it has one observation."""
    web = Web()
    given = ["https://t.co/a", "https://t.co/b", "https://t.co/a", "https://t.co/B"]
    with Client(policy=FAST, transport=web) as client:
        observed = sorted(observation.url for observation in client.expand(given))
    assert observed == ["https://t.co/B", "https://t.co/a", "https://t.co/b"]
    assert len(web.asked) == 3


def test_nothing_is_asked_of_nobody() -> None:
    """No links, no observations, no thread."""
    before = threading.active_count()
    with Client() as client:
        assert list(client.expand([])) == []
        assert threading.active_count() == before


def test_links_are_taken_in_the_caller_s_thread_a_little_ahead() -> None:
    """An endless source is no problem, and what reads it may be bound to its thread, as SQLite is."""
    taken: list[threading.Thread] = []

    def source() -> Iterator[str]:
        for link in links():
            taken.append(threading.current_thread())
            yield link

    with Client(policy=FAST, transport=Web(), concurrency=4) as client:
        for count, _ in enumerate(client.expand(source()), start=1):
            assert len(taken) <= count + 32 * 4 + 1
            if count == 500:
                break
    assert set(taken) == {threading.current_thread()}


def test_what_came_in_meanwhile_comes_together() -> None:
    """Who takes long over one list of results finds the next one longer, up to a bound, and nothing is lost."""
    with Client(policy=FAST, transport=Web(), concurrency=64, per_host=64) as client:
        sizes = []
        for batch in client.batches(links(4000)):
            sizes.append(len(batch))
            time.sleep(0.005)
    assert sum(sizes) == 4000
    assert 16 < max(sizes) < 300
    assert min(sizes) > 0


def test_results_come_while_links_are_still_looked_for() -> None:
    """A slow source does not hold up what is known."""
    seen: list[str] = []

    def source() -> Iterator[str]:
        yield "https://t.co/first"
        until(lambda: web.under_way.get("all") == 0)
        time.sleep(0.1)
        yield "https://t.co/second"
        assert "https://t.co/first" in seen
        yield "https://t.co/third"

    web = Web()
    with Client(policy=FAST, transport=web) as client:
        for observation in client.expand(source()):
            seen += [observation.url]
    assert len(seen) == 3


def test_no_more_is_under_way_than_allowed() -> None:
    """Not in all, and not at one host."""
    web = Web(0.01)
    given = [f"https://h{number % 3}.example/{number}" for number in range(90)]
    with Client(policy=FAST, transport=web, concurrency=5, per_host=2) as client:
        assert len(list(client.expand(given))) == 90
    assert web.most["all"] == 5
    assert {web.most[f"h{number}.example"] for number in range(3)} == {2}


def test_the_links_of_one_host_do_not_hold_up_those_of_others() -> None:
    """While a hundred links wait for their turn at one host, those that follow in the list are answered."""
    web = Web(0.05)
    given = [
        *(f"https://slow.example/{n}" for n in range(100)),
        *(f"https://h{n}.example/" for n in range(20)),
    ]
    with Client(policy=FAST, transport=web, concurrency=8, per_host=1) as client:
        first = [observation.url for _, observation in zip(range(30), client.expand(given), strict=False)]
    assert sum(not url.startswith("https://slow.example/") for url in first) == 20


def test_a_host_is_asked_at_its_rate() -> None:
    """Requests to one host are spread over time; another host's are not held up by that."""
    web = Web()
    given = [*links(6), *(f"https://h{n}.example/" for n in range(50))]
    began = time.monotonic()
    with Client(policy=Policy(host_rate=20), transport=web, concurrency=16) as client:
        observed = [(observation.url, time.monotonic() - began) for observation in client.expand(given)]
    last = max(at for url, at in observed if url.startswith("https://t.co/"))
    assert 0.25 <= last < 3
    assert max(at for url, at in observed if url.startswith("https://h")) < last


def test_millions_of_links_take_little_memory() -> None:
    """A hundred thousand of them need less than 8 MB more than a thousand."""
    program = (
        "from benchmarks.memory import peak_memory; from resolver.expand import Client\n"
        "def peak(count):\n"
        "    urls = (f'https://x.com/jo/status/{number + 1}' for number in range(count))\n"
        "    assert sum(1 for _ in client.expand(urls)) == count\n"
        "    return peak_memory()\n"
        "with Client() as client: print(-peak(1000) + peak(100_000))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert int(done.stdout) < 8 * 2**20


def test_links_are_followed_at_once() -> None:
    """Sixteen slow links take about as long as one."""
    began = time.monotonic()
    with Client(policy=FAST, transport=Web(0.2), concurrency=16, per_host=16) as client:
        assert len(list(client.expand(links(16)))) == 16
    assert time.monotonic() - began < 1.5


def test_what_is_left_early_is_broken_off() -> None:
    """Leaving the loop ends the requests that are under way, and the client goes on to serve."""
    web = Web(60, first=0.3)
    with Client(policy=FAST, transport=web, concurrency=8, per_host=8) as client:
        iterator = client.expand(links())
        next(iterator)
        until(lambda: web.under_way["all"] == 8)
        iterator.close()
        until(lambda: web.under_way["all"] == 0)
        web.seconds = 0.0
        assert len(list(client.expand(links(20)))) == 20
    assert web.broken_off >= 8


def test_an_error_of_the_source_is_the_caller_s() -> None:
    """It comes through as it is, and what is under way is broken off."""

    def source() -> Iterator[str]:
        yield from links(5)
        raise ZeroDivisionError

    web = Web(60)
    with Client(policy=FAST, transport=web) as client:
        with pytest.raises(ZeroDivisionError):
            list(client.expand(source()))
        began = time.monotonic()
    assert time.monotonic() - began < 2
    assert web.under_way.get("all", 0) == 0


def test_a_closed_client_says_so() -> None:
    """Neither a new call nor one that is under way hangs; closing twice is no harm."""
    client = Client(policy=FAST, transport=Web(60))
    iterator = client.expand(links())
    timer = threading.Timer(0.2, client.close)
    timer.start()
    with pytest.raises(RuntimeError, match="closed while it followed links"):
        next(iterator)
    timer.join()
    client.close()
    with pytest.raises(RuntimeError, match="the client is closed"):
        next(client.expand(["https://t.co/a"]))


def test_it_works_where_a_loop_is_running() -> None:
    """As in a notebook."""

    async def cell() -> list[Any]:
        with Client(policy=FAST, transport=Web()) as client:
            return list(client.expand(links(5)))

    assert len(asyncio.run(cell())) == 5


def test_calls_may_be_nested_and_shared_by_threads() -> None:
    """Each call gets its own results."""
    with Client(policy=FAST, transport=Web(0.001)) as client:
        outer = []
        for observation in client.expand(links(5)):
            outer.append(observation.url)
            assert len(list(client.expand(links(3)))) == 3
        results: list[int] = []
        threads = [
            threading.Thread(target=lambda: results.append(len(list(client.expand(links(20))))))
            for _ in "abc"
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert sorted(outer) == sorted(links(5))
    assert results == [20, 20, 20]


def test_nothing_is_left_behind() -> None:
    """No thread, no socket and no warning is left of a client that was used, left early and closed."""
    before = set(threading.enumerate())
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with (
            TcoLookalike(dict.fromkeys(links(100), POST)) as server,
            Client(connect_to={"t.co": server.url}) as client,
        ):
            for _ in client.expand(links(100)):
                break
    assert not [thread for thread in set(threading.enumerate()) - before if thread.is_alive()]


WRONG: list[dict[str, Any]] = [
    {"concurrency": 0},
    {"per_host": 0},
    {"user_agent": "two\nlines"},
    {"user_agent": "J\xf6"},
    {"connect_to": {"t.co": "127.0.0.1:8000"}},
    {"connect_to": {"t.co": "https://127.0.0.1:8000"}},
    {"connect_to": {"t.co": "http://127.0.0.1:8000/path"}},
    {"connect_to": {"t.co": "http://"}},
    {"connect_to": {"t.co": "http://127.0.0.1:99999"}},
    {"connect_to": {"t.co": "http://127.0.0.1:8000"}, "transport": Web()},
]


@pytest.mark.parametrize("arguments", WRONG, ids=str)
def test_arguments_that_cannot_be_are_refused(arguments: dict[str, Any]) -> None:
    """At once, not with the first link."""
    with pytest.raises(ValueError, match=r"concurrency|user_agent|server|transport|[Pp]ort"):
        Client(**arguments)


def test_what_cannot_be_opened_is_raised(monkeypatch: pytest.MonkeyPatch) -> None:
    """A broken installation is not a link's fault."""
    monkeypatch.setitem(sys.modules, "resolver.expand.pool", None)
    with Client() as client, pytest.raises(ImportError):
        next(client.expand(["https://t.co/a"]))


def test_what_the_workers_raise_is_raised() -> None:
    """A mistake that even the last net does not catch is seen, and nobody waits for ever."""

    class Broken(Pool):
        async def follow(self, link: str) -> Observation:
            raise ZeroDivisionError(link)

        async def aclose(self) -> None:
            """There is nothing to close."""

    async def open_pool() -> Pool:
        return Broken(None, None, concurrency=1)  # type: ignore[arg-type]

    background = Background(open_pool)
    call = background.call()
    call.submit("https://t.co/a")
    with pytest.raises(ZeroDivisionError, match=r"t\.co/a"):
        call.results()
    background.stop()


def test_without_a_network_thousands_of_links_end_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Name servers that do not answer are asked a few times, not once per link."""
    asked = []

    def getaddrinfo(host: str, *_: Any, **__: Any) -> list[Any]:
        asked.append(host)
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    began = time.monotonic()
    with Client() as client:
        observations = list(client.expand(links(3000)))
    assert time.monotonic() - began < 10
    assert len(observations) == 3000
    assert {observation.outcome for observation in observations} == {Outcome.DNS_ERROR}
    assert len(asked) < 20
    assert not any(observation.outcome.settled for observation in observations)


INTERRUPTED = """
import itertools, signal, sys, warnings
warnings.simplefilter("error")
# What is started in the background may have been told to ignore it.
signal.signal(signal.SIGINT, signal.default_int_handler)
sys.path.insert(0, "examples")
from tco_lookalike import TcoLookalike
from resolver.expand import Client
slow = {"delay": 0.05, "to": "https://x.com/jo/status/20"}
with TcoLookalike({f"https://t.co/{n}": slow for n in range(9999)}) as server:
    with Client(connect_to={"t.co": server.url}) as client:
        try:
            for count, observation in enumerate(client.expand(f"https://t.co/{n}" for n in itertools.count())):
                if count == 5:
                    print("running", flush=True)
        except KeyboardInterrupt:
            print("interrupted", flush=True)
"""


def test_an_interrupt_ends_it_cleanly() -> None:
    """Ctrl-C reaches the caller at once, and nothing is said about tasks, threads or sockets."""
    with subprocess.Popen(
        [sys.executable, "-W", "error", "-c", INTERRUPTED],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "running\n"
        os.kill(process.pid, signal.SIGINT)
        began = time.monotonic()
        output, errors = process.communicate(timeout=20)
    assert (output, errors, process.returncode) == ("interrupted\n", "", 0)
    assert time.monotonic() - began < 5


def test_a_client_that_is_never_closed_does_not_keep_the_process() -> None:
    """Forgetting it costs nothing but the connections."""
    program = (
        "import httpx; from resolver.expand import Client\n"
        "web = httpx.MockTransport(lambda request: httpx.Response(404))\n"
        "print(*(each.outcome.value for each in Client(transport=web).expand(['https://t.co/a'])))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, timeout=20, check=True
    )
    assert (done.stdout, done.stderr) == ("not_found\n", "")


def test_importing_it_costs_next_to_nothing() -> None:
    """What is heavy is only loaded by following links."""
    program = (
        "import sys, resolver.expand; resolver.expand.Policy()\n"
        "print(sorted({'httpx', 'httpcore', 'tenacity', 'bs4', 'lxml', 'asyncio', 'sqlite3'} & set(sys.modules)))\n"
        "resolver.expand.Client()\n"
        "print(sorted({'httpx', 'httpcore', 'tenacity', 'bs4', 'lxml'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["[]", "[]"]


def test_the_estimate_grows_with_the_busiest_host() -> None:
    """Many links of one host take longer than as many of many hosts."""
    assert Policy().estimate([]) == 0
    assert Policy().estimate([1600]) > Policy().estimate([1] * 1600) > 0


def test_the_stage_has_no_other_names() -> None:
    """What is not there is not there."""
    import resolver.expand

    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        resolver.expand.nothing  # noqa: B018
