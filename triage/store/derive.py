"""What follows from a decision, brought up to date in the same transaction."""

from __future__ import annotations

from collections.abc import Sequence

from triage.step import Change
from triage.store import cited, person_rulings, queue
from triage.store.driver import sqlite3


def follow(write: sqlite3.Connection, changes: Sequence[Change]) -> None:
    """Place anew whatever these changes moved; most decisions move only the queue."""
    cited.refuse_if_cited(write, changes)
    moved = [change.row for change in changes if change.table == "disposition"]
    if moved:
        queue.refresh(write, moved)
    ruled = [change for change in changes if change.table == "ruling"]
    if ruled:
        # Comparing texts is not needed to follow a ruling; kept matches are.
        from triage.store.rulings import settle_around

        settle_around(write, _pairs(write, "ruling", ruled))
    joined = [change for change in changes if change.table == "person_ruling"]
    if joined:
        ends = _pairs(write, "person_ruling", joined)
        person_rulings.settle_around(write, ends)
    written = [change for change in changes if change.table == "session"]
    if written:
        # Writing feedback is not needed to follow any other decision.
        from triage.store import heard_in_person

        heard_in_person.follow(write, written)


def _pairs(write: sqlite3.Connection, table: str, ruled: Sequence[Change]) -> list[int]:
    ends: list[int] = []
    for change in ruled:
        values = {**(change.before or {}), **(change.after or {})}
        if "left_id" not in values:
            row = write.execute(
                f"SELECT left_id, right_id FROM {table} WHERE id = ?", (change.row,)
            ).fetchone()
            values = {"left_id": row["left_id"], "right_id": row["right_id"]}
        ends += [values["left_id"], values["right_id"]]
    return ends
