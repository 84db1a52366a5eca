"""The tables of the journal: steps, what each changed, and ids given once."""

from __future__ import annotations

STATEMENTS = (
    """
    CREATE TABLE step (
        id INTEGER PRIMARY KEY,
        verb TEXT NOT NULL,
        label TEXT NOT NULL,
        at TEXT NOT NULL,
        by TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('done', 'undone', 'abandoned')),
        undone_at TEXT
    ) STRICT
    """,
    "CREATE INDEX step_state ON step(state, id)",
    """
    CREATE TABLE change (
        step_id INTEGER NOT NULL REFERENCES step(id),
        position INTEGER NOT NULL,
        table_name TEXT NOT NULL,
        row_id INTEGER NOT NULL,
        before TEXT,
        after TEXT,
        PRIMARY KEY (step_id, position)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX change_row ON change(table_name, row_id)",
    # Ids of rows people make are handed out once and never again.
    "CREATE TABLE counter (name TEXT PRIMARY KEY, next INTEGER NOT NULL) STRICT",
)
