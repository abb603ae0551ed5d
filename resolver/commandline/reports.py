"""The options by which an audit is reported, and what they write."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from resolver.commandline.options import gathered

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from resolver.commandline.checks import Checks
    from resolver.commandline.options import Network
    from resolver.findings import Occurrence
    from resolver.render.outputs import Format
    from resolver.render.report import Method
    from resolver.render.statistics import Baseline, Statistics
    from resolver.render.threshold import Threshold

    Command = Callable[..., object]

#: The formats by the names of their options.
_FORMATS = {
    "report": "The report for people: one HTML file that opens offline.",
    "csv": "Every link with its verdict, as CSV.",
    "json": "Every link with its verdict, and all figures, as JSON.",
    "markdown": "A summary, as for a CI step.",
    "sarif": "Dead and suspect links as SARIF, for code hosts.",
}
#: The largest article that is read again to find the line of a link.
_LARGEST_SOURCE = 20_000_000


class Reports(NamedTuple):
    """What an audit is to write, and on what it is to fail."""

    #: The file for each format that was asked for; ``-`` is standard output.
    files: Mapping[str, str]
    #: The database of an earlier audit.
    baseline: str | None
    #: Where the computer stands that asks, in the user's words.
    vantage: str | None
    thresholds: tuple[Threshold, ...]

    def method(
        self,
        db: str,
        *,
        documents: int,
        embeds: int,
        answered_by: Mapping[str, str],
        network: Network,
        checks: Checks,
    ) -> Method:
        """Return how the audit of so many documents and embeds was made, for its report to say."""
        from resolver import __version__
        from resolver.render.report import Method

        return Method(
            database=db,
            made_at=checks.clock(),
            tool_version=__version__,
            dead_after=checks.rule.checks,
            apart=checks.rule.apart,
            tries=network.policy.attempts,
            vantage=self.vantage,
            archive=checks.archive.index if checks.archived else None,
            oembed=checks.oembed,
            answered_by=answered_by,
            baseline=self.baseline,
            documents=documents,
            embeds=embeds,
        )

    def write(
        self, occurrences: Iterable[Occurrence], method: Method, *, baseline: Baseline | None = None
    ) -> tuple[Statistics, tuple[str, ...]]:
        """Write what was asked for, and return the figures with a sentence for each threshold that is crossed.

        Raises :class:`~resolver.errors.OutputError` where a file cannot be written.
        """
        from resolver.render.outputs import write
        from resolver.render.statistics import Tally
        from resolver.render.summary import Summary
        from resolver.render.threshold import crossed

        formats = _formats(self.files, method)

        def counted(statistics: Statistics) -> None:
            for form in formats.values():
                if isinstance(form, Summary):
                    form.crossings = crossed(self.thresholds, statistics)

        statistics = write(occurrences, Tally(baseline=baseline), formats, counted=counted)
        return statistics, crossed(self.thresholds, statistics)


def reports(command: Command) -> Command:
    """Add the options of an audit's reports; the command gets one ``reports``."""
    options = [
        click.option(
            "--fail-on",
            multiple=True,
            metavar="THRESHOLD",
            callback=_thresholds,
            help="End with exit code 1 where crossed, as dead>10% or newly_dead>0. Repeatable, or with commas.",
        ),
        click.option("--vantage", metavar="TEXT", help="Where this computer stands, for the report to say."),
        click.option(
            "--baseline", metavar="FILE", help="The database of an earlier audit, to show changes since."
        ),
        *(click.option(f"--{name}", metavar="FILE", help=said) for name, said in reversed(_FORMATS.items())),
    ]
    return gathered(command, "reports", _reports, options)


def _reports(
    *, fail_on: tuple[Threshold, ...], vantage: str | None, baseline: str | None, **files: str | None
) -> Reports:
    given = {name: path for name, path in files.items() if path is not None}
    if len(set(given.values())) < len(given):
        raise click.UsageError("Two formats cannot go to the same file; give each its own.")
    if baseline is None and any(threshold.measure == "newly_dead" for threshold in fail_on):
        raise click.UsageError("newly_dead needs --baseline, the database of an earlier audit.")
    return Reports(files=given, baseline=baseline, vantage=vantage, thresholds=fail_on)


def _thresholds(
    _ctx: click.Context, _parameter: click.Parameter, values: tuple[str, ...]
) -> tuple[Threshold, ...]:
    if not values:
        return ()
    from resolver.render.threshold import parse

    try:
        return tuple(threshold for value in values for threshold in parse(value))
    except ValueError as error:
        raise click.BadParameter(str(error)) from error


def _formats(files: Mapping[str, str], method: Method) -> dict[str, Format]:
    from resolver.render.audit_json import AuditJson
    from resolver.render.outputs import Page
    from resolver.render.sarif import Sarif
    from resolver.render.spreadsheet import Spreadsheet
    from resolver.render.summary import Summary

    made: dict[str, Callable[[], Format]] = {
        "report": lambda: Page(method),
        "csv": Spreadsheet,
        "json": lambda: AuditJson(method),
        "markdown": lambda: Summary(answered_by=method.answered_by),
        "sarif": lambda: Sarif(method.tool_version, source_of),
    }
    return {path: made[name]() for name, path in files.items()}


def source_of(document: str) -> str | None:
    """Return the source of a document whose id is the path of a file, ``None`` where it is not one or too large.

    >>> source_of("no/such/article.html") is None
    True
    """
    from resolver.documents import as_document

    path = Path(document)
    try:
        if not path.is_file() or path.stat().st_size > _LARGEST_SOURCE:
            return None
        return as_document(path.read_bytes()).source
    except (OSError, ValueError):  # a name that no file can have
        return None
