"""What customers rated, one by one, with whoever gave it; and what else is told."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from triage.query import Query
from triage.store import codec, finding
from triage.store.breakdown import BY
from triage.store.counted import ANSWERED, COUNTED, PERSON, TONE, counted, joined
from triage.store.driver import plain, sqlite3
from triage.store.narrowing import Bound


class Rated(NamedTuple):
    """
    A rating somebody gave.

    Attributes:
        id: Key of the feedback it came with: microseconds since 1970.
        person: Who counts as one; below 0 where nobody knows who it was.
        part: What its source told of what was asked for, as its version; "" untold.
        survey: Which survey it answers: alike for all answers to one.
        is_review: Whether it was given unasked.
    """

    id: int
    person: int
    part: str
    survey: str
    metric: str
    scale: str
    is_review: bool
    rating: float


class Beside(NamedTuple):
    """What a source told beside the words of a feedback."""

    id: int
    person: int
    part: str
    context: dict[str, Any]


def ratings(
    read: sqlite3.Connection, query: Query, by: str, begin: int, end: int, now: datetime
) -> Iterator[Rated]:
    """
    Yield every rating that counts, the earliest first.

    A survey is what one source asks under one title or in one conversation; what a
    review is called is its author's word, and they have none.

    Args:
        by: One of ``query.fields.PARTS``; "" for no part.
        begin: The first key; ``end`` is the first no more.
    """
    wanted = counted(query, now)
    for row in plain(read).execute(
        f"SELECT f.id, {PERSON}, {_part(by)}, CASE f.channel WHEN 'review' THEN ''"
        " WHEN 'survey' THEN f.source_id || ' ' || f.thread || ' ' || f.title"
        " ELSE f.source_id || ' ' || f.thread END,"
        " f.metric, f.scale, f.channel = 'review', f.rating"
        f" FROM {wanted.tables} WHERE f.id >= :begin AND f.id < :end"
        f" AND f.rating IS NOT NULL AND {wanted.where} ORDER BY f.id",
        {**wanted.bound, "begin": begin, "end": end},
    ):
        yield Rated._make(row)


def beside(
    read: sqlite3.Connection,
    query: Query,
    names: Sequence[str],
    by: str,
    begin: int,
    end: int,
    now: datetime,
) -> Iterator[Beside]:
    """Yield each feedback whose source told any of these names, the earliest first."""
    wanted = counted(query, now, ANSWERED)
    # Ten times as quick as taking JSON apart that has none of them.
    named = " OR ".join(f"instr(f.context, '\"{name}\"')" for name in names)
    for key, person, part, context in plain(read).execute(
        f"SELECT f.id, {PERSON}, {_part(by)}, f.context FROM {wanted.tables}"
        f" WHERE f.id >= :begin AND f.id < :end AND ({named})"
        f" AND {wanted.where} ORDER BY f.id",
        {**wanted.bound, "begin": begin, "end": end},
    ):
        yield Beside(key, person, part, json.loads(context))


def placed(
    read: sqlite3.Connection, keys: Iterable[int], by: str
) -> dict[int, tuple[int, str]]:
    """The person behind each of these feedback, and what was told of it."""
    rows = plain(read).execute(
        f"SELECT f.id, {PERSON}, {_part(by)} FROM feedback f {TONE.format(id='f.id')}"
        " WHERE f.id IN (SELECT value FROM json_each(:keys))",
        {"keys": codec.to_json(list(keys))},
    )
    return {key: (person, part) for key, person, part in rows}


def people_of(
    read: sqlite3.Connection, queries: Sequence[tuple[str, Query]], now: datetime
) -> dict[int, tuple[str, ...]]:
    """
    Which of these saved queries find each person, by any word they ever said.

    One pass over all there is, with a column for each query; who is found by none is
    left out.
    """
    bound = Bound()
    flags = [finding.condition(query, now, bound) for _, query in queries]
    tables = f"feedback f{joined([query for _, query in queries])}"
    found: dict[int, int] = {}
    bits = (f"(coalesce({flag}, 0) << {place})" for place, flag in enumerate(flags))
    for person, are in plain(read).execute(
        f"SELECT {PERSON}, {' | '.join(bits)} FROM {tables} WHERE {COUNTED}",
        {**bound.values, "now": codec.to_text(now)},
    ):
        if are:
            found[person] = found.get(person, 0) | are
    named = {
        are: tuple(name for place, (name, _) in enumerate(queries) if are >> place & 1)
        for are in set(found.values())
    }
    return {person: named[are] for person, are in found.items()}


def _part(by: str) -> str:
    return f"coalesce({BY[by]}, '')" if by else "''"
