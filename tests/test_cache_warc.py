"""What was asked and answered is in WARC files, byte for byte, as other tools read it, and where the database says."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from cache_samples import NOON, opened
from fastwarc.warc import ArchiveIterator, WarcRecordType
from hypothesis import given
from hypothesis import strategies as st
from tco_lookalike import Behaviour, TcoLookalike
from warcio.cli import main as warcio

from benchmarks.recording import measure
from cache.doctor import examine
from cache.warc import WarcFolder
from cache.warc.records import digest
from resolver.errors import OutputError
from resolver.expand import Client, Policy
from resolver.models import Capture, Observation, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

ROOT = Path(__file__).parent.parent
POLICY = Policy(host_rate=None, read_seconds=0.5, backoff_seconds=0.01, backoff_limit_seconds=0.01)
STORY, POST = "https://news.example/story", "https://twitter.com/jo/status/1294213474682930386/photo/1"
CODES: dict[str, Any] = {
    "https://t.co/story": STORY,
    "https://t.co/post": POST,
    "https://t.co/busy": {"status": 503, "times": 1, "to": POST},
    "https://t.co/garbage": {"broken": "garbage"},
    "https://t.co/dripping": Behaviour(drip=0.2, page="outage"),
    STORY: 200,
}


@dataclass(frozen=True)
class Exchanged:
    """One exchange, made up."""

    address: str = "https://t.co/a"
    at: datetime = NOON
    peer: str | None = "127.0.0.1"
    request: bytes = b"GET /a HTTP/1.1\r\nHost: t.co\r\n\r\n"
    head: bytes = b"HTTP/1.1 200 OK\r\n\r\n"
    body: bytes = b""
    whole: bool = True

    @property
    def received(self) -> bytes:
        return self.head + self.body

    @property
    def head_bytes(self) -> int:
        return len(self.head)


def folder_at(path: Path, **options: Any) -> Any:
    return WarcFolder.open(path, software="embed-resolver/1.0", now=lambda: NOON, **options)


def follow(path: Path, *codes: str) -> dict[str, Observation]:
    """What came of following t.co's codes, with all that was exchanged in the folder."""
    with TcoLookalike(CODES) as server:
        replaced = dict.fromkeys(("t.co", "news.example"), server.url)
        with (
            folder_at(path, connect_to=replaced) as archive,
            Client(connect_to=replaced, policy=POLICY, archive=archive, user_agent="Harbour/1.0") as client,
        ):
            links = [f"https://t.co/{code}" for code in codes]
            return {observation.url.rpartition("/")[2]: observation for observation in client.expand(links)}


def record_at(path: Path, offset: int) -> tuple[dict[str, str], bytes]:
    """The head and the block of the record that FastWARC reads there."""
    with path.open("rb") as file:
        file.seek(offset)
        record = next(iter(ArchiveIterator(file, parse_http=False)))
        assert record.verify_block_digest()
        return record.headers.asdict(), record.reader.read()


def passes_check(*paths: Path) -> bool:
    """Whether ``warcio check`` finds nothing wrong."""
    try:
        warcio(["check", *map(str, paths)])
    except SystemExit as end:
        return not end.code
    return True


def test_an_exchange_is_recorded_byte_for_byte(tmp_path: Path) -> None:
    """Each hop points to the record of its answer, beside which stands what was asked."""
    captures = follow(tmp_path, "story")["story"].captures
    assert [(capture.url, capture.hop) for capture in captures] == [("https://t.co/story", 0), (STORY, 1)]
    (path,) = tmp_path.iterdir()
    assert passes_check(path)
    for capture in captures:
        fields, block = record_at(path, capture.offset)
        head, _, body = block.partition(b"\r\n\r\n")
        assert capture.file == path.name
        assert fields["WARC-Record-ID"] == f"<{capture.record_id}>"
        assert fields["WARC-Payload-Digest"] == capture.payload_digest == digest(body)
        assert (fields["WARC-Target-URI"], fields["WARC-Type"]) == (capture.url, "response")
        assert fields["WARC-IP-Address"] == "127.0.0.1"
        assert "WARC-Truncated" not in fields
        assert head.startswith((b"HTTP/1.1 301", b"HTTP/1.1 200"))
    moved = record_at(path, captures[0].offset)[1]
    assert f"\r\nlocation: {STORY}\r\n".encode() in moved


