"""What the numbers say: volume, ratings and sentiment of weeks, each with its n."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from triage.measures import Mean, mean, wilson
from triage.measures.scale import ends as scale_ends
from triage.model import Sentiment
from triage.store.figures import PartCount, WeekCount
from triage.store.numbers import monday, week_of

Scale = tuple[str, str]
"""What a rating measures and on which scale: ("stars", "1-5")."""


def ends(scale: Scale) -> tuple[float, float] | None:
    """Where a scale begins and ends; None where the source did not say."""
    return scale_ends(scale[1])


@dataclass(frozen=True, slots=True)
class Share:
    """
    A part of a whole, and the interval it may lie in (Wilson, 95 %).

    Attributes:
        name: "" for what was not read yet.
    """

    name: str
    count: int
    n: int

    @property
    def share(self) -> float:
        """0 to 1; 0 of nothing."""
        return self.count / self.n if self.n else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """From and to, 0 to 1."""
        return wilson(self.count, self.n)


@dataclass(frozen=True, slots=True)
class Tally:
    """What was counted in some stretch of time."""

    sentiments: Counter[str] = field(default_factory=Counter)
    ratings: dict[Scale, Counter[float]] = field(default_factory=dict)
    wordless: Counter[Scale] = field(default_factory=Counter)
    """Ratings that came without a word: rated, and no feedback."""

    @property
    def n(self) -> int:
        """How many feedback."""
        return self.sentiments.total()

    @property
    def heard(self) -> int:
        """How many feedback and ratings without a word."""
        return self.n + self.wordless.total()

    def add(self, one: WeekCount | PartCount) -> None:
        """Count these, too."""
        if one.sentiment is None:
            self.wordless[one.metric, one.scale] += one.many
        else:
            self.sentiments[one.sentiment] += one.many
        if one.rating is not None:
            told = self.ratings.setdefault((one.metric, one.scale), Counter())
            told[one.rating] += one.many

    @classmethod
    def of(cls, tallies: Iterable[Tally]) -> Tally:
        """All of them as one."""
        found = cls()
        for tally in tallies:
            found.sentiments.update(tally.sentiments)
            found.wordless.update(tally.wordless)
            for scale, told in tally.ratings.items():
                found.ratings.setdefault(scale, Counter()).update(told)
        return found

    def shares(self) -> list[Share]:
        """Negative, neutral, positive, and what was not read yet, if there is any."""
        names = [*Sentiment, *([""] if self.sentiments[""] else [])]
        return [Share(str(name), self.sentiments[name], self.n) for name in names]

    def share(self, sentiment: Sentiment) -> Share:
        """How much sounds so."""
        return Share(sentiment, self.sentiments[sentiment], self.n)

    def mean(self, scale: Scale) -> Mean:
        """The mean rating on a scale."""
        return mean(self.ratings.get(scale, {}))

    def lowest(self, scale: Scale) -> Share:
        """How many of those who rated on a scale gave the least there is."""
        told = self.ratings.get(scale, Counter())
        edge = ends(scale)
        least = edge[0] if edge else min(told, default=0.0)
        return Share("lowest", told[least], told.total())

    def scales(self) -> list[Scale]:
        """The scales there are ratings on, the most used first."""
        return sorted(self.ratings, key=lambda one: (-self.ratings[one].total(), one))


@dataclass(frozen=True, slots=True)
class Week:
    """
    One week.

    Attributes:
        monday: Its first day, in UTC.
        is_over: False for the week that still runs.
    """

    monday: date
    is_over: bool
    tally: Tally


@dataclass(frozen=True, slots=True)
class SourceWeeks:
    """What came from one source, in all and by week, oldest first."""

    name: str
    n: int
    weeks: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Numbers:
    """
    Weeks, oldest first, without a gap.

    Attributes:
        source: The only source counted; "" for all.
        sources: Every source of these weeks whatever ``source`` is, the loudest first.
    """

    source: str
    weeks: tuple[Week, ...]
    sources: tuple[SourceWeeks, ...]
    whole: Tally

    def scales(self) -> list[Scale]:
        """The scales there are ratings on, the most used first."""
        return self.whole.scales()

    def lately(self, weeks: int = 4) -> tuple[Tally, Tally] | None:
        """The latest weeks that are over, and as many before; None where too few."""
        over = [week.tally for week in self.weeks if week.is_over]
        if len(over) < 2 * weeks:
            return None
        return Tally.of(over[-weeks:]), Tally.of(over[-2 * weeks : -weeks])


def first_week(now: datetime, weeks: int | None) -> int | None:
    """The first of so many weeks up to now; None where all are meant."""
    return None if weeks is None else _week(now) - weeks + 1


def numbers(counts: Iterable[WeekCount], *, now: datetime, source: str = "") -> Numbers:
    """Weeks from the first counted to the one that runs; of one source, or of all."""
    tallies: dict[int, Tally] = {}
    by_source: dict[str, Counter[int]] = {}
    whole, last = Tally(), _week(now)
    for one in counts:
        # What a source dates in the future belongs to no week yet.
        if one.week > last:
            continue
        if one.sentiment is not None:
            by_source.setdefault(one.source, Counter())[one.week] += one.many
        tally = tallies.setdefault(one.week, Tally())
        if source in {"", one.source}:
            tally.add(one)
            whole.add(one)
    span = range(min(tallies), last + 1) if tallies else range(0)
    return Numbers(
        source=source,
        weeks=tuple(
            Week(monday(week), week < last, tallies.get(week) or Tally())
            for week in span
        ),
        sources=_loudest(by_source, span),
        whole=whole,
    )


def _loudest(
    by_source: Mapping[str, Counter[int]], span: Sequence[int]
) -> tuple[SourceWeeks, ...]:
    found = [
        SourceWeeks(name, told.total(), tuple(told[week] for week in span))
        for name, told in by_source.items()
    ]
    return tuple(sorted(found, key=lambda one: (-one.n, one.name)))


def _week(now: datetime) -> int:
    return week_of(int(now.timestamp() * 1_000_000))
