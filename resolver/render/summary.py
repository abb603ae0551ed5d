"""The audit in a few lines of Markdown, for the summary of a CI step."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from resolver.findings import Verdict
from resolver.patterns import pattern
from resolver.render.report.address import web_address
from resolver.render.report.wording import NAMES, headline, percent, standfirst
from resolver.render.terminal import shorten

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from resolver.findings import Occurrence
    from resolver.render.statistics import Article, Statistics

#: What CommonMark and GitHub's Markdown may take for markup or an address; after a backslash it is plain
#: (https://spec.commonmark.org/0.31.2/#backslash-escapes).
_MARKUP = pattern(r"[\\`*_{}\[\]<>|~&#@:]")
_ARTICLES = 10


class Summary:
    """Writes the headline, the verdicts, what was crossed and the worst articles."""

    def __init__(
        self, crossings: Sequence[str] = (), *, answered_by: Mapping[str, str] | None = None
    ) -> None:
        self.crossings = crossings
        self._answered_by = answered_by or {}

    def begin(self) -> str:
        """Return nothing: all is said at the end."""
        return ""

    def row(self, _occurrence: Occurrence) -> str:
        """Return nothing, as before."""
        return ""

    def end(self, statistics: Statistics) -> Iterator[str]:
        """Yield the lines."""
        yield from (f"{line}\n" for line in summary_lines(statistics, self.crossings))
        if self._answered_by:
            hosts = f"{len(self._answered_by):,} host{'s' * (len(self._answered_by) > 1)}"
            servers = ", ".join(sorted(set(self._answered_by.values())))
            yield f"\nFor {hosts} {plain(servers)} answered, not the web.\n"


def summary_lines(statistics: Statistics, crossings: Sequence[str] = ()) -> Iterator[str]:
    """Yield the lines of the summary; what strangers wrote in it is plain text.

    >>> from resolver.render.statistics import Tally
    >>> next(summary_lines(Tally().statistics()))
    '## No links were found to check'
    """
    yield f"## {headline(statistics)}"
    yield ""
    for crossing in crossings:
        yield f"- **{plain(crossing)}**"
    if crossings:
        yield ""
    if sentences := standfirst(statistics):
        yield " ".join(sentences)
        yield ""
    links = statistics.links
    if links.total:
        yield "| verdict | links | share |"
        yield "|---|--:|--:|"
        for verdict in NAMES:
            if links.of(verdict):
                yield f"| {NAMES[verdict]} | {links.of(verdict):,} | {percent(links.share(verdict))} |"
        yield ""
    yield from _worst_lines(statistics)


def _worst_lines(statistics: Statistics) -> Iterator[str]:
    if not statistics.worst:
        return
    yield "| article | dead | suspect | of links | archived copies |"
    yield "|---|--:|--:|--:|--:|"
    for article in statistics.worst[:_ARTICLES]:
        links = article.links
        counts = (links.dead, links.of(Verdict.SUSPECT), links.total, article.archived)
        yield f"| {_named(article)} | {' | '.join(f'{count:,}' for count in counts)} |"
    yield ""


def _named(article: Article) -> str:
    name = plain(shorten(article.document, 100))
    url = web_address(article.url)
    return f"[{name}](<{quote(url, safe=_URL)}>)" if url else name


#: The characters of an address that stay as they are (RFC 3986), but for those that end a link in a table.
_URL = ":/?#[]@!$&'()*+,;=%~"


def plain(text: str) -> str:
    r"""Return a text that Markdown shows as it is, on one line.

    >>> plain("<img> | [x](y) *z*")
    '\\<img\\> \\| \\[x\\](y) \\*z\\*'
    """
    return _MARKUP.sub(r"\\\g<0>", shorten(text, 300))
