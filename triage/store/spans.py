"""What was said between two moments, counted as the numbers count it."""

from __future__ import annotations

from datetime import datetime

from triage.query import NOTHING
from triage.store import codec
from triage.store.counted import PERSON, SENTIMENT, counted
from triage.store.driver import sqlite3
from triage.store.figures import WeekCount
from triage.store.numbers import begin

_BETWEEN = "f.id >= :begin AND f.id < :end"


def counts(
    read: sqlite3.Connection, since: datetime, until: datetime
) -> list[WeekCount]:
    """How many feedback there are by week, sentiment and rating, of all sources."""
    wanted = counted(NOTHING, until)
    return [
        WeekCount(
            week=row[0], source="", sentiment=row[1], metric=row[2], scale=row[3],
            rating=row[4], many=row[5],
        )
        for row in read.execute(
            f"SELECT (f.id + {-begin(0)}) / {begin(1) - begin(0)}, {SENTIMENT},"
            f" f.metric, f.scale, f.rating, count(*) FROM {wanted.tables}"
            f" WHERE {_BETWEEN} AND {wanted.where} GROUP BY 1, 2, 3, 4, 5",
            {**wanted.bound, "begin": codec.to_key(since), "end": codec.to_key(until)},
        )
    ]  # fmt: skip


def people(read: sqlite3.Connection, since: datetime, until: datetime) -> int:
    """How many people said anything."""
    wanted = counted(NOTHING, until)
    found: int = read.execute(
        f"SELECT count(DISTINCT {PERSON}) FROM {wanted.tables}"
        f" WHERE {_BETWEEN} AND {wanted.where}",
        {**wanted.bound, "begin": codec.to_key(since), "end": codec.to_key(until)},
    ).fetchone()[0]
    return found
