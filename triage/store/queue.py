"""
The queue: one row per group and state, standing at the group's newest member there.

Derived from feedback, memberships and dispositions. Whoever changes one of these calls
``refresh`` in the same transaction, so that every list a person sees is a range scan.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from triage.store import codec
from triage.store.chunks import chunks, marks
from triage.store.driver import sqlite3
from triage.store.persons import counted
from triage.store.sleeping import standing

_PLACED = """
    WITH touched(g) AS (VALUES {values}),
    members(g, id) AS (
        SELECT g, m.feedback_id FROM touched JOIN membership m ON m.group_id = g
        UNION ALL
        SELECT g, g FROM touched
        WHERE NOT EXISTS (SELECT 1 FROM membership WHERE feedback_id = g)
    ),
    heard(g, id, number, person, source_id, thread) AS (
        SELECT g, f.id, f.number, {person}, f.source_id, f.thread
        FROM members JOIN feedback f ON f.id = members.id AND f.kind = 'feedback'
    ),
    totals(g, total, newest) AS (
        SELECT g, count(*), max(number) FROM heard GROUP BY g
    ),
    placed(g, id, total, person, source, state) AS (
        SELECT heard.g, heard.id, total, person, source_id, {standing}
        FROM heard JOIN totals ON totals.g = heard.g
        LEFT JOIN disposition d ON d.feedback_id = heard.id
    )
    INSERT INTO queue (state, head_id, group_id, items, total, people, sources)
    SELECT state, max(id), g, count(*), total,
           count(DISTINCT person), count(DISTINCT source)
    FROM placed GROUP BY g, state
"""

_PERSON = counted("f")
_STANDING = standing("heard", "moment()", "newest > d.wakes_after")


def groups_of(read: sqlite3.Connection, feedback_ids: Sequence[int]) -> dict[int, int]:
    """Feedback id to group id; alone, a feedback is its own group."""
    found = {feedback_id: feedback_id for feedback_id in feedback_ids}
    for chunk in chunks(feedback_ids):
        found.update(
            (row[0], row[1])
            for row in read.execute(
                "SELECT feedback_id, group_id FROM membership"
                f" WHERE feedback_id IN ({marks(chunk)})",
                chunk,
            )
        )
    return found


def refresh(write: sqlite3.Connection, feedback_ids: Sequence[int]) -> None:
    """Place the groups of these feedback anew."""
    refresh_groups(write, groups_of(write, feedback_ids).values())


def refresh_groups(write: sqlite3.Connection, group_ids: Iterable[int]) -> None:
    """Place these groups anew; one that no longer has members leaves the queue."""
    touched = sorted(set(group_ids))
    # All leave before any is placed: a member may stand for another group now.
    for chunk in chunks(touched):
        write.execute(f"DELETE FROM queue WHERE group_id IN ({marks(chunk)})", chunk)
    for chunk in chunks(touched):
        values = ",".join("(?)" for _ in chunk)
        placed = _PLACED.format(values=values, standing=_STANDING, person=_PERSON)
        write.execute(placed, chunk)


def sleepers(read: sqlite3.Connection, now: datetime) -> list[int]:
    """Snoozed feedback whose time has come and that still stands with the snoozed."""
    rows = read.execute(
        "SELECT d.feedback_id FROM disposition d"
        " LEFT JOIN membership m ON m.feedback_id = d.feedback_id"
        " WHERE d.state = 'snoozed' AND d.until <= ? AND EXISTS ("
        "  SELECT 1 FROM queue q WHERE q.state = 'snoozed'"
        "  AND q.group_id = coalesce(m.group_id, d.feedback_id))",
        (codec.to_text(now),),
    )
    return [row[0] for row in rows]
