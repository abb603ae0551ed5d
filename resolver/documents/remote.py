"""Files in other stores, by fsspec, where it is installed. Only what a user names as input is ever asked for."""

from __future__ import annotations

import hashlib
import io
from typing import TYPE_CHECKING, Any

from resolver.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from _typeshed import WriteableBuffer

_CHUNK = 4 * 1024 * 1024


def addresses(address: str) -> Iterator[str]:
    """Yield the addresses that one stands for: itself, or, with ``*``, those that match it.

    Raises :class:`~resolver.errors.InputError` where the store cannot be asked, or nothing matches.
    """
    if "*" not in address:
        yield address
        return
    system, path = _system(address)
    try:
        found = sorted(system.glob(path))
    except Exception as error:
        raise _unreachable(address, error) from error
    if not found:
        raise InputError(address, "no file matches this pattern", "check it")
    for name in found:
        yield system.unstrip_protocol(name)


def open_address(address: str) -> io.BufferedReader[Any]:
    """Return the content of an address as a stream, read as it is asked for.

    Raises :class:`~resolver.errors.InputError` where it cannot be opened; reading raises OSError.
    """
    system, path = _system(address)
    try:
        return io.BufferedReader(_Remote(system.open(path, "rb"), system), _CHUNK)
    except Exception as error:
        raise _unreachable(address, error) from error


def state_of(address: str) -> tuple[int, str]:
    """Return how many bytes are at an address (0 where unknown) and what tells them from what is there later.

    That is whatever its store says of it: its size, its time of change, its ETag. Raises
    :class:`~resolver.errors.InputError` where it cannot be asked.
    """
    system, path = _system(address)
    try:
        known = dict(system.info(path))
    except Exception as error:
        raise _unreachable(address, error) from error
    size = known.get("size")
    said = repr(sorted((str(name), str(value)) for name, value in known.items()))
    return size if isinstance(size, int) else 0, hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()[
        :32
    ]


def _system(address: str) -> tuple[Any, str]:
    try:
        import fsspec
    except ImportError as error:
        raise InputError(
            address, "is an address, which needs fsspec", "install embed-resolver[remote]"
        ) from error
    try:
        system, path = fsspec.core.url_to_fs(address)
    except Exception as error:
        raise _unreachable(address, error) from error
    return system, path


def _unreachable(address: str, error: Exception) -> InputError:
    why = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    if isinstance(error, IsADirectoryError):
        return InputError(address, "is a folder", "give a pattern for its files, such as ADDRESS/*.jsonl")
    return InputError(address, f"cannot be opened ({why})", "check the address and your access to it")


class _Remote(io.RawIOBase):
    """A file of any of fsspec's stores, whose failures are OSErrors."""

    def __init__(self, file: Any, system: Any) -> None:
        self._file = file
        # Some, as that of an archive in another store, close what is open with them when nobody holds them.
        self._system = system

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return bool(self._file.seekable())

    def readinto(self, buffer: WriteableBuffer) -> int:
        target = memoryview(buffer)
        try:
            data = self._file.read(len(target))
        except OSError:
            raise
        except Exception as error:
            raise OSError(f"{type(error).__name__}: {error}") from error
        target[: len(data)] = data
        return len(data)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return int(self._file.seek(offset, whence))

    def tell(self) -> int:
        return int(self._file.tell())

    def close(self) -> None:
        if not self.closed:
            self._file.close()
        super().close()
