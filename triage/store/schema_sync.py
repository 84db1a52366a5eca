"""What syncing keeps beside feedback: failures in a row, gaps told, what is gone."""

from __future__ import annotations

STATEMENTS = (
    "ALTER TABLE source ADD COLUMN failures INTEGER NOT NULL DEFAULT 0",
    # Not before then, unless a person asks.
    "ALTER TABLE source ADD COLUMN retry_at TEXT",
    "ALTER TABLE source ADD COLUMN gap_at TEXT",
    # The gap a person has read; told in the same words, it stays away.
    "ALTER TABLE source ADD COLUMN gap_cleared TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE batch ADD COLUMN failure TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE batch ADD COLUMN gone INTEGER NOT NULL DEFAULT 0",
    "CREATE INDEX batch_source ON batch(source_id, id)",
    # How much a source brought is counted from this alone, without its texts.
    "CREATE INDEX feedback_source ON feedback(source_id, kind)",
    # What its source no longer has. A table of its own: a column of feedback would
    # have every row of a large workspace checked when it is brought up to date.
    """
    CREATE TABLE gone (
        feedback_id INTEGER PRIMARY KEY REFERENCES feedback(id) ON DELETE CASCADE,
        batch_id INTEGER NOT NULL REFERENCES batch(id),
        at TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX gone_batch ON gone(batch_id)",
)
