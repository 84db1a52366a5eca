"""The tables of estimates, stories, promises and what trackers say; undoing, dated."""

from __future__ import annotations

from triage.store.driver import sqlite3

_STATEMENTS = (
    """
    CREATE TABLE estimate (
        id INTEGER PRIMARY KEY,
        pain_point_id INTEGER NOT NULL REFERENCES pain_point(id),
        name TEXT NOT NULL,
        value REAL NOT NULL,
        evidence TEXT NOT NULL DEFAULT '[]',
        reason TEXT NOT NULL DEFAULT '',
        at TEXT NOT NULL,
        by TEXT NOT NULL DEFAULT '',
        UNIQUE (pain_point_id, name)
    ) STRICT
    """,
    """
    CREATE TABLE story (
        id INTEGER PRIMARY KEY,
        pain_point_id INTEGER NOT NULL REFERENCES pain_point(id),
        role TEXT NOT NULL,
        want TEXT NOT NULL,
        benefit TEXT NOT NULL DEFAULT '',
        context TEXT NOT NULL DEFAULT '',
        criteria TEXT NOT NULL DEFAULT '[]',
        evidence TEXT NOT NULL DEFAULT '[]',
        assumption INTEGER NOT NULL DEFAULT 0,
        at TEXT NOT NULL,
        by TEXT NOT NULL DEFAULT ''
    ) STRICT
    """,
    "CREATE INDEX story_pain_point ON story(pain_point_id)",
    """
    CREATE TABLE promise (
        id INTEGER PRIMARY KEY,
        pain_point_id INTEGER NOT NULL REFERENCES pain_point(id),
        feedback_id INTEGER NOT NULL REFERENCES feedback(id),
        text TEXT NOT NULL,
        at TEXT NOT NULL,
        by TEXT NOT NULL DEFAULT ''
    ) STRICT
    """,
    "CREATE INDEX promise_pain_point ON promise(pain_point_id)",
    "CREATE INDEX promise_feedback ON promise(feedback_id)",
    """
    CREATE TABLE told (
        id INTEGER PRIMARY KEY,
        pain_point_id INTEGER NOT NULL REFERENCES pain_point(id),
        feedback_id INTEGER NOT NULL REFERENCES feedback(id),
        how TEXT NOT NULL,
        draft_id INTEGER REFERENCES draft(id),
        at TEXT NOT NULL,
        by TEXT NOT NULL DEFAULT ''
    ) STRICT
    """,
    "CREATE INDEX told_pain_point ON told(pain_point_id)",
    "CREATE INDEX told_feedback ON told(feedback_id)",
    # What a tracker said last of what is planned there.
    """
    CREATE TABLE tracked (
        source TEXT NOT NULL,
        key TEXT NOT NULL,
        title TEXT NOT NULL DEFAULT '',
        state TEXT NOT NULL DEFAULT '',
        status TEXT NOT NULL DEFAULT '',
        url TEXT NOT NULL DEFAULT '',
        owner TEXT NOT NULL DEFAULT '',
        target TEXT NOT NULL DEFAULT '',
        updated_at TEXT,
        seen_at TEXT NOT NULL,
        gone_at TEXT,
        PRIMARY KEY (source, key)
    ) STRICT, WITHOUT ROWID
    """,
    # Each status it was seen in, and since when.
    """
    CREATE TABLE tracked_state (
        id INTEGER PRIMARY KEY,
        source TEXT NOT NULL,
        key TEXT NOT NULL,
        state TEXT NOT NULL,
        status TEXT NOT NULL,
        at TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX tracked_state_key ON tracked_state(source, key, id)",
    # A step may be undone and done again: each such turn, for what was true then.
    """
    CREATE TABLE turn (
        id INTEGER PRIMARY KEY,
        step_id INTEGER NOT NULL REFERENCES step(id),
        at TEXT NOT NULL,
        done INTEGER NOT NULL
    ) STRICT
    """,
    "CREATE INDEX turn_at ON turn(at)",
    """
    INSERT INTO turn (step_id, at, done)
    SELECT id, undone_at, 0 FROM step WHERE undone_at IS NOT NULL ORDER BY undone_at
    """,
    "CREATE INDEX step_at ON step(at)",
    # The weights rankings were made with, and since when.
    """
    CREATE TABLE weighing (
        id INTEGER PRIMARY KEY,
        at TEXT NOT NULL,
        hash TEXT NOT NULL,
        weights TEXT NOT NULL
    ) STRICT
    """,
    "ALTER TABLE roadmap_item ADD COLUMN owner TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE roadmap_item ADD COLUMN target TEXT NOT NULL DEFAULT ''",
)


def bring(write: sqlite3.Connection) -> None:
    """Make the tables; date what was undone before."""
    for statement in _STATEMENTS:
        write.execute(statement)
