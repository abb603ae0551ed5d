"""Numbers as options: what is none, or has no end, is refused where it is given."""

from __future__ import annotations

import math
from typing import Any, Final

import click

#: The most days and seconds that can be said: a hundred years, a year.
MOST_DAYS: Final = 36_500
MOST_SECONDS: Final = 365 * 86_400


class Number(click.FloatRange):
    """A number within bounds: ``nan``, which is within all, is none.

    >>> Number(min=0, max=9).convert("nan", None, None)
    Traceback (most recent call last):
    click.exceptions.BadParameter: 'nan' is not a number.
    """

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the number. Raises :class:`click.BadParameter` for what is none, or is out of bounds."""
        number = super().convert(value, param, ctx)
        if not math.isfinite(number):
            self.fail(f"{value!r} is not a number.", param, ctx)
        return number
