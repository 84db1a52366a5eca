"""
Whether a pain point is heard more often than it usually is, week by week.

Weeks are of seven days, the last one ends now. What is usual are the eight weeks before
the last two; what is new is the last week, or the last two together.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeVar

from triage.measures.adjusting import adjusted
from triage.measures.dispersion import dispersion
from triage.measures.tails import tail

BEFORE = 8
"""Weeks that say what is usual."""

LATELY = 2
"""Weeks that may be a surge: the last one, or both."""

LEAST_COUNT = 5
LEAST_RATIO = 2.0
UNLIKELY = 0.01

LEAST_HEARD = LEAST_COUNT
"""Counted in all ten weeks; of fewer none can be a surge, so they are not compared."""

LEAST_WEEKS = 4
"""Usual weeks without which nothing can be said."""

_STEADY = 20.0
"""Feedback a week that a stream is taken to have beside its own: few tell little."""

Key = TypeVar("Key", bound=Hashable)
Of = TypeVar("Of", bound=Hashable)


class Level(StrEnum):
    """How sure it is that a pain point surges."""

    SURGE = "surge"
    """Of a hundred of these one is there by chance."""
    PERHAPS = "perhaps"
    """By itself it would be unlikely; among so many looked at, one or two are."""
    QUIET = "quiet"
    TOO_FEW = "too_few"
    """There are too few weeks before to say what is usual."""


@dataclass(frozen=True, slots=True)
class Stream:
    """
    What could have told of a pain point, week by week, the oldest first.

    Attributes:
        came: How many feedback there are.
        share: How much of what was said could have been counted, 0 to 1: 0 where
            nobody pulled, less than 1 where it was not yet looked at.
    """

    came: tuple[int, ...]
    share: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Trend:
    """
    How often a pain point is heard.

    Attributes:
        counts: By week, the oldest first.
        together: Whether it is about the last week (1) or the last two (2).
        count: In these; ``usual`` is the mean of as many weeks before.
        expected: What is usual, had as much come in all as came in these.
        p: The chance of so many or more.
        q: The same, adjusted for all pain points that were compared.
    """

    counts: tuple[int, ...]
    level: Level
    together: int
    count: int
    usual: float
    expected: float
    p: float
    q: float = 1.0

    @property
    def ratio(self) -> float | None:
        """How many times what is expected; None where nothing was."""
        return self.count / self.expected if self.expected else None


def trends(
    heard: Mapping[Of, Mapping[Key, Sequence[int]]],
    streams: Mapping[Key, Stream],
) -> dict[Of, Trend]:
    """
    The trend of each pain point, compared with all others.

    A surge is a count of five and more, above what is usual and at least twice what is
    expected, with q below 0.01 (after Benjamini and Hochberg); with p below 0.01 alone
    it may be one.

    Args:
        heard: How often each was heard, by stream and week.
        streams: All there are, of at least ten weeks.
    """
    weeks = max((len(one.came) for one in streams.values()), default=0)
    if weeks < BEFORE + LATELY:
        quiet = Trend((0,) * weeks, Level.TOO_FEW, 1, 0, 0.0, 0.0, 1.0)
        return {
            of: replace(quiet, counts=_in_all(told, weeks))
            for of, told in heard.items()
        }
    sums = {key: _Sums.of(stream) for key, stream in streams.items()}
    alpha = dispersion(_restless(heard, streams))
    found = {
        of: replace(_trend(told, sums, alpha), counts=_in_all(told, weeks))
        for of, told in heard.items()
    }
    compared = [
        of
        for of, one in found.items()
        if sum(one.counts[-(BEFORE + LATELY) :]) >= LEAST_HEARD
    ]
    told = adjusted([found[of].p for of in compared])
    for of, q in zip(compared, told, strict=True):
        found[of] = replace(found[of], q=q, level=_level(found[of], q))
    return found


def _level(one: Trend, q: float) -> Level:
    if one.level is Level.TOO_FEW:
        return one.level
    is_more = one.count >= max(LEAST_COUNT, LEAST_RATIO * one.expected)
    # When less came in all, as many as ever are no surge.
    if not is_more or one.count <= one.usual or one.p >= UNLIKELY:
        return Level.QUIET
    return Level.SURGE if q < UNLIKELY else Level.PERHAPS


@dataclass(frozen=True, slots=True)
class _Sums:
    """What came of a stream in the last week, in the last two, and before."""

    lately: tuple[float, float]
    before: float
    counted: tuple[int, ...]
    """Which of the weeks before count, as distances from the end."""

    @classmethod
    def of(cls, stream: Stream) -> _Sums:
        came = [
            many + _STEADY * share
            for many, share in zip(stream.came, stream.share, strict=True)
        ]
        counted = tuple(
            place
            for place in range(-BEFORE - LATELY, -LATELY)
            if stream.share[place] > 0
        )
        return cls(
            (came[-1], came[-1] + came[-2]),
            sum(came[place] for place in counted),
            counted,
        )


def _trend(
    told: Mapping[Key, Sequence[int]], sums: Mapping[Key, _Sums], alpha: float
) -> Trend:
    """The more telling of the last week and the last two; each may be by chance."""
    weeks = len({place for one in sums.values() for place in one.counted})
    one, two = (_over(told, sums, alpha, many, max(1, weeks)) for many in (1, 2))
    found = two if two.p < one.p else one
    level = Level.QUIET if weeks >= LEAST_WEEKS else Level.TOO_FEW
    return replace(found, p=min(1.0, 2 * found.p), level=level)


def _over(
    told: Mapping[Key, Sequence[int]],
    sums: Mapping[Key, _Sums],
    alpha: float,
    many: int,
    weeks: int,
) -> Trend:
    before = count = 0
    expected = weighed = 0.0
    for key, counts in told.items():
        one = sums[key]
        now = sum(counts[-many:])
        then = sum([counts[place] for place in one.counted])
        # What it said itself is no reason to expect more of it.
        rate = (one.lately[many - 1] - now) / max(1.0, one.before - then)
        expected += then * rate
        weighed += now * rate
        before += then
        count += now
    # One more, told where it is told now: what the weeks before leave unsure.
    more = weighed / count if count else many / weeks
    unsure = 1 / (before + 1) + alpha / weeks
    restless = alpha / many
    size = 1 / (unsure + restless + unsure * restless)
    return Trend(
        counts=(),
        level=Level.QUIET,
        together=many,
        count=count,
        usual=before * many / weeks,
        expected=expected,
        p=tail(count, expected + more, size),
    )


def _in_all(told: Mapping[Key, Sequence[int]], weeks: int) -> tuple[int, ...]:
    return tuple(map(sum, zip((0,) * weeks, *told.values(), strict=True)))


def _restless(
    heard: Mapping[Of, Mapping[Key, Sequence[int]]], streams: Mapping[Key, Stream]
) -> list[tuple[list[int], list[float]]]:
    """What was counted and what came, in each of the weeks before."""
    places = range(-BEFORE - LATELY, -LATELY)
    came = [
        float(sum(one.came[place] for one in streams.values() if one.share[place]))
        for place in places
    ]
    return [
        ([sum(counts[place] for counts in told.values()) for place in places], came)
        for told in heard.values()
    ]
