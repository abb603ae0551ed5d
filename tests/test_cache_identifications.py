"""Which conclusion is kept when an observation has come in."""

from __future__ import annotations

from dataclasses import replace

import pytest
from cache_samples import POST_ID, POST_URL, embed, link

from cache.identifications import Conclusion, naming_link, next_conclusion
from resolver.models import Role

NOTHING = Conclusion((None, None, None, 0.9, "article"), ())
DOUBTED = Conclusion((None, None, None, 0.45, "article"), ())
REFUSED = Conclusion((None, None, None, 0.9, "article"), (("day_of_id", "a", "b", 0, "u"),))
ONE = Conclusion(("1", "https://twitter.com/a/status/1", None, 0.9, "redirect"), ())
OTHER = Conclusion(("2", "https://twitter.com/a/status/2", None, 0.9, "redirect"), ())
IN_ARTICLE = Conclusion(("3", "https://twitter.com/a/status/3", None, 0.9, "article"), ())

CASES = [
    # new, kept, scanned, settled, what is kept then
    (NOTHING, None, NOTHING, True, None),
    (ONE, None, NOTHING, True, ONE),
    (REFUSED, None, NOTHING, True, REFUSED),
    (DOUBTED, None, NOTHING, True, DOUBTED),
    (OTHER, ONE, NOTHING, True, OTHER),
    (NOTHING, ONE, NOTHING, True, None),
    (IN_ARTICLE, IN_ARTICLE, IN_ARTICLE, True, IN_ARTICLE),
    (ONE, IN_ARTICLE, IN_ARTICLE, True, ONE),
    # an attempt that found nothing out
    (NOTHING, ONE, NOTHING, False, ONE),
    (OTHER, ONE, NOTHING, False, ONE),
    (ONE, None, NOTHING, False, ONE),
    (NOTHING, None, NOTHING, False, None),
]


@pytest.mark.parametrize(("new", "kept", "scanned", "settled", "following"), CASES)
def test_what_is_kept(
    new: Conclusion, kept: Conclusion | None, scanned: Conclusion, settled: bool, following: Conclusion | None
) -> None:
    """The newest conclusion is kept if it says something, and an attempt that failed changes none."""
    assert next_conclusion(new=new, kept=kept, scanned=scanned, settled=settled) == following


NAMING = [
    (f"{POST_URL}/photo/1", True),
    (f"{POST_URL}?s=20", True),
    (POST_URL, True),
    (f"https://example.org/?id={POST_ID}&x=1", True),
    (f"{POST_URL}0", False),
    ("https://example.org/", False),
    (None, False),
]


@pytest.mark.parametrize(("expanded_url", "names"), NAMING)
def test_the_link_that_names_the_post(expanded_url: str | None, names: bool) -> None:
    """A link names the post where its id is a part of the address, not where that only contains its digits."""
    media = replace(link("a", Role.MEDIA), expanded_url=expanded_url)
    known = embed(link("b"), media, post_id=POST_ID)
    assert naming_link(known) == (media.url if names else None)
