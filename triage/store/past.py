"""
What decision tables held at a moment, exactly, as the journal knows.

From what they hold now, whatever was done, undone or done again later is walked back,
newest first. Steps keep their order by id, and so do turns; between the two the time
decides. What a clock that was put back dated before what it followed counts as being
of the same moment.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from heapq import merge
from operator import itemgetter
from typing import Any

from triage.store import codec
from triage.store.chunks import chunks, marks
from triage.store.driver import sqlite3
from triage.store.journal import KEYS

TABLES = (
    "pain_point", "evidence", "estimate", "roadmap_item", "roadmap_link", "story",
    "promise", "told", "person_ruling", "disposition", "label", "note", "highlight",
)  # fmt: skip
"""What is walked back: all that a backlog is made of, and what a query asks about."""

Values = dict[str, Any]


@dataclass(slots=True)
class _Row:
    """A row as it was: nothing, or ``values`` over what it holds now if ``is_kept``."""

    values: Values | None
    is_kept: bool = True


@dataclass(frozen=True, slots=True)
class Past:
    """
    How tables and steps differed at a moment from now.

    Attributes:
        rows: By table, the rows that differed by id.
        done: Steps that were done then and are not, or the other way round.
    """

    rows: Mapping[str, Mapping[int, _Row]] = field(default_factory=dict)
    done: Mapping[int, bool] = field(default_factory=dict)

    def was_done(self, step_id: int, state: str) -> bool:
        """Whether a step was done then that is in this state now."""
        return self.done.get(step_id, state == "done")

    def differs(self, table: str) -> bool:
        """Whether a table held anything else than it does."""
        return bool(self.rows.get(table))

    def table(
        self,
        read: sqlite3.Connection,
        name: str,
        columns: Sequence[str] = (),
        *,
        of: int | None = None,
    ) -> list[Mapping[str, Any]]:
        """
        All rows a table held, by their key.

        Args:
            columns: Those that are needed; the whole row without.
            of: The pain point whose rows they are; all there were without.
        """
        key = KEYS[name]
        owner = key if name == "pain_point" else "pain_point_id"
        wanted = ", ".join(dict.fromkeys((key, *columns))) if columns else "*"
        mine = "" if of is None else f" WHERE {owner} = :of"
        now = read.execute(
            f"SELECT {wanted} FROM {name}{mine} ORDER BY {key}", {"of": of}
        )
        differing = self.rows.get(name)
        if not differing:
            return now.fetchall()
        found = [row for row in now if row[key] not in differing]
        found += [
            row for row in self._then(read, name) if of is None or row[owner] == of
        ]
        return sorted(found, key=itemgetter(key))

    def _then(self, read: sqlite3.Connection, name: str) -> Iterator[Values]:
        """The rows that differed and were there, whole."""
        key = KEYS[name]
        differing = self.rows.get(name, {})
        kept = [row for row, was in differing.items() if was.values and was.is_kept]
        present: dict[int, Values] = {}
        for chunk in chunks(kept):
            present.update(
                (row[key], dict(row))
                for row in read.execute(
                    f"SELECT * FROM {name} WHERE {key} IN ({marks(chunk)})", chunk
                )
            )
        usual = _usual(read, name)
        for row, was in differing.items():
            if was.values is not None:
                under = present[row] if was.is_kept else usual
                yield {**under, **was.values, key: row}

    def told(self, read: sqlite3.Connection, name: str) -> str:
        """The rows of a table that differed and were there, as a JSON array."""
        return codec.to_json(list(self._then(read, name)))


NOW = Past()
"""Where no moment is asked for, everything is as it is."""


def then(
    read: sqlite3.Connection, at: datetime | None, tables: Sequence[str] = TABLES
) -> Past:
    """
    How these tables were at a moment, with what was decided at that very moment.

    None is now; a table that is not named is taken to be as it is.
    """
    if at is None:
        return NOW
    turns = _later(read, codec.to_text(at) or "")
    if not turns:
        return NOW
    changed = _changes(read, sorted({step_id for _, step_id, _ in turns}), tables)
    rows: dict[str, dict[int, _Row]] = {table: {} for table in tables}
    done: dict[int, bool] = {}
    for _, step_id, is_done in reversed(turns):
        changes = changed.get(step_id, ())
        for table, row, before, after in reversed(changes) if is_done else changes:
            _walk(rows[table], row, *((before, after) if is_done else (after, before)))
        done[step_id] = not is_done
    return Past(rows, done)


def _later(read: sqlite3.Connection, at: str) -> list[tuple[str, int, bool]]:
    """When which step was done (True) or undone after a moment, the oldest first."""
    steps: list[tuple[str, int, bool]] = []
    dated: dict[int, str] = {}
    latest = at
    for row in read.execute(
        "SELECT at, id FROM step"
        " WHERE id >= (SELECT min(id) FROM step WHERE at > ?) ORDER BY id",
        (at,),
    ):
        latest = dated[row["id"]] = max(latest, row["at"])
        steps.append((latest, row["id"], True))
    turns: list[tuple[str, int, bool]] = []
    latest = at
    for row in read.execute(
        "SELECT at, step_id, done FROM turn WHERE id >= ("
        " SELECT min(id) FROM turn WHERE at > ? OR step_id >= ?) ORDER BY id",
        (at, min(dated, default=2**62)),
    ):
        # Nothing is undone before it was done, whatever a clock said.
        latest = max(latest, row["at"], dated.get(row["step_id"], at))
        turns.append((latest, row["step_id"], bool(row["done"])))
    return list(merge(steps, turns, key=itemgetter(0)))


_Change = tuple[str, int, Values | None, Values | None]


def _changes(
    read: sqlite3.Connection, step_ids: Sequence[int], tables: Sequence[str]
) -> dict[int, list[_Change]]:
    """What each of these steps changed in these tables, in order."""
    found: dict[int, list[_Change]] = {}
    loads = json.loads
    for chunk in chunks(step_ids):
        for step_id, table, row, before, after in read.execute(
            "SELECT step_id, table_name, row_id, before, after FROM change"
            f" WHERE step_id IN ({marks(chunk)}) AND table_name IN ({marks(tables)})"
            " ORDER BY step_id, position",
            (*chunk, *tables),
        ):
            found.setdefault(step_id, []).append(
                (table, row, before and loads(before), after and loads(after))
            )
    return found


def _walk(
    rows: dict[int, _Row], row: int, before: Values | None, after: Values | None
) -> None:
    """Take one change of a row back; whatever came after it is taken back already."""
    if before is None:
        rows[row] = _Row(None)
    elif after is None:
        rows[row] = _Row(dict(before), is_kept=False)
    else:
        was = rows.setdefault(row, _Row({}))
        assert was.values is not None, "a change of a row that was not there"
        was.values.update(before)


def _usual(read: sqlite3.Connection, name: str) -> Values:
    """What columns hold of which nobody says anything."""
    told = read.execute("SELECT name, dflt_value FROM pragma_table_info(?)", (name,))
    columns = told.fetchall()
    values = ", ".join(row["dflt_value"] or "NULL" for row in columns)
    row = read.execute(f"SELECT {values}").fetchone()
    return {column["name"]: value for column, value in zip(columns, row, strict=True)}
