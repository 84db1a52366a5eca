"""What a restored backlog asks of the store: who was here before, and old numbers."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from triage.model import Evidence, Feedback, PainPoint, RoadmapItem
from triage.planning import Story
from triage.research import is_heard_in_person
from triage.store import codec, queries
from triage.store.driver import sqlite3

Noun = PainPoint | RoadmapItem | Evidence | Story

_NOUNS: Mapping[str, Callable[[codec.Row], Noun]] = {
    "pain_point": codec.pain_point,
    "evidence": codec.evidence,
    "roadmap_item": codec.roadmap_item,
    "story": codec.story,
}


def known(read: sqlite3.Connection, told: Feedback) -> Feedback | None:
    """
    The feedback a backlog tells of, as it is stored here; None where it is not.

    Who was heard in person and let no name out left by a number, not by the source's
    own id of them.
    """
    found = queries.feedback_by_source(read, told.source, told.external_id)
    if found is not None or told.external_id != told.short:
        return found
    row = read.execute(
        "SELECT id FROM feedback WHERE number = ?", (told.number,)
    ).fetchone()
    same = queries.feedback(read, row["id"]) if row else None
    if same is None or not is_heard_in_person(same):
        return None
    is_it = (same.source, same.received_at) == (told.source, told.received_at)
    return same if is_it else None


def lives(read: sqlite3.Connection, table: str) -> dict[int, list[Noun]]:
    """Every state each row of such a table was ever in, gone ones included."""
    noun = _NOUNS[table]
    now: dict[int, dict[str, Any]] = {}
    found: dict[int, list[Noun]] = {}
    for change in read.execute(
        "SELECT row_id, before, after FROM change WHERE table_name = ?"
        " ORDER BY step_id, position",
        (table,),
    ):
        row = now.setdefault(change["row_id"], {"id": change["row_id"]})
        for told in (change["before"], change["after"]):
            if told is not None:
                row.update(json.loads(told))
                found.setdefault(row["id"], []).append(noun(row))
    return found


def standing(read: sqlite3.Connection, table: str) -> frozenset[int]:
    """The ids of the rows that are there now."""
    return frozenset(row[0] for row in read.execute(f"SELECT id FROM {table}"))


def renumber(write: sqlite3.Connection, numbers: Mapping[int, int]) -> None:
    """
    Give feedback that was stored in this very transaction the numbers it had elsewhere.

    Feedback id to number; no other feedback may have it.
    """
    # Below zero first: one's new number may be another's old one.
    for feedback_id, number in numbers.items():
        write.execute(
            "UPDATE pending SET number = ?1 WHERE number ="
            " (SELECT number FROM feedback WHERE id = ?2)",
            (-number, feedback_id),
        )
        write.execute(
            "UPDATE feedback SET number = ? WHERE id = ?", (-number, feedback_id)
        )
    for table in ("pending", "feedback"):
        write.execute(f"UPDATE {table} SET number = -number WHERE number < 0")


@contextlib.contextmanager
def moment(read: sqlite3.Connection) -> Iterator[None]:
    """Everything read inside is as it was at one moment, whoever writes meanwhile."""
    read.execute("BEGIN")
    try:
        yield
    finally:
        read.execute("COMMIT")
