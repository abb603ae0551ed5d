"""Whether what was recorded of the exchanges with servers is where the database says."""

from __future__ import annotations

import zlib
from contextlib import closing
from typing import TYPE_CHECKING, NamedTuple

from cache.doctor.report import Finding, Severity
from cache.warc.files import warc_files

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable, Iterator
    from pathlib import Path
    from typing import IO

    from sqlite_utils import Database
    from warcio.recordloader import ArcWarcRecord

_OF_FILE = """
SELECT id, "offset", record_id, payload_digest FROM captures WHERE file = ? ORDER BY "offset", id
"""


class _Pointer(NamedTuple):
    """What the database says of one record."""

    capture: int
    offset: int
    record_id: str
    payload_digest: str


def recording_findings(
    db: Database, folders: Iterable[Path], *, digests: bool, checked: Counter[str]
) -> Iterator[Finding]:
    """Yield what is wrong with the records that the database points to, or that they could not be examined.

    Their files are looked for in *folders*, and in those that the runs wrote to. With *digests*, each record is read to
    its end and compared with its own digests. Examined records are counted in *checked*.
    """
    files = warc_files(db, folders)
    for name, path in files.found.items():
        try:
            yield from _file_findings(db, name, path, digests=digests, checked=checked)
        except ImportError:
            yield _unexamined("warcio is not installed", "pip install 'embed-resolver[warc]'")
            return
        except OSError as error:
            yield _problem(str(path), f"cannot be read: {error.strerror or error}")
    if files.looked:
        yield from (_problem(name, "is in none of the folders of WARC files") for name in files.missing)
    elif files.missing:
        yield _unexamined("their folder is not here", "say where it is with --warc")


def _file_findings(
    db: Database, file: str, path: Path, *, digests: bool, checked: Counter[str]
) -> Iterator[Finding]:
    with path.open("rb") as stream:
        for row in db.execute(_OF_FILE, (file,)).fetchall():
            pointer = _Pointer(*row)
            wrong = _what_is_wrong(stream, pointer, digests=digests)
            checked["records"] += 1
            if wrong is not None:
                yield _problem(f"captures {pointer.capture}", f"{wrong} at byte {pointer.offset:,} of {file}")


def _what_is_wrong(stream: IO[bytes], pointer: _Pointer, *, digests: bool) -> str | None:
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    try:
        stream.seek(pointer.offset)
        with closing(ArchiveIterator(stream, no_record_parse=not digests, check_digests=digests)) as records:
            return _difference(next(records), pointer, digests=digests)
    except (ArchiveLoadFailed, EOFError, StopIteration, ValueError, zlib.error):
        return "the record is not found"


def _difference(record: ArcWarcRecord, pointer: _Pointer, *, digests: bool) -> str | None:
    if record.rec_headers.get_header("WARC-Record-ID") != f"<{pointer.record_id}>":
        return "the record is not found"
    if record.rec_headers.get_header("WARC-Payload-Digest") != pointer.payload_digest:
        return "the record's digest is another one"
    if digests:
        body = record.content_stream()
        while body.read(1 << 16):
            pass
        if record.digest_checker.passed is not True:
            return "what is recorded is not what was, by its digest,"
    return None


def _problem(where: str, what: str) -> Finding:
    return Finding(
        severity=Severity.PROBLEM,
        where=where,
        what=what,
        advice="restore a copy of the WARC file, or say with --warc where it is",
    )


def _unexamined(why: str, advice: str) -> Finding:
    return Finding(
        severity=Severity.NOTE,
        where="captures",
        what=f"the WARC files were not checked: {why}",
        advice=advice,
    )
