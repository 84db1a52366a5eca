"""What customers said of a pain as long before something shipped as after it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from triage.measures import FEW, Difference, difference_of_means, mean, wilson

WEEKS = 8
"""Weeks looked at on either side, at most."""

_WEEK = timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class Cited:
    """A feedback quoted on a pain point: who said it and when."""

    feedback_id: int
    person: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """
    Two stretches of time of the same length, before something shipped and after.

    Attributes:
        days: How long each is; 0 where it is too early to say anything.
        before: Feedback citing the pain; ``after`` likewise.
        weeks: Feedback by week, ``weeks_before`` of them before it shipped.
        ratings: Mean ratings, before and after, of how many; None where too few.
    """

    days: int
    before: int = 0
    after: int = 0
    people_before: int = 0
    people_after: int = 0
    weeks: tuple[int, ...] = ()
    weeks_before: int = 0
    scale: str = ""
    rated: tuple[int, int] = (0, 0)
    ratings: tuple[float, float] | None = None
    change: Difference = field(default_factory=Difference)

    @property
    def verdict(self) -> str:
        """
        In words, whether fewer or more said it than chance alone explains.

        Were nothing changed, each would fall before or after with equal odds: the share
        after is compared with a half, by Wilson's interval.
        """
        if not self.days:
            return "too early to say: less than a week has passed"
        n = self.before + self.after
        if n < FEW:
            return "too few to say"
        low, high = wilson(self.after, n)
        if high < 0.5:
            return "fewer than chance explains"
        if low > 0.5:
            return "more than chance explains"
        return "may be chance"


def span_of(shipped_at: datetime, until: datetime) -> timedelta:
    """How far on either side one may look: whole weeks, ``WEEKS`` at most."""
    weeks = max(0, min(WEEKS, (until - shipped_at) // _WEEK))
    return weeks * _WEEK


def effect(
    cited: Sequence[Cited],
    shipped_at: datetime,
    until: datetime,
    *,
    scale: str = "",
    ratings: tuple[Mapping[float, int], Mapping[float, int]] = ({}, {}),
) -> Effect:
    """
    What was said on either side of a moment; each feedback counts once.

    Args:
        ratings: Of all feedback on ``scale``, before and after, over ``span_of``.
    """
    span = span_of(shipped_at, until)
    if not span:
        return Effect(days=0)
    weeks = span // _WEEK
    inside = {
        one.feedback_id: one
        for one in cited
        if shipped_at - span <= one.at < shipped_at + span
    }.values()
    before = [one for one in inside if one.at < shipped_at]
    after = [one for one in inside if one.at >= shipped_at]
    counted = [0] * (2 * weeks)
    for one in inside:
        counted[(one.at - (shipped_at - span)) // _WEEK] += 1
    here, there = mean(ratings[0]), mean(ratings[1])
    enough = min(here.n, there.n) >= FEW
    assert here.value is not None or not enough
    return Effect(
        days=span.days,
        before=len(before),
        after=len(after),
        people_before=len({one.person for one in before}),
        people_after=len({one.person for one in after}),
        weeks=tuple(counted),
        weeks_before=weeks,
        scale=scale,
        rated=(here.n, there.n),
        ratings=(here.value or 0.0, there.value or 0.0) if enough else None,
        change=difference_of_means(ratings[1], ratings[0]) if enough else Difference(),
    )
