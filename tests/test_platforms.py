"""Each platform's addresses are understood in all their forms, and its ids tell their time."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from importlib import import_module
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resolver.platforms import names, platform, platform_at, post_of, post_on

if TYPE_CHECKING:
    from resolver.platforms.samples.sample import Sample


def samples(name: str) -> tuple[Sample, ...]:
    return tuple(import_module(f"resolver.platforms.samples.{name}").ADDRESSES)


def plain(value: object) -> str | None:
    if value is None:
        return None
    return value.isoformat() if isinstance(value, datetime) else str(value)


CASES = [pytest.param(name, sample, id=sample.case) for name in names() for sample in samples(name)]


@pytest.mark.parametrize(("name", "sample"), CASES)
def test_an_address_is_of_the_post_that_its_sample_says(name: str, sample: Sample) -> None:
    """Every sample of every platform's file comes out as it says there."""
    post = post_of(sample.case)
    if not sample.found:
        assert post is None
    else:
        assert post is not None
        assert post.platform == name
        assert {field: plain(getattr(post, field)) for field in sample.found} == sample.found


@pytest.mark.parametrize("name", names())
def test_every_platform_has_samples_of_posts_and_of_what_is_none(name: str) -> None:
    """A form without a sample is not known to work, and a pattern that takes everything is none."""
    assert platform(name).name == name
    assert any(sample.found for sample in samples(name))
    assert any(not sample.found for sample in samples(name))


@pytest.mark.parametrize(("name", "sample"), CASES)
def test_the_canonical_address_is_its_own(name: str, sample: Sample) -> None:
    """What is brought to one form stays in it, and names the same post."""
    post = post_of(sample.case)
    if post is not None:
        again = post_on(name, post.url)
        assert again is not None
        assert (again.url, again.id) == (post.url, post.id)


@pytest.mark.parametrize(
    ("url", "time"),
    [
        # The example of the platform's own documentation: created_at "Wed Oct 10 20:19:24 +0000 2018".
        (
            "https://twitter.com/i/web/status/1050118621198921728",
            datetime(2018, 10, 10, 20, 19, 24, tzinfo=UTC),
        ),
        # Its embed prints 12:30 PDT.
        ("https://www.instagram.com/p/BgPCX03nnZW/", datetime(2018, 3, 12, 19, 30, tzinfo=UTC)),
        # Its embed prints 12:01, two hours ahead of UTC.
        ("https://bsky.app/profile/jo.example/post/3mkuf6q2xc226", datetime(2026, 5, 2, 10, 1, tzinfo=UTC)),
    ],
)
def test_an_id_tells_its_time(url: str, time: datetime) -> None:
    """The formulas give the minute that is printed."""
    post = post_of(url)
    assert post is not None
    assert post.posted_at is not None
    assert abs((post.posted_at - time).total_seconds()) < 60


@pytest.mark.parametrize(
    "url",
    [
        "https://social.example/@jo/109302435038497792",
        "https://medium.com/@jo/109302435038497792",
        "https://twitter.com.example.com/jo/status/1382350606417817604",
        "https://example.com/?u=https://twitter.com/jo/status/1382350606417817604",
        "https://twitframe.com/show?u=https://twitter.com/jo/status/1382350606417817604",
        "ftp://twitter.com/jo/status/1382350606417817604",
        "twitter.com/jo/status/1382350606417817604",
        "https://twitter.com",
        "",
    ],
)
def test_other_addresses_are_of_no_post(url: str) -> None:
    """Hosts that look alike, and addresses of Mastodon's form on any host, are not taken for posts."""
    assert post_of(url) is None


def test_an_element_may_say_that_any_host_is_mastodon() -> None:
    """Anyone can run a host, so only the embed's markup tells what an address is of."""
    post = post_on("mastodon", "https://social.example/@jo/109302435038497792/embed")
    assert post is not None
    assert (post.url, post.handle) == ("https://social.example/@jo/109302435038497792", "jo")
    assert post_on("twitter", "https://social.example/@jo/109302435038497792") is None


def test_hosts_are_read_without_case_and_with_what_stands_below_them() -> None:
    """Languages and old designs have hosts of their own."""
    assert platform_at("HTTPS://De-De.Facebook.com/x") == "facebook"
    assert platform_at("https://old.reddit.com/r/sea/") == "reddit"
    assert platform_at("https://notreddit.com/r/sea/") is None


@given(st.text() | st.sampled_from(names()).map(lambda name: f"https://{name}.com/"), st.text())
def test_any_text_can_be_asked_for(start: str, end: str) -> None:
    """No address is an error."""
    post = post_of(start + end)
    assert post is None or post.id


@given(st.from_regex(r"[0-9]{1,19}", fullmatch=True), st.from_regex(r"[A-Za-z0-9_-]{1,64}", fullmatch=True))
def test_any_id_has_a_time_or_none(number: str, code: str) -> None:
    """No id is an error, however large."""
    for name in ("twitter", "tiktok", "linkedin", "mastodon"):
        assert platform(name).posted_at(number) is None or number
    for name in ("instagram", "bluesky"):
        assert platform(name).posted_at(code) is None or code


def test_only_platforms_that_are_met_are_loaded() -> None:
    """A scan must not wait for the files of two dozen platforms."""
    program = (
        "import sys, resolver.platforms as p; assert p.post_of('https://example.com/a') is None;"
        "print(sorted(n for n in p.names() if f'resolver.platforms.{n}' in sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, encoding="utf-8"
    )
    assert done.stdout.strip() == "[]"
