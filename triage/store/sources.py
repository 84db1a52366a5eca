"""How sources fare: what they brought, how their pulls went, who pulls them now."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from triage.store import budgets, codec, leases
from triage.store.driver import sqlite3
from triage.store.views import BatchView

_BATCH = "SELECT b.*, s.name AS source FROM batch b JOIN source s ON s.id = b.source_id"

_LAST = 20
"""Pulls whose rhythm is looked at."""

_CALLS = 5
"""Pulls whose calls are looked at."""

_ENOUGH = 3
"""Intervals from which a rhythm can be told."""

LATE_FROM = timedelta(hours=1)
"""Nothing is late that went well so lately."""

LATE_TIMES = 3
"""How many usual intervals must pass until a source is late."""


def batches(read: sqlite3.Connection, limit: int = 100) -> list[BatchView]:
    """The latest imports and syncs first."""
    rows = read.execute(f"{_BATCH} ORDER BY b.id DESC LIMIT ?", (limit,))
    return [_batch(row) for row in rows]


def pulls(read: sqlite3.Connection, source: str, limit: int) -> list[BatchView]:
    """The latest imports and syncs of one source, the latest first."""
    return [
        _batch(row)
        for row in read.execute(
            f"{_BATCH} WHERE s.name = ? ORDER BY b.id DESC LIMIT ?", (source, limit)
        )
    ]


def backing_off(read: sqlite3.Connection) -> list[tuple[str, str, int]]:
    """Sources that failed: name, not before when, failures in a row."""
    return [
        (row["name"], row["retry_at"], row["failures"])
        for row in read.execute("SELECT * FROM source WHERE retry_at IS NOT NULL")
    ]


def cursor(read: sqlite3.Connection, source: str) -> str | None:
    """Where the next pull of a source begins; None for its start."""
    row = read.execute("SELECT cursor FROM source WHERE name = ?", (source,)).fetchone()
    return None if row is None else row["cursor"]


def facts(read: sqlite3.Connection, now: datetime) -> dict[str, dict[str, Any]]:
    """All there is to know of every source that was ever asked, by name."""
    counted = _counted(read)
    found: dict[str, dict[str, Any]] = {}
    for row in read.execute("SELECT * FROM source ORDER BY name").fetchall():
        synced_at = codec.to_time(row["synced_at"])
        holder = leases.held_by(row, now)
        usual = _usual(read, row["id"])
        found[row["name"]] = {
            "connector": row["connector"],
            "synced_at": synced_at,
            "failed_at": codec.to_time(row["failed_at"]),
            "failure": row["failure"],
            "failures": row["failures"],
            "retry_at": codec.to_time(row["retry_at"]),
            "gap": row["gap"],
            "gap_at": codec.to_time(row["gap_at"]),
            "usual": usual,
            "is_late": _is_late(synced_at, usual, now) and not holder,
            "holder": holder,
            "running": _running(read, row["id"]) if holder else None,
            "lag": now - synced_at if synced_at else None,
            "budgets": budgets.left(read, row["budgets"], now),
            **_calls(read, row["id"]),
            **counted.get(row["id"], {}),
        }
    return found


def _counted(read: sqlite3.Connection) -> dict[int, dict[str, Any]]:
    """What each source brought, by its id, in one pass over everything."""
    found: dict[int, dict[str, Any]] = {}
    for row in read.execute(
        "SELECT source_id, kind, count(*) AS many, max(id) AS newest FROM feedback"
        " GROUP BY source_id, kind"
    ):
        told = found.setdefault(row["source_id"], {})
        if row["kind"] in {"feedback", "quarantined"}:
            told[row["kind"]] = row["many"]
        if row["kind"] == "feedback":
            told["newest_at"] = codec.from_key(row["newest"])
    for row in read.execute(
        "SELECT f.source_id, count(*) AS many FROM gone g"
        " JOIN feedback f ON f.id = g.feedback_id GROUP BY f.source_id"
    ):
        found[row["source_id"]]["gone"] = row["many"]
    return found


def _usual(read: sqlite3.Connection, source_id: int) -> timedelta | None:
    """The median time between its last pulls; None where there were too few."""
    began = [
        codec.must_be_time(row["started_at"])
        for row in read.execute(
            "SELECT started_at FROM batch WHERE source_id = ? AND label = 'sync'"
            " ORDER BY id DESC LIMIT ?",
            (source_id, _LAST + 1),
        )
    ]
    apart = [later - sooner for later, sooner in pairwise(began)]
    return sorted(apart)[len(apart) // 2] if len(apart) >= _ENOUGH else None


def _calls(read: sqlite3.Connection, source_id: int) -> dict[str, int | None]:
    """How many the last pull made, and about how many the next will."""
    made = [
        row["calls"]
        for row in read.execute(
            "SELECT calls FROM batch b WHERE source_id = :source AND label = 'sync'"
            " AND calls IS NOT NULL AND failure = ''"
            # The first of all brought what had been said in years.
            " ORDER BY id DESC LIMIT :last",
            {"source": source_id, "last": _CALLS + 1},
        )
    ]
    later = sorted(made[:_CALLS] if len(made) > _CALLS else made[:-1])
    return {
        "calls": made[0] if made else None,
        "next_calls": later[len(later) // 2] if later else None,
    }


def _is_late(
    synced_at: datetime | None, usual: timedelta | None, now: datetime
) -> bool:
    if synced_at is None or usual is None:
        return False
    return now - synced_at > max(LATE_FROM, LATE_TIMES * usual)


def _running(read: sqlite3.Connection, source_id: int) -> BatchView | None:
    row = read.execute(
        f"{_BATCH} WHERE b.source_id = ? ORDER BY b.id DESC LIMIT 1", (source_id,)
    ).fetchone()
    return _batch(row) if row is not None and row["finished_at"] is None else None


def _batch(row: Mapping[str, Any]) -> BatchView:
    return BatchView(
        id=row["id"],
        source=row["source"],
        label=row["label"],
        started_at=codec.must_be_time(row["started_at"]),
        finished_at=codec.to_time(row["finished_at"]),
        new=row["new"],
        changed=row["changed"],
        same=row["same"],
        quarantined=row["quarantined"],
        gone=row["gone"],
        failure=row["failure"],
        taken_back_at=codec.to_time(row["taken_back_at"]),
    )
