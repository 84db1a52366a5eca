"""Sessions with all that is known of them: consent, feedback, highlights."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from triage.model import Feedback
from triage.operations.session_rows import Asked
from triage.research import Consent, Highlight, Session
from triage.store import codec, queries, researched
from triage.store.decided import HANGING
from triage.store.driver import sqlite3
from triage.store.keys import free_keys


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionView:
    """A session, what its participant agreed to, how it is heard, what is marked."""

    session: Session
    consent: Consent
    feedback: Feedback
    highlights: tuple[Highlight, ...]

    @property
    def open_follow_ups(self) -> int:
        """How many promises are still to be kept."""
        return sum(one.done_at is None for one in self.session.follow_ups)


def views(read: sqlite3.Connection, sessions: Sequence[Session]) -> list[SessionView]:
    """These sessions, in this order."""
    ids = [one.feedback_id for one in sessions]
    heard = queries.feedback_many(read, ids)
    consents = researched.consents(read, heard.values())
    marked: defaultdict[int, list[Highlight]] = defaultdict(list)
    for one in researched.highlights(read, ids):
        marked[one.feedback_id].append(one)
    return [
        SessionView(
            session=one,
            consent=consents[one.feedback_id],
            feedback=heard[one.feedback_id],
            highlights=tuple(
                sorted(marked[one.feedback_id], key=lambda each: each.start)
            ),
        )
        for one in sessions
    ]


def by_key(read: sqlite3.Connection, key: str) -> Session | None:
    """The session with this key; None where there is none."""
    row = read.execute("SELECT * FROM session WHERE key = ?", (key,)).fetchone()
    return None if row is None else researched.session(row)


def asked(read: sqlite3.Connection, feedback_id: int) -> Asked | None:
    """What somebody wrote down about consent; None where nobody did."""
    row = read.execute(
        "SELECT * FROM consent WHERE feedback_id = ?", (feedback_id,)
    ).fetchone()
    if row is None:
        return None
    at = codec.must_be_time(row["at"])
    return Asked(consent=Consent(row["consent"]), at=at, by=row["by"])


_OWN = {"session", "consent", "highlight"}


def is_decided(read: sqlite3.Connection, feedback_id: int) -> bool:
    """Whether anything but its session hangs on a feedback."""
    return any(
        read.execute(
            f"SELECT 1 FROM {table} WHERE {column} = ? LIMIT 1", (feedback_id,)
        ).fetchone()
        for table, column in HANGING
        if table not in _OWN
    )


def free_key(read: sqlite3.Connection, session: Session) -> int:
    """The key its feedback gets, which follows when it took place."""
    return free_keys(read, [codec.to_key(session.held_at)])[0]
