"""
The journal: the only writer of decision tables, and so the only way to decide.

A step is never deleted: it is done, then undone, then perhaps done again; a new step
after an undo leaves the undone ones abandoned. Undoing applies the inverse changes in
reverse order and refuses with ``Conflict`` where a row is not as the step left it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from triage.errors import Conflict, NotFound
from triage.step import Change, Step
from triage.store import codec, deliveries
from triage.store.derive import follow
from triage.store.driver import sqlite3

KEYS = {
    "disposition": "feedback_id",
    "ruling": "id",
    "pain_point": "id",
    "evidence": "id",
    "roadmap_item": "id",
    "roadmap_link": "id",
    "correction": "feedback_id",
    "label": "feedback_id",
    "note": "id",
    "draft": "id",
    "person_ruling": "id",
    "company": "id",
    "estimate": "id",
    "story": "id",
    "promise": "id",
    "told": "id",
    "session": "id",
    "consent": "feedback_id",
    "highlight": "id",
    "guide": "id",
    "persona": "id",
    "empathy_note": "id",
    "listened": "id",
}
"""Decision tables and the column that names a row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """
    A step as the journal keeps it.

    Attributes:
        state: done, undone or abandoned.
        rows: How many rows it changed.
    """

    id: int
    verb: str
    label: str
    at: datetime
    by: str
    state: str
    rows: int


def do(write: sqlite3.Connection, step: Step, by: str, at: datetime) -> int:
    """Apply a step and keep it; its id. What was undone before is abandoned."""
    _apply(write, step.changes)
    write.execute("UPDATE step SET state = 'abandoned' WHERE state = 'undone'")
    made = write.execute(
        "INSERT INTO step (verb, label, at, by, state) VALUES (?, ?, ?, ?, 'done')",
        (step.verb, step.label, codec.to_text(at), by),
    )
    step_id = int(made.lastrowid or 0)
    write.executemany(
        "INSERT INTO change VALUES (?, ?, ?, ?, ?, ?)",
        (
            (step_id, position, change.table, change.row,
             _stored(change.before), _stored(change.after))
            for position, change in enumerate(step.changes)
        ),
    )  # fmt: skip
    return step_id


def undo(
    write: sqlite3.Connection, at: datetime, step_id: int | None = None
) -> Entry | None:
    """Take back a step, the last one done unless named; None when there is none."""
    if step_id is None:
        row = write.execute(
            "SELECT id FROM step WHERE state = 'done' ORDER BY id DESC LIMIT 1"
        ).fetchone()
        if row is None:
            return None
        step_id = row["id"]
    found = entry(write, step_id)
    if found.state != "done":
        raise Conflict(f"step {step_id} is {found.state} already")
    _refuse_if_built_upon(write, step_id)
    back = [one.inverse() for one in reversed(changes(write, step_id))]
    settled = deliveries.settled(write, back)
    if settled:
        raise Conflict(
            f"step {step_id} “{found.label}” stays: {settled}{_earlier(write, step_id)}"
        )
    _apply(write, back)
    write.execute(
        "UPDATE step SET state = 'undone', undone_at = ? WHERE id = ?",
        (codec.to_text(at), step_id),
    )
    _turn(write, step_id, at, done=False)
    return found


def redo(write: sqlite3.Connection, at: datetime) -> Entry | None:
    """Do again what was undone last; None when there is nothing."""
    row = write.execute(
        "SELECT id FROM step WHERE state = 'undone' ORDER BY undone_at DESC, id LIMIT 1"
    ).fetchone()
    if row is None:
        return None
    _apply(write, changes(write, row["id"]))
    write.execute(
        "UPDATE step SET state = 'done', undone_at = NULL WHERE id = ?", (row["id"],)
    )
    _turn(write, row["id"], at, done=True)
    return entry(write, row["id"])


