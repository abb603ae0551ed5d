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
    from collections.abc import Iterator, Mapping, Sequence

    from resolver.models import Post
    from resolver.platforms.rows import Platform

#: How sure it is that a shortcode stands for an embed.
CONFIDENCE = 0.95

#: Names that stand for any platform's embed.
ANY = ("embed", "oembed", "embedly")


def is_in_brackets(name: str) -> bool:
    """Return whether a shortcode of that name stands in square brackets: in code, a letter there is a place in a row.

    >>> is_in_brackets("tweet"), is_in_brackets("x")
    (True, False)
    """
    return len(name) > 1


@cache
def _shortcodes(names: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    """Return a pattern for each form, of which the beginning is searched for as it stands: few pages have any."""
    by_length = sorted(names, key=len, reverse=True)
    either = "|".join(map(re.escape, by_length))
    longer = "|".join(map(re.escape, filter(is_in_brackets, by_length)))
    return (
        re.compile(
            rf"\[(?P<name>(?i:{longer}))(?:[=\s]\s{{0,9}}(?P<words>[^\[\]<>]{{1,600}}?))?\s{{0,9}}\]"
            r"(?:\s{0,9}(?P<between>(?i:https?)://[^\s\[\]<>]{1,600})\s{0,9}\[/(?i:(?P=name))\])?"
        ),
        re.compile(rf"\{{%-?\s{{0,9}}(?P<name>(?i:{either}))\s(?P<words>[^{{}}]{{1,600}}?)\s{{0,9}}-?%\}}"),
        # Markdown's directives: ::tweet{id="20"}, ::tweet[URL], and the address on the next line.
        re.compile(
            rf"::(?<![^\n>]::):?\s?(?P<name>(?i:{either}))"
            r"(?P<words>[\[{][^\[\]{}]{1,600}[\]}]|\s{1,9}(?i:https?)://[^\s<>]{1,600})"
        ),
        re.compile(
            rf"\{{\{{(?:[<%]|&(?i:lt);)\s{{0,9}}(?P<name>(?i:{either}))\s(?P<words>[^{{}}]{{1,600}}?)"
            r"\s{0,9}/?(?:[>%]|&(?i:gt);)\}\}"
        ),
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
    for form in _shortcodes((*by_name, *ANY)):
        for match in form.finditer(source):
            found = _read(match, by_name)
            if found is not None and not is_sample_of_code(source, match.start()):
                yield Placed(match.start(), match.end(), found)


def _read(match: re.Match[str], by_name: Mapping[str, Platform]) -> Reading | None:
    groups = match.groupdict()
    name = groups["name"].lower()
    words = (groups.get("between") or groups["words"] or "").strip("[]{}# ")
    post = _post(words, by_name.get(name))
    return _reading(post) if post else _provided(words) if name in ANY else None


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
