"""How far a ranking rests on its weights: each taken a fifth up and down, by itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from triage.errors import UsageError
from triage.scoring.case import Case
from triage.scoring.formula import Formula
from triage.scoring.ranking import order
from triage.weights import Weights

SHARE = 0.2
"""How much more, and how much less, each weight is taken."""


@dataclass(frozen=True, slots=True)
class Span:
    """The best (lowest) and the worst rank a pain point gets."""

    best: int
    worst: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Stability:
    """
    What becomes of a ranking where its weights are a little off.

    Attributes:
        weights: Those that were moved; none where the formula uses none.
        spans: By pain point; the ranking as it is counts too.
        tau: Kendall's, 1 to -1, between the ranking as it is and the one that is
            least like it; 1 where none differs.
        worst: The weight and the factor of that one: "segment.big × 1.2"; "" at 1.
    """

    formula: str
    weights: tuple[str, ...]
    spans: Mapping[int, Span]
    tau: float
    worst: str


def stability_of(
    formula: Formula, cases: Iterable[Case], weights: Weights, as_of: datetime
) -> Stability:
    """The ranking again for each weight the formula uses, a fifth up and down."""
    told = tuple(cases)
    usual = _ranks(formula, told, weights, as_of)
    best, worst = dict(usual), dict(usual)
    tau, least = 1.0, ""
    names = formula.weighs(weights)
    for name in names:
        for factor in (1 - SHARE, 1 + SHARE):
            ranks = _ranks(formula, told, weighed(weights, name, factor), as_of)
            for point, rank in ranks.items():
                best[point] = min(best[point], rank)
                worst[point] = max(worst[point], rank)
            alike = kendall([ranks[point] for point in usual])
            if alike < tau:
                tau, least = alike, f"{name} × {factor:g}"
    return Stability(
        formula=formula.name,
        weights=names,
        spans={point: Span(best[point], worst[point]) for point in usual},
        tau=round(tau, 4),
        worst=least,
    )


def weighed(weights: Weights, name: str, factor: float) -> Weights:
    """The weights with one of them times a factor; ``inferred`` stays 1 at most."""
    head, _, tail = name.partition(".")
    match head:
        case "segment":
            segments = tuple(
                replace(one, weight=one.weight * factor) if one.name == tail else one
                for one in weights.segments
            )
            return replace(weights, segments=segments)
        case "company_cap":
            return replace(weights, company_cap=weights.company_cap * factor)
        case "inferred":
            return replace(weights, inferred=min(1.0, weights.inferred * factor))
        case "driver":
            return replace(weights, drivers=_times(weights.drivers, tail, factor))
        case "urgency":
            return replace(weights, urgency=_times(weights.urgency, tail, factor))
        case "wsjf":
            return replace(weights, wsjf=_times(weights.wsjf, tail, factor))
    raise UsageError(f"no weight is called {name!r}")


def kendall(ranks: Sequence[int]) -> float:
    """
    Kendall's tau between 1, 2, 3 … and these ranks, none of them twice.

    Share of pairs in the same order less that of the others (Biometrika 30, 1938,
    81-93); 1 for fewer than two.

    >>> kendall([1, 2, 3]), kendall([3, 2, 1])
    (1.0, -1.0)
    """
    n = len(ranks)
    if n < 2:
        return 1.0
    return 1 - 4 * _inversions(list(ranks))[1] / (n * (n - 1))


def _inversions(ranks: list[int]) -> tuple[list[int], int]:
    """The ranks sorted, and how many pairs were the wrong way round."""
    if len(ranks) < 2:
        return ranks, 0
    middle = len(ranks) // 2
    left, before = _inversions(ranks[:middle])
    right, after = _inversions(ranks[middle:])
    merged: list[int] = []
    found, taken = before + after, 0
    for one in left:
        while taken < len(right) and right[taken] < one:
            merged.append(right[taken])
            taken += 1
        found += taken
        merged.append(one)
    return merged + right[taken:], found


def _ranks(
    formula: Formula, cases: Sequence[Case], weights: Weights, as_of: datetime
) -> dict[int, int]:
    """Each pain point's rank, the first first."""
    scores = sorted(formula.each(cases, weights, as_of), key=order)
    return {one.pain_point_id: place for place, one in enumerate(scores, 1)}


def _times(weights: Mapping[str, float], name: str, factor: float) -> dict[str, float]:
    return {
        one: value * factor if one == name else value for one, value in weights.items()
    }
