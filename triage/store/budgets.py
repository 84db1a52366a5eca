"""Calls made to services lately, counted across processes and sources."""

from __future__ import annotations

import json
from collections.abc import Callable

from triage.spending import Spent
from triage.store import codec
from triage.store.database import Database
from triage.store.driver import sqlite3


class Budgets:
    """The ledger of a workspace; each change is a transaction of its own."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def change(self, name: str, make: Callable[[Spent], Spent]) -> Spent:
        """As ``Ledger.change``: nobody else counts in between."""
        with self._db.write() as write:
            made = make(_read(write, name))
            write.execute(
                "INSERT OR REPLACE INTO budget VALUES (?, ?, ?, ?, ?)",
                (name, json.dumps(dict(made.calls)), made.said_left, made.said_of,
                 codec.to_text(made.said_at)),
            )  # fmt: skip
        return made

    def look(self, name: str) -> Spent:
        """As ``Ledger.look``."""
        return _read(self._db.read(), name)


def _read(read: sqlite3.Connection, name: str) -> Spent:
    row = read.execute("SELECT * FROM budget WHERE name = ?", (name,)).fetchone()
    if row is None:
        return Spent()
    return Spent(
        calls={
            int(stretch): many for stretch, many in json.loads(row["calls"]).items()
        },
        said_left=row["said_left"],
        said_of=row["said_of"],
        said_at=codec.to_time(row["said_at"]),
    )
