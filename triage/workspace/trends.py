"""Which pain points are heard more than usual, with all that could explain it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from triage.errors import NotFound, UsageError
from triage.store.database import Database

if TYPE_CHECKING:
    # What counts is loaded where somebody asks for trends.
    from triage.measures.trend import Stream, Trend
    from triage.model import PainPoint
    from triage.store.heard_weekly import Came, Heard
    from triage.store.outages import Outage

YEAR = 52
"""Weeks that are told unless somebody asks for more or fewer."""

_WEEK = 7 * 86_400 * 1_000_000
_LATELY = 10
"""Weeks whose outages could explain what is heard now."""

_Stream = tuple[int, bool]
"""A source, and whether its feedback is in a group that says the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendView:
    """
    The trend of one pain point.

    Attributes:
        trend: Counts by week (people once a week), what is usual, ratio, p, q, level.
        came: Feedback in all in the weeks the trend is about, whoever spoke of what.
        usually_came: The mean of as many weeks before.
        waiting: How many it counts wait in the inbox, quoted for it by nobody.
        feedback: Numbers of the feedback counted in these weeks, the latest first.
        outages: Whiles in which one of its sources was not pulled, or gave not all.
    """

    pain_point: PainPoint
    trend: Trend
    came: int
    usually_came: float
    waiting: int
    feedback: tuple[int, ...]
    outages: tuple[Outage, ...]

    @property
    def sentence(self) -> str:
        """One line for a person: the count, what is usual, and what came in all."""
        from triage.measures.trend import Level

        one = self.trend
        lately = "this week" if one.together == 1 else "in two weeks"
        told = f"{one.count} {lately}, usually {one.usual:.1f}"
        if one.level is Level.TOO_FEW:
            return f"{told}; too few weeks before to say"
        if one.level is Level.QUIET:
            return f"{told}: quiet"
        level = "a surge" if one.level is Level.SURGE else "perhaps a surge"
        times = f" of {one.ratio:.1f} times" if one.ratio else ""
        return (
            f"{told}, {one.expected:.1f} expected: {level}{times}"
            f" (p {one.p:.2g}, q {one.q:.2g});"
            f" {self.came:,} came in all, usually {self.usually_came:,.0f}"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class AllTrends:
    """
    The trend of every pain point, surges first, then those that may be.

    Attributes:
        begins: When each week begins; they are of seven days, the last one ends now.
        came: Feedback in all, by week.
        compared: How many pain points were heard often enough to be compared.
        outages: Whiles of the last ten weeks in which a source was not pulled.
    """

    begins: tuple[datetime, ...]
    came: tuple[int, ...]
    rows: tuple[TrendView, ...]
    compared: int
    outages: tuple[Outage, ...]

    def loud(self) -> tuple[TrendView, ...]:
        """Those that surge, and those that may."""
        from triage.measures.trend import Level

        return tuple(
            one
            for one in self.rows
            if one.trend.level in {Level.SURGE, Level.PERHAPS}
        )  # fmt: skip


class Trends:
    """Questions about what is heard more than usual; none of them writes."""

    db: Database
    clock: Callable[[], datetime]

    def trends(self, weeks: int = YEAR) -> AllTrends:
        """
        The trend of every pain point over so many weeks up to now.

        Heard is what was quoted and whatever is in a group with it, newcomers in the
        inbox too; a resend never counts, and each person counts once a week.

        Raises:
            UsageError: Fewer weeks are asked for than are compared.
        """
        from triage.measures import trend as measured
        from triage.store import codec, heard_weekly, outages

        least = measured.BEFORE + measured.LATELY
        if weeks < least:
            raise UsageError(f"a trend is told from {least} weeks; ask for no fewer")
        read, now = self.db.read(), self.clock()
        end = codec.to_key(now) + 1
        begin = end - weeks * _WEEK
        came = heard_weekly.came(read, begin=begin, width=_WEEK, weeks=weeks, now=now)
        away = outages.outages(read, now - timedelta(weeks=_LATELY), now)
        there = outages.shares(
            away, _came(came, weeks),
            first=dict(
                read.execute("SELECT source_id, min(id) FROM feedback GROUP BY 1")
            ),
            begin=begin, width=_WEEK,
        )  # fmt: skip
        heard = [
            one
            for one in heard_weekly.heard(read, begin, now)
            if begin <= one.feedback_id < end
        ]
        points = {
            row["id"]: codec.pain_point(row)
            for row in read.execute("SELECT * FROM pain_point ORDER BY id")
        }
        weekly = _weekly(heard, begin, weeks)
        found = measured.trends(
            {of: weekly.get(of, {}) for of in points}, _streams(came, there, weeks)
        )
        told = _came(came, weeks)
        whole = tuple(sum(of) for of in zip(*told.values(), strict=True))
        whole = whole or (0,) * weeks
        by_point: dict[int, list[Heard]] = defaultdict(list)
        for one in heard:
            if one.feedback_id >= end - measured.LATELY * _WEEK:
                by_point[one.pain_point_id].append(one)
        rows = [
            _view(points[of], one, whole, by_point[of], away, end)
            for of, one in found.items()
        ]
        return AllTrends(
            begins=tuple(
                now - timedelta(weeks=weeks - week) for week in range(weeks)
            ),
            came=whole,
            rows=tuple(sorted(rows, key=_rank)),
            compared=sum(sum(one.counts[-least:]) >= measured.LEAST_HEARD
                         for one in found.values()),
            outages=tuple(away),
        )  # fmt: skip

    def trend(self, pain_point: int, weeks: int = YEAR) -> TrendView:
        """The trend of one pain point, compared with all others; by its id."""
        for one in self.trends(weeks).rows:
            if one.pain_point.id == pain_point:
                return one
        raise NotFound(f"there is no pain point p{pain_point}")


def _came(came: Iterable[Came], weeks: int) -> dict[int, list[int]]:
    """How much came by source and week."""
    found: dict[int, list[int]] = {}
    for one in came:
        found.setdefault(one.source_id, [0] * weeks)[one.week] += one.many
    return found


def _streams(
    came: Iterable[Came], there: Mapping[int, list[float]], weeks: int
) -> dict[_Stream, Stream]:
    """
    What could have told of anything, by source.

    Whatever is in a group is heard as it comes; of the rest, only what was looked at
    can have been quoted.
    """
    from triage.measures.trend import Stream

    many = _came(came, weeks)
    looked: dict[int, list[int]] = {source: [0] * weeks for source in many}
    for one in came:
        looked[one.source_id][one.week] += one.looked_at
    found: dict[_Stream, Stream] = {}
    for source, counts in many.items():
        share = there[source]
        found[source, True] = Stream(tuple(counts), tuple(share))
        found[source, False] = Stream(
            tuple(looked[source]),
            tuple(
                part * seen / count if count else part
                for part, seen, count in zip(
                    share, looked[source], counts, strict=True
                )
            ),
        )  # fmt: skip
    return found


def _weekly(
    heard: Iterable[Heard], begin: int, weeks: int
) -> dict[int, dict[_Stream, list[int]]]:
    """How many people were heard, each once a week, by pain point and stream."""
    found: dict[int, dict[_Stream, list[int]]] = defaultdict(dict)
    seen: set[tuple[int, int, int]] = set()
    for one in heard:
        week = (one.feedback_id - begin) // _WEEK
        if (one.pain_point_id, one.person, week) in seen:
            continue
        seen.add((one.pain_point_id, one.person, week))
        stream = one.source_id, bool(one.is_grouped)
        counts = found[one.pain_point_id].setdefault(stream, [0] * weeks)
        counts[week] += 1
    return found


def _view(
    point: PainPoint,
    trend: Trend,
    came: tuple[int, ...],
    heard: Iterable[Heard],
    away: Iterable[Outage],
    end: int,
) -> TrendView:
    from triage.measures.trend import BEFORE, LATELY

    many = trend.together
    these = [one for one in heard if one.feedback_id >= end - many * _WEEK]
    sources = {one.source_id for one in these}
    return TrendView(
        pain_point=point,
        trend=trend,
        came=sum(came[-many:]),
        usually_came=sum(came[-BEFORE - LATELY : -LATELY]) * many / BEFORE,
        waiting=sum(bool(one.is_waiting) for one in these),
        feedback=tuple(
            one.number
            for one in sorted(these, key=lambda one: one.feedback_id, reverse=True)
        ),
        outages=tuple(one for one in away if one.source_id in sources),
    )


def _rank(one: TrendView) -> tuple[int, float, float, int]:
    """Surges first, the least likely of them before others; the rest by loudness."""
    order = ("surge", "perhaps", "quiet", "too_few").index(one.trend.level)
    return (
        order, one.trend.q if order < 1 else one.trend.p,
        -one.trend.count, one.pain_point.id,
    )  # fmt: skip
