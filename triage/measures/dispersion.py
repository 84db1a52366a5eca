"""How much more weeks differ than chance makes them: one figure for all of them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

USUAL = 0.05
"""Assumed while too few are heard often enough: true rates differ by 22 % a week."""

ENOUGH = 20
"""Rows from which it can be told."""

OFTEN = 3.0
"""A row tells of it that has so many a week."""

LEAST = 0.01
MOST = 1.0
_STEPS = 30


def dispersion(rows: Iterable[tuple[Sequence[int], Sequence[float]]]) -> float:
    """
    The alpha of variance = mean + alpha·mean², shared by all rows.

    It is where the middle row's Pearson statistic is what chance gives: the median,
    as a surge in one row in ten must not make all the others look restless.

    Args:
        rows: What was counted week by week, and how much came in all that week.
    """
    told: list[tuple[float, float]] = []
    for counts, came in rows:
        whole, weeks = sum(came), len(counts)
        if weeks < 3 or not whole or sum(counts) < OFTEN * weeks:
            continue
        means = [sum(counts) * one / whole for one in came]
        pearson = sum(
            (count - mean) ** 2 / mean
            for count, mean in zip(counts, means, strict=True)
            if mean
        )
        freedom = weeks - 1
        # The median of chi-squared, after Wilson and Hilferty.
        middle = freedom * (1 - 2 / (9 * freedom)) ** 3
        told.append((pearson / middle, sum(counts) / weeks))
    if len(told) < ENOUGH:
        return USUAL
    low, high = LEAST, MOST
    for _ in range(_STEPS):
        alpha = (low + high) / 2
        ranked = sorted(pearson / (1 + alpha * mean) for pearson, mean in told)
        if bisect_left(ranked, 1.0) * 2 < len(ranked):
            low = alpha
        else:
            high = alpha
    return high
