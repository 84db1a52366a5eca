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
from triage.measures.csat import boxes, csat
from triage.measures.figure import Counts, Measure, Unit
from triage.measures.nps import SCALE, nps
from triage.measures.scale import top_box

Scale = tuple[str, str]
"""What a rating measures and on which scale: ("stars", "1-5")."""


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
        if metric == "nps" and span == SCALE:
            yield _measured("NPS", nps(), here, there)
        elif metric == "csat" and top_box(span) is not None:
            yield _measured(f"CSAT, rated {boxes(span)}", csat(span), here, there)
        else:
            name = f"{metric or 'rating'} {span}".strip()
            yield _mean(f"mean {name}", here, there)


def _measured(name: str, by: Measure, here: Counts, there: Counts) -> Metric:
    """As `triage metrics` has it."""
    told, change = by.figure(here), by.change(here, there)
    return Metric(
        name=name, n=told.n, before_n=change.before.n, value=told.value,
        interval=told.interval, percent=told.unit is Unit.SHARE,
        change=change.difference, digits=0,
    )  # fmt: skip


def _share(name: str, found: int, n: int, other: int, other_n: int) -> Metric:
    enough = n >= FEW
    change = Difference()
    if enough and other_n >= FEW:
        change = difference_of_shares(found, n, other, other_n)
    return Metric(
        name=name, n=n, before_n=other_n, value=found / n if enough else None,
        interval=wilson(found, n) if enough else None, percent=True, change=change,
    )  # fmt: skip


def _mean(name: str, here: Counts, there: Counts) -> Metric:
    told = mean(here)
    enough = told.n >= FEW
    change = difference_of_means(here, there)
    return Metric(
        name=name, n=told.n, before_n=sum(there.values()),
        value=told.value if enough else None, interval=told.interval, percent=False,
        change=change if change.interval else Difference(),
    )  # fmt: skip
