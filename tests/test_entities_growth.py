"""What it costs to look into a text grows with its length, and no faster."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from growth import LIMIT, growth

from resolver.entities import cashtags, hashtags, is_valid_url, links_in_post, mentions, reply, urls

if TYPE_CHECKING:
    from collections.abc import Callable

LINK = "https://t.co/AbCdEf1234"
ATTACKS = [
    *(
        "a",
        "あ",
        ".",
        "a.",
        "あ.",
        "é.é",
        "a.co ",
        "あ.coあ",
        "a.co_.",
        "a_.",
        "-",
        "http://",
        "https://t.co/",
        "t.co/",
    ),
    *(
        "a.co/(",
        "a.co/((",
        "a.co/(a,",
        "a.co/.",
        "a.co?!",
        "http://a.co/http://",
        "xn--a.",
        "@",
        "@a/b-",
        "RT@",
    ),
    *(
        "#",
        "#1",
        "#a",
        "$a.",
        "[",
        "[a](http://",
        '[a](http://a "',
        "[a](http://a.co/a\n",
        "<http://a",
        "https:\n/\n/\n",
    ),
    *(
        "pic.t",
        "pic.twitter.com\n",
        "https…",
        "http://a…",
        f"{LINK}pic.twitter.com/",
        "a.co/\\_",
        "\\_",
        "…",
        "?a=b&",
    ),
    *("\ud800", "\0", "\u202e", "a.嘉里大酒店", "a:80"),
]


def reading(function: Callable[[str], object], attack: str) -> Callable[[int], object]:
    """Return what calls *function* with as many characters of the *attack* as it is told."""
    return lambda length: function((attack * (length // len(attack) + 1))[:length])


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("function", [mentions, reply, hashtags, cashtags, urls, links_in_post, is_valid_url])
def test_time_is_linear_in_the_length(function: Callable[[str], object], attack: str) -> None:
    """Sixteen times the text takes less than forty times as long, whatever it consists of."""
    assert growth(reading(function, attack), 2_500) < LIMIT


@pytest.mark.parametrize("attack", ["あ", "a_.", "a.co/.", "[a](http://", "https:\n/\n/\n", "#1", "\ud800"])
def test_time_is_linear_up_to_a_megabyte(attack: str) -> None:
    """The same holds up to a megabyte for what looks for most."""
    assert growth(reading(links_in_post, attack), 62_500) < LIMIT
