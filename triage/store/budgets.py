"""Calls made to services lately, counted across processes and sources."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import datetime

from triage.connector import Budget
from triage.spending import Spent
from triage.store import codec
from triage.store.database import Database
from triage.store.driver import sqlite3
from triage.store.views import BudgetView


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


def note(
    write: sqlite3.Connection,
    source_id: int,
    batch_id: int,
    calls: int,
    budgets: Iterable[Budget],
) -> None:
    """Keep what a pull asked, and by which budgets it was counted."""
    told = [[one.name, one.calls, one.seconds] for one in budgets]
    write.execute("UPDATE batch SET calls = ? WHERE id = ?", (calls, batch_id))
    if told:
        write.execute(
            "UPDATE source SET budgets = ? WHERE id = ?", (json.dumps(told), source_id)
        )


def left(read: sqlite3.Connection, told: str, now: datetime) -> tuple[BudgetView, ...]:
    """What is left of the budgets a source keeps."""
    budgets = [
        Budget(name=name, calls=calls, seconds=seconds)
        for name, calls, seconds in json.loads(told)
    ]
    spent = {one.name: _read(read, one.name) for one in budgets}
    return tuple(
        BudgetView(
            name=one.name,
            left=spent[one.name].left(one, now),
            of=spent[one.name].said_of or one.calls,
            seconds=one.seconds,
        )
        for one in budgets
    )


def _read(read: sqlite3.Connection, name: str) -> Spent:
    row = read.execute("SELECT * FROM budget WHERE name = ?", (name,)).fetchone()
    if row is None:
        return Spent()
    return Spent(
        calls={int(minute): many for minute, many in json.loads(row["calls"]).items()},
        said_left=row["said_left"],
        said_of=row["said_of"],
        said_at=codec.to_time(row["said_at"]),
    )
