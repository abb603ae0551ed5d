"""Selectors of one element by its own tag: a small part of CSS, which needs no parsed page.

``name``, ``name*`` (a name that begins so), ``.class``, ``[attribute]``, ``[attribute=value]``, ``[attribute^=value]``,
``[attribute*=value]``, one after another without spaces; several of them with commas between.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from resolver.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Mapping

_PART = pattern(
    r"(?P<name>^[a-z][a-z0-9-]*\*?)"
    r"|\.(?P<class>[A-Za-z0-9_-]+)"
    r"|\[(?P<attribute>[A-Za-z0-9_-]+)(?:(?P<operator>[\^*]?=)'?(?P<value>[^'\]]*)'?)?\]"
)


class SelectorError(ValueError):
    """A selector is not one of this small part of CSS. The message says where it stops being one."""


@dataclass(frozen=True)
class _Test:
    """One attribute and what its value must be; ``None`` where any will do."""

    attribute: str
    operator: str = ""
    value: str = ""

    def holds(self, attributes: Mapping[str, str]) -> bool:
        found = attributes.get(self.attribute)
        if found is None:
            return False
        match self.operator:
            case "class":
                return self.value in found.split()
            case "=":
                return found == self.value
            case "^=":
                return found.startswith(self.value)
            case "*=":
                return self.value in found
        return True


@dataclass(frozen=True)
class _Compound:
    name: str
    tests: tuple[_Test, ...]

    def matches(self, name: str, attributes: Mapping[str, str]) -> bool:
        begins = self.name.endswith("*") and name.startswith(self.name[:-1])
        return (begins or self.name in {"", name}) and all(test.holds(attributes) for test in self.tests)


@dataclass(frozen=True)
class Selector:
    """What an element must be; it matches where one of its alternatives does."""

    alternatives: tuple[_Compound, ...]

    def matches(self, name: str, attributes: Mapping[str, str]) -> bool:
        """Return whether an element with this *name* and these *attributes* (both in lower case) is meant.

        >>> selector("iframe[data-src], div.video").matches("div", {"class": "wide video"})
        True
        >>> selector("iframe[data-src], div.video").matches("iframe", {"src": "/"})
        False
        """
        return any(compound.matches(name, attributes) for compound in self.alternatives)


def selector(text: str) -> Selector:
    """Return the selector that *text* writes. Raises SelectorError where it is none.

    >>> selector("div > p")
    Traceback (most recent call last):
    resolver.detect.blocked.selector.SelectorError: the selector 'div > p' cannot be read from ' > p' on
    """
    return Selector(tuple(_compound(text, part) for part in re.split(r",\s*", text.strip())))


def _compound(text: str, part: str) -> _Compound:
    position, name, tests = 0, "", []
    while position < len(part):
        match = _PART.match(part, position)
        if match is None:
            raise SelectorError(f"the selector {text!r} cannot be read from {part[position:]!r} on")
        if match["name"]:
            name = match["name"]
        elif match["class"]:
            tests.append(_Test("class", "class", match["class"]))
        else:
            tests.append(_Test(match["attribute"].lower(), match["operator"] or "", match["value"] or ""))
        position = match.end()
    if not name and not tests:
        raise SelectorError(f"the selector {text!r} has an empty alternative")
    return _Compound(name, tuple(tests))
