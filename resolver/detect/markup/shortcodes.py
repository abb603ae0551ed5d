"""Shortcodes of content systems: what stands in an article's source until the system makes an embed of it.

WordPress and its kin write ``[tweet URL]`` and ``[embed]URL[/embed]``; Jekyll and dev.to ``{% tweet URL %}``; Hugo
``{{< tweet user="jo" id="20" >}}``, and ``{{</* tweet 20 */>}}`` where it only shows how that is done; MDX has
directives, ``::tweet{id="20"}``.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from resolver.detect.markup.placed import Placed
from resolver.detect.markup.provided import WRAPPED, named
from resolver.detect.markup.reading import Reading
from resolver.detect.markup.samples_of_code import is_sample_of_code
from resolver.models import Link, Role
from resolver.platforms import post_of, post_on

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from resolver.models import Post
    from resolver.platforms.rows import Platform

#: How sure it is that a shortcode stands for an embed.
CONFIDENCE = 0.95

_FORMS = ("square", "liquid", "hugo", "directive")

#: Names that stand for any platform's embed.
ANY = ("embed", "oembed", "embedly")


def is_in_brackets(name: str) -> bool:
    """Return whether a shortcode of that name stands in square brackets: in code, a letter there is a place in a row.

    >>> is_in_brackets("tweet"), is_in_brackets("x")
    (True, False)
    """
    return len(name) > 1


@cache
def _shortcode(names: tuple[str, ...]) -> re.Pattern[str]:
    by_length = sorted(names, key=len, reverse=True)
    either = "|".join(map(re.escape, by_length))
    longer = "|".join(map(re.escape, filter(is_in_brackets, by_length)))
    return re.compile(
        rf"\[(?P<square>{longer})(?:[=\s]\s{{0,9}}(?P<square_words>[^\[\]<>]{{1,600}}?))?\s{{0,9}}\]"
        rf"(?:\s{{0,9}}(?P<between>https?://[^\s\[\]<>]{{1,600}})\s{{0,9}}\[/(?P=square)\])?"
        rf"|\{{%-?\s{{0,9}}(?P<liquid>{either})\s(?P<liquid_words>[^{{}}]{{1,600}}?)\s{{0,9}}-?%\}}"
        # Markdown's directives: ::tweet{{id="20"}}, ::tweet[URL], and the address on the next line.
        rf"|(?<![^\n>]):{{2,3}}\s?(?P<directive>{either})"
        r"(?P<directive_words>[\[{][^\[\]{}]{1,600}[\]}]|\s{1,9}https?://[^\s<>]{1,600})"
        rf"|\{{\{{(?:[<%]|&lt;)\s{{0,9}}(?P<hugo>{either})\s(?P<hugo_words>[^{{}}]{{1,600}}?)\s{{0,9}}/?(?:[>%]|&gt;)\}}\}}",
        re.IGNORECASE,
    )


@cache
def _address() -> re.Pattern[str]:
    return re.compile(r"https?://[^\s\"'”″<>\[\]]{1,600}")


@cache
def _word() -> re.Pattern[str]:
    return re.compile(r"(?:(?P<key>[a-zA-Z_-]{1,40})\s?=\s?)?[\"'“”″]?(?P<value>[^\s\"'“”″=]{1,200})")


def shortcodes(source: str, met: Sequence[Platform]) -> Iterator[Placed]:
    """Yield the posts that the shortcodes of a source name, of the platforms *met* in it."""
    by_name = {name: one for one in met for name in one.shortcodes}
    if not any(opening in source for opening in ("[", "{%", "{{", "::")):
        return
    for match in _shortcode((*by_name, *ANY)).finditer(source):
        name = next(filter(None, (match[form] for form in _FORMS))).lower()
        words = match["between"] or next(filter(None, (match[f"{form}_words"] for form in _FORMS)), "")
        words = words.strip("[]{}# ")
        post = _post(words, by_name.get(name))
        reading = _reading(post) if post else _provided(words) if name in ANY else None
        if reading is not None and not is_sample_of_code(source, match.start()):
            yield Placed(match.start(), match.end(), reading)


def _post(words: str, platform: Platform | None) -> Post | None:
    """Return the post that the words of a shortcode name: by its address, else by its id and handle."""
    address = _address().search(words)
    if address:
        return post_on(platform.name, address[0]) if platform else post_of(address[0])
    if platform is None or platform.shortcode_ids is None:
        return None
    said = {(match["key"] or "").lower(): match["value"] for match in reversed(list(_word().finditer(words)))}
    written = said.get("id") or said.get("")
    url = platform.shortcode_ids.address(written) if written else None
    post = post_on(platform.name, url) if url else None
    user = said.get("user")
    named = post_on(platform.name, platform.shortcode_user.format(user, written)) if user and post else None
    return named or post


def _provided(words: str) -> Reading | None:
    address = _address().search(words)
    return named(address[0], "shortcode", WRAPPED) if address else None


def _reading(post: Post) -> Reading:
    return Reading(
        platform=post.platform,
        rule=f"{post.platform}.shortcode",
        confidence=CONFIDENCE,
        post=post,
        links=(Link(url=post.url, written=post.url, role=Role.POST),),
    )
