"""Handles and lists of handles, and the handle that a post answers."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from resolver.entities.characters import LATIN_ACCENTED, SPACES
from resolver.entities.entity import Entity

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Both signs that phones write. A handle had up to 20 characters; 15 is the limit for new ones.
_HANDLE = r"(?P<sign>[@＠])(?P<handle>[A-Za-z0-9_]{1,20})"


@cache
def _handle_or_list() -> re.Pattern[str]:
    # A letter or digit before the sign makes it a mail address, except in "RT@handle".
    before = r"(?:\A|[^A-Za-z0-9_!#$%&*@＠]|(?:\A|[^A-Za-z0-9_+~.\-])[Rr][Tt]:?)"
    return re.compile(rf"{before}{_HANDLE}(?:/(?P<list>[A-Za-z][A-Za-z0-9_\-]{{0,24}}))?")


@cache
def _reply() -> re.Pattern[str]:
    return re.compile(rf"[{SPACES}]*+{_HANDLE}")


@cache
def _spoils() -> re.Pattern[str]:
    # What follows shows that it was a mail address, a longer word or the start of a link.
    return re.compile(rf"[@＠{LATIN_ACCENTED}]|://")


def _found(text: str) -> Iterator[re.Match[str]]:
    return (found for found in _handle_or_list().finditer(text) if not _spoils().match(text, found.end()))


def mentions_or_lists(text: str) -> tuple[Entity, ...]:
    """Return the handles in the text, each with its list where one is named, in their order.

    >>> mentions_or_lists("cc @bert/news.")
    (Entity(value='bert', start=3, end=13, list_slug='news'),)
    """
    return tuple(
        Entity(found["handle"], found.start("sign"), found.end(), found["list"]) for found in _found(text)
    )


def mentions(text: str) -> tuple[Entity, ...]:
    """Return the handles in the text, in their order; the span of one with a list ends before the list.

    >>> mentions("RT @anna: mail me@example.com")
    (Entity(value='anna', start=3, end=8, list_slug=None),)
    """
    return tuple(Entity(found["handle"], found.start("sign"), found.end("handle")) for found in _found(text))


def reply(text: str) -> str | None:
    """Return the handle that the text begins with, white space apart: the one it answers; else ``None``.

    >>> reply(" @anna yes"), reply(".@anna yes")
    ('anna', None)
    """
    found = _reply().match(text)
    return found["handle"] if found and not _spoils().match(text, found.end()) else None


def is_valid_username(text: str) -> bool:
    """Return whether the text is one handle with its sign and nothing else.

    >>> is_valid_username("@anna"), is_valid_username("@anna-b")
    (True, False)
    """
    return [mention.value for mention in mentions(text)] == [text[1:]]


def is_valid_list(text: str) -> bool:
    """Return whether the text is one list with its handle and sign and nothing else.

    >>> is_valid_list("@anna/news"), is_valid_list("@anna")
    (True, False)
    """
    found = _handle_or_list().fullmatch(text)
    return bool(found and found.start("sign") == 0 and found["list"])
