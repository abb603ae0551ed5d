"""Tables of known expansions, loaded for a command."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from resolver.commandline.printing import say
from resolver.render.table import number
from resolver.render.terminal import safe

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class Loaded(Protocol):
    """What loading a table has done, as :class:`cache.dumps.Loaded` says it."""

    @property
    def pairs(self) -> int:
        """How many links were new."""

    @property
    def is_new(self) -> bool:
        """Whether the same table had not been loaded before."""

    @property
    def unusable(self) -> int:
        """How many rows were left out."""

    @property
    def first_unusable(self) -> str | None:
        """Where the first of them stands, and what it has there."""


class Tables(Protocol):
    """A store of known expansions, as :class:`cache.dumps.Known` is one."""

    def load(self, path: str) -> Loaded:
        """Load a table."""


def load_tables(tables: Tables, paths: Iterable[str], *, quiet: bool) -> None:
    """Load each table, and say what was new in it; what could not be used also to those who want *quiet*."""
    for path in paths:
        loaded = tables.load(path)
        say(_left_out(path, loaded))
        new = number(loaded.pairs, "new known link") if loaded.is_new else "its links are known already"
        say([f"{safe(path)}: {new}."], quiet=quiet)


def _left_out(path: str, loaded: Loaded) -> Iterator[str]:
    if loaded.unusable:
        rows = f"{number(loaded.unusable, 'row')} {'was' if loaded.unusable == 1 else 'were'} left out"
        why = "being no http or https addresses of up to 2,000 characters"
        yield f"Warning: {safe(path)}: {rows}, {why}; the first is {loaded.first_unusable}"
