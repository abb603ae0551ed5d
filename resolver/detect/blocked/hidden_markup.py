"""Whether HTML may be hidden in a page as it is: unlike what is coded, it has the marks of HTML that is shown."""

from __future__ import annotations

import re

from resolver.detect.blocked.candidates import HIDING
from resolver.detect.blocked.net import WORD
from resolver.detect.blocked.targets import hidden_target
from resolver.patterns import pattern

# A value of an attribute that holds `<`; text and scripts have the like too.
_IN_ATTRIBUTE = pattern(r"=\s{0,9}+(?:\"(?:[^\"<]|<(?![a-zA-Z]))*+<|'(?:[^'<]|<(?![a-zA-Z]))*+<|<[a-zA-Z])")
_HIDING = pattern(rf"<(/?)({'|'.join(sorted(HIDING))})(?=[\s/>])", re.IGNORECASE)

#: The longest content of an element that is asked whether it is an embed, in characters.
LONGEST_ASKED = 20_000


def may_hide_markup(source: str) -> bool:
    """Return whether an attribute or an element that is not shown may hold an embed as HTML that is not coded.

    Too often, never too seldom. Costs two searches.

    >>> frame = '<iframe src="https://www.youtube.com/embed/aqz-KE-bpKQ"></iframe>'
    >>> [may_hide_markup(page) for page in (frame, f"<noscript>{frame}</noscript>", f"<div data-x='{frame}'>")]
    [False, True, True]
    """
    return _IN_ATTRIBUTE.search(source) is not None or _is_in_element(source)


def _is_in_element(source: str) -> bool:
    """Return whether an embed may stand in an element that is not shown, or such elements are not well closed."""
    opened: re.Match[str] | None = None
    for tag in _HIDING.finditer(source):
        if not tag[1]:
            if opened is not None:
                return True
            opened = tag
        elif opened is not None:
            if tag[2].lower() != opened[2].lower() or _may_be_embed(source, opened.end(), tag.start()):
                return True
            opened = None
    return opened is not None


def _may_be_embed(source: str, start: int, end: int) -> bool:
    if WORD.search(source, start, end) is None:
        return False
    # Most are pictures and frames that count visits.
    return end - start > LONGEST_ASKED or hidden_target(source[source.find(">", start) + 1 : end]) is not None
