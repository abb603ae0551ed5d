"""The charts, drawn by Altair through vl-convert (extra ``report``) in two widths: for a page and for a phone."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from resolver.render.report.drawing import inline

if TYPE_CHECKING:
    from resolver.render.statistics import Statistics

#: In pixels.
WIDE, NARROW = 880, 320


class Chart(NamedTuple):
    """One chart as two elements, for a page and for a phone."""

    wide: str
    narrow: str


def charts(statistics: Statistics) -> dict[str, Chart]:
    """Return the charts by the names of what they show; one that has nothing to show is left out.

    None at all where the extra ``report`` is not installed.

    >>> from resolver.render.statistics import Tally
    >>> charts(Tally().statistics())
    {}
    """
    try:
        import vl_convert

        from resolver.render.report.plots import PLOTS
    except ImportError:
        return {}
    drawn = {}
    for name, plot in PLOTS.items():
        plots = [plot(statistics, width) for width in (WIDE, NARROW)]
        svgs = [inline(vl_convert.vegalite_to_svg(each.to_dict())) for each in plots if each is not None]
        if svgs:
            drawn[name] = Chart(*svgs)
    return drawn
