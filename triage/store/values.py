"""The values a field has, to choose from: the commonest of the latest feedback."""

from __future__ import annotations

from triage.query import FIELDS
from triage.query.fields import Kind
from triage.store import labels, narrowing
from triage.store.driver import sqlite3
from triage.store.versions import version_order

LATEST = 20_000
"""Feedback looked at: enough to know what is said now, at any size."""

_COLUMNS = {**narrowing.COLUMNS, "source": "s.name", "sentiment": "t.sentiment"}

_TOLD = ("people", "size", "revenue", "reason")
"""Fields without values worth a list."""


_OWNERS = (
    "SELECT owner AS value, count(*) AS many FROM label WHERE owner <> ''"
    " GROUP BY owner ORDER BY many DESC, value LIMIT ?"
)


def values(read: sqlite3.Connection, field: str, limit: int) -> list[tuple[str, int]]:
    """
    Values with how many of the latest feedback have them, the commonest first.

    Versions are the commonest, too, and stand newest first.
    """
    if field == "tag":
        used = [(one.name, one.feedback) for one in labels.counts(read) if one.feedback]
        return sorted(used, key=lambda one: -one[1])[:limit]
    if field == "owner":
        told = read.execute(_OWNERS, (limit,))
        return [(row["value"], row["many"]) for row in told]
    column = _COLUMNS.get(field)
    if column is None or field in _TOLD:
        return []
    if FIELDS[field].kind is Kind.NUMBER:
        column = f"CAST({column} AS TEXT)"
    rows = read.execute(
        f"SELECT {column} AS value, count(*) AS many FROM"
        " (SELECT * FROM feedback WHERE kind = 'feedback' ORDER BY id DESC"
        f" LIMIT {LATEST}) f JOIN source s ON s.id = f.source_id"
        " LEFT JOIN tone_now t ON t.feedback_id = f.id"
        " GROUP BY value HAVING value <> '' ORDER BY many DESC, value LIMIT ?",
        (limit,),
    )
    found = [(str(row["value"]), row["many"]) for row in rows]
    if FIELDS[field].kind is Kind.VERSION:
        return sorted(found, key=lambda one: version_order(one[0]) or "", reverse=True)
    return [(value.removesuffix(".0"), many) for value, many in found]
