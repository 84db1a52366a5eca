"""Those for less those against, in points of a hundred, with what chance may do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from math import hypot, sqrt
from typing import NamedTuple

from triage.measures import FEW, Difference, Z
from triage.measures.figure import Counts, Measure


class Interval(StrEnum):
    """How the interval of a net score is made."""

    ADJUSTED = "adjusted"
    """Wald's of three answers more: 0.75 for, 0.75 against, the rest neither."""
    PLAIN = "plain"
    """Wald's, of what was answered alone; too narrow where few answered."""


class Estimate(NamedTuple):
    """A net score and its standard error, both in points."""

    value: float
    error: float

    @property
    def interval(self) -> tuple[float, float]:
        """95 %, cut off at -100 and 100."""
        half = Z * self.error
        return max(-100.0, self.value - half), min(100.0, self.value + half)


@dataclass(frozen=True, slots=True)
class Net:
    """
    How many are for something and how many against, of ``n`` who answered.

    >>> Net(150, 50, 300).value
    33.333333333333336
    >>> [round(one, 1) for one in Net(30, 10, 60).estimate().interval]
    [13.3, 50.2]
    """

    up: int
    down: int
    n: int

    @property
    def value(self) -> float:
        """The score as everybody counts it: the share for less that against, × 100."""
        return 100 * (self.up - self.down) / self.n if self.n else 0.0

    def estimate(self, way: Interval = Interval.ADJUSTED) -> Estimate:
        """
        The score one may expect of everybody, and how far chance moves it.

        An answer is 1, 0 or -1, so its variance is p + d - (p - d)², of the shares p
        for and d against. Adjusted after B. Rocks (2016), "Interval Estimation for the
        Net Promoter Score", The American Statistician 70 (4), 365-372.

        Raises:
            ValueError: Nobody answered, and nothing is added.
        """
        more = 0.75 if way is Interval.ADJUSTED else 0.0
        n = self.n + 4 * more
        if not n:
            raise ValueError("nobody answered")
        up, down = (self.up + more) / n, (self.down + more) / n
        net = up - down
        return Estimate(100 * net, 100 * sqrt(max(0.0, up + down - net * net) / n))


def net_difference(
    now: Net, before: Net, way: Interval = Interval.ADJUSTED
) -> Difference:
    """
    One net score less another, with its interval and z, in points.

    The value is of what was counted; z = (N1 - N2) / √(SE1² + SE2²) and the interval
    are of the two estimates, widened where it would leave the value out. No interval
    where fewer than ``FEW`` answered on either side.
    """
    if not now.n or not before.n:
        return Difference()
    value = now.value - before.value
    if min(now.n, before.n) < FEW:
        return Difference(value)
    here, there = now.estimate(way), before.estimate(way)
    apart, error = here.value - there.value, hypot(here.error, there.error)
    if not error:
        return Difference(value, (value, value))
    low, high = max(-200.0, apart - Z * error), min(200.0, apart + Z * error)
    return Difference(value, (min(low, value), max(high, value)), apart / error)


@dataclass(frozen=True, slots=True, kw_only=True)
class NetMeasure(Measure):
    """
    A net score.

    Attributes:
        split: Who of those that gave these values is for it, who against.
    """

    split: Callable[[Counts], Net]
    way: Interval = Interval.ADJUSTED

    def told(self, counts: Counts) -> tuple[float, tuple[float, float]]:
        """The score as counted, in an interval that holds it."""
        net = self.split(counts)
        low, high = net.estimate(self.way).interval
        return net.value, (min(low, net.value), max(high, net.value))

    def compared(self, now: Counts, before: Counts) -> Difference:
        """As ``net_difference``."""
        return net_difference(self.split(now), self.split(before), self.way)


def split_at(counts: Counts, *, up: float, down: float) -> Net:
    """Who gave ``up`` or more is for it, who gave ``down`` or less against."""
    return Net(
        sum(many for value, many in counts.items() if value >= up),
        sum(many for value, many in counts.items() if value <= down),
        sum(counts.values()),
    )
