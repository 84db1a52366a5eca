"""Pure arithmetic over evidence: every number comes with what it was made of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import ceil, sqrt

from triage.model import Feedback
from triage.people import company_named, person_named, revenue_told

Z = 1.96
"""Standard errors to either side that 95 % lie within."""


def wilson(found: int, n: int, z: float = Z) -> tuple[float, float]:
    """
    The interval a share of ``found`` in ``n`` may lie in, both 0 to 1.

    Wilson's score interval (1927), 95 % unless ``z`` says otherwise; all of 0 to 1
    where nothing was counted.
    """
    if not n:
        return 0.0, 1.0
    share = found / n
    middle = share + z * z / (2 * n)
    spread = z * sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    whole = 1 + z * z / n
    return max(0.0, (middle - spread) / whole), min(1.0, (middle + spread) / whole)


FEW = 10
"""Fewer ratings than these have a mean, and no interval worth telling."""


@dataclass(frozen=True, slots=True)
class Mean:
    """
    A mean with its 95 % interval.

    Attributes:
        value: None where there is nothing to take the mean of.
        interval: None where fewer than ``FEW`` were counted.
    """

    n: int
    value: float | None = None
    interval: tuple[float, float] | None = None


def mean(counts: Mapping[float, int]) -> Mean:
    """
    The mean of values counted, as ``{5.0: 12, 1.0: 3}``.

    The interval is the mean ± 1.96 standard errors, cut off at the ends of what was
    counted.

    >>> mean({1.0: 50, 3.0: 50}).value
    2.0
    """
    n = sum(counts.values())
    if not n:
        return Mean(0)
    value = sum(each * many for each, many in counts.items()) / n
    if n < FEW:
        return Mean(n, value)
    half = Z * sqrt(_spread(counts) / n)
    low, high = max(min(counts), value - half), min(max(counts), value + half)
    return Mean(n, value, (low, high))


@dataclass(frozen=True, slots=True)
class Median:
    """
    The middle of some times, with its 95 % interval.

    Attributes:
        n: How many times there are.
        value: Half of them are no longer; None where there are none.
        interval: None where there are fewer than ``FEW``.
        most: Nine of ten are no longer than this; None where there are fewer than
            ``FEW``.
    """

    n: int
    value: float | None = None
    interval: tuple[float, float] | None = None
    most: float | None = None


def median(values: Iterable[float]) -> Median:
    """
    The median of values, told by the values between which it lies.

    The interval is of the two values at ranks n/2 ± 1.96·√n/2, whatever the values are
    like (Campbell and Gardner, British Medical Journal 296 (1988), 1454-1456).

    >>> median([1.0, 2.0, 10.0]).value
    2.0
    """
    ranked = sorted(values)
    n = len(ranked)
    if not n:
        return Median(0)
    value = (ranked[(n - 1) // 2] + ranked[n // 2]) / 2
    if n < FEW:
        return Median(n, value)
    half = Z * sqrt(n) / 2
    low, high = round(n / 2 - half), round(1 + n / 2 + half)
    return Median(
        n,
        value,
        (ranked[max(1, low) - 1], ranked[min(n, high) - 1]),
        ranked[ceil(0.9 * n) - 1],
    )


@dataclass(frozen=True, slots=True)
class Difference:
    """
    How far one figure lies above another, with its interval.

    Attributes:
        value: The one less the other; None where either has nothing to be made of.
        interval: None where there is no value, or of too few.
        z: How many standard errors it is; None where nobody asked, or chance has no
            part in it.
    """

    value: float | None = None
    interval: tuple[float, float] | None = None
    z: float | None = None

    @property
    def is_sure(self) -> bool:
        """Whether neither the interval nor z leaves a doubt about the direction."""
        return (
            self.interval is not None
            and not (self.interval[0] <= 0 <= self.interval[1])
            and (self.z is None or abs(self.z) >= Z)
        )


def difference_of_means(
    one: Mapping[float, int], other: Mapping[float, int]
) -> Difference:
    """
    The mean of values counted, less that of others, with its 95 % interval.

    Welch's, which takes no spread for equal (Biometrika 34, 1947, 28-35), the degrees
    of freedom after Satterthwaite (Biometrics Bulletin 2, 1946, 110-114). Without an
    interval where fewer than ``FEW`` were counted on either side.

    >>> difference_of_means({4.0: 10}, {1.0: 5, 3.0: 5}).value
    2.0
    """
    here, there = mean(one), mean(other)
    if here.value is None or there.value is None:
        return Difference()
    value = here.value - there.value
    if min(here.n, there.n) < FEW:
        return Difference(value)
    parts = [_spread(counts) / sum(counts.values()) for counts in (one, other)]
    whole = sum(parts)
    if not whole:
        return Difference(value, (value, value))
    freedom = whole**2 / sum(
        part**2 / (told.n - 1) for part, told in zip(parts, (here, there), strict=True)
    )
    half = _student(freedom) * sqrt(whole)
    return Difference(value, (value - half, value + half), value / sqrt(whole))


def difference_of_shares(
    found: int, n: int, other: int, other_n: int, z: float = Z
) -> Difference:
    """
    A share less another, both 0 to 1, with its interval.

    Newcombe's, of two Wilson intervals: method 10 of Statistics in Medicine 17 (1998),
    873-890. 95 % unless ``z`` says otherwise; nothing where either counted nothing.
    Its own z is that of the pooled share.
    """
    if not n or not other_n:
        return Difference()
    here, there = found / n, other / other_n
    low, high = wilson(found, n, z)
    other_low, other_high = wilson(other, other_n, z)
    down = sqrt((here - low) ** 2 + (other_high - there) ** 2)
    up = sqrt((high - here) ** 2 + (there - other_low) ** 2)
    pooled = (found + other) / (n + other_n)
    error = sqrt(pooled * (1 - pooled) * (1 / n + 1 / other_n))
    return Difference(
        here - there,
        (here - there - down, here - there + up),
        (here - there) / error if error else 0.0,
    )


def z_of(comparisons: int) -> float:
    """
    How many standard errors make intervals of which all hold at once in 95 %.

    Bonferroni's: each of so many has its share of the 5 % that may be wrong.

    >>> round(z_of(1), 2), round(z_of(20), 2)
    (1.96, 3.02)
    """
    from statistics import NormalDist  # fractions and decimals come with it

    return NormalDist().inv_cdf(1 - 0.05 / (2 * max(1, comparisons)))


def _spread(counts: Mapping[float, int]) -> float:
    """The variance of values counted, as of a sample."""
    n = sum(counts.values())
    middle = sum(each * many for each, many in counts.items()) / n
    return sum(many * (each - middle) ** 2 for each, many in counts.items()) / (n - 1)


def _student(freedom: float) -> float:
    """
    Student's t that 2.5 % lie above.

    The expansion around the normal quantile of Abramowitz and Stegun (26.7.5); from
    nine degrees of freedom on it is right to four digits.
    """
    x = 1.959963984540054
    terms = (
        (x**3 + x) / 4,
        (5 * x**5 + 16 * x**3 + 3 * x) / 96,
        (3 * x**7 + 19 * x**5 + 17 * x**3 - 15 * x) / 384,
        (79 * x**9 + 776 * x**7 + 1482 * x**5 - 1920 * x**3 - 945 * x) / 92_160,
    )
    return x + sum(term / freedom**power for power, term in enumerate(terms, 1))


def weekly(moments: Iterable[int], *, weeks: int, now: int) -> list[int]:
    """How many of these keys (microseconds) fall in each past week, oldest first."""
    width = 7 * 86_400 * 1_000_000
    found = [0] * weeks
    for moment in moments:
        ago = (now - moment) // width
        if 0 <= ago < weeks:
            found[weeks - 1 - ago] += 1
    return found


def person_of(feedback: Feedback) -> str:
    """Who counts as one: a known customer, or this very feedback."""
    return person_named(feedback.customer_id, feedback.number)


def resends(said: Iterable[Feedback]) -> frozenset[int]:
    """
    The ids of those that somebody had sent before, of these that say the same.

    A known customer's word counts as sent again where an earlier one is of the same
    thread, or where neither has a thread and both say the same at the same source.
    """
    by_person: dict[tuple[str, str], list[Feedback]] = {}
    for one in sorted(said, key=lambda one: one.number):
        if one.customer_id is not None:
            by_person.setdefault((person_of(one), one.source), []).append(one)
    return frozenset(
        one.id
        for those in by_person.values()
        for one, is_again in zip(
            those,
            resent((one.thread, one.title, one.body) for one in those),
            strict=True,
        )
        if is_again
    )


def resent(told: Iterable[tuple[str, str, str]]) -> list[bool]:
    """
    Of each of what one person told one source, whether they had told it before.

    Args:
        told: Thread, title and body, the earliest first.
    """
    seen: set[tuple[str, str]] = set()
    found: list[bool] = []
    for thread, title, body in told:
        words = " ".join(f"{title} {body}".split()).casefold()
        place = ("in", thread) if thread else ("saying", words)
        found.append(place in seen)
        seen.add(place)
    return found


def company_of(feedback: Feedback) -> str:
    """The company as it was then, folded: capitals make no second one of it."""
    return company_named(feedback.company, feedback.context)


def revenue_of(feedback: Feedback) -> float:
    """Monthly revenue as the source told it with this feedback; 0 where it did not."""
    return revenue_told(feedback.context)
