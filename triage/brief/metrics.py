"""Figures of a period beside those of as long before, each with its n and interval."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from triage.measures import (
    FEW,
    Difference,
    difference_of_means,
    difference_of_shares,
    mean,
    wilson,
)

Scale = tuple[str, str]
"""What a rating measures and on which scale: ("stars", "1-5")."""

Counts = Mapping[float, int]


@dataclass(frozen=True, slots=True)
class Span:
    """
    What was counted in a stretch of time.

    Attributes:
        feedback: How many were said; ``people`` by how many.
        sentiments: How many sound so; "" for those not read yet.
    """

    feedback: int = 0
    people: int = 0
    sentiments: Mapping[str, int] = field(default_factory=dict)
    ratings: Mapping[Scale, Counts] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """
    One figure.

    Attributes:
        n: What it was counted over; ``before_n`` in the period before.
        value: None where ``n`` is too few to say.
        percent: Whether it is a share, 0 to 1.
        digits: How many digits of it after the point are worth telling.
        change: Against the period before.
    """

    name: str
    n: int
    before_n: int
    value: float | None
    interval: tuple[float, float] | None
    percent: bool
    change: Difference
    digits: int = 2


def metrics(now: Span, before: Span) -> tuple[Metric, ...]:
    """Sentiment, then each scale there are ratings on, the most used first."""
    return (*_sentiments(now, before), *_scales(now, before))


def nps(counts: Counts) -> dict[float, int]:
    """
    Ratings of 0 to 10 as 100 for promoters, 0, and -100 for detractors.

    Their mean is the Net Promoter Score: the share of 9 and 10 less that of 0 to 6, in
    points (Reichheld, Harvard Business Review 81 (12), 2003, 46-54).

    >>> mean(nps({10.0: 6, 8.0: 2, 3.0: 2})).value
    40.0
    """
    found = {100.0: 0, 0.0: 0, -100.0: 0}
    for rating, many in counts.items():
        found[100.0 if rating >= 9 else -100.0 if rating <= 6 else 0.0] += many
    return {value: many for value, many in found.items() if many}


def _sentiments(now: Span, before: Span) -> Iterator[Metric]:
    n, before_n = _read(now), _read(before)
    for name in ("negative", "positive") if n else ():
        yield _share(
            f"sounds {name}", now.sentiments.get(name, 0), n,
            before.sentiments.get(name, 0), before_n,
        )  # fmt: skip


def _read(span: Span) -> int:
    return sum(many for name, many in span.sentiments.items() if name)


def _scales(now: Span, before: Span) -> Iterator[Metric]:
    ordered = sorted(
        now.ratings, key=lambda one: (-sum(now.ratings[one].values()), one)
    )
    for scale in ordered:
        metric, span = scale
        here, there = now.ratings[scale], before.ratings.get(scale, {})
        if metric == "nps" and span == "0-10":
            yield _mean("NPS", nps(here), nps(there), digits=0)
        elif metric == "csat" and span == "1-5":
            yield _share(
                "CSAT, rated 4 or 5", _at_least(here, 4), sum(here.values()),
                _at_least(there, 4), sum(there.values()),
            )  # fmt: skip
        else:
            name = f"{metric or 'rating'} {span}".strip()
            yield _mean(f"mean {name}", here, there)


def _at_least(counts: Counts, least: float) -> int:
    return sum(many for rating, many in counts.items() if rating >= least)


def _share(name: str, found: int, n: int, other: int, other_n: int) -> Metric:
    enough = n >= FEW
    change = Difference()
    if enough and other_n >= FEW:
        change = difference_of_shares(found, n, other, other_n)
    return Metric(
        name=name, n=n, before_n=other_n, value=found / n if enough else None,
        interval=wilson(found, n) if enough else None, percent=True, change=change,
    )  # fmt: skip


def _mean(name: str, here: Counts, there: Counts, *, digits: int = 2) -> Metric:
    told = mean(here)
    enough = told.n >= FEW
    change = difference_of_means(here, there)
    return Metric(
        name=name, n=told.n, before_n=sum(there.values()),
        value=told.value if enough else None, interval=told.interval, percent=False,
        change=change if change.interval else Difference(), digits=digits,
    )  # fmt: skip
