"""When customers began conversations, when they were answered, when it was solved."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from triage.query import Query
from triage.store import codec
from triage.store.counted import SAID, counted
from triage.store.driver import sqlite3


class Conversation(NamedTuple):
    """
    One that a customer began.

    Attributes:
        began: Key of their first words: microseconds since 1970.
        answered: Seconds until our side's first after it; None while there is none.
        solved: Seconds until it was solved, as its source says; None untold.
    """

    source: str
    began: int
    answered: float | None
    solved: float | None


def conversations(
    read: sqlite3.Connection, query: Query, begin: int | None, now: datetime
) -> Iterator[Conversation]:
    """
    Yield every conversation whose first words a query finds, by when they were said.

    Only of sources that tell what our side wrote: elsewhere nobody seems to answer.
    Hours count as they pass, at night too.

    Args:
        begin: Those that began at this key or later; None for all.
    """
    names = dict(
        read.execute(
            "SELECT s.id, s.name FROM source s WHERE EXISTS"
            " (SELECT 1 FROM feedback WHERE source_id = s.id AND kind = 'agent')"
        ).fetchall()
    )
    wanted = counted(query, now)
    # That threads have a name is said again within: the index holds only those.
    rows = read.execute(
        "SELECT f.source_id, f.id, json_extract(f.context, '$.solved_at') AS solved,"
        " (SELECT min(a.id) FROM feedback a WHERE a.source_id = f.source_id"
        "  AND a.thread = f.thread AND a.thread <> ''"
        "  AND a.kind = 'agent' AND a.id > f.id) AS answered"
        f" FROM {wanted.tables} WHERE f.id >= :begin AND f.thread <> '' AND {SAID}"
        " AND f.channel <> 'survey'"
        f" AND f.source_id IN ({','.join(map(str, names)) or 'NULL'})"
        " AND NOT EXISTS (SELECT 1 FROM feedback e WHERE e.source_id = f.source_id"
        "  AND e.thread = f.thread AND e.thread <> ''"
        "  AND e.kind = 'feedback' AND e.id < f.id)"
        f" AND {wanted.where} ORDER BY f.id",
        {**wanted.bound, "begin": -(2**63) if begin is None else begin},
    )
    for source, began, solved, answered in rows:
        yield Conversation(
            names[source],
            began,
            None if answered is None else (answered - began) / 1e6,
            _until(began, solved),
        )


def _until(began: int, solved: object) -> float | None:
    """Seconds until what a source says; None where it is no time after it began."""
    if not isinstance(solved, str):
        return None
    try:
        at = datetime.fromisoformat(solved)
    except ValueError:
        return None
    if at.tzinfo is None:
        return None
    seconds = (codec.to_key(at) - began) / 1e6
    return seconds if seconds >= 0 else None
