"""The words of a post, without what an extractor wrote around and into them."""

from __future__ import annotations

import re

from resolver.detect.columns import columns, is_wide
from resolver.detect.spans import tidy
from resolver.patterns import pattern

_QUOTE_MARKS = pattern(r"^[^\S\n]{0,40}(?:>[^\S\n]?){1,8}", re.MULTILINE)
_INDENTATION = pattern(r"^[^\S\n]{1,40}", re.MULTILINE)
_LINK = pattern(r"!?\[([^\[\]]{0,300})\]\(<?(?:https?://|/)[^\s()<>]{1,600}>?\)")
_AUTOMATIC_LINK = pattern(r"<(https?://[^\s<>]{1,600})>")
_NUMBER = pattern(r"\[[0-9]{1,4}\](?=[@#$＠＃]|https?:|pic\.|[A-Za-z0-9.]{1,60}/)")
_ESCAPE = pattern(r"\\([\\`*_{}\[\]()#+.!~>|-])")
# Other than in a page, a reference without its semicolon is more likely part of an address.
_REFERENCE = pattern(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")
#: How often text is escaped one time over another, at the most.
_MOST_LAYERS = 3
#: The narrowest lines that are broken at a width, in columns.
_NARROWEST = 36
_WRAPPED_LINK = pattern(r"(\]\()\s{0,4}>?\s{0,4}(https?://)")


def words_of(text: str) -> str | None:
    r"""Return a post's words from flattened text; ``None`` where there are none.

    Quote marks and indentation at the beginning of lines, Markdown's links and escapes, and lynx's numbers of links
    are taken away; character references that were left are read. A backslash is kept where it escapes nothing.

    >>> words_of("> Open! [#Harbour](https://twitter.com/hashtag/Harbour)\n> [pic.twitter.com/X](https://t.co/X)")
    'Open! #Harbour\npic.twitter.com/X'
    >>> words_of("     Open! [7]#Harbour\n     1 \\_ 2")
    'Open! #Harbour\n1 _ 2'
    """
    text = _QUOTE_MARKS.sub("", text)
    if "](" in text:
        text = _LINK.sub(r"\1", _WRAPPED_LINK.sub(r"\1\2", text))
    text = _AUTOMATIC_LINK.sub(r"\1", text)
    text = _NUMBER.sub("", text)
    if "\\" in text:
        text = _ESCAPE.sub(r"\1", text)
    for _ in range(_MOST_LAYERS if "&" in text else 0):
        text = _REFERENCE.sub(_character, text)
    return tidy(_without_wraps(_INDENTATION.sub("", text)))


def _character(reference: re.Match[str]) -> str:
    import html

    return html.unescape(reference[0])


def _without_wraps(text: str) -> str:
    r"""Return a text in whose lines of Chinese and Japanese no line break is left that was made for its width.

    Such a break stands in the middle of a word, and nothing says so but that several lines end at the same column.

    >>> _without_wraps("\u6e2f" * 20 + "\n" + "\u6e2f" * 20 + "\n\u6e2f").count("\n")
    0
    """
    if text.isascii() or "\n" not in text:
        return text
    lines = text.split("\n")
    widths = [columns(line) for line in lines]
    width = max(widths)
    full = [width - 2 <= one for one in widths]
    if width < _NARROWEST or sum(full[:-1]) < 2:
        return text
    joined = lines[0]
    for number, line in enumerate(lines[1:]):
        broken = full[number] and _is_broken(lines[number], line)
        joined += line if broken else f"\n{line}"
    return joined


def _is_broken(line: str, following: str) -> bool:
    return bool(line and following) and is_wide(line[-1]) and is_wide(following[0])
