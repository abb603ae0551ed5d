"""The same work on a Dask cluster: a real scheduler and two worker processes on 127.0.0.1."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from shards_samples import corpus, in_shards, single_process

from resolver.errors import InputError
from resolver.shards import cluster, result_folder
from resolver.shards.job import results

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent
#: Seconds until a part of the cluster must be there.
PATIENCE = 60


def start(stack: ExitStack, folder: Path, *arguments: str) -> subprocess.Popen[bytes]:
    """Start a part of the cluster, which is ended by its own id at the end."""
    process = subprocess.Popen(
        [sys.executable, "-m", "distributed.cli." + arguments[0], *arguments[1:]],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    stack.callback(process.wait)
    stack.callback(process.kill)
    return process


@pytest.fixture
def dask(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """The address of a scheduler, and its two workers."""
    pytest.importorskip("distributed", reason="dask.distributed is not installed")
    known = tmp_path / "scheduler.json"
    with ExitStack() as stack:
        scheduler = ["dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--no-show"]
        start(stack, tmp_path, *scheduler, "--scheduler-file", str(known))
        until = time.monotonic() + PATIENCE
        while not known.exists():
            assert time.monotonic() < until
            time.sleep(0.05)
        options = ["--nthreads", "1", "--no-nanny", "--no-dashboard", "--host", "127.0.0.1"]
        worker = ["dask_worker", "--scheduler-file", str(known), *options, "--death-timeout", str(PATIENCE)]
        workers = [start(stack, tmp_path, *worker) for _ in range(2)]
        yield json.loads(known.read_text())["address"], workers


def test_a_cluster_that_loses_a_worker_finds_what_one_process_finds(
    tmp_path: Path, dask: tuple[str, list[subprocess.Popen[bytes]]]
) -> None:
    """Byte for byte: the shards that the killed worker had are done by the other; then nothing is left to do."""
    address, workers = dask
    inputs = corpus(tmp_path / "corpus", documents=300)
    folder = result_folder(str(tmp_path / "results"))
    killed = threading.Thread(target=kill_when_begun, args=(workers[0], Path(folder.path)))
    killed.start()
    found, errors, totals = in_shards(inputs, folder, cluster(address))
    killed.join()
    assert workers[0].wait() == -signal.SIGKILL
    assert workers[1].poll() is None
    expected, expected_errors = single_process(inputs)
    assert found == expected
    assert sorted(errors) == sorted(expected_errors)
    assert totals.documents == 4 * 300
    assert all(result is not None for _, _, result in results(folder))
    assert not list(Path(folder.path).glob("*.part"))


def kill_when_begun(worker: subprocess.Popen[bytes], folder: Path) -> None:
    """End a worker the hard way as soon as the first shard is done."""
    until = time.monotonic() + PATIENCE
    while not list(folder.glob("*.done")) and time.monotonic() < until:
        time.sleep(0.005)
    worker.kill()


def test_a_finished_corpus_needs_no_cluster(tmp_path: Path) -> None:
    """Where all shards are done, nobody is asked."""
    from test_shards import inline

    inputs = corpus(tmp_path / "corpus", documents=10)
    folder = result_folder(str(tmp_path / "results"))
    first = in_shards(inputs, folder, inline()[0])
    pytest.importorskip("distributed", reason="dask.distributed is not installed")
    assert in_shards(inputs, folder, cluster("tcp://127.0.0.1:1")) == first


def test_a_scheduler_that_does_not_answer_is_named(tmp_path: Path) -> None:
    """One line, with what to check."""
    pytest.importorskip("distributed", reason="dask.distributed is not installed")
    with pytest.raises(InputError, match="check the address given with --dask"):
        in_shards(
            corpus(tmp_path / "corpus", documents=1),
            result_folder(str(tmp_path / "r")),
            cluster("tcp://127.0.0.1:1", patience=0.5),
        )


def test_without_dask_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """The extra is named."""
    monkeypatch.setitem(sys.modules, "distributed", None)
    monkeypatch.setitem(sys.modules, "distributed.scheduler", None)
    with pytest.raises(InputError, match=r"embed-resolver\[cluster\]"):
        cluster("tcp://127.0.0.1:1")
