"""Workers that are those of a Dask cluster, wherever it runs."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from resolver.errors import InputError
from resolver.patterns import pattern
from resolver.shards.workers import Workers

if TYPE_CHECKING:
    from collections.abc import Iterator
    from concurrent.futures import Executor

#: How many shards are given to the scheduler at once, so that a large cluster is not kept waiting.
_AT_ONCE = 1000


_ADDRESS = pattern(r"(?:[a-z]{2,10}://)?(?:[^\s/:\[\]]{1,253}|\[[0-9a-fA-F:.]{2,45}\]):[0-9]{1,5}")


def cluster(address: str, *, patience: float = 30.0) -> Workers:
    """Return the workers of the Dask scheduler at *address* (``tcp://host:8786``), waited for *patience* seconds.

    They must have this package in the same version, and find the inputs and the folder of results under the same
    paths. Where one is lost, the scheduler gives its shard to another; a shard that took several with it is given up.
    Raises :class:`~resolver.errors.InputError` where that is no address, or dask.distributed is not installed.
    """
    if not _ADDRESS.fullmatch(address):
        raise InputError(address, "is not the address of a scheduler", "give it as tcp://HOST:8786")
    try:
        from distributed.scheduler import KilledWorker
    except ImportError as error:
        raise InputError(address, "needs dask.distributed", "install embed-resolver[cluster]") from error

    @contextmanager
    def executor(_count: int) -> Iterator[Executor]:
        from distributed import Client

        try:
            client = Client(address, timeout=patience, set_as_default=False)  # type: ignore[no-untyped-call]
        except (OSError, ValueError) as error:
            problem = f"no scheduler answers there ({error})"
            raise InputError(address, problem, "check the address given with --dask") from error
        with client:
            yield client.get_executor(pure=False)  # type: ignore[no-untyped-call]

    return Workers(executor=executor, count=_AT_ONCE, lost=(KilledWorker,))
