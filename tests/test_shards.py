"""A corpus scanned in shards: the same as in one process, whatever happens to the processes."""

from __future__ import annotations

import json
import os
import pickle
import signal
import subprocess
import sys
import time
from concurrent.futures import Executor, Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from cache_samples import EMBEDS, as_stored
from hypothesis import given, settings
from shards_samples import PART_BYTES, TODAY, article, corpus, in_shards, single_process

from resolver.documents.parts import Part, Unit
from resolver.errors import InputError, OutputError
from resolver.models import Outcome
from resolver.render.json_lines import json_line
from resolver.render.record import record
from resolver.shards import Job, Options, Shard, Workers, cluster, plan, processes, result_folder, scan_shard
from resolver.shards.embed_record import embed_from
from resolver.shards.found import found_in
from resolver.shards.job import results
from resolver.shards.merge import merged
from resolver.shards.shard import key_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from resolver.models import Embed

ROOT = Path(__file__).parent.parent


class Inline(Executor):
    """An executor in this very process, whose workers can be lost as those of others are."""

    def __init__(self, lose: Callable[[Shard], bool] = lambda _shard: False) -> None:
        self.worked_on: list[Shard] = []
        self._lose = lose
        self._broken = False

    def submit(self, fn: Callable[..., Any], /, *arguments: Any, **options: Any) -> Future[Any]:
        future: Future[Any] = Future()
        if not self._broken:
            self.worked_on.append(arguments[0])
            self._broken = self._lose(arguments[0])
        if self._broken:
            future.set_exception(BrokenProcessPool("a worker was lost"))
        else:
            future.set_result(fn(*arguments, **options))
        return future


def inline(
    lose: Callable[[Shard], bool] = lambda _shard: False, *, count: int = 2
) -> tuple[Workers, list[Inline]]:
    """Workers in this process, and the executors that were made."""
    made: list[Inline] = []

    @contextmanager
    def executor(_count: int) -> Iterator[Executor]:
        made.append(Inline(lose))
        yield made[-1]

    return Workers(executor=executor, count=count), made


def test_two_processes_find_what_one_finds(tmp_path: Path) -> None:
    """Byte for byte, in the order of the inputs, errors included; and large files were divided."""
    inputs = corpus(tmp_path / "corpus")
    expected, expected_errors = single_process(inputs)
    found, errors, totals = in_shards(inputs, result_folder(str(tmp_path / "results")), processes(2))
    assert found == expected
    assert len(found.splitlines()) > 150
    # What is not there is found when the work is planned, and so said first.
    assert sorted(errors) == sorted(expected_errors)
    assert len(errors) == 3
    assert len(list(plan(inputs, report=lambda _: None, part_bytes=PART_BYTES))) > 12
    assert totals.kinds.total() == len(found.splitlines()) == totals.platforms["twitter"]
    assert totals.documents == 4 * 120 - 1 + 1
    assert totals.unreadable == 3


def test_a_finished_shard_is_not_done_again(tmp_path: Path) -> None:
    """The second run works on nothing and finds the same; one whose marker is gone is done again."""
    inputs = corpus(tmp_path / "corpus", documents=30)
    folder = result_folder(str(tmp_path / "results"))
    workers, made = inline()
    first = in_shards(inputs, folder, workers)
    markers = sorted(Path(folder.path).glob("*.done"))
    assert len(made[0].worked_on) == len(markers)
    assert in_shards(inputs, folder, workers) == first
    assert len(made) == 1
    markers[0].unlink()
    assert in_shards(inputs, folder, workers) == first
    assert len(made[1].worked_on) == 1


