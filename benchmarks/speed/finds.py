"""Whether a scan finds with its prefilter what it finds without, and what was planted."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.speed.clock import NOW
from benchmarks.speed.files import warm
from resolver.models import Document
from resolver.pipeline import scan

if TYPE_CHECKING:
    from benchmarks.speed.stored import Stored


class Finds(NamedTuple):
    """What was found in a corpus."""

    #: By kind: documents in which it was planted, and those in which it was found, with the prefilter and without.
    planted: Counter[str]
    found: Counter[str]
    found_unfiltered: Counter[str]
    #: Finds that overlap nothing that was planted, with the prefilter and without, in all documents.
    others: int
    others_unfiltered: int
    documents: int
    #: Documents of which the two do not find exactly the same.
    different: int


def finds(corpus: Stored, *, html: bool) -> Finds:
    """Return what is found in a corpus of texts, or of *html*."""
    warm()  # else the first documents would be read without the prefilter either way
    planted, found, unfiltered, others = Counter[str](), Counter[str](), Counter[str](), Counter[bool]()
    different = 0
    for entry, data in zip(corpus.entries, corpus.documents(), strict=True):
        text = data.decode()
        document = Document(id="", html=text) if html else Document(id="", text=text)
        both = {
            prefilter: scan(document, clock=lambda: NOW, prefilter=prefilter) for prefilter in (True, False)
        }
        different += both[True] != both[False]
        for prefilter, counts in ((True, found), (False, unfiltered)):
            over = [embed.start < entry.end and entry.start < embed.end for embed in both[prefilter]]
            counts[entry.kind or ""] += any(over)
            others[prefilter] += over.count(False)
        planted[entry.kind or ""] += entry.kind is not None
    return Finds(planted, found, unfiltered, others[True], others[False], len(corpus.entries), different)
