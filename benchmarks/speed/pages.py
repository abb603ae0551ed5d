"""Pages as news sites have them: a little text, among much markup, code and links to the site's own accounts."""

from __future__ import annotations

import html
import json
import random
from typing import TYPE_CHECKING, Final

from benchmarks.speed.furniture import BANNER, FOOT, HEAD, HEADER, card
from benchmarks.speed.planted import Made, in_pages, in_turn
from benchmarks.speed.texts import log_normal, paragraphs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from benchmarks.speed.planted import Planted
    from benchmarks.speed.sources import Sources

#: The median of a page, in bytes, and how far the sizes spread; measured on 1,516 pages of the web.
MEDIAN: Final = 100_000
SPREAD: Final = 0.9
_LEAST, _MOST = 20_000, 2_000_000
#: The median of the text in a page, in bytes.
_TEXT: Final = 5_000
#: Of what a page has besides its text, so much is teasers of other pages, the state of a script, and scripts.
_TEASERS, _STATE, _SCRIPTS = 0.45, 0.15, 0.4
#: Some sites ask for consent to cookies in the page itself.
_ASKS: Final = 0.3
_SEED: Final = 20261121


def made_pages(sources: Sources, size: int, *, seed: int = _SEED) -> Iterator[Made]:
    """Yield pages of *size* bytes of UTF-8 together: the same ones for the same sources, size and seed."""
    chance = random.Random(seed)
    left = size
    for number, planted in enumerate(in_turn(in_pages())):
        made = _page(sources, chance, number, planted)
        yield made
        left -= len(made.text.encode())
        if left <= 0:
            return


def _page(sources: Sources, chance: random.Random, number: int, planted: Planted | None) -> Made:
    size = log_normal(chance, median=MEDIAN, spread=SPREAD, least=_LEAST, most=_MOST)
    text = paragraphs(sources, chance, log_normal(chance, median=_TEXT, spread=0.7, least=500, most=size / 4))
    body = [f'<p class="article__text">{html.escape(one, quote=False)}</p>\n' for one in text]
    rest = max(0.0, size - 6_000 - sum(map(len, body)))
    titles = [one[:90] for one in text]
    head = HEAD.format(title=html.escape(titles[0]), number=number) + HEADER
    place = chance.randint(1, len(body))
    before = head + "".join(body[:place])
    after = [*body[place:], "</div></article>", *_teasers(titles, chance, _TEASERS * rest), FOOT]
    if chance.random() < _ASKS:
        after.append(BANNER)
    after += [*_state(titles, _STATE * rest), *_scripts(sources.scripts, chance, _SCRIPTS * rest)]
    source = planted.source if planted else ""
    made = before + source + "".join(after) + "</body></html>\n"
    return Made(made, planted.kind if planted else None, len(before), len(before) + len(source))


def _teasers(titles: Sequence[str], chance: random.Random, size: float) -> Iterator[str]:
    yield '<section class="teasers"><ul>\n'
    while size > 0:
        teaser = card(chance.choice(titles), chance.randrange(10**7))
        size -= len(teaser)
        yield teaser
    yield "</ul></section></main>"


def _state(titles: Sequence[str], size: float) -> Iterator[str]:
    """Yield what scripts of a page begin with: its teasers once more, as JSON with the markup of their titles."""
    stories = [
        {"id": number, "url": f"https://news.example/story/{number}", "title": f"<b>{titles[number % len(titles)]}</b>"}
        for number in range(int(size / 150))
    ]  # fmt: skip
    state = json.dumps({"props": {"stories": stories}}).replace("<", "\\u003c")
    yield f'<script id="state" type="application/json">{state}</script>\n'


def _scripts(scripts: Sequence[str], chance: random.Random, size: float) -> Iterator[str]:
    while size > 0 and scripts:
        code = chance.choice(scripts)[: int(size) + 1]
        size -= len(code) + 1
        yield f"<script>{code}</script>\n"
