"""How long links live, from checks that each say only: dead by this age, or not yet.

That is current-status data, not the known deaths that a Kaplan-Meier curve wants, so the share of dead links by age is
the isotonic regression of what was found (Groeneboom and Wellner, 1992, doi:10.1007/978-3-0348-8621-5). Links of one
article share their fate, so whole articles are drawn anew for the intervals. Each article is drawn Poisson(1) times
(the Poisson bootstrap; Chamandy and others, 2012), and articles that look alike are drawn together, which is exactly as
good and needs no memory for each article. The bootstrap of an isotonic curve is known to be rough (Sen and others,
2010, doi:10.1214/09-AOS777): the intervals are indications.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING, NamedTuple

from resolver.render.statistics.isotonic import isotonic

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

#: Fewer links or articles than these give no curve.
LEAST_LINKS, LEAST_ARTICLES = 30, 5
RESAMPLES, SEED = 200, 2015
#: The share of the resamples that an interval encloses.
ENCLOSED = 0.95
#: From this mean on a Poisson number is drawn as a rounded normal one.
_MANY = 30


class Age(NamedTuple):
    """The links of one article that were checked at one age: whole months, how many, how many of them dead."""

    months: int
    links: int
    dead: int


#: The links of one article.
Cluster = tuple[Age, ...]


class Point(NamedTuple):
    """The curve at one age: the share of links that are still there, and the interval around it, from 0 to 1."""

    months: int
    links: int
    dead: int
    alive: float
    low: float
    high: float


@dataclass(frozen=True, kw_only=True)
class HalfLife:
    """The age in months by which half of the links are dead; ``None`` says that this age is not reached."""

    months: int | None
    #: The interval; ``None`` for an end that is not reached.
    low: int | None
    high: int | None
    #: Half of them are dead at the youngest age already, so that it is this age or less.
    at_most: bool


@dataclass(frozen=True, kw_only=True)
class Survival:
    """The curve, youngest age first, and what it rests on."""

    points: tuple[Point, ...]
    half_life: HalfLife
    links: int
    articles: int


def survival(
    articles: Mapping[Cluster, int], *, seed: int = SEED, resamples: int = RESAMPLES
) -> Survival | None:
    """Return how many links are still there by age, from how many articles look like each cluster.

    ``None`` where there are too few links or articles to say anything. The same input and *seed* give the same result.

    >>> articles = {(Age(12, 2, 0),): 20, (Age(48, 2, 1),): 20, (Age(96, 2, 2),): 20}
    >>> curve = survival(articles)
    >>> [(point.months, point.alive) for point in curve.points], curve.half_life.months
    ([(12, 1.0), (48, 0.5), (96, 0.0)], 48)
    """
    links, dead = _by_age(articles.items())
    if sum(links.values()) < LEAST_LINKS or sum(articles.values()) < LEAST_ARTICLES:
        return None
    ages = sorted(links)
    gone = isotonic((links[age], dead[age]) for age in ages)
    curves = _resampled(articles, ages, seed=seed, resamples=resamples)
    lows, highs = zip(*(_interval(values) for values in zip(*curves, strict=True)), strict=True)
    points = tuple(
        Point(age, links[age], dead[age], 1 - share, 1 - high, 1 - low)
        for age, share, low, high in zip(ages, gone, lows, highs, strict=True)
    )
    return Survival(
        points=points,
        half_life=_half_life(ages, gone, curves),
        links=sum(links.values()),
        articles=sum(articles.values()),
    )


def _by_age(weighted: Iterable[tuple[Cluster, int]]) -> tuple[Counter[int], Counter[int]]:
    links: Counter[int] = Counter()
    dead: Counter[int] = Counter()
    for cluster, weight in weighted:
        for age in cluster:
            links[age.months] += weight * age.links
            dead[age.months] += weight * age.dead
    return links, dead


def _resampled(
    articles: Mapping[Cluster, int], ages: Sequence[int], *, seed: int, resamples: int
) -> list[list[float]]:
    """Return the dead share at each of *ages* in each resample; an age that was not drawn has its neighbour's."""
    random = Random(seed)  # noqa: S311 - a draw that must be the same each time, not a secret
    # In an order of their own, so that the order of the input does not matter.
    clusters = sorted(articles.items())
    curves = []
    for _ in range(resamples):
        links, dead = _by_age((cluster, _poisson(random, many)) for cluster, many in clusters)
        drawn = [age for age in ages if links[age]]
        shares = dict(zip(drawn, isotonic((links[age], dead[age]) for age in drawn), strict=True))
        curves.append(_filled(shares, ages))
    return curves


def _filled(shares: Mapping[int, float], ages: Sequence[int]) -> list[float]:
    filled, last = [], 0.0
    for age in ages:
        last = shares.get(age, last)
        filled.append(last)
    return filled


def _poisson(random: Random, mean: int) -> int:
    if mean >= _MANY:
        return max(0, round(random.gauss(mean, math.sqrt(mean))))
    limit, product, count = math.exp(-mean), random.random(), 0
    while product > limit:
        product *= random.random()
        count += 1
    return count


def _interval(values: Iterable[float]) -> tuple[float, float]:
    ordered = sorted(values)
    cut = round(len(ordered) * (1 - ENCLOSED) / 2)
    return ordered[cut], ordered[-1 - cut]


def _half_life(ages: Sequence[int], gone: Sequence[float], curves: Sequence[Sequence[float]]) -> HalfLife:
    low, high = _interval(_reached(ages, curve) for curve in curves)
    months = _reached(ages, gone)
    return HalfLife(months=_finite(months), low=_finite(low), high=_finite(high), at_most=months == ages[0])


def _reached(ages: Sequence[int], gone: Sequence[float]) -> float:
    return next((age for age, share in zip(ages, gone, strict=True) if share >= 0.5), math.inf)


def _finite(months: float) -> int | None:
    return None if math.isinf(months) else int(months)
