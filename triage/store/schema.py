"""
The tables, as migrations.

*Evidence* tables hold what sources said; sync and import write them. *Decision* tables
hold what people decided; the journal writes them. *Derived* tables follow from both
and can be dropped and rebuilt. No table is two of these.

Keys follow time: ``feedback.id`` is the moment received, in microseconds, made unique,
so the newest page of anything, full text included, is a range scan.
"""

from __future__ import annotations

from sqlite_utils import Database, Migrations

from triage.store import (
    schema_calls,
    schema_first,
    schema_loop,
    schema_outbox,
    schema_people,
    schema_planning,
    schema_push,
    schema_research,
    schema_retold,
    schema_sync,
    schema_thread,
    schema_tone,
)
from triage.store.driver import sqlite3, version

EVIDENCE = (
    "source", "batch", "customer", "feedback", "raw", "revision", "gone", "mention",
    "shared_name", "copy", "delivery", "budget", "push", "tracked", "tracked_state",
    "retold",
)  # fmt: skip
DECISIONS = (
    "disposition", "ruling", "pain_point", "evidence", "roadmap_item", "roadmap_link",
    "correction", "label", "note", "draft", "person_ruling", "company",
    "estimate", "story", "promise", "told",
    "session", "consent", "highlight", "guide", "persona", "empathy_note", "listened",
)  # fmt: skip
DERIVED = (
    "feedback_fts", "pending", "unseen", "normal", "sentence", "mass", "term", "match",
    "membership", "queue", "tone", "fit", "person",
)  # fmt: skip

migrations = Migrations("triage")


def migrate(connection: sqlite3.Connection) -> None:
    """Apply what is not applied yet; inside the caller's transaction."""
    migrations.apply(Database(connection))


@migrations()
def m001_first(db: Database) -> None:
    """What sources said, what people decided, what follows."""
    for statement in schema_first.STATEMENTS:
        db.execute(statement)
    if version() >= (3, 42):
        # What is erased leaves no words behind in the search index either.
        db.execute(
            "INSERT INTO feedback_fts(feedback_fts, rank) VALUES ('secure-delete', 1)"
        )


@migrations()
def m002_tone(db: Database) -> None:
    """Language and sentiment of every feedback, and a person's word on either."""
    for statement in schema_tone.STATEMENTS:
        db.execute(statement)


@migrations()
def m003_fit(db: Database) -> None:
    """By which tables and level the groups were made; unknown for those there are."""
    db.execute(
        "CREATE TABLE fit (id INTEGER PRIMARY KEY CHECK (id = 1),"
        " tables TEXT NOT NULL, level TEXT NOT NULL) STRICT"
    )
    db.execute("INSERT INTO fit SELECT 1, '', '' FROM normal LIMIT 1")


@migrations()
def m004_loop(db: Database) -> None:
    """Tags, owners and notes on feedback; sleep that new evidence ends."""
    for statement in schema_loop.STATEMENTS:
        db.execute(statement)


@migrations()
def m005_sync(db: Database) -> None:
    """Failures in a row, when to try again, gaps told, what is gone at its source."""
    for statement in schema_sync.STATEMENTS:
        db.execute(statement)


@migrations()
def m006_thread(db: Database) -> None:
    """Which feedback a message's name leads to; threads stored before made whole."""
    schema_thread.bring(db.conn)


@migrations()
def m007_outbox(db: Database) -> None:
    """What waits to be sent and was sent, copies across sources, calls counted."""
    for statement in schema_outbox.STATEMENTS:
        db.execute(statement)


@migrations()
def m008_calls(db: Database) -> None:
    """How many calls a pull made, and by which budgets its source is counted."""
    for statement in schema_calls.STATEMENTS:
        db.execute(statement)


@migrations()
def m009_push(db: Database) -> None:
    """What services told of their own accord."""
    for statement in schema_push.STATEMENTS:
        db.execute(statement)


@migrations()
def m010_people(db: Database) -> None:
    """Who is one person, companies, and the domain of every customer's address."""
    schema_people.bring(db.conn)


@migrations()
def m011_planning(db: Database) -> None:
    """Estimates, stories, promises, what trackers say; when steps were undone."""
    schema_planning.bring(db.conn)


@migrations()
def m012_retold(db: Database) -> None:
    """How what was evidence was told before, as far as scores count it."""
    schema_retold.bring(db.conn)


@migrations()
def m013_about(db: Database) -> None:
    """Which changes made what rests on a pain point, for its history."""
    db.execute(
        "CREATE INDEX change_about ON change(json_extract(after, '$.pain_point_id'))"
        " WHERE before IS NULL AND table_name IN ('evidence', 'estimate',"
        " 'roadmap_link', 'story', 'promise', 'told', 'draft')"
    )


@migrations()
def m014_research(db: Database) -> None:
    """Sessions, consent, highlights, guides, personas, and listening itself."""
    for statement in schema_research.STATEMENTS:
        db.execute(statement)


@migrations()
def m015_answers(db: Database) -> None:
    """What a session was rated, its file's digest, and its feedback's number."""
    for statement in schema_research.LATER:
        db.execute(statement)
