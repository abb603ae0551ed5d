"""What addresses are made of what links and redirects say."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resolver.expand.address import LONGEST, absolute, decode, host_of, with_fragment_of, without_fragment
from resolver.expand.exchange import Failure

BASE = "https://news.example/2020/story?id=1"

ABSOLUTE = [
    # as written
    ("https://t.co/AbCdEf1234", "https://t.co/AbCdEf1234"),
    ("http://t.co", "http://t.co/"),
    # the scheme and the host know no case, the path does
    ("HTTPS://T.CO/AbC", "https://t.co/AbC"),
    # what browsers remove
    (" \x00https://t.co/AbC\n", "https://t.co/AbC"),
    ("https://t.co/\tAb\r\nC", "https://t.co/AbC"),
    # user-info never leaves
    ("https://user:secret@news.example/", "https://news.example/"),
    ("https://a@b@news.example/", "https://news.example/"),
    # ports
    ("https://news.example:443/", "https://news.example/"),
    ("http://news.example:80/", "http://news.example/"),
    ("http://news.example:443/", "http://news.example:443/"),
    ("http://news.example:/", "http://news.example/"),
    # relative ones
    ("/other", "https://news.example/other"),
    ("other", "https://news.example/2020/other"),
    ("../other", "https://news.example/other"),
    ("?id=2", "https://news.example/2020/story?id=2"),
    ("//other.example/", "https://other.example/"),
    ("", BASE),
    ("#comments", f"{BASE}#comments"),
    # what is not ASCII
    ("/caf\N{LATIN SMALL LETTER E WITH ACUTE} au lait", "https://news.example/caf%C3%A9%20au%20lait"),
    ('/"<quoted>"', "https://news.example/%22%3Cquoted%3E%22"),
    ("/100%?a=%zz&b={c}|d", "https://news.example/100%?a=%zz&b={c}|d"),
    ("https://b\N{LATIN SMALL LETTER U WITH DIAERESIS}cher.example/", "https://b\xfccher.example/"),
    # IPv6
    ("http://[2606:4700::1111]/", "http://[2606:4700::1111]/"),
    ("http://[2606:4700:0:0::1111]:8080/", "http://[2606:4700::1111]:8080/"),
]


@pytest.mark.parametrize(("reference", "expected"), ABSOLUTE)
def test_an_address_is_made_absolute(reference: str, expected: str) -> None:
    """What is asked is what browsers ask, without what is nobody's business."""
    assert absolute(reference, BASE) == expected


REFUSED = [
    ("javascript:alert(1)", "blocked_scheme"),
    ("JavaScript:alert(1)", "blocked_scheme"),
    ("data:text/html,hello", "blocked_scheme"),
    ("file:///etc/passwd", "blocked_scheme"),
    ("ftp://news.example/", "blocked_scheme"),
    ("mailto:jo@news.example", "blocked_scheme"),
    ("intent://news.example#Intent;scheme=https;end", "blocked_scheme"),
    ("http://", "invalid_url"),
    ("http:///path", "invalid_url"),
    ("https://", "invalid_url"),
    ("https:///path", "invalid_url"),
    ("http://news.example:99999/", "invalid_url"),
    ("http://news.example:0/", "invalid_url"),
    ("http://news.example:abc/", "invalid_url"),
    ("http://news.example:" + "9" * 5000, "invalid_url"),
    ("http://[::1/", "invalid_url"),
    ("http://[::g]/", "invalid_url"),
    ("http://[fe80::1%25eth0]/", "invalid_url"),
    ("http://[v1.x]/", "invalid_url"),
    # browsers end the host at the backslash, others go to the second one
    ("http://news.example\\@other.example/", "invalid_url"),
    ("http://news example/", "invalid_url"),
    ("http://127.0.0.1\x00.news.example/", "invalid_url"),
    ("http://%31%32%37.0.0.1/", "invalid_url"),
    ("http://a<b/", "invalid_url"),
    ("http://news.example/\ud800", "invalid_url"),
    ("http://news.example/" + "a" * LONGEST, "invalid_url"),
    # short enough as written, too long as it would be asked
    ("/" + "\N{EURO SIGN}" * 1000, "invalid_url"),
]


@pytest.mark.parametrize(("reference", "outcome"), REFUSED)
def test_what_is_no_address_says_so(reference: str, outcome: str) -> None:
    """What cannot be asked has an outcome and words, and the words are short and printable."""
    refused = absolute(reference, BASE)
    assert isinstance(refused, Failure)
    assert refused.outcome.value == outcome
    assert refused.error.isascii()
    assert refused.error.isprintable()
    assert len(refused.error) < 300


@given(st.text())
def test_any_text_is_an_address_or_is_refused(text: str) -> None:
    """An address that was made is made of itself again, whatever it came of."""
    made = absolute(text, BASE)
    if isinstance(made, str):
        assert absolute(made) == made
        assert re.match(r"https?://[^/@]+/", made)
        assert len(made) <= LONGEST


@given(st.binary(max_size=200))
def test_any_bytes_can_be_a_location(location: bytes) -> None:
    """A header is decoded without loss: UTF-8 as such, other bytes as percent-encoded."""
    decoded = decode(location)
    made = absolute(decoded, BASE)
    assert isinstance(made, str | Failure)
    if location.isascii():
        assert decoded.encode() == location


def test_a_location_in_latin_1_keeps_its_bytes() -> None:
    """The same path in two encodings is two resources."""
    latin, utf_8 = "/caf\xe9".encode("latin-1"), "/caf\xe9".encode()
    assert absolute(decode(latin), BASE) == "https://news.example/caf%E9"
    assert absolute(decode(utf_8), BASE) == "https://news.example/caf%C3%A9"


def test_a_fragment_is_not_sent_and_is_inherited() -> None:
    """A redirect without a fragment keeps that of the address it comes from."""
    assert without_fragment(f"{BASE}#top") == BASE
    assert with_fragment_of("https://a.example/", f"{BASE}#top") == "https://a.example/#top"
    assert with_fragment_of("https://a.example/#own", f"{BASE}#top") == "https://a.example/#own"
    assert with_fragment_of("https://a.example/", BASE) == "https://a.example/"


def test_the_host_is_without_its_port() -> None:
    """Turns and memory of hosts are by name."""
    assert host_of("http://[2606:4700::1111]:8080/") == "2606:4700::1111"
    assert host_of(BASE) == "news.example"
