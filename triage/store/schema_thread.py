"""Which feedback a message's name leads to, so that conversations are found whole."""

from __future__ import annotations

from triage.store.driver import sqlite3
from triage.store.threads import Joined, key

_STATEMENTS = (
    # The id is ``threads.key`` of a source and a name; a thread is its feedback's.
    """
    CREATE TABLE mention (
        id INTEGER PRIMARY KEY,
        feedback_id INTEGER NOT NULL REFERENCES feedback(id) ON DELETE CASCADE
    ) STRICT
    """,
    "CREATE INDEX mention_feedback ON mention(feedback_id)",
)

_MAILS = """
    SELECT id, source_id, thread, json_extract(context, '$.message_id') AS name
    FROM feedback WHERE channel = 'email' AND thread <> ''
"""


def bring(write: sqlite3.Connection) -> None:
    """Make the table, and fill it from what is stored: 20 s of CPU a million mails."""
    for statement in _STATEMENTS:
        write.execute(statement)
    put_together(write)


def put_together(write: sqlite3.Connection) -> None:
    """
    Join the conversations of mails stored before: each by its own name and the one
    its thread had, which is that of a message it answers.
    """
    joined = Joined()
    for row in write.execute(_MAILS):
        if row["name"]:
            source = row["source_id"]
            joined.join(key(source, row["name"]), key(source, row["thread"]))
    mentions: dict[int, int] = {}
    called: dict[int | str, str] = {}
    renamed: list[tuple[str, int]] = []
    for feedback_id, source, thread, name in write.execute(_MAILS):
        said = key(source, thread)
        mentions.setdefault(said, feedback_id)
        if name:
            mentions.setdefault(key(source, name), feedback_id)
        kept = called.setdefault(joined.first(said), thread)
        if kept != thread:
            renamed.append((kept, feedback_id))
    write.executemany("UPDATE feedback SET thread = ? WHERE id = ?", renamed)
    write.executemany("INSERT INTO mention VALUES (?, ?)", sorted(mentions.items()))
