"""The outbox, what of another source a feedback is a copy of, and calls counted."""

from __future__ import annotations

STATEMENTS = (
    # What a person wrote for another service; a decision, so it can be undone.
    """
    CREATE TABLE draft (
        id INTEGER PRIMARY KEY,
        source TEXT NOT NULL,
        act TEXT NOT NULL,
        key TEXT NOT NULL UNIQUE,
        feedback_id INTEGER REFERENCES feedback(id),
        pain_point_id INTEGER REFERENCES pain_point(id),
        title TEXT NOT NULL DEFAULT '',
        text TEXT NOT NULL,
        details TEXT NOT NULL DEFAULT '{}',
        dropped INTEGER NOT NULL DEFAULT 0,
        at TEXT NOT NULL,
        by TEXT NOT NULL DEFAULT ''
    ) STRICT
    """,
    "CREATE INDEX draft_feedback ON draft(feedback_id)",
    # What became of it: written before anything is sent, and after; never undone.
    """
    CREATE TABLE delivery (
        draft_id INTEGER PRIMARY KEY,
        state TEXT NOT NULL CHECK (state IN ('sending', 'sent', 'failed')),
        sent TEXT NOT NULL,
        tries INTEGER NOT NULL DEFAULT 1,
        started_at TEXT NOT NULL,
        ended_at TEXT,
        by TEXT NOT NULL DEFAULT '',
        receipt TEXT NOT NULL DEFAULT '{}',
        failure TEXT NOT NULL DEFAULT ''
    ) STRICT
    """,
    # Names sources share; the id is 64 bits of a name's hash.
    """
    CREATE TABLE shared_name (
        id INTEGER PRIMARY KEY,
        feedback_id INTEGER NOT NULL REFERENCES feedback(id) ON DELETE CASCADE
    ) STRICT
    """,
    "CREATE INDEX shared_name_feedback ON shared_name(feedback_id)",
    """
    CREATE TABLE copy (
        feedback_id INTEGER PRIMARY KEY REFERENCES feedback(id) ON DELETE CASCADE,
        of_id INTEGER NOT NULL REFERENCES feedback(id) ON DELETE CASCADE
    ) STRICT
    """,
    "CREATE INDEX copy_of ON copy(of_id)",
    # Calls made lately by minute, and what the service said was left of how many.
    """
    CREATE TABLE budget (
        name TEXT PRIMARY KEY,
        calls TEXT NOT NULL,
        said_left INTEGER,
        said_of INTEGER,
        said_at TEXT
    ) STRICT
    """,
)
