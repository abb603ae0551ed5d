"""What is found inside a post's text where the platform's own cases are silent: its edges, and what is well-formed."""

from __future__ import annotations

import pytest

from resolver import entities
from resolver.entities import hashtags, is_valid_url, urls


def test_public_names_are_sorted_and_exist() -> None:
    """What ``__all__`` promises can be imported."""
    assert list(entities.__all__) == sorted(entities.__all__)
    assert all(hasattr(entities, name) for name in entities.__all__)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("http://a.example.com:80/b", ["http://a.example.com:80/b"]),
        ("see foo.http://example.com", ["http://example.com"]),
        ("example.com.", ["example.com"]),
        ("example.com.example.invalid", ["example.com"]),
        ("a_b.com", []),
        ("under_score.example.com", ["score.example.com"]),
        ("bücher.de", ["bücher.de"]),
        (f"{'é' * 60}.de", []),
        (f"http://example.com/{'a' * 4100}", []),
        ("a-.example.com", []),
        ("foo.vermögensberater", ["foo.vermögensberater"]),
        ("http://xn--80ak6aa92e.com", ["http://xn--80ak6aa92e.com"]),
        ("example.xn--p1ai", ["example.xn--p1ai"]),
    ],
)
def test_edges_of_links_by_the_rules_of_the_platform(text: str, expected: list[str]) -> None:
    """Where the platform's cases are silent, its rules still hold."""
    assert [url.value for url in urls(text)] == expected


def test_what_follows_a_hashtag_in_a_link_is_kept_out() -> None:
    """Of a hashtag and a link that overlap the first counts."""
    assert [tag.value for tag in hashtags("#日本example.com/x #b")] == ["日本example", "b"]
    assert [tag.value for tag in hashtags("#a#b #c️#d #")] == []


@pytest.mark.parametrize("url", ["http://[::1]/", "https://10.0.0.1", "http://a-b.example:8080/c;d?e#f%20"])
def test_well_formed_addresses(url: str) -> None:
    """Numbers and ports are part of the syntax; whether to follow them is decided elsewhere."""
    assert is_valid_url(url)


@pytest.mark.parametrize(
    "url", ["", "http://", "http://example", "http://a..b.com", "http://a.1b", "http://a.b/%zz"]
)
def test_malformed_addresses(url: str) -> None:
    """An address without a host of two labels, or with a broken escape, is none."""
    assert not is_valid_url(url)