CHANGES: dict[str, Callable[[Shard], tuple[Shard, Options, str]]] = {
    "other options": lambda shard: (shard, Options(cues=True), "1"),
    "whole rows": lambda shard: (shard, Options(rows=True), "1"),
    "another version of the tool": lambda shard: (shard, Options(), "2"),
    "another content of the file": lambda shard: (replace(shard, version="9 9"), Options(), "1"),
    "another part of it": lambda shard: (replace(shard, part=replace(shard.part, begin=1)), Options(), "1"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_result_is_not_taken_for_that_of_another_plan(change: str) -> None:
    """All that could change what is found is in the name of the result."""
    shard = Shard(part=Part(name="a.jsonl", unit=Unit.LINES, end=9), size=9, version="9 8")
    other, options, version = CHANGES[change](shard)
    assert key_of(shard, Options(), version="1") != key_of(other, options, version=version)
    assert key_of(shard, Options(), version="1") == key_of(replace(shard), Options(), version="1")


def test_a_changed_file_is_scanned_anew(tmp_path: Path) -> None:
    """What stood in it before is not said of what stands in it now."""
    path = tmp_path / "a.txt"
    folder = result_folder(str(tmp_path / "results"))
    for number in (3, 6):
        path.write_text(article(number), encoding="utf-8")
        found, _, _ = in_shards([str(path)], folder, inline()[0])
        assert found == single_process([str(path)])[0]
        assert f"AbCdEf000{number}".encode() in found


def test_a_marker_that_is_cut_off_is_none(tmp_path: Path) -> None:
    """A shard counts as finished only where its marker and its file are whole."""
    folder = result_folder(str(tmp_path))
    shard = Shard(part=Part(name=str(ROOT / "examples" / "bridge.txt")), size=1)
    result = scan_shard(shard, Options(), folder.path, "0f", TODAY)
    marker = tmp_path / "0f.done"
    assert folder.finished("0f") == result
    for damaged in ("", "{", "[]", "{}", marker.read_text().replace('"0f"', '"00"')):
        before = marker.read_text()
        marker.write_text(damaged)
        assert folder.finished("0f") is None
        marker.write_text(before)
    (tmp_path / "0f.shard").unlink()
    assert folder.finished("0f") is None


def test_a_folder_that_a_worker_cannot_write_to_is_named(tmp_path: Path) -> None:
    """In one line that survives the way from the process that met it."""
    shard = next(plan([str(ROOT / "examples" / "bridge.txt")], report=print))
    with pytest.raises(
        OutputError, match=r"cannot be written to .*; all who work on a scan must be able"
    ) as met:
        scan_shard(shard, Options(), str(tmp_path / "none"), "0f", TODAY)
    assert str(pickle.loads(pickle.dumps(met.value))) == str(met.value)


@pytest.mark.parametrize("address", ["bogus", "tcp://", "tcp://host", "host:port", "tcp://host:8786/path"])
def test_what_is_no_address_of_a_scheduler_is_refused_at_once(address: str) -> None:
    """It is not waited for."""
    with pytest.raises(InputError, match=r"is not the address of a scheduler; give it as tcp://HOST:8786"):
        cluster(address)


@pytest.mark.parametrize(
    "damaged",
    [lambda data: data[:-200], lambda data: data[:100] + b"\xff\xfe" + data[102:]],
    ids=["cut off", "two bytes changed"],
)
def test_a_result_that_was_damaged_is_done_again(tmp_path: Path, damaged: Callable[[bytes], bytes]) -> None:
    """It is not taken for another result, and is no reason to end."""
    inputs = corpus(tmp_path / "corpus", documents=10)
    folder = result_folder(str(tmp_path / "results"))
    workers, made = inline()
    expected = in_shards(inputs, folder, workers)
    path = max(Path(folder.path).glob("*.shard"), key=lambda path: path.stat().st_size)
    path.write_bytes(damaged(path.read_bytes()))
    errors: list[InputError] = []
    assert list(merged(results(folder), folder, report=errors.append))
    assert "has no result" in str(errors[0])
    assert in_shards(inputs, folder, workers) == expected
    assert len(made[-1].worked_on) == 1


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "no JSON": lambda data: b"x" * len(data),
    "fewer embeds than it says": lambda data: data.splitlines(keepends=True)[0],
    "another form": lambda _data: b"{}",
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_result_that_is_not_as_it_was_written_is_an_error(tmp_path: Path, damage: str) -> None:
    """It names the file, and says what to do."""
    folder = result_folder(str(tmp_path / "results"))
    in_shards([str(ROOT / "examples" / "bridge.txt")], folder, inline()[0])
    path = next(Path(folder.path).glob("*.shard"))
    path.write_bytes(DAMAGES[damage](path.read_bytes()))
    with pytest.raises(OutputError, match="remove it and run the scan again"):
        list(found_in(path, name="a.txt", lines_before=0))


def test_a_shard_that_takes_its_process_with_it_is_given_up_alone(tmp_path: Path) -> None:
    """Its neighbours are found, it is named as not read, and the lines behind it are still counted right."""
    inputs = [str(tmp_path / "corpus" / "a.jsonl")]
    corpus(tmp_path / "corpus")
    shards = list(plan(inputs, report=print, part_bytes=PART_BYTES))
    poison = shards[1]
    found, errors, totals = in_shards(
        inputs, result_folder(str(tmp_path / "results")), inline(lambda shard: shard == poison)[0]
    )
    lines = single_process(inputs)[0].splitlines()
    kept = set(found.splitlines())
    assert kept < set(lines)
    assert lines[0] in kept
    assert lines[-1] in kept
    given_up = f"lines {poison.part.begin} to {poison.part.end}: has no result"
    assert sum(given_up in error for error in errors) == 1
    assert totals.unreadable == 2  # and the damaged line


def test_what_was_lost_by_accident_is_done_again(tmp_path: Path) -> None:
    """A process that is killed once costs nothing but its time."""
    inputs = corpus(tmp_path / "corpus", documents=30)
    losses = iter([False, False, True])
    workers, made = inline(lambda _shard: next(losses, False))
    found, errors, _ = in_shards(inputs, result_folder(str(tmp_path / "results")), workers)
    assert found == single_process(inputs)[0]
    assert sorted(errors) == sorted(single_process(inputs)[1])
    assert len(made) > 2


# While the pool that lost it ends its others, a process may be added to them: the pool's own thread then fails with
# "dictionary changed size during iteration" (Python 3.11), after all waiting work was given back.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_killed_process_is_replaced(tmp_path: Path) -> None:
    """With real processes: one is killed while it works, and the result is the same."""
    inputs = corpus(tmp_path / "corpus", documents=250)
    folder = result_folder(str(tmp_path / "results"))
    workers = processes(2)
    killed: list[int] = []

    @contextmanager
    def executor(count: int) -> Iterator[Executor]:
        with workers.executor(count) as pool:
            if not killed:
                killed.append(pool.submit(os.getpid).result())
                os.kill(killed[0], signal.SIGKILL)
            yield pool

    found, errors, _ = in_shards(inputs, folder, replace(workers, executor=executor))
    assert killed
    assert found == single_process(inputs)[0]
    assert len(errors) == 3


STOPPED = """
import os, sys, signal, threading, time
from datetime import date
from pathlib import Path
from resolver.shards import cluster, Job, Options, processes, result_folder

def stop_when_begun():
    while not list(Path(sys.argv[2]).glob("*.done")):
        time.sleep(0.01)
    os.kill(os.getpid(), signal.SIGINT)

if __name__ == "__main__":
    job = Job([sys.argv[1]], Options(), folder=result_folder(sys.argv[2]), version="1", report=print, part_bytes=4000)
    threading.Thread(target=stop_when_begun).start()
    try:
        for found in job.found(processes(2), today=date(2026, 11, 22)):
            pass
    except KeyboardInterrupt:
        import multiprocessing
        print("stopped", [process.is_alive() for process in multiprocessing.active_children()])
"""


def test_ctrl_c_ends_the_processes_and_keeps_what_is_finished(tmp_path: Path) -> None:
    """No process is left, nothing half-written is left, and the next run goes on from there."""
    inputs = corpus(tmp_path / "corpus", documents=600)[:1]
    program = tmp_path / "program.py"
    program.write_text(STOPPED)
    done = subprocess.run(
        [sys.executable, str(program), inputs[0], str(tmp_path / "results")],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    assert done.stdout == "stopped []\n"
    assert done.stderr == ""
    folder = result_folder(str(tmp_path / "results"))
    names = {path.suffix for path in Path(folder.path).iterdir() if path.name != "plan"}
    assert names <= {".done", ".shard"}
    finished = sum(result is not None for _, _, result in results(folder))
    assert 0 < finished < len(list(results(folder)))
    workers, made = inline()
    assert in_shards(inputs, folder, workers)[0] == single_process(inputs)[0]
    assert len(made[0].worked_on) == len(list(results(folder))) - finished


def test_no_process_outlives_the_one_that_started_it(tmp_path: Path) -> None:
    """Also where that is killed and can end nothing itself."""
    program = tmp_path / "program.py"
    program.write_text(
        "import os, time\n"
        "from resolver.shards import processes\n"
        "if __name__ == '__main__':\n"
        "    with processes(1).executor(1) as pool:\n"
        "        print(pool.submit(os.getpid).result(), flush=True)\n"
        "        time.sleep(60)\n"
    )
    with subprocess.Popen(
        [sys.executable, str(program)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    ) as running:
        assert running.stdout is not None
        worker = int(running.stdout.readline())
        os.kill(worker, 0)
        running.kill()
        running.wait()
    until = time.monotonic() + 20
    while is_running(worker) and time.monotonic() < until:
        time.sleep(0.05)
    assert not is_running(worker)


def is_running(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def test_standard_input_cannot_be_divided() -> None:
    """It is said, with what to do."""
    errors: list[InputError] = []
    assert list(plan(["-"], report=errors.append)) == []
    assert "save it to a file" in str(errors[0])


PRELOADED: dict[str, tuple[str, ...]] = {
    "": (),
    "a.csv": ("resolver.shards.warm_texts",),
    "a.html": ("resolver.shards.warm_pages",),
    "a.csv b.html": ("resolver.shards.warm_texts", "resolver.shards.warm_pages"),
}


@pytest.mark.parametrize("names", PRELOADED)
def test_what_all_processes_need_is_made_once(tmp_path: Path, names: str) -> None:
    """Where there is enough to read that each of them would make it; the modules are there to be loaded."""
    (tmp_path / "small.txt").write_text("Words.")
    for name in names.split():
        with (tmp_path / name).open("wb") as file:
            file.truncate(100_000_000)
    job = Job(
        [str(tmp_path)], Options(), folder=result_folder(str(tmp_path / "r")), version="1", report=print
    )
    assert job.preload == PRELOADED[names]
    assert all(find_spec(name) for name in job.preload)


def test_the_output_of_an_earlier_run_is_no_input(tmp_path: Path) -> None:
    """Nor are results: a folder that holds them can be scanned again."""
    corpus(tmp_path)
    (tmp_path / "out.jsonl").write_text("{}\n")
    folder = result_folder(str(tmp_path / "results"))
    in_shards([str(tmp_path / "f.txt")], folder, inline()[0])
    names = {
        Path(shard.part.name).name
        for shard in plan([str(tmp_path)], report=print, output=str(tmp_path / "out.jsonl"))
    }
    assert names == {"a.jsonl", "b.wet.gz", "c.parquet", "d.csv", "e.warc", "f.txt"}


def test_the_rows_come_back_with_their_embeds(tmp_path: Path) -> None:
    """Each row as it was, in order, with the embeds that a store has for it; documents by the id they have there."""
    inputs = corpus(tmp_path / "corpus")[:1]
    folder = result_folder(str(tmp_path / "results"))
    job = Job(
        inputs, Options(rows=True), folder=folder, version="1", report=lambda _: None, part_bytes=PART_BYTES
    )
    stored = {
        (document.id, document.sha256): [
            replace(embed, links=tuple(replace(link, outcome=Outcome.GONE) for link in embed.links))
            for embed in document.embeds
        ]
        for document in (found.document() for found in job.found(inline()[0], today=TODAY))
    }
    lines = [json.loads(line) for line in job.enriched_lines(lambda id_, sha256: stored[id_, sha256])]
    assert len(lines) == 480
    assert lines[0] | {"embeds": 0} == {"text": article(0), "kept": [1, {"a": "é"}], "embeds": 0}
    assert [link["outcome"] for link in lines[0]["embeds"][0]["links"]] == ["gone"]
    for line in lines:
        for embed in line["embeds"]:
            # A CSV row has an id; all others are called by their place.
            assert embed["quote"] in line["text"]
    assert sum(len(line["embeds"]) for line in lines) == sum(map(len, stored.values()))


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    """One line, with what to do."""
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="choose another folder"):
        result_folder(str(tmp_path / "file" / "results"))
    with pytest.raises(OutputError, match="is no folder of results"):
        list(results(result_folder(str(tmp_path / "empty"))))


@settings(max_examples=60, deadline=None)
@given(EMBEDS.map(as_stored))  # two halves of a pair that stand together are one character in JSON
def test_the_record_of_an_embed_is_read_back_as_it_was(embed: Embed) -> None:
    """Whatever stands in its fields; a scan knows no more of a link than its outcome, and times to the millisecond."""
    links = tuple(replace(link, expanded_url=None, outcome=None) for link in embed.links)
    time = embed.posted_at and embed.posted_at.replace(microsecond=embed.posted_at.microsecond // 1000 * 1000)
    kept = replace(embed, links=links, posted_at=time)
    assert embed_from(json.loads(json_line(record(kept))), document=embed.document) == kept


def test_what_is_not_ours_in_the_folder_stays(tmp_path: Path) -> None:
    """However it is called; what a killed process has begun is removed."""
    folder = result_folder(str(tmp_path / "results"))
    theirs = [
        Path(folder.path, name) for name in ("movie.mkv.part", "notes.txt", f"{'0' * 32}.part", "x.done")
    ]
    begun = Path(folder.path, f"{'0f' * 16}.shard.{'a1' * 16}.part")
    for path in (*theirs, begun):
        path.write_text("")
    in_shards(corpus(tmp_path / "corpus", documents=3), folder, inline()[0])
    assert (all(path.exists() for path in theirs), begun.exists()) == (True, False)
    folder.remove()
    assert sorted(Path(folder.path).iterdir()) == sorted(theirs)


def test_a_folder_with_nothing_else_is_gone_with_its_results(tmp_path: Path) -> None:
    """Of a run that ended well, only its output is left."""
    folder = result_folder(str(tmp_path / "results"))
    in_shards(corpus(tmp_path / "corpus", documents=3), folder, inline()[0])
    folder.remove()
    assert not Path(folder.path).exists()


def test_two_runs_do_not_keep_results_in_one_folder_at_a_time(tmp_path: Path) -> None:
    """The second would remove what the first has begun; when that has ended, it goes on."""
    folder = result_folder(str(tmp_path / "results"))
    inputs = corpus(tmp_path / "corpus", documents=3)
    with folder.alone(), pytest.raises(OutputError, match="another run keeps its results there; wait for it"):
        in_shards(inputs, folder, inline()[0])
    assert in_shards(inputs, folder, inline()[0])[0]


def test_what_stands_at_an_address_later_is_scanned_anew(tmp_path: Path) -> None:
    """As a file that was changed."""
    pytest.importorskip("fsspec")
    path = tmp_path / "a.txt"
    folder = result_folder(str(tmp_path / "results"))
    found = []
    for number in (21, 42):
        path.write_text(article(number) * (number // 21), encoding="utf-8")
        found.append(in_shards([path.as_uri()], folder, inline()[0])[0])
    assert [lines.count(b"\n") for lines in found] == [2, 4]


def test_an_address_that_is_not_there_costs_no_other_input(tmp_path: Path) -> None:
    """It is named once."""
    pytest.importorskip("fsspec")
    (tmp_path / "a.txt").write_text(article(21), encoding="utf-8")
    inputs = [(tmp_path / "none.txt").as_uri(), str(tmp_path / "a.txt")]
    found, errors, _ = in_shards(inputs, result_folder(str(tmp_path / "results")), inline()[0])
    assert (found.count(b"\n"), len(errors)) == (2, 1)


def test_a_process_that_cannot_be_made_is_one_that_was_lost(tmp_path: Path) -> None:
    """As where the pool has closed its pipes, since another process of it was killed meanwhile."""
    inputs = corpus(tmp_path / "corpus", documents=30)
    workers, _ = inline()
    failures = [OSError(9, "Bad file descriptor")]

    @contextmanager
    def executor(count: int) -> Iterator[Executor]:
        with workers.executor(count) as made:
            submit = made.submit

            def failing(*arguments: Any, **options: Any) -> Future[Any]:
                if failures:
                    raise failures.pop()
                return submit(*arguments, **options)

            made.submit = failing  # type: ignore[method-assign]
            yield made

    found, errors, _ = in_shards(
        inputs, result_folder(str(tmp_path / "results")), replace(workers, executor=executor)
    )
    assert (found, failures) == (single_process(inputs)[0], [])
    assert "lost" not in "".join(errors)