def reserve(write: sqlite3.Connection, table: str, count: int = 1) -> int:
    """The first of ``count`` ids for new rows of a table, never handed out again."""
    if table not in KEYS:
        raise KeyError(table)
    row = write.execute("SELECT next FROM counter WHERE name = ?", (table,)).fetchone()
    last = write.execute(f"SELECT coalesce(max({KEYS[table]}), 0) FROM {table}")
    first = max(row["next"] if row else 1, last.fetchone()[0] + 1)
    write.execute(
        "INSERT INTO counter VALUES (?, ?)"
        " ON CONFLICT (name) DO UPDATE SET next = excluded.next",
        (table, first + count),
    )
    return int(first)


def entry(read: sqlite3.Connection, step_id: int) -> Entry:
    """The step with this id."""
    row = read.execute(
        "SELECT s.*, (SELECT count(*) FROM change WHERE step_id = s.id) AS rows"
        " FROM step s WHERE id = ?",
        (step_id,),
    ).fetchone()
    if row is None:
        raise NotFound(f"no step {step_id}; `triage log` lists them")
    return entry_of(row)


def history(
    read: sqlite3.Connection, *, limit: int = 100, before: int | None = None
) -> list[Entry]:
    """The newest steps first; ``before`` continues an earlier page."""
    rows = read.execute(
        "SELECT s.*, (SELECT count(*) FROM change WHERE step_id = s.id) AS rows"
        " FROM step s WHERE id < ? ORDER BY id DESC LIMIT ?",
        (before or 2**62, limit),
    )
    return [entry_of(row) for row in rows]


def entry_of(row: codec.Row) -> Entry:
    """A row of ``step`` with its count of ``rows``."""
    return Entry(
        id=row["id"],
        verb=row["verb"],
        label=row["label"],
        at=codec.must_be_time(row["at"]),
        by=row["by"],
        state=row["state"],
        rows=row["rows"],
    )


def changes(read: sqlite3.Connection, step_id: int) -> list[Change]:
    """What a step changed, in order."""
    rows = read.execute(
        "SELECT * FROM change WHERE step_id = ? ORDER BY position", (step_id,)
    )
    return [
        Change(row["table_name"], row["row_id"], _values(row["before"]),
               _values(row["after"]))
        for row in rows
    ]  # fmt: skip


def _turn(write: sqlite3.Connection, step_id: int, at: datetime, *, done: bool) -> None:
    """Keep that a step was undone or done again then."""
    write.execute(
        "INSERT INTO turn (step_id, at, done) VALUES (?, ?, ?)",
        (step_id, codec.to_text(at), int(done)),
    )


def _stored(values: Mapping[str, Any] | None) -> str | None:
    return None if values is None else codec.to_json(dict(values))


def _values(stored: str | None) -> dict[str, Any] | None:
    return None if stored is None else dict(json.loads(stored))


def _apply(write: sqlite3.Connection, steps: Sequence[Change]) -> None:
    """Apply changes in order, alike ones in one statement; then what follows."""
    settled = deliveries.settled(write, steps)
    if settled:
        raise Conflict(settled)
    try:
        for (table, shape), alike in groupby(steps, key=_shape):
            _apply_alike(write, table, shape, list(alike))
    except sqlite3.IntegrityError as error:
        raise Conflict(
            _resting(write, steps)
            or f"what this rests on is gone ({error}); look at it again, then decide"
        ) from error
    follow(write, steps)


def _earlier(write: sqlite3.Connection, step_id: int) -> str:
    """How to go on undoing before a step that stays; "" where nothing is before it."""
    row = write.execute(
        "SELECT max(id) FROM step WHERE state = 'done' AND id < ?", (step_id,)
    ).fetchone()
    return f"; `triage undo {row[0]}` takes back the step before it" if row[0] else ""


def _shape(change: Change) -> tuple[str, tuple[str, ...]]:
    """What makes two changes alike: the kind of change and the columns it touches."""
    if change.table not in KEYS:
        raise KeyError(change.table)
    if change.before is None:
        kind, columns = "insert", change.after or {}
    elif change.after is None:
        kind, columns = "delete", change.before
    else:
        kind, columns = "update", change.after
    return change.table, (kind, *columns)


