"""What is asked at every key is looked up, however much there is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from factories import NOON, a_workspace
from triage.model import State
from triage.store import queries
from triage.store.database import Database


class Explained:
    """A reading connection that says how it would find out, and finds nothing."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self.plan: list[str] = []

    def execute(self, sql: str, bound: Any = ()) -> list[Any]:
        rows = self.db.read().execute(f"EXPLAIN QUERY PLAN {sql}", bound)
        self.plan += [row["detail"] for row in rows]
        return []


def test_a_page_of_rows_scans_nothing(tmp_path: Path) -> None:
    """Each row of a page is found by its key: no table is read from end to end."""
    with a_workspace(tmp_path) as workspace:
        asked: Any = Explained(workspace.db)
        queries.rows(asked, [1, 2, 3], state=State.INBOX, now=NOON)
    assert asked.plan
    assert not [line for line in asked.plan if "SCAN" in line or "MATERIAL" in line]
