"""The tables of research and empathy: sessions, consent, highlights, personas."""

from __future__ import annotations

# Feedback of a session is written right after it, in the same transaction.
_LATER = "REFERENCES feedback(id) DEFERRABLE INITIALLY DEFERRED"

STATEMENTS = (
    f"""
    CREATE TABLE session (
        id INTEGER PRIMARY KEY,
        feedback_id INTEGER NOT NULL UNIQUE {_LATER},
        key TEXT NOT NULL UNIQUE,
        kind TEXT NOT NULL,
        title TEXT NOT NULL DEFAULT '',
        text TEXT NOT NULL,
        participant TEXT NOT NULL DEFAULT '',
        email TEXT NOT NULL DEFAULT '',
        company TEXT NOT NULL DEFAULT '',
        segment TEXT NOT NULL DEFAULT '',
        language TEXT NOT NULL DEFAULT '',
        held_at TEXT NOT NULL,
        guide TEXT NOT NULL DEFAULT '',
        asked TEXT NOT NULL DEFAULT '',
        confirmed INTEGER,
        surprise TEXT NOT NULL DEFAULT '',
        circumstances TEXT NOT NULL DEFAULT '{{}}',
        told TEXT NOT NULL DEFAULT '{{}}',
        follow_ups TEXT NOT NULL DEFAULT '[]',
        at TEXT NOT NULL,
        by TEXT NOT NULL DEFAULT ''
    ) STRICT
    """,
    # A person's word on anybody heard in person, whoever wrote that down.
    f"""
    CREATE TABLE consent (
        feedback_id INTEGER PRIMARY KEY {_LATER},
        consent TEXT NOT NULL,
        at TEXT NOT NULL,
        by TEXT NOT NULL DEFAULT ''
    ) STRICT
    """,
    f"""
    CREATE TABLE highlight (
        id INTEGER PRIMARY KEY,
        feedback_id INTEGER NOT NULL {_LATER},
        quote TEXT NOT NULL,
        start INTEGER NOT NULL,
        end INTEGER NOT NULL,
        tags TEXT NOT NULL DEFAULT '[]',
        feeling TEXT NOT NULL DEFAULT '',
        intensity INTEGER NOT NULL DEFAULT 0,
        meaning TEXT NOT NULL DEFAULT '',
        competitor TEXT NOT NULL DEFAULT '',
        aspect TEXT NOT NULL DEFAULT '',
        stance TEXT NOT NULL DEFAULT '',
        at TEXT NOT NULL,
        by TEXT NOT NULL DEFAULT ''
    ) STRICT
    """,
    "CREATE INDEX highlight_feedback ON highlight(feedback_id)",
    """
    CREATE TABLE guide (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL UNIQUE,
        kind TEXT NOT NULL,
        language TEXT NOT NULL DEFAULT 'en',
        text TEXT NOT NULL,
        at TEXT NOT NULL,
        by TEXT NOT NULL DEFAULT ''
    ) STRICT
    """,
    """
    CREATE TABLE persona (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL UNIQUE,
        query TEXT NOT NULL DEFAULT '',
        role TEXT NOT NULL DEFAULT '',
        reviewed_at TEXT,
        at TEXT NOT NULL,
        by TEXT NOT NULL DEFAULT ''
    ) STRICT
    """,
    """
    CREATE TABLE empathy_note (
        id INTEGER PRIMARY KEY,
        persona_id INTEGER NOT NULL REFERENCES persona(id),
        area TEXT NOT NULL,
        text TEXT NOT NULL,
        highlights TEXT NOT NULL DEFAULT '[]',
        at TEXT NOT NULL,
        by TEXT NOT NULL DEFAULT ''
    ) STRICT
    """,
    "CREATE INDEX empathy_note_persona ON empathy_note(persona_id)",
    """
    CREATE TABLE listened (
        id INTEGER PRIMARY KEY,
        seconds INTEGER NOT NULL,
        feedback TEXT NOT NULL DEFAULT '[]',
        noted INTEGER NOT NULL DEFAULT 0,
        at TEXT NOT NULL,
        by TEXT NOT NULL DEFAULT ''
    ) STRICT
    """,
)

LATER = tuple(
    f"ALTER TABLE session ADD COLUMN {column}"
    for column in (
        "rating REAL",
        "scale TEXT NOT NULL DEFAULT ''",
        "metric TEXT NOT NULL DEFAULT ''",
        "digest TEXT NOT NULL DEFAULT ''",
        "number INTEGER NOT NULL DEFAULT 0",
    )
)
"""What a session was rated, its file's digest, and its feedback's number."""
