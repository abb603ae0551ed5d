"""The options by which an audit checks links and looks up copies, and what asks the web for it."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from resolver.commandline.numbers import MOST_DAYS, Number
from resolver.commandline.options import gathered, is_server

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from resolver.archive import Archive, Layout
    from resolver.audit import Checker, DeadRule
    from resolver.commandline.options import Network
    from resolver.expand.exchange import Archive as Evidence
    from resolver.findings import Selection, Verdict
    from resolver.protocols import CoolDowns

    Command = Callable[..., object]

#: For which links copies are looked up.
LOST, ALL, NONE = "lost", "all", "none"
_DAY = timedelta(days=1)
#: Of an answer of an archive: a list of some thousand captures.
_ARCHIVE_BYTES = 4 * 1024 * 1024


class Checks(NamedTuple):
    """How links are checked and what archives are asked."""

    selection: Selection
    rule: DeadRule
    #: For which links copies are looked up, where, and how many questions are asked in a minute.
    archive_for: str
    archive: Layout
    archive_rate: float
    #: The endpoint that says whether posts of X are there.
    oembed: str
    #: What time it is said to be; ``None`` for the real one.
    now: datetime | None

    @property
    def clock(self) -> Callable[[], datetime]:
        """What tells the time (UTC)."""
        fixed = self.now
        return (lambda: datetime.now(UTC)) if fixed is None else lambda: fixed

    @property
    def archived(self) -> frozenset[Verdict]:
        """The verdicts of the links for which copies are looked up."""
        from resolver.findings import Verdict

        wanted = {
            LOST: {Verdict.DEAD, Verdict.SUSPECT},
            ALL: set(Verdict) - {Verdict.NOT_CHECKABLE},
            NONE: set(),
        }
        return frozenset(wanted[self.archive_for])

    @property
    def arguments(self) -> dict[str, object]:
        """What is written down of it with the run."""
        return {
            "dead_checks": self.rule.checks,
            "dead_days": self.rule.apart / _DAY,
            "archive": self.archive.index,
            "archive_for": self.archive_for,
            "oembed": self.oembed,
        }

    @contextmanager
    def asking(
        self, network: Network, cool_downs: CoolDowns, evidence: Evidence | None = None
    ) -> Iterator[tuple[Checker, Archive | None]]:
        """Yield what checks links and, where copies are wanted, what asks the archive, as long as the block lasts.

        *evidence* keeps what the links' hosts are asked and answer.
        """
        with ExitStack() as opened:
            checker = self._checker(opened, network, evidence)
            yield checker, None if self.archive_for == NONE else self._archive(opened, network, cool_downs)

    def _checker(self, opened: ExitStack, network: Network, evidence: Evidence | None) -> Checker:
        import secrets

        from resolver.audit import Checker
        from resolver.expand.pages import PageClient
        from resolver.platforms import post_of

        client = opened.enter_context(
            PageClient(
                connect_to=network.connect_to,
                user_agent=network.user_agent,
                concurrency=network.concurrency,
                per_host=network.per_host,
                policy=network.policy,
                archive=evidence,
                clock=None if self.now is None else self.clock,
            )
        )
        own = {**network.connect_to, **_own_server(self.oembed)}
        oembed = opened.enter_context(PageClient(connect_to=own, user_agent=network.user_agent))
        return Checker(
            client=client,
            oembed=oembed,
            endpoints={"twitter": self.oembed},
            post_of=post_of,
            random_name=lambda length: secrets.token_hex(length)[:length],
        )

    def _archive(self, opened: ExitStack, network: Network, cool_downs: CoolDowns) -> Archive:
        import time

        from resolver.archive import Archive, shared_pace
        from resolver.archive.pace import COPIES_PER_MINUTE
        from resolver.expand.pages import PageClient
        from resolver.expand.policy import Policy

        client = opened.enter_context(
            PageClient(
                connect_to={**network.connect_to, **_own_server(self.archive.index)},
                user_agent=network.user_agent,
                policy=Policy(attempts=1, redirects=0, read_seconds=60.0, link_seconds=120.0),
                page_bytes=_ARCHIVE_BYTES,
            )
        )
        copies_a_minute = max(self.archive_rate, COPIES_PER_MINUTE)
        return Archive(
            layout=self.archive,
            client=client,
            cool_downs=cool_downs,
            index_pace=shared_pace(self.archive.index, self.archive_rate),
            copy_pace=shared_pace(f"{self.archive.index} copies", copies_a_minute),
            now=lambda: datetime.now(UTC),
            sleep=time.sleep,
        )


def checks(command: Command) -> Command:
    """Add the options of an audit's checks; the command gets one ``checks``."""
    options = [
        click.option("--recheck-after", type=Number(min=0, max=MOST_DAYS), metavar="DAYS",
                     help="Check what was last checked so long ago (default: 7 days if alive, else 3)."),
        click.option("--only", multiple=True, metavar="VERDICT|HOST",
                     help="Check only links last found so (dead, suspect, ...), or of a host. Repeatable."),
        click.option("--limit", type=click.IntRange(min=0), metavar="N", help="Check at most N links; 0 only reports."),
        click.option("--host-limit", type=click.IntRange(min=1), metavar="N",
                     help="Check at most N links of one host."),
        click.option("--dead-checks", type=click.IntRange(min=1), default=3, show_default=True, metavar="N",
                     help="Call a link dead after so many checks that found it dead, ..."),
        click.option("--dead-days", type=Number(min=0, max=MOST_DAYS), default=3, show_default=True, metavar="DAYS",
                     help="... each so long after the one before."),
        click.option("--archive", default="https://web.archive.org", show_default=True, metavar="URL",
                     help="Where copies are looked up: a Wayback Machine, pywb, CDX server or TimeMap."),
        click.option("--archive-kind", type=click.Choice(["cdx", "timemap"]), help="How it is asked."),
        click.option("--archive-for", type=click.Choice([LOST, ALL, NONE]), default=LOST, show_default=True,
                     help="Look up copies for dead and suspect links, for all, or for none."),
        click.option("--archive-rate", type=Number(min=0, min_open=True), default=24, show_default=True,
                     metavar="N", help="Ask the archive at most N questions a minute."),
        click.option("--oembed", default="https://publish.twitter.com/oembed", show_default=True, metavar="URL",
                     help="The endpoint that says whether posts of X are there."),
        click.option("--now", hidden=True, metavar="TIME", callback=_time, help="What time it is said to be."),
    ]  # fmt: skip
    return gathered(command, "checks", _checks, list(reversed(options)))


