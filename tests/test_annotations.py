"""Embeds as Web Annotations: what the model demands is there, and the selectors select the quote."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from cache_samples import (
    EMBEDS,
    NOON,
    POST_URL,
    as_stored,
    document,
    embed,
    identified,
    leading_to,
    link,
    opened,
)
from hypothesis import given

from resolver.models import Document, Embed, Kind
from resolver.render.annotations import annotation, annotations_of
from resolver.render.record import utc

if TYPE_CHECKING:
    from pathlib import Path

READ_AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
TEXT = "Vorher \N{SMILING FACE WITH OPEN MOUTH} Ships are back (@HarbourDesk) nachher"
QUOTE = "Ships are back (@HarbourDesk)"
ARTICLE = Document(id="a.txt", text=TEXT, url="https://news.example/ships")
START = TEXT.index(QUOTE)
EMBED = embed(
    start=START, end=START + len(QUOTE), quote=QUOTE, prefix=TEXT[:START], suffix=TEXT[START + len(QUOTE) :]
)

#: What must be of each type (https://www.w3.org/TR/annotation-model/, sections 3.1, 3.2.4, 4, 4.2.4, 4.2.5, 4.3.1).
REQUIRED = {
    "Annotation": {"@context", "id", "type", "target"},
    "SpecificResource": {"source"},
    "TextualBody": {"value"},
    "TextPositionSelector": {"start", "end"},
    "TextQuoteSelector": {"exact"},
    "TimeState": {"sourceDate"},
}
#: The motivations that the model knows, of those that are used here (section 3.3.5).
MOTIVATIONS = {"identifying", "describing"}


def nodes(value: Any) -> list[dict[str, Any]]:
    """Every object in the annotation but its context."""
    if isinstance(value, list):
        return [node for item in value for node in nodes(item)]
    if not isinstance(value, dict):
        return []
    return [value, *(node for name, item in value.items() if name != "@context" for node in nodes(item))]


def check(made: dict[str, Any]) -> None:
    """The annotation is as the model demands."""
    assert made["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    assert made["type"] == "Annotation"
    for node in nodes(made):
        assert REQUIRED[node["type"]] <= node.keys()
        assert node.get("purpose", node.get("motivation", "identifying")) in MOTIVATIONS
    assert ":" in made["id"]
    assert ":" in made["target"]["source"]
    datetime.fromisoformat(made["target"]["state"]["sourceDate"])


def test_the_selectors_select_the_quote() -> None:
    """Position and quote agree with the text, counted in code points, and the state has its hash."""
    made = annotation(EMBED, ARTICLE, read_at=READ_AT)
    check(made)
    position, quote = made["target"]["selector"]
    assert TEXT[position["start"] : position["end"]] == quote["exact"] == QUOTE
    assert quote["prefix"] + quote["exact"] + quote["suffix"] == TEXT
    assert made["target"]["state"]["sha256"] == ARTICLE.sha256
    assert made["target"]["state"]["sourceDate"] == "2026-11-22T12:00:00Z"


def test_the_post_is_the_body() -> None:
    """A post that is known is identified by its address, next to what the article says that it says."""
    post, text = annotation(replace(EMBED, post_url=POST_URL), ARTICLE, read_at=READ_AT)["body"]
    assert (post["source"], post["purpose"]) == (POST_URL, "identifying")
    assert (text["value"], text["purpose"]) == ("Ships are back", "describing")


def test_an_embed_of_which_nothing_is_known_has_no_body() -> None:
    """The model wants no empty body."""
    assert "body" not in annotation(replace(EMBED, text=None), ARTICLE, read_at=READ_AT)


@pytest.mark.parametrize(("kind", "format_"), [(Kind.MARKUP, "text/html"), (Kind.LEFTOVER, "text/plain")])
def test_what_the_positions_count_in(kind: Kind, format_: str) -> None:
    """It is said whether they point into the text or into the HTML."""
    assert annotation(replace(EMBED, kind=kind), ARTICLE, read_at=READ_AT)["target"]["format"] == format_


def test_a_document_without_an_address_is_named_by_its_content() -> None:
    """The source is an IRI in any case."""
    made = annotation(EMBED, replace(ARTICLE, url=None), read_at=READ_AT)
    assert made["target"]["source"] == f"urn:sha256:{ARTICLE.sha256}"


def test_the_same_span_is_the_same_annotation() -> None:
    """Its id does not depend on when it was read, and differs where span or content do."""
    later = datetime(2027, 1, 1, tzinfo=UTC)
    first = annotation(EMBED, ARTICLE, read_at=READ_AT)["id"]
    assert annotation(EMBED, ARTICLE, read_at=later)["id"] == first
    others = [
        annotation(replace(EMBED, end=EMBED.end + 1), ARTICLE, read_at=READ_AT)["id"],
        annotation(replace(EMBED, kind=Kind.MARKUP), ARTICLE, read_at=READ_AT)["id"],
        annotation(EMBED, replace(ARTICLE, text="x"), read_at=READ_AT)["id"],
    ]
    assert len({first, *others}) == 4


@given(EMBEDS)
def test_any_embed_is_an_annotation(made_of: Embed) -> None:
    """Whatever is stored of an article, the model's demands are met and JSON can say it."""
    made = annotation(as_stored(made_of), document(), read_at=READ_AT)
    check(made)
    assert json.loads(json.dumps(made)) == made


def test_a_database_becomes_annotations(tmp_path: Path) -> None:
    """One for each embed, in their order, with what is known of its post by now."""
    seen = leading_to("a", f"{POST_URL}/photo/1")
    with opened(tmp_path / "a.db") as store:
        store.add(document(), [embed(link("a")), embed(text=None)])
        store.record(seen, {key: identified(each, seen) for key, each in store.linking(seen.url).items()})
        first, second = annotations_of(store.every_document())
    check(first)
    check(second)
    assert first["body"][0]["source"] == POST_URL
    assert "body" not in second
    assert first["target"]["state"]["sourceDate"] == utc(NOON)
