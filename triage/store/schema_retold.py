"""The table of how feedback that was evidence was told before, as scores count it."""

from __future__ import annotations

from triage.store.driver import sqlite3

_WAS_EVIDENCE = (
    "EXISTS (SELECT 1 FROM change WHERE table_name = 'evidence' AND before IS NULL"
    " AND json_extract(after, '$.feedback_id') = old.id)"
)
_KEPT = (
    "INSERT INTO retold (feedback_id, number, customer_id, company, context)"
    " VALUES (old.id, old.number, old.customer_id, old.company, old.context);"
)

_STATEMENTS = (
    """
    CREATE INDEX change_quoted ON change(json_extract(after, '$.feedback_id'))
    WHERE table_name = 'evidence' AND before IS NULL
    """,
    """
    CREATE TABLE retold (
        id INTEGER PRIMARY KEY,
        feedback_id INTEGER NOT NULL,
        at TEXT,
        number INTEGER NOT NULL,
        customer_id INTEGER,
        company TEXT NOT NULL,
        context TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX retold_at ON retold(at)",
    # Whoever rewrites or drops feedback need not know of it.
    f"""
    CREATE TRIGGER feedback_retold
    AFTER UPDATE OF customer_id, company, context ON feedback
    WHEN (old.customer_id IS NOT new.customer_id OR old.company <> new.company
          OR old.context <> new.context) AND {_WAS_EVIDENCE}
    BEGIN {_KEPT} END
    """,
    f"""
    CREATE TRIGGER feedback_untold AFTER DELETE ON feedback
    WHEN {_WAS_EVIDENCE} BEGIN {_KEPT} END
    """,
    # What was told anew until now: as late as the run may have been that did so.
    """
    INSERT INTO retold (feedback_id, at, number, customer_id, company, context)
    SELECT r.feedback_id, coalesce(b.finished_at, b.started_at), f.number,
           r.before ->> '$.customer_id', r.before ->> '$.company',
           r.before ->> '$.context'
    FROM revision r
    JOIN batch b ON b.id = r.batch_id
    JOIN feedback f ON f.id = r.feedback_id
    WHERE EXISTS (SELECT 1 FROM change WHERE table_name = 'evidence'
                  AND before IS NULL
                  AND json_extract(after, '$.feedback_id') = r.feedback_id)
    ORDER BY r.id
    """,
)


def bring(write: sqlite3.Connection) -> None:
    """Make the table, and keep what revisions know of the time before it."""
    for statement in _STATEMENTS:
        write.execute(statement)
