"""Every match that is kept, with what became of it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from triage.grouping.bands import GROUPED
from triage.model import Verdict
from triage.store import codec, queue
from triage.store.driver import sqlite3
from triage.store.views import KeptMatch

_OPENING = 200

_KEPT = f"""
    SELECT m.score, u.verdict,
           l.number AS left_number, ls.name AS left_source,
           l.external_id AS left_external_id, lg.number AS left_group,
           substr(l.title || ' ' || l.body, 1, {_OPENING}) AS left_opening,
           r.number AS right_number, rs.name AS right_source,
           r.external_id AS right_external_id, rg.number AS right_group,
           substr(r.title || ' ' || r.body, 1, {_OPENING}) AS right_opening,
           lg.id AS left_group_id, rg.id AS right_group_id
    FROM match m
    JOIN feedback l ON l.id = m.left_id JOIN source ls ON ls.id = l.source_id
    JOIN feedback r ON r.id = m.right_id JOIN source rs ON rs.id = r.source_id
    LEFT JOIN membership lm ON lm.feedback_id = l.id
    LEFT JOIN membership rm ON rm.feedback_id = r.id
    JOIN feedback lg ON lg.id = coalesce(lm.group_id, l.id)
    JOIN feedback rg ON rg.id = coalesce(rm.group_id, r.id)
    LEFT JOIN ruling u ON u.left_id = m.left_id AND u.right_id = m.right_id
    WHERE m.score >= :least AND m.score < :below
      AND (NOT :proposed OR coalesce(lm.group_id, l.id) <> coalesce(rm.group_id, r.id))
    ORDER BY m.score DESC, m.left_id, m.right_id
"""


def kept(
    read: sqlite3.Connection,
    *,
    least: float = 0,
    band: str = "",
    proposed: bool = False,
    limit: int = 0,
) -> Iterator[KeptMatch]:
    """
    The matches kept, the surest first; read bit by bit.

    Args:
        least: Lowest score wanted, 0 to 100.
        band: "grouped" or "suggested"; both without.
        proposed: Only the surest match of each two groups that may be one, unless a
            person ruled about them; of band "grouped" without another.
        limit: How many at most; 0 for all.
    """
    if band == "grouped" or (proposed and not band):
        least = max(least, GROUPED)
    below = GROUPED if band == "suggested" else 101.0
    rows: Iterator[codec.Row] = read.execute(
        _KEPT, {"least": least, "below": below, "proposed": proposed}
    )
    if proposed:
        rows = _of_groups(rows, _ruled_apart(read))
    return (_kept(row) for row in islice(rows, limit or None))


def count_proposed(read: sqlite3.Connection) -> int:
    """How many pairs of groups may be one."""
    return sum(1 for _ in kept(read, proposed=True))


def _of_groups(
    rows: Iterator[codec.Row], seen: set[frozenset[int]]
) -> Iterator[codec.Row]:
    for row in rows:
        pair = frozenset((row["left_group_id"], row["right_group_id"]))
        if pair not in seen:
            seen.add(pair)
            yield row


def _ruled_apart(read: sqlite3.Connection) -> set[frozenset[int]]:
    """The pairs of groups of which a person said that they are not the same."""
    rows = read.execute(
        "SELECT left_id, right_id FROM ruling WHERE verdict <> 'same'"
    ).fetchall()
    group_of = queue.groups_of(read, sorted({end for row in rows for end in row}))
    return {frozenset((group_of[left], group_of[right])) for left, right in rows}


def _kept(row: codec.Row) -> KeptMatch:
    return KeptMatch(
        left=f"f{row['left_number']}",
        left_source=row["left_source"],
        left_external_id=row["left_external_id"],
        left_group=f"g{row['left_group']}",
        left_opening=row["left_opening"].strip(),
        right=f"f{row['right_number']}",
        right_source=row["right_source"],
        right_external_id=row["right_external_id"],
        right_group=f"g{row['right_group']}",
        right_opening=row["right_opening"].strip(),
        score=row["score"],
        band="grouped" if row["score"] >= GROUPED else "suggested",
        verdict=Verdict(row["verdict"]) if row["verdict"] else None,
    )
