"""The tables of the triage loop: tags, owners, notes, and what wakes the snoozed."""

from __future__ import annotations

STATEMENTS = (
    """
    CREATE TABLE label (
        feedback_id INTEGER PRIMARY KEY REFERENCES feedback(id),
        tags TEXT NOT NULL DEFAULT '[]',
        owner TEXT NOT NULL DEFAULT ''
    ) STRICT
    """,
    """
    CREATE TABLE note (
        id INTEGER PRIMARY KEY,
        feedback_id INTEGER NOT NULL REFERENCES feedback(id),
        text TEXT NOT NULL,
        at TEXT NOT NULL,
        by TEXT NOT NULL DEFAULT ''
    ) STRICT
    """,
    "CREATE INDEX note_feedback ON note(feedback_id)",
    # The last feedback known when it was put to sleep; NULL where only time wakes it.
    "ALTER TABLE disposition ADD COLUMN wakes_after INTEGER",
    """
    CREATE INDEX disposition_wakes ON disposition(wakes_after)
    WHERE wakes_after IS NOT NULL
    """,
    "CREATE INDEX feedback_thread ON feedback(source_id, thread) WHERE thread <> ''",
)
