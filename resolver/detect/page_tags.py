"""Tags as the text of a page has them: how they are written, which hide their content, and which break a paragraph."""

from __future__ import annotations

from typing import Final

#: What a tag has behind its name. Attributes may hold ``>`` inside quotation marks; a value is no longer than 64 Ki
#: characters.
VALUES: Final = r"[^<>\"']*+(?:\"[^\"]{0,65536}+\"[^<>\"']*+|'[^']{0,65536}+'[^<>\"']*+)*+"
#: A tag, with its name.
TAG: Final = rf"</?([a-zA-Z][a-zA-Z0-9:-]{{0,40}}+){VALUES}>"
#: A reference to a character, known or not.
REFERENCE: Final = r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});?"

#: Elements whose content is not text of the page.
NOT_SHOWN: Final = frozenset(
    {"script", "style", "template", "noscript", "iframe", "svg", "head", "textarea", "select"}
)

#: Elements that do not break a paragraph: https://html.spec.whatwg.org/multipage/dom.html#phrasing-content. All
#: others do, since an unknown element is more often a box than a word.
INLINE: Final = frozenset(
    "a abbr b bdi bdo big cite code data del dfn em font i img input ins kbd label mark q s samp script small span "
    "strike strong style sub sup template time tt u var wbr".split()
)
