"""Occurrences for the tests of the report: built by hand, and a made archive whose figures are known."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING, Any

from resolver.findings import Finding, Memento, Occurrence, Verdict
from resolver.models import Blocked, Embed, Kind, Link, Outcome, Role
from resolver.render.report import Method

if TYPE_CHECKING:
    from collections.abc import Iterator

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
CODE = "https://t.co/Kf7Qm2Lx9R"


def embed(document: str = "news/bridge.html", *, start: int = 10, **known: Any) -> Embed:
    fields: dict[str, Any] = {
        "kind": Kind.LEFTOVER,
        "platform": "twitter",
        "quote": "The bridge is open — Harbour Council (@HarbourCouncil) August 14, 2020",
        "text": "The bridge is open",
        "author": "Harbour Council",
        "handle": "HarbourCouncil",
        "rule": "twitter.attribution",
        "confidence": 0.99,
        "prefix": "before ",
        "suffix": " after",
        "links": (Link(url=CODE, written=CODE, role=Role.LINK),),
        **known,
    }
    return Embed(document=document, start=start, end=start + len(fields["quote"]), **fields)


def memento(url: str = CODE, **known: Any) -> Memento:
    captured_at = datetime(2020, 8, 20, 9, 30, tzinfo=UTC)
    fields = {
        "url": f"https://archive.example/web/20200820093000/{url}",
        "original": url,
        "captured_at": captured_at,
        "status": 200,
    }
    return Memento(**{**fields, **known})


def finding(verdict: Verdict = Verdict.DEAD, url: str = CODE, **known: Any) -> Finding:
    fields: dict[str, Any] = {"outcome": Outcome.NOT_FOUND, "checks": 3, "checked_at": NOON, "hops": 2}
    return Finding(url=url, verdict=verdict, **{**fields, **known})


def occurrence(
    verdict: Verdict = Verdict.DEAD, document: str = "news/bridge.html", **known: Any
) -> Occurrence:
    of_finding = {name: known.pop(name) for name in list(known) if name in Finding.__dataclass_fields__}
    fields: dict[str, Any] = {
        "document_url": "https://gazette.example/2020/08/bridge",
        "document_date": "2020-08-15",
        "embed": embed(document),
        "finding": finding(verdict, **of_finding),
    }
    fields["written"] = fields["finding"].url
    return Occurrence(document=document, **{**fields, **known})


def method(**known: Any) -> Method:
    fields: dict[str, Any] = {"database": "provenance.db", "made_at": NOON, "tool_version": "1.0"}
    return Method(**{**fields, **known})


_HOSTS = (
    ("twitter.com", 0.12, 26),
    ("harbourcouncil.example", 0.06, 14),
    ("ferries.example", 0.34, 9),
    ("storify.example", 0.97, 6),
    ("vine.example", 0.88, 6),
    ("cityblog.example", 0.62, 9),
    ("videos.example", 0.16, 12),
    ("stadsarchief.example", 0.03, 7),
    ("ministry-of-transport-and-waterways.example", 0.45, 6),
    ("photos.example", 0.52, 5),
)
_TEXTS = (
    "The new #Harbour bridge opens on Saturday, two weeks early. Thank you all for your patience!",
    "Storm warning for the whole coast: all ferries stay in port until further notice.",
    "Look what we found under the old quay: a wooden ship of 1680, nearly whole.",
    "Road works on the ring road start on Monday. Plan your trip, and take the bus if you can.",
    "So proud of these volunteers. 412 bags of litter from one beach!",
    "¿Quién se acuerda de la vieja estación? Fotos aquí",
    "De gemeenteraad stemt vanavond over de kade. Volg het hier.",
)
_PEOPLE = (
    ("Harbour Council", "HarbourCouncil"),
    ("Jo Doe", "jodoe"),
    ("Ferry Watch", "ferrywatch"),
    ("Museum aan de Kade", "museumkade"),
    ("Ana Ruiz", "anaruiz_"),
)
_TITLES = (
    "bridge-opens-early storm-keeps-ferries-in-port ship-under-the-quay ring-road-works beach-volunteers "
    "old-station-remembered council-votes-on-quay"
).split()


def archive(articles: int = 700, seed: int = 7, checks: int = 3) -> Iterator[Occurrence]:
    """A made archive of ten years: older links and some hosts are dead more often, most of the dead are archived."""
    random = Random(seed)
    for number in range(articles):
        published = datetime(2016, 1, 4, tzinfo=UTC) + timedelta(days=int(number * 3900 / articles))
        topic = random.randrange(len(_TITLES))
        name = f"{published:%Y/%m}/{_TITLES[topic]}-{number}.html"
        known = {
            "document_url": f"https://gazette.example/{name.removesuffix('.html')}",
            "document_date": published.date().isoformat() if number % 40 else None,
        }
        for place in range(random.choice((1, 1, 2, 3))):
            author, handle = random.choice(_PEOPLE)
            shown = embed(
                name,
                start=400 * (place + 1),
                text=_TEXTS[topic],
                quote=f"{_TEXTS[topic]} — {author} (@{handle}) {published:%B %d, %Y}",
                author=author,
                handle=handle,
                blocked=Blocked(quote="Accept cookies?", start=1, end=9, vendor=None, language="en")
                if random.random() < 0.2
                else None,
            )
            for _ in range(random.choice((1, 1, 2))):
                found = _finding(random, published, checks)
                yield Occurrence(document=name, embed=shown, written=found.url, finding=found, **known)


def _finding(random: Random, published: datetime, checks: int) -> Finding:
    ((host, rot, _),) = random.choices(_HOSTS, weights=[weight for _, _, weight in _HOSTS])
    code = "".join(random.choices("ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789", k=10))
    url, target = f"https://t.co/{code}", f"https://{host}/{published:%Y}/{code[:5].lower()}"
    years = (NOON - published).days / 365
    known: dict[str, Any] = {
        "url": url,
        "checks": checks,
        "checked_at": NOON - timedelta(hours=random.randrange(400)),
    }
    draw = random.random()
    if draw < 0.04:
        return Finding(
            url=url, verdict=Verdict.NOT_CHECKABLE, evidence=("the address was cut off in the article",)
        )
    hops = random.choice((1, 2, 2, 2, 3, 3, 4, 5))
    if draw < 0.10:
        return Finding(
            verdict=Verdict.BLOCKED,
            outcome=Outcome.FORBIDDEN,
            expanded_url=target,
            hops=hops,
            evidence=("the server answered 403 to every try",),
            **known,
        )
    if draw < 0.13:
        return Finding(
            verdict=Verdict.UNKNOWN,
            outcome=Outcome.TIMEOUT_READ,
            hops=1,
            evidence=("no answer in 60 seconds",),
            **known,
        )
    if random.random() < 1 - (1 - rot) ** (years / 4):
        verdict = Verdict.DEAD if checks >= 3 and random.random() < 0.9 else Verdict.SUSPECT
        soft = random.random() < 0.3
        return Finding(
            verdict=verdict,
            outcome=Outcome.OK if soft else Outcome.NOT_FOUND,
            expanded_url=target,
            hops=hops,
            evidence=(
                "it answers 200 with the page that any unknown address of the host gets"
                if soft
                else "404 at the end of the chain",
                f"found dead {checks if verdict is Verdict.DEAD else 1} times since {NOON - timedelta(days=12):%d %B %Y}",
            ),
            dead_since=NOON - timedelta(days=12),
            memento=memento(target) if random.random() < 0.68 else None,
            archive_asked=random.random() < 0.95,
            **known,
        )
    moved = random.random() < 0.15
    return Finding(
        verdict=Verdict.MOVED if moved else Verdict.ALIVE,
        outcome=Outcome.OK,
        expanded_url=target,
        hops=hops,
        revived=random.random() < 0.01,
        **known,
    )
