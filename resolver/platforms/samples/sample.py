"""A case for a row of data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, kw_only=True)
class Sample:
    """A case with what must come out of it."""

    #: An address, or an article's HTML.
    case: str
    #: What must come out, by the names of the fields of a Post or an Embed. Empty: nothing may be found.
    found: Mapping[str, str | None]
