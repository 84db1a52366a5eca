"""
How feedback that was evidence was told before, as far as scores count it.

Triggers keep it whenever a row of feedback changes or goes (``schema_retold``); it is
dated as its transaction ends, because SQL's own clock knows milliseconds only.
"""

from __future__ import annotations

from datetime import datetime

from triage.store import codec
from triage.store.driver import sqlite3

REPLACED = (
    "SELECT * FROM retold WHERE id IN"
    " (SELECT min(id) FROM retold WHERE at > :at GROUP BY feedback_id)"
)
"""SQL: of each feedback told anew after ``:at``, how it was told at that moment."""


def date(write: sqlite3.Connection, at: datetime) -> None:
    """Date what this transaction told anew."""
    if write.execute("SELECT 1 FROM retold WHERE at IS NULL LIMIT 1").fetchone():
        write.execute("UPDATE retold SET at = ? WHERE at IS NULL", (codec.to_text(at),))
