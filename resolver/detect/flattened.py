"""The words of a post, without what an extractor wrote around and into them."""

from __future__ import annotations

import re

from resolver.detect.spans import tidy

_QUOTE_MARKS = re.compile(r"^[^\S\n]{0,40}(?:>[^\S\n]?){1,8}", re.MULTILINE)
_INDENTATION = re.compile(r"^[^\S\n]{1,40}", re.MULTILINE)
_LINK = re.compile(r"!?\[([^\[\]]{0,300})\]\(<?(?:https?://|/)[^\s()<>]{1,600}>?\)")
_AUTOMATIC_LINK = re.compile(r"<(https?://[^\s<>]{1,600})>")
_NUMBER = re.compile(r"\[[0-9]{1,4}\](?=[@#$＠＃]|https?:|pic\.|[A-Za-z0-9.]{1,60}/)")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+.!~>|-])")
_WRAPPED_LINK = re.compile(r"(\]\()\s{0,4}>?\s{0,4}(https?://)")


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
    if "&" in text:
        import html

        text = html.unescape(text)
    return tidy(_INDENTATION.sub("", text))
