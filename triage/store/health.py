"""Whether the file is sound: each answer of ``doctor`` is "ok" or a sentence."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from triage.store import deliveries, queries, queue, returning
from triage.store.database import VERSION, Database
from triage.store.driver import sqlite3, wal_is_sound
from triage.store.journal import KEYS

_FULL_TEXT = (
    "INSERT INTO feedback_fts(feedback_fts, rank) VALUES ('integrity-check', 1)"
)


def examine(db: Database) -> dict[str, Any]:
    """The file checked from end to end; keys are stable, values for people."""
    read = db.read()
    return {
        "path": str(db.path),
        "format": VERSION,
        "sqlite": sqlite3.sqlite_version,
        "wal": read.execute("PRAGMA journal_mode").fetchone()[0] == "wal",
        "sqlite_is_sound": wal_is_sound(),
        "mode": f"{db.path.stat().st_mode & 0o777:04o}",
        "integrity": _answer(lambda: _integrity(read)),
        "references": _answer(lambda: _references(read)),
        "full_text": _answer(lambda: _full_text(db)),
        "queue": _answer(lambda: _queue(db)),
        "journal": _answer(lambda: _journal(read)),
        "outbox": _answer(lambda: _outbox(db)),
    }


def count(read: sqlite3.Connection) -> dict[str, int]:
    """How much there is, by noun; nothing where the file is too damaged to tell."""
    try:
        return queries.counts(read)
    except sqlite3.DatabaseError:
        # The integrity check beside these counts says what is wrong.
        return {}


def _answer(check: Callable[[], str]) -> str:
    """What a check found; where the file is too damaged to look, that."""
    try:
        return check()
    except sqlite3.DatabaseError as error:
        return f"cannot be read: {error}"


def _integrity(read: sqlite3.Connection) -> str:
    with returning.moment(read):
        # A search first: the check trusts what this connection remembers of the index,
        # and calls it corrupt where another one has written since.
        read.execute("SELECT rowid FROM feedback_fts('a') LIMIT 1").fetchall()
        return "; ".join(row[0] for row in read.execute("PRAGMA integrity_check(5)"))


def _references(read: sqlite3.Connection) -> str:
    broken = read.execute("PRAGMA foreign_key_check").fetchall()
    return f"{len(broken)} are broken" if broken else "ok"


def _full_text(db: Database) -> str:
    try:
        with db.write() as write:
            write.execute(_FULL_TEXT)
    except sqlite3.DatabaseError as error:
        return f"the search index differs from the feedback ({error})"
    return "ok"


def _queue(db: Database) -> str:
    """The kept queue against one built anew, which is then thrown away."""
    with db.write() as write:
        # Sleepers that nobody has woken yet are late, not wrong.
        queue.refresh(write, queue.sleepers(write, db.clock()))
        kept = set(map(tuple, write.execute("SELECT * FROM queue")))
        tally = dict(map(tuple, write.execute("SELECT * FROM tally WHERE rows")))
        write.execute("SAVEPOINT rebuilt")
        groups = write.execute(
            "SELECT DISTINCT coalesce(m.group_id, f.id) FROM feedback f"
            " LEFT JOIN membership m ON m.feedback_id = f.id WHERE f.kind = 'feedback'"
        )
        queue.refresh_groups(write, [row[0] for row in groups.fetchall()])
        built = set(map(tuple, write.execute("SELECT * FROM queue")))
        write.execute("ROLLBACK TO rebuilt")
        write.execute("RELEASE rebuilt")
    counted: dict[str, int] = {}
    for row in kept:
        counted[row[0]] = counted.get(row[0], 0) + 1
    if kept != built:
        return f"{len(kept ^ built)} rows differ from what the feedback says"
    return "ok" if counted == tally else "the tally differs from the queue"


def _outbox(db: Database) -> str:
    """A draft whose sending broke off is of nobody's concern until somebody looks."""
    many = deliveries.stuck(db.read(), db.clock())
    if not many:
        return "ok"
    what = "a draft" if many == 1 else f"{many} drafts"
    return f"{what} may have been sent or not; `triage outbox list` shows which"


def _journal(read: sqlite3.Connection) -> str:
    """Every row of a decision table must have a step that made it."""
    for table, key in KEYS.items():
        orphan = read.execute(
            f"SELECT {key} FROM {table} t WHERE NOT EXISTS (SELECT 1 FROM change c"
            f" JOIN step s ON s.id = c.step_id AND s.state = 'done'"
            f" WHERE c.table_name = ? AND c.row_id = t.{key}) LIMIT 1",
            (table,),
        ).fetchone()
        if orphan:
            return f"{table} {orphan[0]} was not decided by any step"
    return "ok"
