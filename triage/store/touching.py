"""Which steps touched one thing, and which feedback a step touched."""

from __future__ import annotations

from triage.store.driver import sqlite3
from triage.store.journal import KEYS, Entry, changes, entry_of

TOUCHED = {
    "feedback": """
        SELECT step_id FROM change
        WHERE table_name IN ('disposition', 'correction', 'label') AND row_id = :row
        OR (table_name, row_id) IN (
            SELECT table_name, row_id FROM change
            WHERE table_name IN
                ('note', 'evidence', 'ruling', 'draft', 'promise', 'told',
                 'highlight')
            AND before IS NULL
            AND :row IN (json_extract(after, '$.feedback_id'),
                         json_extract(after, '$.left_id'),
                         json_extract(after, '$.right_id')))
    """,
    # Its terms are those of the index change_about.
    "pain_point": """
        SELECT step_id FROM change WHERE table_name = :table AND row_id = :row
        UNION
        SELECT later.step_id FROM change made
        CROSS JOIN change later
            ON later.table_name = made.table_name AND later.row_id = made.row_id
        WHERE made.before IS NULL
        AND made.table_name IN
            ('evidence', 'estimate', 'roadmap_link', 'story', 'promise', 'told',
             'draft')
        AND json_extract(made.after, '$.pain_point_id') = :row
    """,
    "persona": """
        SELECT step_id FROM change WHERE table_name = :table AND row_id = :row
        OR (table_name, row_id) IN (
            SELECT table_name, row_id FROM change
            WHERE table_name = 'empathy_note' AND before IS NULL
            AND json_extract(after, '$.persona_id') = :row)
    """,
}
"""
Steps by the table whose row they touched, with what rests on it.

That names the row in the change that made it; later ones need not.
"""


def history_of(read: sqlite3.Connection, table: str, row_id: int) -> list[Entry]:
    """
    Every step that touched one row, newest first; ``table`` may be feedback.

    Of a feedback, a pain point and a persona also what touched whatever rests on it.
    """
    touched = TOUCHED.get(
        table,
        "SELECT step_id FROM change WHERE table_name = :table AND row_id = :row",
    )
    rows = read.execute(
        "SELECT s.*, (SELECT count(*) FROM change WHERE step_id = s.id) AS rows"
        f" FROM step s WHERE id IN ({touched}) ORDER BY id DESC",
        {"table": table, "row": row_id},
    )
    return [entry_of(row) for row in rows]


def touched(read: sqlite3.Connection, step_id: int) -> list[int]:
    """The feedback a step moved, labelled, corrected, noted on or answered, once."""
    about: dict[int, None] = {}
    for change in changes(read, step_id):
        if KEYS[change.table] == "feedback_id":
            about[change.row] = None
        elif change.table in {"note", "draft", "promise", "told", "highlight"}:
            made = read.execute(
                "SELECT json_extract(after, '$.feedback_id') FROM change"
                " WHERE table_name = ? AND row_id = ? AND before IS NULL",
                (change.table, change.row),
            ).fetchone()
            if made[0] is not None:
                about[made[0]] = None
    return list(about)
