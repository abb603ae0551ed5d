"""The report as one HTML file that needs nothing else: no script, no font, no picture from anywhere."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from resolver.findings import Verdict
from resolver.render.report import palette, wording
from resolver.render.report.address import web_address
from resolver.render.report.charts import charts
from resolver.render.report.snippets import snippet
from resolver.render.table import number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from jinja2 import Environment

    from resolver.render.report.charts import Chart
    from resolver.render.report.method import Method
    from resolver.render.statistics import Statistics

#: Control characters, halves of surrogate pairs, and what changes the direction of the text around it
#: (https://www.unicode.org/reports/tr9/#Directional_Formatting_Characters). Joiners stay: words and emoji need them.
_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufffe\uffff]"
)


def html(
    statistics: Statistics, method: Method, *, draw: Callable[[Statistics], Mapping[str, Chart]] = charts
) -> Iterator[str]:
    """Yield the pieces of the report; *draw* makes its charts.

    Charts are in it where the extra ``report`` is installed; each is also a table. Whatever strangers wrote is escaped,
    and only addresses of the web become links.

    >>> from datetime import UTC, datetime
    >>> from resolver.render.report import Method
    >>> from resolver.render.statistics import Tally
    >>> method = Method(database="provenance.db", made_at=datetime(2026, 11, 22, tzinfo=UTC), tool_version="1.0")
    >>> next(html(Tally().statistics(), method)).splitlines()[0]
    '<!doctype html>'
    """
    template = _environment().get_template("report.html.jinja")
    return template.generate(
        statistics=statistics, method=method, charts=draw(statistics), links=statistics.links
    )


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("resolver.render.report"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_clean,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        address=web_address,
        age=wording.age,
        day=wording.day,
        number=number,
        percent=wording.percent,
        shorten=_shorten,
    )
    environment.globals.update(
        Verdict=Verdict, names=wording.NAMES, palette=palette, snippet=snippet, wording=wording
    )
    return environment


def _clean(value: Any) -> Any:
    return type(value)(_UNSAFE.sub("\N{REPLACEMENT CHARACTER}", value)) if isinstance(value, str) else value


def _shorten(text: str, length: int) -> str:
    text = " ".join(text.split())
    return text if len(text) <= length else text[: length - 1] + "\N{HORIZONTAL ELLIPSIS}"
