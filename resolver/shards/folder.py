"""The folder of results: for each shard a file of what was found, and a marker once it is whole."""

from __future__ import annotations

import hashlib
import json
import os
import uuid
from contextlib import contextmanager, suppress
from dataclasses import asdict
from pathlib import Path
from typing import IO, TYPE_CHECKING

from resolver.errors import OutputError
from resolver.lock_file import hold, let_go
from resolver.patterns import pattern
from resolver.shards.shard import Shard, ShardResult, shard_from, shard_json
from resolver.whole_file import written_whole

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Iterator

#: The list of the shards, in their order.
_PLAN = "plan"
#: What only one run at a time holds.
_LOCK = "lock"

# What is written here, and what it is called until it is whole. Everything else in the folder is the user's.
_OWN = r"(?:[0-9a-f]{32}\.(?:shard|rows|done)|plan)"
_WHOLE = pattern(_OWN)
_BEGUN = pattern(rf"{_OWN}\.[0-9a-f]{{32}}\.part")


class Folder:
    """A folder of results, which all who work on them must be able to write to.

    Files are written beside their place and moved there when they are whole, the marker last: so there is a marker
    only where everything is, whoever was killed at whatever moment, and two who did the same shard do no harm.

    >>> import tempfile
    >>> folder = Folder(tempfile.mkdtemp())
    >>> folder.finished("0f") is None
    True
    """

    def __init__(self, path: str) -> None:
        self.path = path

    def found(self, key: str) -> Path:
        """Return where the documents with embeds of a shard are."""
        return Path(self.path, f"{key}.shard")

    def rows(self, key: str) -> Path:
        """Return where the rows of a shard are, which only a scan that is to enrich them keeps."""
        return Path(self.path, f"{key}.rows")

    def finished(self, key: str) -> ShardResult | None:
        """Return the result of a shard that is finished; ``None`` where it is not, or not wholly there."""
        try:
            result = ShardResult(**json.loads(self._marker(key).read_text(encoding="utf-8")))
            is_whole = result.key == key and result.sha256 == sha256_of(self.found(key))
        except (OSError, ValueError, TypeError):
            return None
        return result if is_whole else None

    def finish(self, result: ShardResult) -> None:
        """Write the marker of a shard whose files are whole."""
        with whole(self._marker(result.key)) as out:
            out.write(json.dumps(asdict(result)).encode())

    def plan(self, shards: Iterable[tuple[Shard, str]]) -> None:
        """Write down which shards there are, in their order, with their keys."""
        with whole(Path(self.path, _PLAN)) as out:
            for shard, key in shards:
                out.write(shard_json(shard, key).encode() + b"\n")

    def planned(self) -> Iterator[tuple[Shard, str]]:
        """Yield the shards of the plan in their order. Raises OutputError where there is none that can be read."""
        try:
            with Path(self.path, _PLAN).open(encoding="utf-8") as lines:
                yield from map(shard_from, lines)
        except (OSError, ValueError, KeyError, TypeError) as error:
            problem = "is no folder of results"
            raise OutputError(self.path, problem, "make one with: scan INPUT... --results FOLDER") from error

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Hold the folder for one run, as long as the block lasts; what was begun and not finished is gone then.

        Those who work for the run on parts of it need not hold it. Raises OutputError where another run does.
        """
        place = str(Path(self.path, _LOCK))
        file = self._held(place)
        try:
            yield
        finally:
            self._remove(_BEGUN)
            if file is not None:
                let_go(place, file)

    def remove(self) -> None:
        """Remove all results, and the folder where nothing else is in it."""
        self._remove(_WHOLE)
        with suppress(OSError):
            Path(self.path).rmdir()

    def _held(self, place: str) -> int | None:
        try:
            file = hold(place)
        except OSError:  # some file systems of clusters have no locks
            return None
        if file is None:
            raise OutputError(
                self.path,
                "another run keeps its results there",
                "wait for it, or give another folder with --results",
            )
        return file

    def _remove(self, names: re.Pattern[str]) -> None:
        for path in Path(self.path).iterdir():
            if names.fullmatch(path.name):
                path.unlink(missing_ok=True)

    def _marker(self, key: str) -> Path:
        return Path(self.path, f"{key}.done")


@contextmanager
def whole(path: Path) -> Iterator[IO[bytes]]:
    """Yield a file that takes its place when the block ends well, all of it on the disk. Raises OSError."""
    with written_whole(path, path.with_name(f"{path.name}.{uuid.uuid4().hex}.part")) as out:
        yield out


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal digits. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def result_folder(path: str) -> Folder:
    """Return the folder, made where it is not there. Raises :class:`~resolver.errors.OutputError`."""
    try:
        os.makedirs(path, exist_ok=True)  # noqa: PTH103
    except OSError as error:
        problem = (error.strerror or str(error)).lower()
        raise OutputError(path, problem, "choose another folder with --results") from error
    return Folder(path)
