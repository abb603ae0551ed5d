"""What it costs to look into a text grows with its length, and no faster."""

from __future__ import annotations

import gc
import time
from typing import TYPE_CHECKING

import pytest

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


def seconds(function: Callable[[str], object], text: str) -> float:
    """CPU seconds of one call, without those of the collector, which grow with all that lives."""
    gc.disable()
    try:
        start = time.process_time()
        function(text)
        return time.process_time() - start
    finally:
        gc.enable()


def grows_linearly(function: Callable[[str], object], attack: str, size: int) -> bool:
    """Whether four times the text takes less than six times as long in one of four trials: load adds noise."""
    short, long = ((attack * (length // len(attack) + 1))[:length] for length in (size, 4 * size))
    return any(seconds(function, long) < 6 * max(seconds(function, short), 1e-3) for _ in range(4))


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("function", [mentions, reply, hashtags, cashtags, urls, links_in_post, is_valid_url])
def test_time_is_linear_in_the_length(function: Callable[[str], object], attack: str) -> None:
    """Four times the text takes less than six times as long, whatever it consists of."""
    assert grows_linearly(function, attack, 10_000)


@pytest.mark.parametrize("attack", ["あ", "a_.", "a.co/.", "[a](http://", "https:\n/\n/\n", "#1", "\ud800"])
def test_a_megabyte_takes_four_times_a_quarter_of_it(attack: str) -> None:
    """The same holds up to a megabyte for what looks for most."""
    assert grows_linearly(links_in_post, attack, 250_000)
