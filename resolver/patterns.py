"""Regular expressions that are compiled when they are first used: most runs use a third of those there are."""

from __future__ import annotations

import re
from typing import Any, AnyStr, cast


def pattern(expression: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    r"""Return what can be used like ``re.compile(expression, flags)``, and is compiled by its first use.

    It is no instance of :class:`re.Pattern`: functions of :mod:`re` do not take it, its methods do what they do.
    Raises :class:`re.error` for what is no expression only when it is used.

    >>> digits = pattern(r"[0-9]+")
    >>> digits.findall("2 May 2019"), digits.pattern
    (['2', '2019'], '[0-9]+')
    """
    return cast("re.Pattern[AnyStr]", _Uncompiled(expression, flags))


class _Uncompiled:
    """What stands for a pattern until one of its methods is wanted; then it has that of the compiled one."""

    def __init__(self, expression: Any, flags: int) -> None:
        self._made_of = expression, flags

    def __getattr__(self, name: str) -> Any:
        # Looked up here once for each name: from then on it is an attribute like any other.
        found = getattr(re.compile(*self._made_of), name)
        setattr(self, name, found)
        return found
