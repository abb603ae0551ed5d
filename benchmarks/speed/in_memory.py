"""Ways of looking for embeds in documents in memory: the limits, ours, and what others do."""

from __future__ import annotations

import re
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final

from benchmarks.speed.children import ripgrep
from benchmarks.speed.clock import NOW
from benchmarks.speed.peers import peers
from benchmarks.speed.rate import timed
from resolver.detect import detect
from resolver.detect.prefilter import Sieve
from resolver.detect.prefilter.conditions import of_texts as text_conditions
from resolver.detect.prefilter.engine import ENGINES, engine
from resolver.detect.prefilter.everything import Everything
from resolver.detect.prefilter.page_conditions import of_pages as page_conditions
from resolver.documents.decode import decode
from resolver.models import Document

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from benchmarks.speed.rate import Way
    from resolver.detect.prefilter.conditions import Condition

#: How rows are called that tables and targets speak of.
BARE, OURS, FIND, UNFILTERED = (
    "bare scan, {}", "this project, {}", "one literal, bytes.find", "this project, no prefilter"
)  # fmt: skip
#: What is added to the names of the first two where no notes are looked for.
NO_NOTES: Final = ", no notes"
#: What a script would look for.
_NAIVE = re.compile(r"[—–-] ?([^\n(]{1,60}) \(@(\w{1,15})\) (\w+ \d{1,2}, \d{4})")


def engines() -> list[str]:
    """Return the names of the engines that are installed, the fastest first, but for Python's own.

    >>> set(engines()) <= {"hyperscan", "re2"}
    True
    """
    return [name for name, _ in ENGINES if name != "re" and find_spec(name) is not None]


def of_texts() -> dict[str, Way]:
    """Return the ways for texts."""
    ways = {FIND: timed(lambda texts: sum(b"pic.twitter.com/" in text for text in texts))}
    ways |= _by_engine(text_conditions, html=False)
    ways["a naive regex on every text"] = timed(
        lambda texts: sum(len(_NAIVE.findall(decode(text).text)) for text in texts)
    )
    by_ripgrep = ripgrep()
    return ways if by_ripgrep is None else {**ways, "ripgrep -F -f": by_ripgrep}


def of_pages() -> dict[str, Way]:
    """Return the ways for pages, of those libraries that are installed."""
    ways = {FIND: timed(lambda pages: sum(b"twitter-tweet" in page for page in pages))}
    ways |= _by_engine(page_conditions, html=True)
    return ways | {f"{name}, every page": way for name, way in peers().items()}


def _by_engine(conditions: Callable[..., Sequence[Condition]], *, html: bool) -> dict[str, Way]:
    """Return the bare scan and ours by each engine, both also without notes, and ours without an engine."""
    ways: dict[str, Way] = {}
    for name in engines():
        for notes, said in ((True, ""), (False, NO_NOTES)):
            ways[BARE.format(name) + said] = _bare(conditions(with_notes=notes), name)
            sieve = Sieve(worth=0, engine=name, notes=notes)
            ways[OURS.format(name) + said] = _finding(sieve, html=html)
    return {**ways, UNFILTERED: _finding(Everything(), html=html)}


def _bare(conditions: Sequence[Condition], name: str) -> Way:
    hits = engine(conditions, name=name).hits

    def work(documents: Sequence[bytes]) -> None:
        for document in documents:
            hits(document)

    return timed(work)


def _finding(sieve: Sieve | Everything, *, html: bool) -> Way:
    """Return what a scan does with a sieve, or without any."""
    today: Final = NOW.date()

    def work(documents: Sequence[bytes]) -> int:
        found = 0
        for data in documents:
            if not (sieve.of_page(data) if html else sieve.of_text(data)):
                continue
            text = decode(data).text
            document = Document(id="", html=text) if html else Document(id="", text=text)
            found += len(detect(document, today=today, sieve=sieve))
        return found

    return timed(work)
