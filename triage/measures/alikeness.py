"""Whether two sets of people speak of the same pain points in the same proportions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from math import log, log2, sqrt

from triage.measures.adjusting import adjusted
from triage.measures.tails import beyond

ENOUGH = 12
"""People on either side; with fewer there are too few to say."""

SURE = 0.05
"""Adjusted chances below this say that two differ."""

SEEN = 0.3
"""
A Jensen-Shannon distance that matters: as of half and half from five in six and one.

Two that do not differ are alike only where this distance would have shown.
"""

_EXPECTED = 5.0
"""
People expected of the smaller side for a pain point to be a category of its own.

Cochran's rule (Biometrics 10, 1954, 417-451); what is rarer is put together.
"""


class Verdict(StrEnum):
    """What can be said of two sets of people."""

    ALIKE = "alike"
    DIFFERENT = "different"
    TOO_FEW = "too few to say"


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """How many of either side speak most of a pain point; shares are 0 to 1."""

    pain_point: int
    left: float
    right: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """
    Two sets of people, side by side.

    Attributes:
        left: How many people.
        distance: Jensen-Shannon's, 0 (alike) to 1 (nothing in common); None where
            there are too few.
        p: The chance of so much difference where there is none; None as above.
        adjusted: The same, adjusted for all that were compared with it.
        degrees: Degrees of freedom of the test.
        shares: The pain points most spoken of; for two that differ, those that differ
            most.
    """

    verdict: Verdict
    left: int
    right: int
    distance: float | None = None
    p: float | None = None
    adjusted: float | None = None
    degrees: int = 0
    shares: tuple[Share, ...] = ()


def compared(
    pairs: Sequence[tuple[Mapping[int, int], Mapping[int, int]]],
) -> list[Compared]:
    """
    Each pair of sets of people, told by how many speak most of each pain point.

    A person counts once. Pearson's test of homogeneity says how likely the difference
    is by chance; over all pairs, Benjamini's and Hochberg's step-up says which differ.
    Two that do not differ are alike where a distance of ``SEEN`` would have been twice
    what chance gives in one of 20; else there are too few to say.
    """
    found = [_compared(*pair) for pair in pairs]
    tested = [place for place, one in enumerate(found) if one.p is not None]
    chances = adjusted([found[place].p or 0.0 for place in tested])
    for place, chance in zip(tested, chances, strict=True):
        found[place] = _judged(found[place], chance)
    return found


def _compared(left: Mapping[int, int], right: Mapping[int, int]) -> Compared:
    n, m = sum(left.values()), sum(right.values())
    if min(n, m) < ENOUGH:
        return Compared(verdict=Verdict.TOO_FEW, left=n, right=m)
    table = _categories(left, right)
    degrees = len(table) - 1
    if not degrees:
        return Compared(verdict=Verdict.TOO_FEW, left=n, right=m)
    shares = [
        Share(pain_point=key, left=left.get(key, 0) / n, right=right.get(key, 0) / m)
        for key in {*left, *right}
    ]
    return Compared(
        verdict=Verdict.TOO_FEW, left=n, right=m,
        distance=distance([a / n for a, _ in table], [b / m for _, b in table]),
        p=beyond(_pearson(table), degrees), degrees=degrees, shares=tuple(shares),
    )  # fmt: skip


def _judged(one: Compared, chance: float) -> Compared:
    if chance < SURE:
        verdict = Verdict.DIFFERENT
    elif (one.p or 0.0) >= SURE and _would_show(one):
        verdict = Verdict.ALIKE
    else:
        verdict = Verdict.TOO_FEW
    told = sorted(
        one.shares,
        key=lambda share: (
            -abs(share.left - share.right) if verdict is Verdict.DIFFERENT
            else -(share.left + share.right),
            share.pain_point,
        ),
    )  # fmt: skip
    return replace(one, verdict=verdict, adjusted=chance, shares=tuple(told))


def _would_show(one: Compared) -> bool:
    """
    Whether a distance of ``SEEN`` is twice what chance gives in one of 20.

    A squared distance, weighed by people, is the statistic over 2·n·ln 2.
    """
    weighed = 4 * one.left * one.right / (one.left + one.right)
    return SEEN**2 * 2 * weighed * log(2) >= 2 * limit(one.degrees)


def _categories(
    left: Mapping[int, int], right: Mapping[int, int]
) -> list[tuple[int, int]]:
    """Pain points with enough people to be told apart, and all others together."""
    n, m = sum(left.values()), sum(right.values())
    both = Counter(left) + Counter(right)
    least = _EXPECTED * (n + m) / min(n, m)
    kept = [key for key, many in both.items() if many >= least]
    rest = sum(many for key, many in both.items() if many < least)
    while kept and 0 < rest < least:
        # The others together are too few as well, until the next rarest joins them.
        rarest = min(kept, key=lambda key: (both[key], key))
        kept.remove(rarest)
        rest += both[rarest]
    table = [(left.get(key, 0), right.get(key, 0)) for key in sorted(kept)]
    if rest:
        table.append((n - sum(a for a, _ in table), m - sum(b for _, b in table)))
    return table


def distance(left: Sequence[float], right: Sequence[float]) -> float:
    """
    Jensen and Shannon's distance of two distributions, 0 to 1.

    The square root of the divergence in bits (Lin, IEEE Transactions on Information
    Theory 37, 1991, 145-151), which is a metric.

    >>> distance([1, 0], [0, 1])
    1.0
    """
    whole = 0.0
    for a, b in zip(left, right, strict=True):
        middle = (a + b) / 2
        whole += sum(x * log2(x / middle) / 2 for x in (a, b) if x > 0)
    return sqrt(max(0.0, whole))


def _pearson(table: Sequence[tuple[int, int]]) -> float:
    n, m = (sum(column) for column in zip(*table, strict=True))
    whole = 0.0
    for a, b in table:
        for seen, side in ((a, n), (b, m)):
            expected = (a + b) * side / (n + m)
            whole += (seen - expected) ** 2 / expected
    return whole


@cache
def limit(degrees: int) -> float:
    """The chi-squared that chance reaches in one of 20."""
    low, high = 0.0, 10.0 * degrees + 10
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if beyond(middle, degrees) > SURE else (low, middle)
    return high
