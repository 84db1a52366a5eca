"""The middle of what was counted: means, geometric means, medians."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import exp, fsum, log, sqrt

from triage.measures import Difference, difference_of_means, mean, median
from triage.measures.figure import Counts, Measure
from triage.measures.student import quantile


@dataclass(frozen=True, slots=True, kw_only=True)
class MeanMeasure(Measure):
    """A mean ± 1.96 standard errors, as ``measures.mean``."""

    def told(self, counts: Counts) -> tuple[float, tuple[float, float]]:
        """The mean."""
        found = mean(counts)
        assert found.value is not None
        assert found.interval is not None
        return found.value, found.interval

    def compared(self, now: Counts, before: Counts) -> Difference:
        """As ``difference_of_means``."""
        return difference_of_means(now, before)


@dataclass(frozen=True, slots=True, kw_only=True)
class GeometricMeasure(Measure):
    """
    A geometric mean with Student's interval of the logarithms.

    Times on a task have a long tail: for samples below 25 their geometric mean tells
    the middle better than the median does (J. Sauro and J. R. Lewis, "Average Task
    Times in Usability Tests", CHI 2010, 2347-2350).
    """

    def told(self, counts: Counts) -> tuple[float, tuple[float, float]]:
        """The mean; values are above 0, and at least two."""
        n = sum(counts.values())
        logs = {log(value): many for value, many in counts.items()}
        middle = fsum(one * many for one, many in logs.items()) / n
        squares = fsum(many * (one - middle) ** 2 for one, many in logs.items())
        half = quantile(n - 1) * sqrt(squares / (n - 1) / n)
        return exp(middle), (exp(middle - half), exp(middle + half))

    def compared(self, now: Counts, before: Counts) -> Difference:
        """How far apart the two are; their intervals say whether that is chance."""
        return Difference(self.told(now)[0] - self.told(before)[0])


@dataclass(frozen=True, slots=True, kw_only=True)
class MedianMeasure(Measure):
    """A median between two of its ranks, as ``measures.median``."""

    def told(self, counts: Counts) -> tuple[float, tuple[float, float]]:
        """The median."""
        found = median(_each(counts))
        assert found.value is not None
        assert found.interval is not None
        return found.value, found.interval

    def compared(self, now: Counts, before: Counts) -> Difference:
        """How far apart the two are; their intervals say whether that is chance."""
        return Difference(self.told(now)[0] - self.told(before)[0])


def _each(counts: Counts) -> Iterator[float]:
    for value, many in counts.items():
        for _ in range(many):
            yield value
