"""Writing several formats of one audit in one pass over its links."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Protocol

from resolver.render.json_lines import whole_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from resolver.findings import Occurrence
    from resolver.render.report.method import Method
    from resolver.render.statistics import Statistics, Tally


class Format(Protocol):
    """A form in which an audit is written: something before the links, something for each, something after."""

    def begin(self) -> str:
        """Return what stands before the links."""
        ...

    def row(self, occurrence: Occurrence) -> str:
        """Return what is written for one link."""
        ...

    def end(self, statistics: Statistics) -> Iterable[str]:
        """Yield what stands after the links."""
        ...


class Page:
    """The report for people, which is written when all links are counted."""

    def __init__(self, method: Method) -> None:
        self._method = method

    def begin(self) -> str:
        """Return nothing: all is said at the end."""
        return ""

    def row(self, _occurrence: Occurrence) -> str:
        """Return nothing, as before."""
        return ""

    def end(self, statistics: Statistics) -> Iterator[str]:
        """Yield the pieces of the page."""
        from resolver.render.report import html

        yield from html(statistics, self._method)


def write(
    occurrences: Iterable[Occurrence],
    tally: Tally,
    formats: Mapping[str, Format],
    *,
    counted: Callable[[Statistics], None] = lambda _: None,
) -> Statistics:
    """Write each format to the file of its name, ``-`` being standard output, and return the figures.

    The occurrences are read once, and none is kept but by *tally*; those of one document must come one after the other.
    *counted* is told the figures before anything of them is written. A file is there only once it is whole. Raises
    :class:`~resolver.errors.OutputError` where one cannot be written.
    """
    with ExitStack() as files:
        outs = [(files.enter_context(whole_file(path)), form) for path, form in formats.items()]
        for out, form in outs:
            out.write(form.begin())
        for occurrence in occurrences:
            tally.add(occurrence)
            for out, form in outs:
                out.write(form.row(occurrence))
        statistics = tally.statistics()
        counted(statistics)
        for out, form in outs:
            out.writelines(form.end(statistics))
    return statistics
