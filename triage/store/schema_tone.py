"""The tables of language and sentiment: what was read, and what a person says."""

from __future__ import annotations

SURE = 0.4
"""A language told with less confidence is not shown, counted or found."""

STATEMENTS = (
    """
    CREATE TABLE correction (
        feedback_id INTEGER PRIMARY KEY REFERENCES feedback(id),
        language TEXT NOT NULL DEFAULT '',
        sentiment TEXT NOT NULL DEFAULT ''
    ) STRICT
    """,
    # Version 0: stored, but not read yet.
    """
    CREATE TABLE tone (
        feedback_id INTEGER PRIMARY KEY REFERENCES feedback(id) ON DELETE CASCADE,
        language TEXT NOT NULL DEFAULT '',
        confidence REAL NOT NULL DEFAULT 0,
        sentiment TEXT NOT NULL DEFAULT '',
        score REAL NOT NULL DEFAULT 0,
        version INTEGER NOT NULL DEFAULT 0
    ) STRICT
    """,
    "CREATE INDEX tone_version ON tone(version)",
    """
    CREATE TRIGGER tone_added AFTER INSERT ON feedback
    WHEN new.kind = 'feedback' BEGIN
        INSERT INTO tone (feedback_id) VALUES (new.id);
    END
    """,
    """
    CREATE TRIGGER tone_edited
    AFTER UPDATE OF title, body, kind, rating, scale, language ON feedback BEGIN
        DELETE FROM tone WHERE feedback_id = old.id;
        INSERT INTO tone (feedback_id) SELECT new.id WHERE new.kind = 'feedback';
    END
    """,
    f"""
    CREATE VIEW tone_now AS
    SELECT t.feedback_id,
           coalesce(nullif(c.language, ''),
               CASE WHEN t.confidence >= {SURE} THEN t.language ELSE '' END
           ) AS language,
           coalesce(nullif(c.sentiment, ''), t.sentiment) AS sentiment
    FROM tone t LEFT JOIN correction c ON c.feedback_id = t.feedback_id
    """,
    "INSERT INTO tone (feedback_id) SELECT id FROM feedback WHERE kind = 'feedback'",
)
