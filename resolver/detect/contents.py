"""What stands in a post's text: its links, hashtags and mentions, each once."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from resolver.entities import hashtags, links_in_post, mentions
from resolver.models import Link, Role
from resolver.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterable

    from resolver.entities import PostLink
    from resolver.models import Outcome


# What stands right behind a short link, a word or another tag was set apart from it before the text was flattened:
# line breaks of the markup go first. An address may hold a `#`, and handles of other platforms a second `@`.
_GLUED = pattern(
    r"(?P<before>(?:\bt\.co|\bpic\.(?:twitter|x)\.com)/[A-Za-z0-9]{10})(?=[@＠])"
    r"|(?P<address>\bhttps?://(?!t\.co/)[^\s@#＠＃]{1,400}[^\s]{0,400})"
    r"|(?P<name>[@＠][A-Za-z0-9_]{1,15})(?=[@＠][A-Za-z0-9_]{1,15}(?![\w.-]))"
    r"|(?<=[^\W_])(?=[#＃][^\W\d_]{2})(?<![&/])"
)


class Contents(NamedTuple):
    """Named as the fields of an Embed."""

    links: tuple[Link, ...]
    hashtags: tuple[str, ...]
    mentions: tuple[str, ...]


def contents(text: str, author: str | None, *, written: str | None = None) -> Contents:
    """Return what stands in a post's *text*, in its order; the *author*'s handle is not a mention.

    *written* is the text as an extractor wrote it, in which links have more to them than their visible words.

    >>> found = contents("Thank you @jo! #Harbour https://t.co/AbCdEf1234", author=None)
    >>> found.hashtags, found.mentions, found.links[0].url
    (('Harbour',), ('jo',), 'https://t.co/AbCdEf1234')
    """
    own = author.casefold() if author else None
    text = _set_apart(text)
    named = (mention.value for mention in mentions(text) if mention.value.casefold() != own)
    return Contents(
        links=tuple(
            dict.fromkeys(_link(link) for link in links_in_post(text if written is None else written))
        ),
        hashtags=_each_once(hashtag.value for hashtag in hashtags(text)),
        mentions=_each_once(named),
    )


def _set_apart(text: str) -> str:
    """Return a text with a space wherever flattening has glued a hashtag or a mention to what stood before it.

    >>> _set_apart("E105#openalt @one@two https://a.org/b#part t.co/AbCdEf1234#sea")
    'E105 #openalt @one @two https://a.org/b#part t.co/AbCdEf1234 #sea'
    """
    return _GLUED.sub(lambda glued: glued[0] if glued["address"] else f"{glued[0]} ", text)


def _link(link: PostLink) -> Link:
    # A post's words do not hold its own address: one of a post that stands there is another's, which it quotes.
    return Link(
        url=link.url,
        written=link.written,
        role=Role.LINK if link.role is Role.POST else link.role,
        outcome=_truncated() if link.truncated else None,
    )


def _truncated() -> Outcome:
    from resolver.models import Outcome  # loads what following links needs, for the few that were cut

    return Outcome.TRUNCATED


def _each_once(values: Iterable[str]) -> tuple[str, ...]:
    """Return the values without those that differ from an earlier one in case only."""
    return tuple({value.casefold(): value for value in reversed(tuple(values))}.values())[::-1]
