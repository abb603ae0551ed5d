"""Embeds as a table for people, and the summary of a run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resolver.render.terminal import shorten

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from resolver.models import Embed, Kind, Outcome

_HEADINGS = ("document", "kind", "platform", "handle", "posted", "post", "blocked", "text")
_WIDTHS = (28, 11, 9, 16, 10, 20, 7, 48)


def table_lines(embeds: Iterable[Embed]) -> Iterator[str]:
    """Yield the lines of a table with one embed per line, as they come; nothing for no embeds.

    >>> from resolver import scan
    >>> for line in table_lines(scan("Open! — Jo Doe (@jodoe) May 2, 2019")):
    ...     print(" ".join(line.split()))
    document kind platform handle posted post blocked text
    - leftover twitter @jodoe 2019-05-02 - - Open!
    """
    headings_due = True
    for embed in embeds:
        if headings_due:
            yield _line(_HEADINGS)
            headings_due = False
        blocked = (embed.blocked.language or "yes") if embed.blocked else None
        yield _line(
            (
                embed.document,
                embed.kind.value,
                embed.platform,
                f"@{embed.handle}" if embed.handle else None,
                embed.posted.isoformat() if embed.posted else None,
                embed.post_id,
                blocked,
                embed.text,
            )
        )


def _line(cells: Iterable[str | None]) -> str:
    fitted = (shorten(cell or "-", width) for cell, width in zip(cells, _WIDTHS, strict=True))
    return "  ".join(cell.ljust(width) for cell, width in zip(fitted, _WIDTHS, strict=True)).rstrip()


def summary_lines(
    *,
    documents: int,
    by_kind: Mapping[Kind, int],
    identified: int,
    links: int,
    outcomes: Mapping[Outcome, int],
) -> Iterator[str]:
    """Yield what a run found: how many documents, embeds by kind, links by whether they could be followed.

    >>> from resolver.models import Kind, Outcome
    >>> outcomes = {Outcome.OK: 2, Outcome.DNS_ERROR: 1}
    >>> for line in summary_lines(
    ...     documents=2, by_kind={Kind.LEFTOVER: 1}, identified=1, links=3, outcomes=outcomes
    ... ):
    ...     print(line)
    2 documents, 1 embed (1 leftover), 1 post named.
    3 links, 2 followed to an answer.
    1 link could not be followed (1 dns_error); the next run tries again.
    """
    embeds = sum(by_kind.values())
    kinds = ", ".join(f"{count:,} {kind.value}" for kind, count in by_kind.items())
    yield (
        f"{number(documents, 'document')}, {number(embeds, 'embed')}{f' ({kinds})' if kinds else ''}, "
        f"{number(identified, 'post')} named."
    )
    if not links:
        return
    unsettled = {outcome: count for outcome, count in outcomes.items() if not outcome.settled}
    settled = sum(outcomes.values()) - sum(unsettled.values())
    yield f"{number(links, 'link')}, {settled:,} followed to an answer."
    if unsettled:
        why = ", ".join(f"{count:,} {outcome.value}" for outcome, count in unsettled.items())
        yield f"{number(sum(unsettled.values()), 'link')} could not be followed ({why}); the next run tries again."


def number(count: int, noun: str) -> str:
    """Return a count with its noun.

    >>> number(1, "link"), number(1200, "link")
    ('1 link', '1,200 links')
    """
    return f"{count:,} {noun}" + ("" if count == 1 else "s")
