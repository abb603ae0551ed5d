"""Whether a handle in parentheses, or a date that is linked to a post, may be the last line of one.

Most are none: change logs thank people by their handles, and code writes ``(@name)`` for other things. What stands
behind tells, and what stands before: both are read by the rules themselves, from the few hundred bytes around.
"""

from __future__ import annotations

import re
from typing import Final

from resolver.detect.attribution import may_attribute
from resolver.detect.following import bytes_go_on
from resolver.detect.prefilter.pieces import before, behind
from resolver.detect.signatures import may_sign
from resolver.platforms import platform_at

#: How many bytes before its last one a tail is looked at from: the mark that it begins with, and the name before that.
_LONGEST: Final = 400
_BEFORE: Final = 500
#: And how many behind it: a date that follows upon white space.
_BEHIND: Final = 2_000
_PROFILE = re.compile(rb"\(([^\s()<>]{1,800})\)")
#: A handle that needs no date.
_OWN_DOMAIN: Final = b".bsky.social)"


def may_be_tail(text: bytes, end: int) -> bool:
    """Return whether what ends at *end*, as the conditions of ``TAIL`` ask for it, may end a post.

    That is the handle with its parenthesis, or up to a link's label, or the host of what a date is linked to.

    >>> [may_be_tail(text, text.index(b")") + 1) for text in (b"- Jo (@jo), Al", b"- Jo (@jo) 2 May 2019")]
    [False, True]
    """
    last = text[end - 1 : end]
    if (last == b")" and _goes_on(text, end)) or (last == b"]" and not _is_linked(text, end)):
        return False
    start = text.rfind(b"[" if last == b"/" else b"(", max(0, end - _LONGEST), end)
    left, right = before(text, start, most=_BEFORE), behind(text, start, most=_LONGEST + _BEHIND)
    if start < 0 or left is None or right is None:
        return True
    return may_attribute(left + right, len(left)) or may_sign(left + right, len(left))


def _goes_on(text: bytes, end: int) -> bool:
    return bytes_go_on(text, end) and not text.endswith(_OWN_DOMAIN, 0, end)


def _is_linked(text: bytes, end: int) -> bool:
    """Return whether the label that ends at *end* is linked to the platform: change logs link those of other sites."""
    profile = _PROFILE.match(text, end)
    return profile is not None and platform_at(profile[1].decode("latin-1")) == "twitter"
