"""How much was said, how it was rated and how it sounds, counted week by week."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from triage.query import Query
from triage.store.counted import SENTIMENT, counted
from triage.store.driver import sqlite3
from triage.store.figures import WeekCount

_WEEK = 7 * 86_400 * 1_000_000
_TO_MONDAY = 3 * 86_400 * 1_000_000
"""Microseconds from the Monday before the epoch, a Thursday, to the epoch."""

_FIRST = date(1969, 12, 29)


def week_of(moment: int) -> int:
    """The week of a moment in microseconds: Mondays since 29 December 1969, in UTC."""
    return (moment + _TO_MONDAY) // _WEEK


def monday(week: int) -> date:
    """The Monday a week begins with."""
    return _FIRST + timedelta(weeks=week)


def begin(week: int) -> int:
    """The first key of a week, in microseconds."""
    return week * _WEEK - _TO_MONDAY


def counts(
    read: sqlite3.Connection, query: Query, *, now: datetime, since: int | None = None
) -> list[WeekCount]:
    """
    How many feedback there are by week, source, sentiment and rating.

    A range scan and one GROUP BY over numbers: a million took 1.1 s of CPU, the latest
    13 weeks of a million in three years 0.06 s.

    Args:
        since: The first week counted; None counts from the beginning.
    """
    names = dict(read.execute("SELECT id, name FROM source").fetchall())
    wanted = counted(query, now)
    return [
        WeekCount(
            week=row[0],
            source=names[row[1]],
            sentiment=row[2],
            metric=row[3],
            scale=row[4],
            rating=row[5],
            many=row[6],
        )
        for row in read.execute(
            f"SELECT (f.id + {_TO_MONDAY}) / {_WEEK}, f.source_id, {SENTIMENT},"
            f" f.metric, f.scale, f.rating, count(*) FROM {wanted.tables}"
            f" WHERE f.id >= :begin AND {wanted.where} GROUP BY 1, 2, 3, 4, 5, 6",
            {**wanted.bound, "begin": -(2**63) if since is None else begin(since)},
        )
    ]
