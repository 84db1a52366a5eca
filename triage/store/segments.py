"""
Which feedback that is evidence a segment's query finds, now or at a moment.

What people decided (tags, notes, states, links) and what sources told of customers are
as they were then; language, sentiment and groups are as they are read now.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from triage.query import parsed
from triage.store import codec, finding
from triage.store.driver import sqlite3
from triage.store.heard_then import Said
from triage.store.narrowing import Bound
from triage.store.past import Past
from triage.store.retold import REPLACED
from triage.weights import Segment

ASKED = ("disposition", "label", "note", "highlight")
"""Decision tables a query asks about, beside those of the backlog."""

_SHADOWED = (*ASKED, "evidence", "pain_point")
_KEPT = "customer_id", "company", "context"


def segments_of(
    read: sqlite3.Connection,
    segments: Sequence[Segment],
    said: Sequence[Said],
    past: Past,
    now: datetime,
    at: datetime | None,
) -> dict[int, tuple[str, ...]]:
    """Names of the segments each of these feedback is in; only those in any."""
    if not segments:
        return {}
    statement, bound = _statement(read, segments, past, now, at)
    bound["these"] = codec.to_json([one.id for one in said])
    names = [segment.name for segment in segments]
    found: dict[int, tuple[str, ...]] = {}
    # Few combinations are met by many.
    met: dict[tuple[int | None, ...], tuple[str, ...]] = {}
    for row in read.execute(statement, bound):
        key, *flags = tuple(row)
        are = tuple(flags)
        if are not in met:
            pairs = zip(names, are, strict=True)
            met[are] = tuple(name for name, is_in in pairs if is_in)
        if met[are]:
            found[key] = met[are]
    return found


def _statement(
    read: sqlite3.Connection,
    segments: Sequence[Segment],
    past: Past,
    now: datetime,
    at: datetime | None,
) -> tuple[str, dict[str, object]]:
    """One pass over the feedback, with a column for each segment."""
    bound = Bound()
    queries = [parsed(segment.query) for segment in segments]
    flags = [finding.condition(query, at or now, bound) for query in queries]
    tables = "feedback f"
    shadows: list[str] = []
    if at is not None:
        tables = "said f"
        shadows = _shadows(read, past, bound)
        bound.values["at"] = codec.to_text(at)
    tables += (
        " LEFT JOIN membership m ON m.feedback_id = f.id"
        " LEFT JOIN disposition d ON d.feedback_id = f.id"
    )
    if any(map(finding.needs_tone, queries)):
        tables += " LEFT JOIN tone_now t ON t.feedback_id = f.id"
    told = f"WITH {', '.join(shadows)} " if shadows else ""
    return (
        f"{told}SELECT f.id, {', '.join(flags)} FROM {tables}"
        " WHERE f.id IN (SELECT value FROM json_each(:these))"
    ), {**bound.values, "now": codec.to_text(at or now)}


def _shadows(read: sqlite3.Connection, past: Past, bound: Bound) -> list[str]:
    """Tables as they were, under their own names; feedback as it was, as ``said``."""
    shadows = [_said(read)]
    for table in _SHADOWED:
        if past.differs(table):
            columns = _columns(read, table)
            gone = bound.name(codec.to_json(sorted(past.rows[table])))
            then = bound.name(past.told(read, table))
            values = ", ".join(f"value ->> '$.{name}'" for name in columns)
            shadows.append(
                f"{table}({', '.join(columns)}) AS ("
                f"SELECT {', '.join(columns)} FROM main.{table}"
                f" WHERE {columns[0]} NOT IN (SELECT value FROM json_each({gone}))"
                f" UNION ALL SELECT {values} FROM json_each({then}))"
            )
    return shadows


def _said(read: sqlite3.Connection) -> str:
    """Feedback with what scores count of it as told then; gone ones have no more."""
    columns = _columns(read, "feedback")
    then = ", ".join(
        f"CASE WHEN r.id IS NULL THEN f.{name} ELSE r.{name} END AS {name}"
        if name in _KEPT
        else f"f.{name}"
        for name in columns
    )
    gone = ", ".join(
        name if name in {*_KEPT, "number"}
        else "feedback_id" if name == "id"
        else "''"
        for name in columns
    )  # fmt: skip
    return (
        f"replaced AS ({REPLACED}),"
        f" said({', '.join(columns)}) AS (SELECT {then} FROM main.feedback f"
        " LEFT JOIN replaced r ON r.feedback_id = f.id"
        " WHERE f.id IN (SELECT value FROM json_each(:these))"
        f" UNION ALL SELECT {gone} FROM replaced"
        " WHERE feedback_id NOT IN (SELECT id FROM main.feedback))"
    )


def _columns(read: sqlite3.Connection, table: str) -> list[str]:
    """The columns of a table, its key first."""
    told = read.execute("SELECT name FROM pragma_table_info(?)", (table,))
    return [row[0] for row in told]