def _checks(
    *,
    archive: str,
    archive_kind: str | None,
    archive_for: str,
    archive_rate: float,
    oembed: str,
    now: datetime | None,
    **given: Any,
) -> Checks:
    from resolver.archive import Kind, layout_of
    from resolver.audit import DeadRule

    if not is_server(oembed, "http", "https"):
        raise click.BadParameter(f"{oembed!r} is not an http address", param_hint="--oembed")
    try:
        layout = layout_of(archive, Kind(archive_kind) if archive_kind else None)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--archive") from error
    return Checks(
        selection=_selection(
            **{name: given[name] for name in ("recheck_after", "only", "limit", "host_limit")}
        ),
        rule=DeadRule(checks=given["dead_checks"], apart=given["dead_days"] * _DAY),
        archive_for=archive_for,
        archive=layout,
        archive_rate=archive_rate,
        oembed=oembed,
        now=now,
    )


def _selection(
    *, recheck_after: float | None, only: tuple[str, ...], limit: int | None, host_limit: int | None
) -> Selection:
    from resolver.findings import Selection

    verdicts, hosts = selected(only)
    return Selection(
        recheck_after=None if recheck_after is None else recheck_after * _DAY,
        verdicts=verdicts,
        hosts=hosts,
        limit=limit,
        per_host=host_limit,
    )


def selected(only: tuple[str, ...]) -> tuple[frozenset[Verdict], frozenset[str]]:
    """Return the verdicts and the hosts among the values of ``--only``.

    Raises :class:`click.BadParameter` for what is neither.

    >>> verdicts, hosts = selected(("dead", "News.example"))
    >>> [verdict.value for verdict in verdicts], list(hosts)
    (['dead'], ['news.example'])
    """
    from resolver.findings import Verdict

    known = {verdict.value: verdict for verdict in Verdict}
    hosts = [value.lower() for value in only if value not in known]
    for host in hosts:
        if "." not in host or "/" in host or ":" in host:
            raise click.BadParameter(
                f"{host!r} is neither a host nor one of {', '.join(known)}", param_hint="--only"
            )
    return frozenset(known[value] for value in only if value in known), frozenset(hosts)


def _time(_ctx: click.Context, _parameter: click.Parameter, value: str | None) -> datetime | None:
    if value is None:
        return None
    try:
        time_given = datetime.fromisoformat(value)
    except ValueError as error:
        raise click.BadParameter(f"{value!r} is no time, as in 2026-11-22T12:00:00Z") from error
    return time_given if time_given.tzinfo else time_given.replace(tzinfo=UTC)


def _own_server(url: str) -> Mapping[str, str]:
    """Return what sends requests to a server that the user named by plain http, wherever it is."""
    from urllib.parse import urlsplit

    parts = urlsplit(url)
    return {str(parts.hostname): f"http://{parts.netloc}"} if parts.scheme == "http" else {}
