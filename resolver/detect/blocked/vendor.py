"""One vendor's row: how its placeholders are recognised, and the ordered steps to what they hide."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from resolver.detect.blocked.addresses import NAMES
from resolver.detect.blocked.decoders import DECODERS
from resolver.detect.blocked.selector import Selector, SelectorError, selector

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_REQUIRED: Final = ("name", "triggers", "element", "source", "sample", "expected")
_OPTIONAL: Final = ("contains", "wording", "alone", "platform", "steps")
_KINDS: Final[Mapping[str, type]] = {
    "name": str, "triggers": list, "element": str, "source": str, "sample": str, "expected": dict,
    "contains": str, "wording": bool, "alone": bool, "platform": list, "steps": list,
}  # fmt: skip
_PLACES: Final = ("attribute", "id", "content", "itself", "state")
_STEP_KEYS: Final = frozenset({*_PLACES, "within", "inside", "after", "decode", "of"})

#: The shortest trigger, in characters. What is shorter is in every page.
SHORTEST_TRIGGER = 6


class RowError(ValueError):
    """A row is not as a row must be. The message says what is wrong, in words."""


@dataclass(frozen=True, kw_only=True)
class Step:
    """One place where the target may be, and how it is written there.

    ``attribute`` names an attribute with an address or HTML, ``id`` one with the id of a post of the named platform,
    ``content`` takes what stands between the tags, ``itself`` the element as it is, and ``state`` the page's state.
    Each is of the element, of the elements ``inside`` (a CSS selector), or of the element that follows (``after``).
    ``within`` names elements whose content is HTML of its own (a script's template): ``inside`` is asked of that.
    """

    place: str
    #: The attribute's name; empty for the other places.
    name: str = ""
    within: str = ""
    inside: str = ""
    after: str = ""
    decode: tuple[str, ...] = ()
    #: The platform that an ``id`` is of, where the row's places for its name do not say.
    of: str | None = None

    @property
    def is_shown(self) -> bool:
        """Whether what it takes is a part of the page that readers see."""
        hidden = any(name in self.inside for name in ("script", "template", "noscript", "textarea"))
        return self.place == "itself" or (self.place == "content" and not hidden and not self.after)


@dataclass(frozen=True, kw_only=True)
class Expected:
    """What must come out of a row's sample."""

    platform: str | None
    #: A part of the address or HTML that is recovered; empty where nothing can be.
    target: str


@dataclass(frozen=True, kw_only=True)
class Vendor:
    """One row of ``resolver/rules/vendors``."""

    name: str
    #: Strings one of which is in every page with such a placeholder, in the start tag of its element.
    triggers: tuple[str, ...]
    #: What the element is, by its start tag.
    element: Selector
    #: A string that must be in the element's source as well.
    contains: str = ""
    #: The triggers are words that readers see, in a box whose markup says nothing.
    wording: bool = False
    #: The element alone says that an embed was blocked, even where nothing can be recovered.
    alone: bool = False
    #: Where the platform is named: attributes, ``name`` (of the element), ``text`` (that it shows), in this order.
    platform: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    #: Where it was seen.
    source: str
    #: A page with one such placeholder, of our own making.
    sample: str
    expected: Expected


def vendor(row: Mapping[str, object]) -> Vendor:
    """Return the vendor that a row describes. Raises RowError, which says all that is wrong with it.

    >>> vendor({"name": "demo", "triggers": ["data-demo"], "element": "div"})
    Traceback (most recent call last):
    resolver.detect.blocked.vendor.RowError: 'source' is missing; 'sample' is missing; 'expected' is missing
    """
    problems = list(_problems(row))
    if problems:
        raise RowError("; ".join(problems))
    expected: Mapping[str, str] = row["expected"]  # type: ignore[assignment]
    steps: list[Mapping[str, object]] = row.get("steps", [])  # type: ignore[assignment]
    return Vendor(
        name=str(row["name"]),
        triggers=_words(row["triggers"]),
        element=selector(str(row["element"])),
        contains=str(row.get("contains", "")),
        wording=bool(row.get("wording")),
        alone=bool(row.get("alone")),
        platform=_words(row.get("platform", [])),
        steps=tuple(_step(step) for step in steps),
        source=str(row["source"]),
        sample=str(row["sample"]),
        expected=Expected(platform=expected.get("platform"), target=expected.get("target", "")),
    )


def _problems(row: Mapping[str, object]) -> Iterator[str]:
    yield from (f"{key!r} is missing" for key in _REQUIRED if not row.get(key))
    yield from (f"{key!r} is not a key of a row" for key in row if key not in {*_REQUIRED, *_OPTIONAL})
    for key, kind in _KINDS.items():
        if key in row and not isinstance(row[key], kind):
            yield f"{key!r} is not a {_KIND_NAMES[kind]}"
            return
    yield from _trigger_problems(row)
    if row.get("element"):
        yield from _selector_problems(str(row["element"]))
    yield from _expected_problems(row.get("expected", {}))
    for number, step in enumerate(_list(row.get("steps")), 1):
        yield from (f"step {number}: {problem}" for problem in _step_problems(step))


_KIND_NAMES: Final = {str: "string", list: "list", dict: "table", bool: "true or false"}


def _selector_problems(text: str) -> Iterator[str]:
    try:
        selector(text)
    except SelectorError as error:
        yield str(error)


def _trigger_problems(row: Mapping[str, object]) -> Iterator[str]:
    for trigger in _list(row.get("triggers")):
        if not isinstance(trigger, str) or len(trigger) < SHORTEST_TRIGGER:
            yield f"the trigger {trigger!r} is not a string of at least {SHORTEST_TRIGGER} characters"
    triggers = [trigger for trigger in _list(row.get("triggers")) if isinstance(trigger, str)]
    if triggers and row.get("sample") and not any(trigger in str(row["sample"]) for trigger in triggers):
        yield "none of the triggers is in the sample"


def _expected_problems(expected: object) -> Iterator[str]:
    if not isinstance(expected, dict):
        return
    yield from (f"'expected' has no key {key!r}" for key in expected if key not in {"platform", "target"})
    platform = expected.get("platform")
    if platform is not None and platform not in NAMES.values():
        yield f"'expected' names the platform {platform!r}, which is none"


def _step_problems(step: object) -> Iterator[str]:
    if not isinstance(step, dict):
        yield "it is not a table"
        return
    yield from (f"{key!r} is not a key of a step" for key in step if key not in _STEP_KEYS)
    if sum(place in step for place in _PLACES) != 1:
        yield f"it must have exactly one of {', '.join(_PLACES)}"
    for name in _decoder_names(step):
        if name not in DECODERS:
            yield f"{name!r} is no decoder; there are {', '.join(DECODERS)}"
    if "of" in step and step["of"] not in NAMES.values():
        yield f"{step['of']!r} is no platform"


def _step(step: Mapping[str, object]) -> Step:
    place = next(place for place in _PLACES if place in step)
    return Step(
        place=place,
        name=str(step[place]).lower() if place in {"attribute", "id"} else "",
        within=str(step.get("within", "")),
        inside=str(step.get("inside", "")),
        after=str(step.get("after", "")),
        decode=tuple(_decoder_names(step)),
        of=str(step["of"]) if "of" in step else None,
    )


def _decoder_names(step: Mapping[str, object]) -> list[str]:
    return str(step.get("decode", "")).split()


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _words(value: object) -> tuple[str, ...]:
    return tuple(str(word) for word in _list(value))