def _apply_alike(
    write: sqlite3.Connection,
    table: str,
    shape: tuple[str, ...],
    alike: Sequence[Change],
) -> None:
    kind, *columns = shape
    key = KEYS[table]
    if kind == "insert":
        names = ", ".join((key, *columns))
        marks = ", ".join("?" * (len(columns) + 1))
        statement = f"INSERT OR IGNORE INTO {table} ({names}) VALUES ({marks})"
        rows: Iterator[tuple[Any, ...]] = (
            (change.row, *(change.after or {}).values()) for change in alike
        )
    elif kind == "delete":
        same = " AND ".join(f"{column} IS ?" for column in (key, *columns))
        statement = f"DELETE FROM {table} WHERE {same}"
        rows = ((change.row, *(change.before or {}).values()) for change in alike)
    else:
        assigned = ", ".join(f"{column} = ?" for column in columns)
        same = " AND ".join(f"{column} IS ?" for column in (key, *columns))
        statement = f"UPDATE {table} SET {assigned} WHERE {same}"
        rows = (
            (*(change.after or {}).values(), change.row,
             *((change.before or {})[column] for column in columns))
            for change in alike
        )  # fmt: skip
    done = write.executemany(statement, rows).rowcount
    if done != len(alike):
        what = f"{table.replace('_', ' ')} {alike[0].row}"
        if len(alike) > 1:
            what = f"one of {len(alike)} rows of {table.replace('_', ' ')}"
        raise Conflict(f"{what} has changed meanwhile; look at it again, then decide")


def _refuse_if_built_upon(write: sqlite3.Connection, step_id: int) -> None:
    """
    Raise, naming the later step, where one has set again what this one set.

    Values alone do not tell: set to and fro, a row looks as this step left it, but
    the steps between could never be undone any more.
    """
    for row in write.execute(
        "SELECT s.id, s.label, c.before, c.after, l.before AS later_before,"
        " l.after AS later_after FROM change c JOIN change l"
        "  ON l.table_name = c.table_name AND l.row_id = c.row_id"
        "  AND l.step_id > c.step_id"
        " JOIN step s ON s.id = l.step_id AND s.state = 'done'"
        " WHERE c.step_id = ? ORDER BY s.id",
        (step_id,),
    ):
        before, after = _values(row["before"]), _values(row["after"])
        later = _values(row["later_before"]), _values(row["later_after"])
        # A row that comes or goes does so with all its columns.
        if None in (before, after, *later) or not set(after or ()).isdisjoint(
            later[1] or ()
        ):
            raise Conflict(_rests(row))


_RESTS_ON = (
    ("pain_point", "evidence", "pain_point_id"),
    ("pain_point", "roadmap_link", "pain_point_id"),
    ("pain_point", "draft", "pain_point_id"),
    ("pain_point", "estimate", "pain_point_id"),
    ("pain_point", "story", "pain_point_id"),
    ("pain_point", "promise", "pain_point_id"),
    ("pain_point", "told", "pain_point_id"),
    ("draft", "told", "draft_id"),
    ("roadmap_item", "roadmap_link", "roadmap_item_id"),
    ("persona", "empathy_note", "persona_id"),
)
"""A row of the first table cannot go while one of the second names it."""


def _resting(write: sqlite3.Connection, steps: Sequence[Change]) -> str:
    """A sentence naming the step that made what rests on a row that should go."""
    gone = {(change.table, change.row) for change in steps if change.after is None}
    for below, above, column in _RESTS_ON:
        for row in (row for table, row in gone if table == below):
            later = write.execute(
                "SELECT s.id, s.label FROM step s JOIN change c ON c.step_id = s.id"
                f" JOIN {above} a ON a.id = c.row_id AND a.{column} = ?"
                " WHERE c.table_name = ? AND c.before IS NULL AND s.state = 'done'"
                " ORDER BY s.id DESC LIMIT 1",
                (row, above),
            ).fetchone()
            if later:
                return _rests(later)
    return ""


def _rests(later: codec.Row) -> str:
    return (
        f"step {later['id']} “{later['label']}” came later and rests on"
        f" this one; undo it first (`triage undo {later['id']}`)"
    )
