"""Isotonic regression: the best rising curve through shares that rise only on the whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable


class _Block(NamedTuple):
    weight: float
    total: float
    points: int


def isotonic(points: Iterable[tuple[float, float]]) -> list[float]:
    """Return the non-decreasing values that are nearest to the means of *points*, by weighted least squares.

    A point is its weight (above 0) and the sum of what was seen there, so that its mean is sum / weight. For zeros
    and ones this is also the maximum-likelihood estimate of a distribution from current-status data. Neighbours in the
    wrong order are pooled until none are left ("pool adjacent violators"; Ayer and others, 1955,
    doi:10.1214/aoms/1177728423), in linear time. SciPy and scikit-learn have it too, in some 100 MB.

    >>> isotonic([(10, 1), (10, 4), (10, 2), (10, 8)])
    [0.1, 0.3, 0.3, 0.8]
    """
    blocks: list[_Block] = []
    for weight, total in points:
        block = _Block(weight, total, 1)
        # Compared crosswise, so that equal means are equal whatever their weights.
        while blocks and blocks[-1].total * block.weight >= block.total * blocks[-1].weight:
            last = blocks.pop()
            block = _Block(last.weight + block.weight, last.total + block.total, last.points + block.points)
        blocks.append(block)
    return [block.total / block.weight for block in blocks for _ in range(block.points)]
