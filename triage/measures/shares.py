"""The share of those who did or said one thing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from triage.measures import Difference, difference_of_shares, wilson
from triage.measures.figure import Counts, Measure


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareMeasure(Measure):
    """
    A share with Wilson's interval.

    Attributes:
        holds: Whether a value is one of those counted.
    """

    holds: Callable[[float], bool]

    def told(self, counts: Counts) -> tuple[float, tuple[float, float]]:
        """The share, 0 to 1."""
        found, n = self._found(counts)
        return found / n, wilson(found, n)

    def compared(self, now: Counts, before: Counts) -> Difference:
        """As ``difference_of_shares``."""
        return difference_of_shares(*self._found(now), *self._found(before))

    def _found(self, counts: Counts) -> tuple[int, int]:
        found = sum(many for value, many in counts.items() if self.holds(value))
        return found, sum(counts.values())
