"""The figures of a report, counted from the findings of an audit."""

from resolver.render.statistics.baseline import Baseline, verdicts_of
from resolver.render.statistics.figures import (
    Article,
    Breakdown,
    Change,
    Coverage,
    Labelled,
    Repair,
    Statistics,
)
from resolver.render.statistics.survival import HalfLife, Point, Survival
from resolver.render.statistics.tally import REPAIRS, Tally

__all__ = [
    "REPAIRS",
    "Article",
    "Baseline",
    "Breakdown",
    "Change",
    "Coverage",
    "HalfLife",
    "Labelled",
    "Point",
    "Repair",
    "Statistics",
    "Survival",
    "Tally",
    "verdicts_of",
]
