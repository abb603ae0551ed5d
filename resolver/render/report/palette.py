"""The colours of the report, by day and by night.

A chart is drawn in the colours of the day, and the style sheet replaces each by its variable, so that one drawing
serves both. Against its background every colour of a text has a contrast of 4.5 or more and every other one of 3 or
more (WCAG 2.2, https://www.w3.org/TR/WCAG22/#contrast-minimum and #non-text-contrast); a test measures it.
"""

from __future__ import annotations

from typing import NamedTuple

from resolver.findings import Verdict


class Colour(NamedTuple):
    """A colour on the light and on the dark page, as ``#rrggbb``."""

    light: str
    dark: str


#: What is behind everything, and behind tables and tiles.
GROUNDS = {"paper": Colour("#fbfaf7", "#15171a"), "sheet": Colour("#ffffff", "#1d2024")}
#: What is read.
INKS = {
    "ink": Colour("#1d1f22", "#e9e7e2"),
    "soft": Colour("#565b63", "#a9adb4"),
    "address": Colour("#1a5a96", "#8cbcf0"),
    "alarm": Colour("#b3261e", "#ff9188"),
}
#: What is seen.
MARKS = {
    Verdict.ALIVE.value: Colour("#1f5c8b", "#7fb8e6"),
    Verdict.MOVED.value: Colour("#5994c0", "#3f7fb0"),
    Verdict.SUSPECT.value: Colour("#c08100", "#e8b04a"),
    Verdict.DEAD.value: Colour("#b3271f", "#f2786f"),
    Verdict.BLOCKED.value: Colour("#7a5aa6", "#b79be0"),
    Verdict.UNKNOWN.value: Colour("#5f646c", "#9aa0a8"),
    Verdict.NOT_CHECKABLE.value: Colour("#8b9098", "#6d737b"),
    "archived": Colour("#2e7d5b", "#69c39b"),
    "missing": Colour("#c08101", "#e8b04b"),
    "not_asked": Colour("#8b9099", "#6d737c"),
    "axis": Colour("#6b7078", "#8d939b"),
}
#: What only divides.
LINES = {"rule": Colour("#dedbd3", "#34383e")}
#: What is behind a number, as long as the number is large.
TINTS = {"tint": Colour("#f6d9d4", "#4a2a2a")}
ALL = {**GROUNDS, **INKS, **MARKS, **LINES, **TINTS}


def variables(*, dark: bool) -> str:
    """Return the declarations of all colours.

    >>> variables(dark=True).split(";")[0]
    '--paper:#15171a'
    """
    return ";".join(f"--{name}:{colour.dark if dark else colour.light}" for name, colour in ALL.items())


def replacements() -> str:
    """Return the rules that put the variables in the place of a drawing's colours.

    >>> replacements().splitlines()[0]
    '.chart [fill="#fbfaf7"]{fill:var(--paper)}.chart [stroke="#fbfaf7"]{stroke:var(--paper)}'
    """
    return "\n".join(
        "".join(f'.chart [{what}="{colour.light}"]{{{what}:var(--{name})}}' for what in ("fill", "stroke"))
        for name, colour in ALL.items()
    )
