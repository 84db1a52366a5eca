"""
Who stands behind personas: what their queries find, counted in one pass for all.

People are counted, not messages: somebody with several addresses is one, what another
source told before is not counted, and what a known customer sends again in one thread,
or in the same words at the same source, counts once.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from triage.query import Query
from triage.store import codec
from triage.store.counted import COUNTED, PERSON, joined
from triage.store.driver import plain, sqlite3
from triage.store.finding import condition
from triage.store.narrowing import COLUMNS, Bound

AT_ONCE = 60
"""Queries answered in one pass: their answers are the bits of one number."""


NEVER = -(2**63)
"""Before any key."""


@dataclass(slots=True)
class Behind:
    """
    Who and what one query finds.

    Attributes:
        people: Keys of the distinct people.
        companies: Their names, folded.
        last: The latest key; ``NEVER`` where nothing is found.
    """

    n: int = 0
    people: set[int] = field(default_factory=set)
    companies: set[str | None] = field(default_factory=set)
    channels: Counter[str] = field(default_factory=Counter)
    last: int = NEVER


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
    # Few combinations of queries are met by many: what is found is counted by these.
    met: defaultdict[int, Behind] = defaultdict(Behind)
    seen: dict[tuple[int, int, str | int], int] = {}
    for row in plain(read).execute(statement, bound):
        key, mask, who, source, thread, channel, company, title, body = row
        one = met[mask]
        one.people.add(who)
        one.companies.add(company)
        one.last = max(one.last, key)
        if who > 0:
            said = thread or hash(" ".join(f"{title} {body}".split()).casefold())
            told = who, source, said
            if told in seen:
                # Sent again, it may be found by a query the first one was not.
                mask, seen[told] = mask & ~seen[told], mask | seen[told]
                one = met[mask]
            else:
                seen[told] = mask
        one.n += 1
        one.channels[channel] += 1
    return [
        _together([one for mask, one in met.items() if mask >> bit & 1])
        for bit in range(len(queries))
    ]


def _together(parts: Sequence[Behind]) -> Behind:
    found = Behind()
    for one in parts:
        found.n += one.n
        found.people |= one.people
        found.companies |= one.companies
        found.channels += one.channels
        found.last = max(found.last, one.last)
    found.companies = {
        " ".join(name.split()).casefold() for name in found.companies if name
    }
    return found


def people(
    read: sqlite3.Connection, queries: Sequence[Query], now: datetime
) -> list[set[int]]:
    """The people of each of these queries, and nothing else of what is found."""
    found: list[set[int]] = [set() for _ in queries]
    for start in range(0, len(queries), AT_ONCE):
        within, bound = _found(queries[start : start + AT_ONCE], now)
        for who, mask in plain(read).execute(
            f"SELECT DISTINCT {PERSON}, w.mask FROM ({within}) w"
            " CROSS JOIN feedback f ON f.id = w.id WHERE w.mask",
            bound,
        ):
            for bit in range(min(AT_ONCE, len(queries) - start)):
                if mask >> bit & 1:
                    found[start + bit].add(who)
    return found


def _statement(
    queries: Sequence[Query], now: datetime
) -> tuple[str, dict[str, object]]:
    within, bound = _found(queries, now)
    is_told = "f.customer_id IS NOT NULL AND f.thread = ''"
    return (
        f"SELECT f.id, w.mask, {PERSON}, f.source_id, f.thread, f.channel,"
        f" {COLUMNS['company']}, CASE WHEN {is_told} THEN f.title END,"
        f" CASE WHEN {is_told} THEN f.body END"
        f" FROM ({within}) w CROSS JOIN feedback f ON f.id = w.id WHERE w.mask"
    ), bound


def _found(queries: Sequence[Query], now: datetime) -> tuple[str, dict[str, object]]:
    """What counts, each with a bit for every query that finds it."""
    bound = Bound()
    told = [condition(query, now, bound) for query in queries]
    tables = f"feedback f{joined(queries)}"
    if len(told) == 1:
        within = f"SELECT f.id, 1 AS mask FROM {tables} WHERE {COUNTED} AND {told[0]}"
    else:
        mask = " | ".join(
            f"(coalesce({one}, 0) << {bit})" for bit, one in enumerate(told)
        )
        # With a limit, it is worked out once a row: not to be found, and to be told.
        within = f"SELECT f.id, {mask} AS mask FROM {tables} WHERE {COUNTED} LIMIT -1"
    return within, {**bound.values, "now": codec.to_text(now)}
