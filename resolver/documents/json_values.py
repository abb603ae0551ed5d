"""JSON as tables have it: with numbers that no JSON has, and more than one value."""

from __future__ import annotations

import json
import math
from typing import Final


def _finite(number: str) -> float | None:
    value = float(number)
    return value if math.isfinite(value) else None


#: Reads ``NaN`` and ``Infinity``, which pandas and others write, and what is too large for a number, as null: nobody
#: could read them again if they were written out (RFC 8259, 6).
DECODER: Final = json.JSONDecoder(parse_constant=lambda _: None, parse_float=_finite)
