"""What each chart shows, said in Altair. Imports it, so that only what draws may import this."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt

from resolver.findings import Verdict
from resolver.render.report.palette import ALL
from resolver.render.report.wording import NAMES, percent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from resolver.render.statistics import Coverage, Statistics

    #: Draws one chart of a width in pixels; ``None`` where there is nothing to show.
    Plot = Callable[[Statistics, int], alt.TopLevelMixin | None]

#: vl-convert brings a font of the same widths (Liberation Sans), by which it makes room for the words.
FONT = "Arial"
#: The bars of the destinations, as many as are seen at a glance.
_DESTINATIONS = 15
_COVERAGE = {"archived": "archived copy", "missing": "none found", "not_asked": "not looked up"}
_PERCENT = alt.Axis(format="%", tickCount=5)


def _colours(names: Iterable[str]) -> alt.Scale:
    listed = list(names)
    return alt.Scale(domain=listed, range=[ALL[name].light for name in listed])


def _years(statistics: Statistics, width: int) -> alt.TopLevelMixin | None:
    order = {verdict.value: place for place, verdict in enumerate(NAMES)}
    rows = [
        {"year": label, "verdict": verdict.value, "links": links.of(verdict), "place": order[verdict.value]}
        for label, links in statistics.years
        for verdict in NAMES
    ]
    if len(statistics.years) < 2:
        return None
    chart = (
        _chart(rows)
        .mark_bar()
        .encode(
            x=alt.X("year:O", sort=None, title=None, axis=alt.Axis(labelAngle=0 if width > 400 else -90)),
            y=alt.Y("links:Q", stack="normalize", title=None, axis=_PERCENT),
            color=alt.Color("verdict:N", scale=_colours(order), legend=None),
            order="place:Q",
        )
    )
    return _sized(chart, width, 260)


def _destinations(statistics: Statistics, width: int) -> alt.TopLevelMixin | None:
    rows = [
        {
            "host": label,
            "share": links.share(statistics.measure),
            "said": f"{percent(links.share(statistics.measure))} of {links.total:,}",
        }
        for label, links in statistics.destinations[:_DESTINATIONS]
    ]
    if not rows:
        return None
    base = _chart(rows).encode(
        x=alt.X("share:Q", title=None, axis=None, scale=alt.Scale(domain=[0, 1.15 if width > 400 else 1.5])),
        y=alt.Y("host:N", sort=None, title=None, axis=alt.Axis(ticks=False, domain=False)),
    )
    bars = base.mark_bar(color=ALL[statistics.measure.value].light, height={"band": 0.72})
    said = base.mark_text(align="left", dx=5, color=ALL["ink"].light).encode(text="said:N")
    return _sized(bars + said, width, 24 * len(rows))


def _survival(statistics: Statistics, width: int) -> alt.TopLevelMixin | None:
    curve = statistics.survival
    if curve is None or len(curve.points) < 3:
        return None
    rows = [
        {"age": each.months / 12, "alive": each.alive, "low": each.low, "high": each.high}
        for each in curve.points
    ]
    base = _chart(rows).encode(
        x=alt.X(
            "age:Q", title="years since the article", axis=alt.Axis(grid=False, format="d", tickMinStep=1)
        )
    )
    share = alt.Scale(domain=[0, 1])
    band = base.mark_area(
        interpolate="step-after", color=ALL[Verdict.ALIVE.value].light, opacity=0.18
    ).encode(y=alt.Y("low:Q", scale=share, axis=_PERCENT, title=None), y2="high:Q")
    line = base.mark_line(
        interpolate="step-after", color=ALL[Verdict.ALIVE.value].light, strokeWidth=2.5
    ).encode(y=alt.Y("alive:Q", scale=share))
    half = _chart([{"half": 0.5}]).mark_rule(color=ALL["axis"].light, strokeDash=[4, 4]).encode(y="half:Q")
    return _sized(band + line + half, width, 260)


def _chains(statistics: Statistics, width: int) -> alt.TopLevelMixin | None:
    rows = [
        {"addresses": label, "links": links.total, "said": f"{links.total:,}"}
        for label, links in statistics.chains
    ]
    if not rows:
        return None
    base = _chart(rows).encode(
        x=alt.X("addresses:O", sort=None, title="addresses passed", axis=alt.Axis(labelAngle=0)),
        y=alt.Y("links:Q", title=None, axis=None),
    )
    bars = base.mark_bar(color=ALL[Verdict.ALIVE.value].light, width={"band": 0.6})
    return _sized(bars + base.mark_text(dy=-8, color=ALL["ink"].light).encode(text="said:N"), width, 200)


def _archived(statistics: Statistics, width: int) -> alt.TopLevelMixin | None:
    covered = {verdict: coverage for verdict, coverage in statistics.coverage.items() if _looked_up(coverage)}
    rows = [
        {"verdict": NAMES[verdict], "copy": name, "links": getattr(covered[verdict], name), "place": place}
        for verdict in NAMES
        if verdict in covered
        for place, name in enumerate(_COVERAGE)
    ]
    if not rows:
        return None
    chart = (
        _chart(rows)
        .mark_bar(height={"band": 0.72})
        .encode(
            x=alt.X("links:Q", stack="normalize", title=None, axis=_PERCENT),
            y=alt.Y("verdict:N", sort=None, title=None, axis=alt.Axis(ticks=False, domain=False)),
            color=alt.Color("copy:N", scale=_colours(_COVERAGE), legend=None),
            order="place:Q",
        )
    )
    return _sized(chart, width, 36 * len(covered))


def _looked_up(coverage: Coverage) -> bool:
    return bool(coverage.archived + coverage.missing)


def _chart(rows: list[dict[str, Any]]) -> alt.Chart:
    return alt.Chart(alt.InlineData(values=rows))


def _sized(chart: alt.Chart | alt.LayerChart, width: int, height: int) -> alt.TopLevelMixin:
    """Return the chart as wide as *width* with its axes, on nothing, in the inks of the page."""
    axis, soft, rule = ALL["axis"].light, ALL["soft"].light, ALL["rule"].light
    size = 13 if width > 400 else 12
    sized: alt.TopLevelMixin = (
        chart.properties(
            width=width,
            height=height,
            background="transparent",
            autosize=alt.AutoSizeParams(type="fit-x", contains="padding"),
            padding={"left": 6, "right": 6, "top": 6, "bottom": 2},
        )
        .configure(font=FONT)
        .configure_view(stroke=None)
        .configure_axis(
            labelColor=soft,
            titleColor=soft,
            gridColor=rule,
            tickColor=axis,
            domainColor=axis,
            labelFontSize=size,
            titleFontSize=size,
            titleFontWeight="normal",
            labelLimit=150 if width < 400 else 280,
            labelPadding=6,
        )
        .configure_text(fontSize=size)
    )
    return sized


PLOTS: Mapping[str, Plot] = {
    "years": _years,
    "destinations": _destinations,
    "survival": _survival,
    "chains": _chains,
    "archived": _archived,
}
