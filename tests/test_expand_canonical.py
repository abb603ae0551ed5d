"""Addresses without what only counts readers."""

from __future__ import annotations

import time
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resolver.expand.canonical import NAMES, PREFIXES, canonical_url

STORY = "https://news.example/story"

#: What Firefox strips of every address (privacy.query_stripping.strip_list).
FIREFOX = """
__hsfp __hssc __hstc __s _hsenc _openstat dclid fbclid gbraid gclid hsCtaTracking igshid mc_eid ml_subscriber
ml_subscriber_hash msclkid oft_c oft_ck oft_d oft_id oft_ids oft_k oft_lk oft_sk oly_anon_id oly_enc_id rb_clickid
s_cid twclid vero_conv vero_id wbraid wickedid yclid
""".split()

CASES = [
    (f"{STORY}?utm_source=twitter&utm_medium=social", STORY),
    (f"{STORY}?UTM_Source=twitter&id=7", f"{STORY}?id=7"),
    (f"{STORY}?id=7&fbclid=IwAR0&page=2", f"{STORY}?id=7&page=2"),
    (f"{STORY}?fbclid", STORY),
    (f"{STORY}#utm_source=rss", STORY),
    (f"{STORY}#xtor=AL-72", STORY),
    (f"{STORY}?utm_source=x#!/route", f"{STORY}#!/route"),
    # what is kept, to the byte
    (f"{STORY}?b=2&a=1&q=&%E9=caf%e9&c={{d}}", None),
    (f"{STORY}?utm=1&gclids=2&my_utm_source=3&source=x&ref=y&session=z", None),
    (f"{STORY}#top&utm_source=x", None),
    (f"{STORY}?gallery=12&keyword=ferry&glossary=3&reference=4&cid=991&uid=5", None),
    (f"{STORY}?", None),
    (f"{STORY}?&&", None),
    ("https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=30", None),
    ("http://[::1/?utm_source=x", None),
    ("", None),
]


@pytest.mark.parametrize(("url", "expected"), CASES)
def test_only_what_tracks_is_dropped(url: str, expected: str | None) -> None:
    """Known parameters go, in the query and in a fragment made of such; the rest is left as it was written."""
    assert canonical_url(url) == (url if expected is None else expected)


@pytest.mark.parametrize("name", [*NAMES, *(f"{prefix}x" for prefix in PREFIXES), *FIREFOX])
def test_every_name_of_the_list_is_dropped(name: str) -> None:
    """A row that does nothing would be a mistake in the row."""
    assert canonical_url(f"{STORY}?a=1&{name}=x&b=2") == f"{STORY}?a=1&b=2"


@given(
    st.lists(
        st.sampled_from(["a=1", "utm_x=1", "fbclid=x", "", "b", "=", "%ff=%00", "utm_source"]), max_size=8
    )
)
def test_it_is_done_once_and_for_all(pairs: list[str]) -> None:
    """A second time changes nothing, the page stays the same, and no other parameter is lost or moved."""
    url = f"{STORY}?{'&'.join(pairs)}"
    made = canonical_url(url)
    assert canonical_url(made) == made
    assert urlsplit(made)[:3] == urlsplit(url)[:3]
    kept = [pair for pair in pairs if not pair.startswith(("utm_", "fbclid"))]
    assert [pair for pair in urlsplit(made).query.split("&") if pair] == [pair for pair in kept if pair]


@given(st.text())
def test_any_text_can_be_given(text: str) -> None:
    """What is no address does no harm."""
    assert isinstance(canonical_url(text), str)


def test_it_takes_time_in_proportion() -> None:
    """A megabyte of parameters takes well under a second."""
    url = f"{STORY}?{'utm_&' * 100_000}#{'a=&' * 100_000}"
    began = time.process_time()
    canonical_url(url)
    assert time.process_time() - began < 1
