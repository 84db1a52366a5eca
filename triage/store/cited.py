"""Which entries of empathy maps cite a highlight, and why it cannot go meanwhile."""

from __future__ import annotations

from collections.abc import Sequence

from triage.errors import Conflict
from triage.operations.labels import quoted
from triage.research import Highlight
from triage.step import Change
from triage.store.driver import sqlite3

_CITING = (
    "SELECT n.id, n.text, p.name FROM empathy_note n"
    " JOIN persona p ON p.id = n.persona_id"
    " WHERE EXISTS (SELECT 1 FROM json_each(n.highlights) WHERE value = ?)"
    " ORDER BY n.id"
)


def by_entries(read: sqlite3.Connection, highlight_id: int) -> list[str]:
    """The entries that cite it, as people know them: ``m4 “…” of Ann``."""
    return [
        f"m{row['id']} {quoted(row['text'])} of {row['name']}"
        for row in read.execute(_CITING, (highlight_id,))
    ]


def citing(read: sqlite3.Connection, highlights: Sequence[Highlight]) -> str:
    """Which of these highlights entries cite: ``h3 (m1)``; "" for none."""
    return ", ".join(
        f"{one.short} (m{row['id']})"
        for one in highlights
        for row in read.execute(_CITING, (one.id,))
    )


def refuse_if_cited(write: sqlite3.Connection, changes: Sequence[Change]) -> None:
    """
    Raise where a highlight has gone that an entry cites still.

    Undoing is no way round: what an entry rests on goes after the entry.
    """
    for change in changes:
        if change.table != "highlight" or change.after is not None:
            continue
        naming = by_entries(write, change.row)
        if naming:
            raise Conflict(
                f"h{change.row} stays: it is cited by {', '.join(naming)};"
                " take it out there first"
            )
