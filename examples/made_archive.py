"""A made archive of articles, and the web that their embeds lead to, for trying out the audit without a network.

::

    python examples/made_archive.py --folder made --articles 1000 --rounds 3 -- \\
        embed-resolver audit --db made/made.db --now {now} {options}

writes ``articles.jsonl`` and ``truth.json`` into the folder, serves the made web on 127.0.0.1, and runs the command
once for each round, the rounds four days apart. In the command ``{now}`` becomes the time of the round, ``{articles}``
the path of the articles, and ``{options}`` what sends the requests for every host of the made web, the oEmbed endpoint
and the web archive to the server. Read the articles into the database first, in the same way (``enrich --dry-run``).

Nothing here is real: hosts end in ``.example``, texts are made of a few words, and all is the same for the same seed.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from made_web import KINDS, MadeWeb, Page, Target

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

BEGINS = datetime(2014, 1, 1, 12, tzinfo=UTC)
YEARS = 10
#: When the first round of checks is made, and how far apart they are.
FIRST_ROUND = datetime(2026, 1, 5, 12, tzinfo=UTC)
APART = timedelta(days=4)

#: The epoch of the ids of X, in milliseconds since 1970; see ``resolver/platforms/twitter.py``.
_EPOCH = 1_288_834_974_657

_WORDS = (
    "harbour bridge opens saturday council votes market street river festival museum train station school library "
    "garden winter storm ferry tickets mayor budget plan works traffic cyclists neighbours coffee bakery concert "
    "theatre season match team coach victory defeat weather sun rain wind snow island coast lighthouse fishing boat"
).split()
_FIRST = "Jo Renée Bo Ines Kim Lou Mika Noor Olga Paul Rosa Sven Tess Umar Vera Wim".split()
_LAST = "Doe Ferry Harbour Klein Lund Moreau Nagy Okafor Peters Rossi Silva Tanaka".split()
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"

#: What a post itself is, by the oEmbed endpoint: its kind, how often, and the verdict that is right.
POSTS = {
    "post": (70, "alive"),
    "post_gone": (18, "dead"),
    "post_protected": (8, "blocked"),
    "post_unknown": (4, "unknown"),
}


@dataclass(frozen=True, kw_only=True)
class MadeArchive:
    """Articles, the web that they lead to, and what is true of each link."""

    #: Rows with ``id``, ``url``, ``date`` and ``html``.
    articles: tuple[Mapping[str, str], ...]
    web: MadeWeb
    #: The kind and the right verdict of each address, after three rounds or more.
    truth: Mapping[str, tuple[str, str]]


@dataclass
class _Maker:
    random: random.Random
    web: MadeWeb
    truth: dict[str, tuple[str, str]] = field(default_factory=dict)
    codes: set[str] = field(default_factory=set)

    def article(self, number: int, at: datetime) -> dict[str, str]:
        embeds = [self.embed(number, place, at) for place in range(self.random.choice((1, 1, 2)))]
        title = self.words(5).capitalize()
        body = "".join(f"<p>{self.sentence(30)}</p>{embed}" for embed in embeds)
        return {
            "id": f"article-{number:04}",
            "url": f"https://paper.example/{at:%Y/%m/%d}/article-{number:04}",
            "date": f"{at:%Y-%m-%d}",
            "html": f"<!doctype html><html><head><title>{title}</title></head><body><article><h1>{title}</h1>"
            f"{body}<p>{self.sentence(30)}</p></article></body></html>",
        }

    def embed(self, article: int, place: int, at: datetime) -> str:
        posted = at - timedelta(seconds=self.random.randrange(3600, 80_000))
        post_id = str(((int(posted.timestamp() * 1000) - _EPOCH) << 22) | (article * 4 + place))
        name = f"{self.random.choice(_FIRST)} {self.random.choice(_LAST)}"
        handle = f"{name.replace(' ', '').replace('é', 'e')}{article % 97}"
        post = f"https://twitter.com/{handle}/status/{post_id}"
        text = self.sentence(14)
        link = self.link(article, place, at)
        media = f" {self.media(post)}" if self.random.random() < 0.3 else ""
        self.post(post, post_id, text)
        return (
            f'<blockquote class="twitter-tweet"><p lang="en">{text} <a href="{link}">{link}</a>{media}</p>&mdash; '
            f'{name} (@{handle}) <a href="{post}">{posted:%B} {posted.day}, {posted.year}</a></blockquote>'
        )

    def link(self, article: int, place: int, at: datetime) -> str:
        kind = self.random.choices([*KINDS], [each.weight for each in KINDS.values()])[0]
        slug = f"{self.words(3).replace(' ', '-')}-{article}-{place}"
        target = Target(kind=kind, slug=slug, number=self.random.randrange(1000), at=at)
        link = f"https://t.co/{self.code()}"
        if kind != "code_gone":
            self.web.add(link, Page(to=target.url))
        self.web.add_target(target, title=self.words(6).capitalize(), text=self.sentence(120))
        self.truth[link] = (kind, KINDS[kind].verdict)
        if self.random.random() < 0.6:
            self.web.archive(target.url, at + timedelta(days=self.random.randrange(1, 200)))
        if kind == "code_gone":
            self.web.archive(link, at + timedelta(days=3), to=target.url)
        return link

    def media(self, post: str) -> str:
        code = self.code()
        link = f"https://t.co/{code}"
        self.web.add(link, Page(to=f"{post}/photo/1"))
        self.truth[link] = ("media", "")
        return f'<a href="{link}">pic.twitter.com/{code}</a>'

    def post(self, post: str, post_id: str, text: str) -> None:
        kind = self.random.choices([*POSTS], [weight for weight, _ in POSTS.values()])[0]
        self.web.posts[post_id] = (kind, text)
        self.truth[post] = (kind, POSTS[kind][1])

    def code(self) -> str:
        while True:
            code = "".join(self.random.choices(_LETTERS, k=10))
            if code not in self.codes:
                self.codes.add(code)
                return code

    def words(self, count: int) -> str:
        return " ".join(self.random.choices(_WORDS, k=count))

    def sentence(self, count: int) -> str:
        return f"{self.words(count).capitalize()}."


def make_archive(articles: int = 1000, *, seed: int = 7) -> MadeArchive:
    """Return a made archive: the same for the same number of articles and seed.

    >>> made = make_archive(3)
    >>> made.articles[0]["date"], made == make_archive(3)
    ('2014-01-01', True)
    """
    maker = _Maker(random.Random(seed), MadeWeb())
    apart = timedelta(days=365.25 * YEARS) / max(1, articles)
    rows = tuple(maker.article(number, BEGINS + number * apart) for number in range(articles))
    truth = dict(maker.truth)
    for url, (kind, _) in truth.items():
        if kind == "media":
            post = maker.web.pages[url].to or ""
            truth[url] = ("media", truth[post.removesuffix("/photo/1")][1])
    return MadeArchive(articles=rows, web=maker.web, truth=truth)


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the archive, serve its web while the command runs, and return the command's exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--folder", type=Path, required=True, help="where articles.jsonl and truth.json go")
    parser.add_argument("--articles", type=int, default=1000, help="how many (%(default)s)")
    parser.add_argument("--rounds", type=int, default=1, help="how often the command is run (%(default)s)")
    parser.add_argument("--first", type=int, default=1, help="the number of the first round (%(default)s)")
    parser.add_argument("command", nargs="*", metavar="-- COMMAND")
    options = parser.parse_args(arguments)
    made = make_archive(options.articles)
    options.folder.mkdir(parents=True, exist_ok=True)
    path = options.folder / "articles.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in made.articles), encoding="utf-8")
    truth = {url: {"kind": kind, "verdict": verdict} for url, (kind, verdict) in made.truth.items()}
    (options.folder / "truth.json").write_text(json.dumps(truth, indent=1), encoding="utf-8")
    with made.web.served() as server:
        for number in range(options.first, options.first + options.rounds):
            made.web.round = number
            now = FIRST_ROUND + (number - 1) * APART
            words = [*_filled(options.command, path=path, now=now, server=server)]
            code = subprocess.run(words, check=False).returncode if words else 0
            if code:
                return code
    return 0


def _filled(command: Sequence[str], *, path: Path, now: datetime, server: Any) -> Iterator[str]:
    for word in command:
        if word == "{options}":
            yield from server.options()
        else:
            yield word.replace("{now}", now.isoformat()).replace("{articles}", str(path))


if __name__ == "__main__":
    sys.exit(main())
