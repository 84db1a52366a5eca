"""
Who stands behind personas: what their queries find, counted in one pass for all.

People are counted, not messages: somebody with several addresses is one, what another
source told before is not counted, and what a known customer sends again in one thread,
or in the same words at the same source, counts once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from triage.query import Query
from triage.store import codec, finding
from triage.store.counted import COUNTED, LANGUAGE, SENTIMENT, TONE_TABLES
from triage.store.driver import sqlite3
from triage.store.narrowing import COLUMNS, Bound
from triage.store.persons import counted as person
from triage.store.segments import condition

AT_ONCE = 60
"""Queries answered in one pass: their answers are the bits of one number."""


@dataclass(slots=True)
class Behind:
    """
    Who and what one query finds.

    Attributes:
        people: Keys of the distinct people.
        last: The latest key; None where nothing is found.
    """

    n: int = 0
    people: set[int] = field(default_factory=set)
    companies: set[str] = field(default_factory=set)
    channels: Counter[str] = field(default_factory=Counter)
    last: int | None = None


def behind(
    read: sqlite3.Connection, queries: Sequence[Query], now: datetime
) -> list[Behind]:
    """For each of these queries, in their order, what stands behind it."""
    found: list[Behind] = []
    for start in range(0, len(queries), AT_ONCE):
        found += _behind(read, queries[start : start + AT_ONCE], now)
    return found


def _behind(
    read: sqlite3.Connection, queries: Sequence[Query], now: datetime
) -> list[Behind]:
    statement, bound = _statement(queries, now)
    found = [Behind() for _ in queries]
    # Few combinations are met by many.
    met: dict[int, list[Behind]] = {}

    def met_by(mask: int) -> list[Behind]:
        if mask not in met:
            met[mask] = [one for bit, one in enumerate(found) if mask >> bit & 1]
        return met[mask]

    seen: dict[tuple[int, int, str | int], int] = {}
    plain = read.cursor()
    # A hundred thousand rows whose columns have names take far longer.
    plain.row_factory = None
    for row in plain.execute(statement, bound):
        key, mask, who, source, thread, channel, company, title, body = row
        new = mask
        if who > 0:
            said = thread or hash(" ".join(f"{title} {body}".split()).casefold())
            told = who, source, said
            # Sent again, it may be found by a query the first one was not.
            new = mask & ~seen.get(told, 0)
            seen[told] = seen.get(told, 0) | mask
        for one in met_by(new):
            one.n += 1
            one.channels[channel] += 1
        for one in met_by(mask):
            one.people.add(who)
            if company:
                one.companies.add(company)
            if one.last is None or key > one.last:
                one.last = key
    for one in found:
        one.companies = {" ".join(name.split()).casefold() for name in one.companies}
    return found


def _statement(
    queries: Sequence[Query], now: datetime
) -> tuple[str, dict[str, object]]:
    bound = Bound()
    told = [condition(query, now, bound) for query in queries]
    tables = "feedback f"
    if any(query.is_narrow or query.state for query in queries):
        tables += (
            " LEFT JOIN membership m ON m.feedback_id = f.id"
            " LEFT JOIN disposition d ON d.feedback_id = f.id"
        )
    if any(map(finding.needs_tone, queries)):
        # Outer-joined, the view of these would be worked out for all there is.
        tables += (
            f" JOIN (SELECT f.id, {LANGUAGE} AS language, {SENTIMENT} AS sentiment"
            f" FROM feedback f {TONE_TABLES.format(id='f.id')}) t ON t.id = f.id"
        )
    if len(told) == 1:
        within = f"SELECT f.id, 1 AS mask FROM {tables} WHERE {COUNTED} AND {told[0]}"
    else:
        mask = " | ".join(
            f"(coalesce({one}, 0) << {bit})" for bit, one in enumerate(told)
        )
        # With a limit, it is worked out once a row: not to be found, and to be told.
        within = f"SELECT f.id, {mask} AS mask FROM {tables} WHERE {COUNTED} LIMIT -1"
    is_told = "f.customer_id IS NOT NULL AND f.thread = ''"
    return (
        f"SELECT f.id, w.mask, {person('f')}, f.source_id, f.thread, f.channel,"
        f" {COLUMNS['company']}, CASE WHEN {is_told} THEN f.title END,"
        f" CASE WHEN {is_told} THEN f.body END"
        f" FROM ({within}) w CROSS JOIN feedback f ON f.id = w.id WHERE w.mask"
    ), {**bound.values, "now": codec.to_text(now)}