def test_what_was_asked_stands_beside_what_was_answered(tmp_path: Path) -> None:
    """First who wrote the file, then each request with the name of its response."""
    (capture,) = follow(tmp_path, "post")["post"].captures
    (path,) = tmp_path.iterdir()
    with path.open("rb") as file:
        records = [
            (record.record_type, record.headers.asdict(), record.reader.read())
            for record in ArchiveIterator(file, parse_http=False)
        ]
    kinds = [kind for kind, _, _ in records]
    assert kinds == [WarcRecordType.warcinfo, WarcRecordType.request, WarcRecordType.response]
    assert b"software: embed-resolver/1.0\r\n" in records[0][2]
    assert b"connect-to: t.co=http://127.0.0.1:" in records[0][2]
    _, asked, request = records[1]
    assert asked["WARC-Concurrent-To"] == f"<{capture.record_id}>"
    assert request.startswith(b"GET /post HTTP/1.1\r\nHost: t.co\r\nUser-Agent: Harbour/1.0\r\n")


def test_every_try_is_recorded(tmp_path: Path) -> None:
    """One that had to be repeated is the evidence of no hop; what is no HTTP is not recorded."""
    observed = follow(tmp_path, "busy", "garbage")
    assert [capture.hop for capture in observed["busy"].captures] == [None, 0]
    assert observed["busy"].attempts == 2
    assert (observed["garbage"].outcome, observed["garbage"].captures) == (Outcome.PROTOCOL_ERROR, ())


def test_an_answer_that_did_not_come_to_its_end_is_marked(tmp_path: Path) -> None:
    """The record says that it is not all of it, and holds what there is."""
    dripping = follow(tmp_path, "dripping")["dripping"]
    (path,) = tmp_path.iterdir()
    assert passes_check(path)
    for capture in dripping.captures:
        fields, block = record_at(path, capture.offset)
        assert fields["WARC-Truncated"]
        assert block.startswith(b"HTTP/1.1 200")
    assert len(dripping.captures) == dripping.attempts


def test_what_is_stored_points_to_the_record(tmp_path: Path) -> None:
    """The database gives back where each exchange is recorded, and `doctor` finds all of it there."""
    path, folder = tmp_path / "a.db", tmp_path / "warc"
    with opened(path, arguments={"warc": str(folder)}) as store:
        observed = follow(folder, "story", "busy")
        for observation in observed.values():
            store.record(observation, {})
        kept = [
            attempt.observation
            for url in ("story", "busy")
            for attempt in store.attempts(f"https://t.co/{url}")
        ]
    assert kept == [observed["story"], observed["busy"]]
    report = examine(path, digests=True)
    assert (report.is_sound, report.records) == (True, 4)
    assert [finding for finding in report.findings if finding.where.startswith("captures")] == []


HEADS = [
    b"HTTP/1.1 200\r\n\r\n",
    b"HTTP/1.0 404 \r\n\r\n",
    b"HTTP/1.1 200 OK\nA: b\n\n",
    b"HTTP/1.1 200 OK\r\nA: b\r\n  folded\r\nX:\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nX: \xe9\xff\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
    b"HTTP/1.1 200 OK\r\n" + b"".join(b"H%d: v\r\n" % number for number in range(3000)) + b"\r\n",
]


@pytest.mark.parametrize("head", HEADS, ids=lambda head: head[:40])
def test_odd_heads_are_recorded_as_they_came(tmp_path: Path, head: bytes) -> None:
    """What a server sent is not put in order, and the file is sound all the same."""
    with folder_at(tmp_path) as folder:
        capture = folder.keep(Exchanged(head=head, body=b"5\r\nhello\r\n0\r\n\r\n"))
    path = tmp_path / capture.file
    assert passes_check(path)
    assert record_at(path, capture.offset)[1] == head + b"5\r\nhello\r\n0\r\n\r\n"


@given(st.lists(st.binary(max_size=300), min_size=1, max_size=5))
def test_any_body_is_recorded(tmp_path_factory: pytest.TempPathFactory, bodies: list[bytes]) -> None:
    """Whatever bytes they are, they are read back from where they are said to be."""
    path = tmp_path_factory.mktemp("warc")
    with folder_at(path) as folder:
        captures = [folder.keep(Exchanged(body=body)) for body in bodies]
    for body, capture in zip(bodies, captures, strict=True):
        assert record_at(path / capture.file, capture.offset)[1] == b"HTTP/1.1 200 OK\r\n\r\n" + body


