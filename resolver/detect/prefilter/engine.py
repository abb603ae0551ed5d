"""Finds many patterns at once in bytes: by hyperscan where it is installed, else by RE2, else by Python itself."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final, Protocol, cast

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resolver.detect.prefilter.conditions import Condition

#: The engines, the fastest first: the library that each needs, and the module here that speaks to it.
ENGINES: Final = (("hyperscan", "by_hyperscan"), ("re2", "by_re2"), ("re", "by_re"))


class Engine(Protocol):
    """Patterns, compiled. It may be used by several threads at once."""

    def hits(self, data: bytes | memoryview) -> Sequence[tuple[int, int]]:
        """Return the hits in *data*, in any order: where each ends, and what it is a trace of (a number of ``Trace``).

        Of those of one trace that begin at one place there is one at least, whatever other hits they overlap; of a
        trace that is told by that it is anywhere, one at least in all.
        """
        ...


def engine(conditions: Sequence[Condition], *, name: str | None = None) -> Engine:
    """Return an engine for some conditions: the one called *name*, else the fastest that is installed.

    Raises ImportError where the one that is named is not installed.

    >>> from resolver.detect.prefilter.conditions import Condition
    >>> from resolver.detect.prefilter.traces import Trace
    >>> engine([Condition(Trace.LINK, rb"t\\.co")], name="re").hits(b"https://t.co/")
    [(12, 2)]
    """
    for library, module in ENGINES:
        if name not in {None, library}:
            continue
        try:
            compiled = import_module(f"resolver.detect.prefilter.{module}").compiled(conditions)
        except ImportError:
            if name is not None:
                raise
            continue
        return cast("Engine", compiled)
    raise ImportError(f"there is no engine called {name}", name=name)
