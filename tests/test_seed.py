"""The case this tool was made for: a real Dutch article whose tweet was held back for lack of consent."""

from __future__ import annotations

from pathlib import Path

import pytest

from resolver import AttestedBy, Kind, Link, Role, scan
from resolver.documents import read
from resolver.render.record import record

SEED = Path(__file__).parent.parent.parent / "shared" / "seed" / "000_a2986bd07e8c5182.txt"

pytestmark = pytest.mark.skipif(not SEED.exists(), reason="the seed article is not beside this project")


def test_the_article_has_one_embed_with_all_its_fields() -> None:
    """One leftover, blocked, with its author, day, hashtags and both links, and spans that quote the article."""
    (row,) = read([str(SEED)], report=pytest.fail)
    assert row.document.date == "2020-08"
    text = row.document.text or ""
    (embed,) = scan(row.document)

    assert (embed.kind, embed.platform, embed.attested_by) == (Kind.LEFTOVER, "twitter", AttestedBy.ARTICLE)
    assert (embed.author, embed.handle) == ("Alex Kokcharov", "AlexKokcharov")
    assert (str(embed.posted), embed.posted_text, embed.posted_at) == ("2020-08-15", "August 15, 2020", None)
    assert (embed.hashtags, embed.mentions) == (("Minsk", "Belarus"), ())
    assert embed.links == (
        Link(url="https://t.co/anBMCAs5V5", written="https://t.co/anBMCAs5V5", role=Role.LINK),
        Link(url="https://t.co/QtSBUIzmcr", written="pic.twitter.com/QtSBUIzmcr", role=Role.MEDIA),
    )
    assert (embed.post_id, embed.post_url, embed.checks) == (None, None, ())

    assert text[embed.start : embed.end] == embed.quote
    assert embed.quote.startswith("In #Minsk, #Belarus, thousands")
    assert embed.quote.endswith(
        "pic.twitter.com/QtSBUIzmcr — Alex Kokcharov (@AlexKokcharov) August 15, 2020"
    )
    assert (embed.prefix, embed.suffix) == (
        text[embed.start - 32 : embed.start],
        text[embed.end : embed.end + 32],
    )
    assert embed.text is not None
    assert embed.text.endswith("on 10 August:https://t.co/anBMCAs5V5 pic.twitter.com/QtSBUIzmcr")

    blocked = embed.blocked
    assert blocked is not None
    assert (blocked.language, blocked.vendor) == ("nl", None)
    assert text[blocked.start : blocked.end] == blocked.quote
    assert blocked.quote.startswith("Wel toestemming gegeven")
    assert blocked.quote.endswith("om het aan te passen.")


def test_the_record_has_the_fields_of_the_documentation_in_their_order() -> None:
    """The record's names and order are part of what users build on."""
    (row,) = read([str(SEED)], report=pytest.fail)
    written = record(scan(row.document)[0])
    assert (
        list(written)
        == (
            "document kind platform start end quote prefix suffix text author handle posted posted_text posted_at "
            "post_id post_url links hashtags mentions blocked rule confidence attested_by checks"
        ).split()
    )
    assert list(written["links"][0]) == ["url", "written", "role"]
    assert list(written["blocked"]) == ["quote", "start", "end", "vendor", "language"]
