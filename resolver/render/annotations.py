"""Embeds as W3C Web Annotations (https://www.w3.org/TR/annotation-model/): what stands where in which document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol
from uuid import UUID, uuid5

from resolver.models import Kind
from resolver.render.record import utc

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from resolver.models import Embed
    from resolver.provenance import DocumentEvidence

#: The context of the model, and one name that it does not have.
CONTEXT = ["http://www.w3.org/ns/anno.jsonld", {"sha256": "https://schema.org/sha256"}]
#: The space of our annotations' ids: the same span of the same content is the same annotation.
_IDS = UUID("5a0d6f4e-3c5e-5f0b-9b3c-6d2f6b0a7f11")


class AnnotatedDocument(Protocol):
    """What an annotation says of its document: a :class:`~resolver.models.Document`, or evidence of one."""

    @property
    def id(self) -> str:
        """The name its owner gave it."""

    @property
    def sha256(self) -> str:
        """The hash of its content."""

    @property
    def url(self) -> str | None:
        """Where it was published."""


def annotations_of(documents: Iterable[DocumentEvidence]) -> Iterator[dict[str, Any]]:
    """Yield an annotation for each embed of each document, with all that is known of it."""
    for document in documents:
        for evidence in document.embeds:
            yield annotation(evidence.known, document, read_at=document.last_read_by.started_at)


def annotation(embed: Embed, document: AnnotatedDocument, *, read_at: datetime) -> dict[str, Any]:
    """Return an embed as a Web Annotation in JSON-LD: the span is its target, the post (if known) its body.

    The target is selected by position and by quote, both in code points of the document as it was read at *read_at*
    (UTC): its text, or its HTML source for an embed of the kind markup. The state holds the SHA-256 of that content,
    so that it can be told whether the positions still hold. A document without an address is named by its hash.

    >>> from datetime import UTC, datetime
    >>> from resolver import Document, scan
    >>> article = Document(id="a.txt", text="Open! — Jo Doe (@jodoe) May 2, 2019", url="https://news.example/1")
    >>> made = annotation(scan(article)[0], article, read_at=datetime(2026, 11, 22, tzinfo=UTC))
    >>> made["type"], made["target"]["source"]
    ('Annotation', 'https://news.example/1')
    >>> [selector["type"] for selector in made["target"]["selector"]]
    ['TextPositionSelector', 'TextQuoteSelector']
    """
    values: dict[str, Any] = {
        "@context": CONTEXT,
        "id": uuid5(_IDS, f"{document.sha256} {embed.kind.value} {embed.start} {embed.end}").urn,
        "type": "Annotation",
        "motivation": "identifying",
        "body": _body(embed),
        "target": {
            "type": "SpecificResource",
            "source": document.url or f"urn:sha256:{document.sha256}",
            "format": "text/html" if embed.kind is Kind.MARKUP else "text/plain",
            "selector": _selectors(embed),
            "state": {"type": "TimeState", "sourceDate": utc(read_at), "sha256": document.sha256},
        },
    }
    return values if values["body"] else {name: value for name, value in values.items() if name != "body"}


def _selectors(embed: Embed) -> list[dict[str, Any]]:
    quote = {
        "type": "TextQuoteSelector",
        "exact": embed.quote,
        "prefix": embed.prefix,
        "suffix": embed.suffix,
    }
    return [{"type": "TextPositionSelector", "start": embed.start, "end": embed.end}, quote]


def _body(embed: Embed) -> list[dict[str, Any]]:
    """Return the post by its address, and what the article says that it says."""
    body: list[dict[str, Any]] = []
    if embed.post_url is not None:
        body.append({"type": "SpecificResource", "source": embed.post_url, "purpose": "identifying"})
    if embed.text is not None:
        body.append(
            {"type": "TextualBody", "value": embed.text, "format": "text/plain", "purpose": "describing"}
        )
    return body
