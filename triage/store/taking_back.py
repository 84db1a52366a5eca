"""An import taken back whole: what it brought goes, what it changed returns."""

from __future__ import annotations

import json
from collections import Counter
from datetime import datetime

from triage.errors import Conflict, NotFound
from triage.store import codec, copies, customers, queue, sleeping, threads
from triage.store.decided import HANGING
from triage.store.driver import sqlite3
from triage.store.evidence import forget, rewrite


def take_back(write: sqlite3.Connection, batch_id: int, now: datetime) -> int:
    """
    Remove what a batch brought and restore what it changed; the number of rows.

    Refuses with ``Conflict`` where somebody has already decided on any of it, or a
    later batch has changed it again.
    """
    batch = write.execute("SELECT * FROM batch WHERE id = ?", (batch_id,)).fetchone()
    if batch is None:
        raise NotFound(f"no import b{batch_id}; `triage sources imports` lists them")
    if batch["taken_back_at"]:
        raise Conflict(f"import b{batch_id} was taken back already")
    _refuse_if_decided(write, batch_id)
    later = write.execute(
        "SELECT count(*) FROM revision r JOIN feedback f ON f.id = r.feedback_id"
        " WHERE (f.batch_id = :b OR r.feedback_id IN"
        " (SELECT feedback_id FROM revision WHERE batch_id = :b)) AND r.batch_id > :b",
        {"b": batch_id},
    ).fetchone()[0]
    if later:
        raise Conflict(
            f"a later import changed {later} of these; take that one back first"
        )
    write.execute("DELETE FROM gone WHERE batch_id = ?", (batch_id,))
    people = customers.only_in(write, batch_id)
    restored = write.execute(
        "SELECT * FROM revision WHERE batch_id = ? ORDER BY id DESC", (batch_id,)
    ).fetchall()
    for revision in restored:
        _restore(write, revision)
    gone = [
        row["id"]
        for row in write.execute(
            "SELECT id FROM feedback WHERE batch_id = ?", (batch_id,)
        )
    ]
    asleep = sleeping.in_threads_of(write, gone)
    forget(write, gone)
    threads.hand_on(write, gone, batch_id)
    copies.hand_on(write, gone)
    write.executemany("DELETE FROM feedback WHERE id = ?", ((key,) for key in gone))
    write.executemany("DELETE FROM queue WHERE group_id = ?", ((key,) for key in gone))
    queue.refresh(write, asleep)
    customers.forget(write, people)
    write.execute("UPDATE source SET cursor = NULL WHERE id = ?", (batch["source_id"],))
    write.execute(
        "UPDATE batch SET taken_back_at = ? WHERE id = ?",
        (codec.to_text(now), batch_id),
    )
    return len(gone) + len(restored)


def remove(write: sqlite3.Connection, feedback_id: int) -> None:
    """One feedback that was written here goes, as if nobody had written it."""
    said_by = {
        row[0]
        for row in write.execute(
            "SELECT customer_id FROM feedback WHERE id = :f UNION"
            " SELECT json_extract(before, '$.customer_id') FROM revision"
            " WHERE feedback_id = :f",
            {"f": feedback_id},
        )
        if row[0] is not None
    }
    forget(write, [feedback_id])
    write.execute("DELETE FROM feedback WHERE id = ?", (feedback_id,))
    write.execute("DELETE FROM queue WHERE group_id = ?", (feedback_id,))
    customers.forget(write, said_by)


def renumber(write: sqlite3.Connection, now: int, before: int) -> None:
    """What was written here again is called as it was, unless another is by now."""
    taken = write.execute(
        "SELECT 1 FROM feedback WHERE number = ?", (before,)
    ).fetchone()
    if before and not taken:
        numbers = (before, now)
        write.execute("UPDATE feedback SET number = ? WHERE number = ?", numbers)
        write.execute("UPDATE pending SET number = ? WHERE number = ?", numbers)


def resting_on(write: sqlite3.Connection, feedback_id: int) -> str:
    """What decisions rest on a feedback, counted: "1 evidence"; "" for none."""
    tied: Counter[str] = Counter()
    for table, column in HANGING:
        tied[table] += write.execute(
            f"SELECT count(*) FROM {table} WHERE {column} = ?", (feedback_id,)
        ).fetchone()[0]
    return ", ".join(f"{n} {table}" for table, n in tied.items() if n)


def _restore(write: sqlite3.Connection, revision: codec.Row) -> None:
    values = json.loads(revision["before"])
    values["hash"] = bytes.fromhex(values["hash"])
    if threads.is_joined(write, revision["feedback_id"]):
        # What it was joined with since stays one conversation.
        values.pop("thread")
    copies.restored(write, revision["feedback_id"], values)
    rewrite(
        write, revision["feedback_id"], values, revision["encoding"], revision["bytes"]
    )
    copies.settle(write, revision["feedback_id"])
    write.execute("DELETE FROM revision WHERE id = ?", (revision["id"],))


def _refuse_if_decided(write: sqlite3.Connection, batch_id: int) -> None:
    tied: Counter[str] = Counter()
    for table, column in HANGING:
        tied[table] += write.execute(
            f"SELECT count(*) FROM {table} d JOIN feedback f ON f.id = d.{column}"
            " WHERE f.batch_id = ?",
            (batch_id,),
        ).fetchone()[0]
    if tied.total():
        named = ", ".join(f"{n} {table}" for table, n in tied.items() if n)
        raise Conflict(
            f"import b{batch_id} has decisions resting on it ({named});"
            " undo them first (`triage log` lists them)"
        )
