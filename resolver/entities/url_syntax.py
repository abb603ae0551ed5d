"""Whether a whole text is one well-formed web address."""

from __future__ import annotations

import re
from functools import cache

from resolver.entities.characters import CYRILLIC

#: A character that may stand for itself (RFC 3986, 2.2 and 2.3), or one written as %xx. Cyrillic letters
#: count as unreserved, the vertical bar as allowed: both are common in links as people post them.
_UNRESERVED = rf"A-Za-z{CYRILLIC}0-9\-._~!$&'()*+,;="
_ENCODED = "%[0-9A-Fa-f]{2}"

#: A number from 0 to 255 without leading zeros.
_OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])"

_LETTER_OR_DIGIT = r"A-Za-z0-9\x80-\U0010ffff"


@cache
def _parts() -> re.Pattern[str]:
    # RFC 3986, appendix B.
    return re.compile(
        r"(?:(?P<scheme>[^:/?#]++)://)?+(?P<authority>[^/?#]*+)(?P<path>[^?#]*+)"
        r"(?:\?(?P<query>[^#]*+))?+(?:#(?P<fragment>.*))?+",
        re.DOTALL,
    )


@cache
def _authority() -> re.Pattern[str]:
    return re.compile(
        rf"(?:(?:[{_UNRESERVED}:]++|{_ENCODED})*+@)?(?P<host>\[[0-9A-Fa-f:.]++\]|[^@:\[\]]++)(?::[0-9]{{1,5}})?"
    )


@cache
def _path() -> re.Pattern[str]:
    return re.compile(rf"(?:/(?:[{_UNRESERVED}:|@]++|{_ENCODED})*+)*+")


@cache
def _query_or_fragment() -> re.Pattern[str]:
    return re.compile(rf"(?:[{_UNRESERVED}:|@/?]++|{_ENCODED})*+")


@cache
def _address_number() -> re.Pattern[str]:
    return re.compile(rf"{_OCTET}(?:\.{_OCTET}){{3}}|\[[0-9A-Fa-f:.]++\]")


@cache
def _label() -> re.Pattern[str]:
    return re.compile(rf"(?![\-_])[{_LETTER_OR_DIGIT}\-_]++(?<![\-_])")


def _is_name(host: str) -> bool:
    """Return whether the host is a name of two labels or more, with underscores only before the last two."""
    labels = host.split(".")
    return (
        len(labels) > 1
        and all(_label().fullmatch(label) for label in labels)
        and not any("_" in label for label in labels[-2:])
        and not labels[-1][0].isdecimal()
    )


def is_valid_url(text: str, *, require_protocol: bool = True) -> bool:
    """Return whether the text is one http or https address, well-formed but for letters of other scripts.

    With *require_protocol* false the scheme may be missing. Whether the top-level domain exists is not asked.

    >>> is_valid_url("https://example.com/?a=b"), is_valid_url("https://example.com/ ")
    (True, False)
    >>> is_valid_url("example.com"), is_valid_url("example.com", require_protocol=False)
    (False, True)
    """
    parts = _parts().fullmatch(text)
    if parts is None or (require_protocol and (parts["scheme"] or "").lower() not in ("http", "https")):
        return False
    authority = _authority().fullmatch(parts["authority"])
    return bool(
        authority
        and (_address_number().fullmatch(authority["host"]) or _is_name(authority["host"]))
        and _path().fullmatch(parts["path"])
        and _query_or_fragment().fullmatch(parts["query"] or "")
        and _query_or_fragment().fullmatch(parts["fragment"] or "")
    )
