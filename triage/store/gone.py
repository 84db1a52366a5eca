"""What its source has no more: it stays, and is marked until it is told again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from triage.connector import Page
from triage.store import codec
from triage.store.chunks import chunks, marks
from triage.store.driver import sqlite3


def mark(
    write: sqlite3.Connection,
    source_id: int,
    batch_id: int,
    page: Page,
    now: datetime,
) -> int:
    """Mark what the source has no more; how many were not marked yet."""
    marked = 0
    for column, names in (("external_id", page.gone), ("thread", page.gone_threads)):
        for chunk in chunks(list(names)):
            marked += write.execute(
                "INSERT OR IGNORE INTO gone (feedback_id, batch_id, at)"
                f" SELECT id, ?, ? FROM feedback WHERE source_id = ?"
                f" AND {column} IN ({marks(chunk)})",
                (batch_id, codec.to_text(now), source_id, *chunk),
            ).rowcount
    return marked


def unmark(write: sqlite3.Connection, feedback_ids: Sequence[int]) -> None:
    """What is told again is there again."""
    if write.execute("SELECT 1 FROM gone LIMIT 1").fetchone() is None:
        return
    for chunk in chunks(feedback_ids):
        write.execute(f"DELETE FROM gone WHERE feedback_id IN ({marks(chunk)})", chunk)
