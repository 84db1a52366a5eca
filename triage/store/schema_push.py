"""What services told of their own accord, until what they told of is fetched."""

from __future__ import annotations

STATEMENTS = (
    # Written before the service is told that we have it; done once that is stored.
    """
    CREATE TABLE push (
        id INTEGER PRIMARY KEY,
        source TEXT NOT NULL,
        delivery TEXT NOT NULL,
        about TEXT NOT NULL,
        at TEXT NOT NULL,
        done_at TEXT,
        UNIQUE (source, delivery)
    ) STRICT
    """,
    "CREATE INDEX push_waiting ON push(source, id) WHERE done_at IS NULL",
)
