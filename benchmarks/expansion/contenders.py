"""Those who follow links, each run in a process of its own: ``python -m benchmarks.expansion.contenders NAME URL N``.

Each asks for N links of the server at URL, 64 at once if it can, one request per link: ours for short links that
lead to a post, which is not asked, the others for the same without following them, or, where they always follow,
for as many pages that answer at once. Prints the seconds and the CPU seconds that it took, start-up not counted,
and the peak of memory in bytes.
"""

from __future__ import annotations

import asyncio
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections import deque
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.memory import peak_memory

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterator

AT_ONCE = 64


def _numbers(count: int) -> Iterator[str]:
    return (f"C{number:09}" for number in range(count))


def ours(server: str, count: int, *, store: bool = False) -> None:
    """Follow links with the project's own client, guard included; with *store* each observation is kept."""
    from resolver.expand import Client, Policy

    links = (f"https://t.co/{code}" for code in _numbers(count))
    with Client(
        connect_to={"t.co": server}, concurrency=AT_ONCE, per_host=AT_ONCE, policy=Policy(host_rate=None)
    ) as client:
        if store:
            _stored(client, links, count)
        else:
            _check(sum(each.outcome.value == "post" for each in client.expand(links)), count)


def _stored(client: Any, links: Iterator[str], count: int) -> None:
    from cache import Store
    from resolver import Document
    from resolver.pipeline import add, expand, utc_now

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "provenance.db")
        with Store.open(path, command="expand", arguments={}, tool_version="benchmark", now=utc_now) as store:
            text = "".join(
                f"Number {n}: {link} — Jo Doe (@jodoe) May 2, 2019\n\n" for n, link in enumerate(links)
            )
            add(Document(id="all", text=text), store=store)
            found = sum(
                each.outcome.value == "post"
                for each in _timed(expand(store.due(utc_now()), client=client, store=store))
            )
    _check(found, count)


def _timed(observations: Iterator[Any]) -> Iterator[Any]:
    _begin()
    return observations


def ours_with_store(server: str, count: int) -> None:
    """Follow links as the command does: each observation is on disk before it is counted."""
    ours(server, count, store=True)


def naive(server: str, count: int) -> None:
    """Follow links as most scripts do, one after the other with ``httpx.get``."""
    import httpx

    _check(sum(httpx.get(f"{server}/{code}").status_code == 301 for code in _numbers(count)), count)


def async_client(server: str, count: int) -> None:
    """Follow links with one ``httpx.AsyncClient``."""
    import httpx

    async def run() -> None:
        limits = httpx.Limits(max_connections=AT_ONCE, max_keepalive_connections=AT_ONCE)
        async with httpx.AsyncClient(limits=limits, timeout=30) as client:

            async def ask(code: str) -> bool:
                return (await client.get(f"{server}/{code}")).status_code == 301

            await _at_once(ask, count)

    asyncio.run(run())


def aiohttp(server: str, count: int) -> None:
    """Follow links with one session of aiohttp."""
    library = import_module("aiohttp")

    async def run() -> None:
        async with library.ClientSession(connector=library.TCPConnector(limit=AT_ONCE)) as session:

            async def ask(code: str) -> bool:
                async with session.get(f"{server}/{code}", allow_redirects=False) as response:
                    return bool(response.status == 301)

            await _at_once(ask, count)

    asyncio.run(run())


async def _at_once(ask: Callable[[str], Coroutine[Any, Any, bool]], count: int) -> None:
    codes, found = _numbers(count), 0

    async def work() -> None:
        nonlocal found
        for code in codes:
            answered = await ask(code)
            found += answered

    await asyncio.gather(*(work() for _ in range(AT_ONCE)))
    _check(found, count)


def curl(server: str, count: int) -> None:
    """Follow links with ``curl --parallel``."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as listed:
        listed.writelines(f'url = "{server}/{code}"\noutput = "/dev/null"\n' for code in _numbers(count))
        listed.flush()
        _run(
            "curl",
            "-s",
            "--parallel",
            "--parallel-immediate",
            "--parallel-max",
            str(AT_ONCE),
            "-K",
            listed.name,
        )


def lychee(server: str, count: int) -> None:
    """Check pages with lychee, all of its limits raised."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as listed:
        listed.writelines(f"{server}/ok/{code}\n" for code in _numbers(count))
        listed.flush()
        limits = ("--max-concurrency", "--host-concurrency")
        raised = [word for limit in limits for word in (limit, str(AT_ONCE))]
        _run("lychee", "-q", "-n", *raised, "--host-request-interval", "0ms", "-X", "get", listed.name)


def linkchecker(server: str, count: int) -> None:
    """Check pages with linkchecker, as many threads as others ask at once."""
    with tempfile.NamedTemporaryFile("w", suffix=".html") as listed:
        listed.writelines(f'<a href="{server}/ok/{code}">x</a>\n' for code in _numbers(count))
        listed.flush()
        Path(listed.name).chmod(0o644)  # it gives up being root, and could not read it
        threads = ("-t", str(AT_ONCE))
        _run("linkchecker", "-q", *threads, "--check-extern", "--no-warnings", "-r", "1", listed.name)


CONTENDERS: dict[str, Callable[[str, int], None]] = {
    "ours": ours,
    "ours, stored": ours_with_store,
    "httpx.get, one by one": naive,
    "httpx.AsyncClient": async_client,
    "aiohttp": aiohttp,
    "curl --parallel": curl,
    "lychee": lychee,
    "linkchecker": linkchecker,
}


def _run(program: str, *arguments: str) -> None:
    beside = Path(sys.executable).with_name(program)
    subprocess.run(
        [beside if beside.exists() else program, *arguments], check=True, stdout=subprocess.DEVNULL
    )


def _check(found: int, count: int) -> None:
    if found != count:
        raise RuntimeError(f"{found} of {count} links were answered as expected")


_began: deque[tuple[float, float]] = deque(maxlen=1)


def _begin() -> None:
    _began.append((time.monotonic(), _cpu()))


def _cpu() -> float:
    usages = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def _main(name: str, server: str, count: int) -> None:
    if name in {"ours", "ours, stored"}:
        import resolver.expand.pool  # noqa: F401 - what is imported with the first link is not to be timed
    _begin()
    CONTENDERS[name](server, count)
    began, cpu = _began[0]
    print(json.dumps({"seconds": time.monotonic() - began, "cpu": _cpu() - cpu, "peak": peak_memory()}))


if __name__ == "__main__":
    _main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