def test_files_are_rolled(tmp_path: Path) -> None:
    """One that has grown so large is ended, and another one begun; each is a sound file of its own."""
    with folder_at(tmp_path, rolled_at=3000) as folder:
        captures = [folder.keep(Exchanged(body=os.urandom(1000))) for _ in range(5)]
        folder.sync()
    files = sorted(tmp_path.iterdir())
    assert [path.name.split("-")[3] for path in files] == ["00000", "00001", "00002"]
    assert [capture.file for capture in captures] == [files[number // 2].name for number in range(5)]
    assert passes_check(*files)


def test_a_file_without_exchanges_is_removed(tmp_path: Path) -> None:
    """A run that asked nobody leaves nothing behind; one whose file was rolled just now does."""
    with folder_at(tmp_path):
        assert len(list(tmp_path.iterdir())) == 1
    assert list(tmp_path.iterdir()) == []


def test_two_runs_do_not_share_a_file(tmp_path: Path) -> None:
    """Not even where they begin in the same second."""
    with folder_at(tmp_path) as one, folder_at(tmp_path) as other:
        assert one.keep(Exchanged()).file != other.keep(Exchanged()).file


@pytest.mark.parametrize("place", ["file", "file/folder"])
def test_a_folder_that_cannot_be_written_to_is_said_before_anything_is_asked(
    tmp_path: Path, place: str
) -> None:
    """One line: where, what, and what to do."""
    (tmp_path / "file").write_text("")
    with (
        pytest.raises(OutputError, match=r"file.*; choose another folder with --warc"),
        folder_at(tmp_path / place),
    ):
        pytest.fail("it was opened")


def test_a_full_disk_ends_the_run(tmp_path: Path) -> None:
    """With one line, however many links were under way: no observation is yielded whose evidence is not kept."""
    program = f"""
import resource, signal, sys
sys.path[:0] = [{str(ROOT)!r}, {str(ROOT / "examples")!r}, {str(ROOT / "tests")!r}]
from test_cache_warc import follow, Path
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (3000, 3000))
try:
    follow(Path({str(tmp_path)!r}), *map(str, range(100)))
except Exception as error:
    print(type(error).__name__, error)
"""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout == f"OutputError {tmp_path}: file too large; choose another folder with --warc\n"
    assert done.stderr == ""


def test_what_is_yielded_is_on_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file is synced after the last byte of a record, and before the observation that points to it is yielded."""
    synced: dict[int, int] = {}
    fsync = os.fsync

    def noting(descriptor: int) -> None:
        fsync(descriptor)
        status = os.fstat(descriptor)
        synced[status.st_ino] = status.st_size

    monkeypatch.setattr(os, "fsync", noting)
    with (
        TcoLookalike(CODES) as server,
        folder_at(tmp_path) as archive,
        Client(connect_to={"t.co": server.url}, policy=POLICY, archive=archive) as client,
    ):
        for observation in client.expand(["https://t.co/post", "https://t.co/busy"]):
            for capture in observation.captures:
                path = tmp_path / capture.file
                assert capture.offset < synced[path.stat().st_ino]
                assert record_at(path, capture.offset)[1]


def torn(path: Path, size: int) -> list[str]:
    """The names of the records that FastWARC reads in what is left of a file."""
    with path.open("r+b") as file:
        file.truncate(size)
    with path.open("rb") as file:
        records = _until_damaged(ArchiveIterator(file, parse_http=False))
        return [record.record_id.strip("<>") for record in records if record.record_id]


def _until_damaged(records: Any) -> Iterator[Any]:
    try:
        yield from records
    except (OSError, ValueError):
        return


def test_a_torn_tail_costs_what_is_torn(tmp_path: Path) -> None:
    """Wherever a file breaks off, all records before that are read, and `doctor` names those that are lost."""
    with folder_at(tmp_path / "whole") as folder:
        captures = [folder.keep(Exchanged(body=os.urandom(50))) for _ in range(6)]
    source = tmp_path / "whole" / captures[0].file
    chosen = random.Random(7)
    for _ in range(20):
        size = chosen.randrange(captures[1].offset, source.stat().st_size)
        copy = Path(shutil.copy(source, tmp_path / "copy.warc.gz"))
        found = torn(copy, size)
        complete = [capture for capture, after in pairwise(captures) if after.offset < size]
        assert {capture.record_id for capture in complete} <= set(found)


def pointing(path: Path, *captures: Capture, arguments: dict[str, Any] | None = None) -> Path:
    """A database whose observations point to these records."""
    with opened(path, arguments=arguments or {}) as store:
        for number, capture in enumerate(captures):
            seen = Observation(url=f"https://t.co/{number}", observed_at=NOON, seconds=0.1, outcome=Outcome.OK,
                               captures=(capture,))  # fmt: skip
            store.record(seen, {})
    return path


def said(path: Path, **options: Any) -> list[str]:
    findings = examine(path, **options).findings
    return [f"{finding.where}: {finding.what}" for finding in findings if finding.where != "journal"]


def test_records_that_are_not_where_they_should_be_are_found(tmp_path: Path) -> None:
    """Another place, another record, a file that ends before, no file, and what was altered in it."""
    with folder_at(tmp_path / "warc") as folder:
        one, two = (folder.keep(Exchanged(body=body)) for body in (b"one", b"two"))
    path = pointing(tmp_path / "a.db", one, two)
    assert said(path, warc=[tmp_path / "warc"], digests=True) == []
    elsewhere = [
        Capture(**{**vars(one), "offset": 5}),
        Capture(**{**vars(one), "offset": two.offset}),
        Capture(**{**vars(one), "offset": 10**6}),
        Capture(**{**vars(one), "payload_digest": two.payload_digest}),
        Capture(**{**vars(one), "file": "other.warc.gz"}),
        Capture(**{**vars(one), "file": f"../warc/{one.file}"}),
    ]
    path = pointing(tmp_path / "b.db", *elsewhere)
    file = one.file
    assert sorted(said(path, warc=[tmp_path / "warc"])) == [
        f"../warc/{file}: is in none of the folders of WARC files",
        f"captures 1: the record is not found at byte 5 of {file}",
        f"captures 2: the record is not found at byte {two.offset:,} of {file}",
        f"captures 3: the record is not found at byte 1,000,000 of {file}",
        f"captures 4: the record's digest is another one at byte {one.offset:,} of {file}",
        "other.warc.gz: is in none of the folders of WARC files",
    ]


def test_a_folder_that_is_not_here_is_no_damage(tmp_path: Path) -> None:
    """It is said that nothing was compared, and what to do; what a run says of its folder is enough where it is here."""
    with folder_at(tmp_path / "warc") as folder:
        capture = folder.keep(Exchanged())
    path = pointing(tmp_path / "a.db", capture, arguments={"warc": str(tmp_path / "warc")})
    assert (said(path), examine(path).records) == ([], 1)
    (tmp_path / "warc").rename(tmp_path / "moved")
    assert said(path) == ["captures: the WARC files were not checked: their folder is not here"]
    assert (said(path, warc=[tmp_path / "moved"]), examine(path).is_sound) == ([], True)


def test_a_record_that_was_altered_is_found(tmp_path: Path) -> None:
    """Any bit of a record that flips, with its digests compared; nothing that can be in a file is an error of ours."""
    with folder_at(tmp_path / "warc") as folder:
        capture = folder.keep(Exchanged(body=b"harbour " * 20))
        folder.keep(Exchanged())
    path = pointing(tmp_path / "a.db", capture)
    file = tmp_path / "warc" / capture.file
    content, chosen = file.read_bytes(), random.Random(3)
    # Behind the gzip member's head, whose time and system nobody reads, and before its end, which is the next one's.
    for _ in range(60):
        place = chosen.randrange(capture.offset + 10, capture.offset + 250)
        altered = bytearray(content)
        altered[place] ^= 1 << chosen.randrange(8)
        file.write_bytes(altered)
        (finding,) = said(path, warc=[file.parent], digests=True)
        assert finding.startswith("captures 1: ")


RUN = """
import sys
sys.path[:0] = [{root!r}, {examples!r}]
from datetime import UTC, datetime
from cache import Store
from cache.warc import WarcFolder
from resolver.expand import Client, Policy
now = lambda: datetime.now(UTC)
with (
    Store.open({db!r}, command="expand", arguments={{"warc": {warc!r}}}, tool_version="1", now=now) as store,
    WarcFolder.open({warc!r}, software="x/1", now=now) as archive,
    Client(connect_to={{"t.co": {server!r}}}, policy=Policy(host_rate=None), archive=archive) as client,
):
    for number, observation in enumerate(client.expand(f"https://t.co/{{n}}" for n in range(10_000))):
        store.record(observation, {{}})
        print(number, flush=True)
"""


def test_what_is_stored_is_recorded_however_a_run_ends(tmp_path: Path) -> None:
    """Killed at any moment, the database points to nothing that is not in the files."""
    db, warc = tmp_path / "a.db", tmp_path / "warc"
    codes = {f"https://t.co/{number}": POST for number in range(2000)}
    stored = 0
    with TcoLookalike(codes) as server:
        for after in (1, 18, 40):
            program = RUN.format(
                root=str(ROOT), examples=str(ROOT / "examples"), db=str(db), warc=str(warc), server=server.url
            )
            with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as run:
                while int(run.stdout.readline()) < after:
                    pass
                run.send_signal(signal.SIGKILL)
            stored += after
    report = examine(db, digests=True)
    assert report.is_sound
    assert report.records >= stored
    assert len(list(warc.iterdir())) == 3


def test_the_cost_is_measured() -> None:
    """The benchmark follows links with and without, and an exchange takes about a kilobyte."""
    cost = measure(20, trials=1)
    assert 500 < cost.bytes < 1500
    assert min(cost.plain, cost.recorded) > 0
