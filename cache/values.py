"""Single values on their way into a column and back.

Text is kept as it is, NULs included, except that each surrogate code point becomes U+FFFD: texts and
addresses come from pages of strangers and may hold some, and SQLite's UTF-8 cannot. The length stays the
same, so spans stay right. Times are ISO 8601 in UTC with microseconds and ``Z``
(``2026-11-22T12:00:00.000000Z``): all of the same width, so that they sort as text. Lists and mappings are
JSON.
"""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import Any, overload
from urllib.parse import urlsplit

#: What a column holds.
Value = str | int | float | None

_SURROGATE = re.compile("[\ud800-\udfff]")
_ENCODER = json.JSONEncoder(ensure_ascii=False, default=str)


def text_value(text: str | None) -> str | None:
    r"""Return the text with U+FFFD in the place of each surrogate.

    >>> text_value("caf\udce9 \0")
    'caf\ufffd \x00'
    """
    if text is None or text.isascii():
        return text
    return _SURROGATE.sub("\ufffd", text)


def time_value(time: datetime | None) -> str | None:
    """Return an aware time as text; raise :class:`ValueError` for one that does not say its offset.

    >>> time_value(datetime(2026, 11, 22, 12, tzinfo=UTC))
    '2026-11-22T12:00:00.000000Z'
    """
    if time is None:
        return None
    if time.utcoffset() is None:
        raise ValueError(f"a time without an offset: {time}")
    return time.astimezone(UTC).isoformat(timespec="microseconds").removesuffix("+00:00") + "Z"


@overload
def time_from(value: str) -> datetime: ...
@overload
def time_from(value: None) -> None: ...
def time_from(value: str | None) -> datetime | None:
    """Return the aware time (UTC) that :func:`time_value` wrote.

    >>> time_from("2026-11-22T12:00:00.000000Z")
    datetime.datetime(2026, 11, 22, 12, 0, tzinfo=datetime.timezone.utc)
    """
    return None if value is None else datetime.fromisoformat(value)


def json_value(value: object) -> str:
    """Return *value* as JSON, every script readable; what JSON has no form for becomes its text.

    >>> json_value({"inputs": ["Київ.txt"], "max_age": None})
    '{"inputs": ["Київ.txt"], "max_age": null}'
    """
    # Most lists are empty, and making an encoder is what writing one took longest for.
    text = "[]" if value in ((), []) else _ENCODER.encode(value)
    return text if text.isascii() else _SURROGATE.sub("\ufffd", text)


def json_from(value: str) -> Any:
    """Return what :func:`json_value` was given.

    >>> json_from('["Minsk"]')
    ['Minsk']
    """
    # Most lists are empty, and parsing them is what reading an embed takes longest for.
    return [] if value == "[]" else json.loads(value)


def host_value(url: str) -> str | None:
    """Return the host of an address in lower case; ``None`` where it names none that can be read.

    >>> host_value("https://T.co/anBMCAs5V5")
    't.co'
    >>> host_value("https://[broken/") is None
    True
    """
    try:
        return text_value(urlsplit(url).hostname)
    except ValueError:
        return None
