"""
What wakes the snoozed: a moment, or something new in their group or thread.

Nothing is written when evidence wakes a feedback: its disposition says what had been
heard when it was put to sleep, and whatever is newer beside it is new evidence. So an
undo, a redo, a split and an import taken back each leave it as it should be.
"""

from __future__ import annotations

from collections.abc import Sequence

from triage.store.chunks import chunks, marks
from triage.store.driver import sqlite3

_IN_THREAD = """EXISTS (
    SELECT 1 FROM feedback t WHERE t.thread <> '' AND t.thread = {said}.thread
    AND t.source_id = {said}.source_id AND t.number > d.wakes_after
    AND t.kind = 'feedback')"""

_IN_GROUP = """EXISTS (
    SELECT 1 FROM membership mine JOIN membership other
    ON other.group_id = mine.group_id JOIN feedback o ON o.id = other.feedback_id
    WHERE mine.feedback_id = d.feedback_id AND o.number > d.wakes_after
    AND o.kind = 'feedback')"""


def stirred(said: str, in_group: str = _IN_GROUP) -> str:
    """
    SQL: whether something new says the same, or came in the same thread.

    Over a row ``d`` of ``disposition`` and ``said`` of its feedback; ``in_group`` is
    what says that its group has newer members.
    """
    threaded = _IN_THREAD.format(said=said)
    return (
        "(d.state = 'snoozed' AND d.wakes_after IS NOT NULL"
        f" AND ({in_group} OR {threaded}))"
    )


def standing(said: str, now: str, in_group: str = _IN_GROUP) -> str:
    """SQL: the state a feedback is in at a moment, whoever has slept enough awake."""
    return (
        "CASE WHEN d.state IS NULL THEN 'inbox'"
        f" WHEN d.state = 'snoozed' AND d.until <= {now} THEN 'inbox'"
        f" WHEN {stirred(said, in_group)} THEN 'inbox' ELSE d.state END"
    )


def in_threads_of(read: sqlite3.Connection, feedback_ids: Sequence[int]) -> list[int]:
    """Who sleeps until new evidence, in the threads of these."""
    found: set[int] = set()
    for chunk in chunks(feedback_ids) if _anybody(read) else ():
        found.update(
            row[0]
            for row in read.execute(
                "SELECT d.feedback_id FROM feedback f JOIN feedback s"
                " ON s.source_id = f.source_id AND s.thread = f.thread"
                " AND s.thread <> '' JOIN disposition d ON d.feedback_id = s.id"
                " AND d.wakes_after IS NOT NULL"
                f" WHERE f.thread <> '' AND f.id IN ({marks(chunk)})",
                chunk,
            )
        )
    return sorted(found)


def count_stirred(read: sqlite3.Connection) -> int:
    """How many that were to sleep until new evidence have had some."""
    row = read.execute(
        "SELECT count(*) FROM disposition d JOIN feedback f ON f.id = d.feedback_id"
        f" WHERE d.wakes_after IS NOT NULL AND {stirred('f')}"
    ).fetchone()
    return int(row[0])


def _anybody(read: sqlite3.Connection) -> bool:
    return bool(
        read.execute(
            "SELECT EXISTS (SELECT 1 FROM disposition WHERE wakes_after IS NOT NULL)"
        ).fetchone()[0]
    )
