"""A folder of WARC files that a run adds to."""

from __future__ import annotations

import os
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Self
from uuid import uuid4

from cache.warc.records import record_id, request_record, response_record
from resolver.errors import OutputError
from resolver.models import Capture

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import datetime
    from typing import IO

    from cache.warc.records import Exchange

#: Bytes after which another file is begun.
ROLLED_AT = 1_000_000_000


class WarcFolder:
    """Writes exchanges into files of its own, one after the other. Made by :meth:`open`.

    A run that is killed leaves at most its last record incomplete, and the next run begins a file of its own.
    """

    def __init__(
        self, folder: Path, *, begun_at: datetime, information: Mapping[str, str], rolled_at: int
    ) -> None:
        self._folder = folder
        self._series = f"embed-resolver-{begun_at:%Y%m%dT%H%M%SZ}"
        #: Two runs that begin in the same second must not write to one file.
        self._mark = uuid4().hex[:8]
        self._information = dict(information)
        self._rolled_at = rolled_at
        self._begun = 0
        self._kept = 0
        self._unsynced = False
        # Exchanges are written in the client's thread, and synced in that of whoever takes its results.
        self._writing = threading.Lock()
        self._syncing = threading.Lock()
        self._file = self._begin()

    @classmethod
    @contextmanager
    def open(
        cls,
        folder: str | os.PathLike[str],
        *,
        software: str,
        now: Callable[[], datetime],
        connect_to: Mapping[str, str] | None = None,
        rolled_at: int = ROLLED_AT,
    ) -> Iterator[Self]:
        """Begin a file in *folder*, which is made where there is none, and end it with the block.

        *software* is the name and version of this tool and *connect_to* which hosts other servers answer for: both
        stand in the first record of each file. A file in which nothing was kept is removed. Raises
        :class:`~resolver.errors.OutputError` where the folder cannot be written to, or warcio is not installed.
        """
        instead = ", ".join(f"{host}={url}" for host, url in (connect_to or {}).items())
        information = {"software": software, **_FORMAT, "connect-to": instead}
        place = Path(folder)
        with _writing_to(place):
            place.mkdir(parents=True, exist_ok=True)
            opened = cls(place, begun_at=now(), information=information, rolled_at=rolled_at)
        try:
            yield opened
        finally:
            with _writing_to(place):
                opened._end()

    @property
    def name(self) -> str:
        """The name of the file that is being written."""
        return f"{self._series}-{self._begun - 1:05}-{self._mark}.warc.gz"

    def keep(self, exchange: Exchange) -> Capture | None:
        """Write an exchange and return where; ``None`` for one of which not even the answer's head has come.

        It is on disk once :meth:`sync` returns. Raises :class:`~resolver.errors.OutputError`.
        """
        if not exchange.head_bytes:
            return None
        asked, answered = record_id(), record_id()
        request = request_record(self._writer, exchange, name=asked, answered_by=answered)
        response = response_record(self._writer, exchange, name=answered)
        with _writing_to(self._folder), self._writing:
            if self._file.tell() >= self._rolled_at:
                self._close()
                self._file = self._begin()
            self._unsynced = True
            self._kept += 1
            self._writer.write_record(request)
            offset = self._file.tell()
            self._writer.write_record(response)
            file = self.name
        return Capture(
            url=exchange.address,
            file=file,
            offset=offset,
            record_id=answered,
            payload_digest=response.rec_headers.get_header("WARC-Payload-Digest"),
        )

    def sync(self) -> None:
        """Return once all that was kept is on disk. Raises :class:`~resolver.errors.OutputError`."""
        with _writing_to(self._folder), self._syncing:
            with self._writing:
                if not self._unsynced:
                    return
                self._unsynced = False
                # The file may be closed for another one meanwhile: nobody is to wait for the disk but those who ask.
                descriptor = os.dup(self._file.fileno())
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)

    def _begin(self) -> IO[bytes]:
        try:
            from warcio.warcwriter import WARCWriter
        except ImportError as error:
            raise OutputError(
                "--warc", "warcio is not installed", "pip install 'embed-resolver[warc]'"
            ) from error
        self._begun += 1
        file = (self._folder / self.name).open("xb")
        self._writer = WARCWriter(file, gzip=True, warc_version="1.1")
        self._writer.write_record(self._writer.create_warcinfo_record(self.name, self._information))
        _sync_folder(self._folder)
        return file

    def _close(self) -> None:
        with self._file:
            self._file.flush()
            os.fsync(self._file.fileno())

    def _end(self) -> None:
        self._close()
        if not self._kept:
            (self._folder / self.name).unlink()


_FORMAT = {
    "format": "WARC File Format 1.1",
    "conformsTo": "https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
}


@contextmanager
def _writing_to(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise OutputError(
            str(folder), (error.strerror or str(error)).lower(), "choose another folder with --warc"
        ) from error


def _sync_folder(folder: Path) -> None:
    """Have the names in a folder on disk, where the system can do that."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
