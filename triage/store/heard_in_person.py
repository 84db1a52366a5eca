"""
A session heard as feedback: written as it is written, gone as it goes.

The session is the decision and the feedback follows from it, by the way every page
takes; so undo takes both back, and redo brings the same feedback under the same key.
"""

from __future__ import annotations

from collections.abc import Sequence

from triage.connector import Incoming, Page
from triage.errors import Conflict
from triage.research import SOURCE, Session
from triage.step import Change
from triage.store import codec, evidence, researched, taking_back
from triage.store.driver import sqlite3

CONNECTOR = "research"
"""What the source of sessions is told by: nobody but the people here."""

_LABEL = "written here"


def follow(write: sqlite3.Connection, changes: Sequence[Change]) -> None:
    """Write, rewrite or remove the feedback of the sessions changed."""
    for change in changes:
        # What is said to have been at another time is heard then instead.
        if change.before and change.after and "feedback_id" in change.before:
            _remove(write, change.before["feedback_id"])
    ids = {change.row for change in changes}
    for session_id in sorted(ids):
        row = write.execute(
            "SELECT * FROM session WHERE id = ?", (session_id,)
        ).fetchone()
        if row is not None:
            _write(write, researched.session(row))
    for change in changes:
        if change.after is None and change.before is not None:
            _remove(write, change.before["feedback_id"])


_FIGURES = {"success": "task_success"}
"""Figures of a session that every other source calls something else."""


def incoming(session: Session) -> Incoming:
    """A session as a source would tell it."""
    figures = {_FIGURES.get(name, name): told for name, told in session.told.items()}
    context: dict[str, object] = {**session.circumstances, **figures}
    told = {
        "segment": session.segment, "guide": session.guide, "asked": session.asked,
        "surprise": session.surprise, "session": session.short,
    }  # fmt: skip
    context |= {name: value for name, value in told.items() if value}
    return Incoming(
        external_id=session.key,
        channel=session.kind,
        body=session.text,
        title=session.title,
        author=session.participant,
        email=session.email,
        company=session.company,
        language=session.language,
        rating=session.rating,
        scale=session.scale,
        metric=session.metric,
        received_at=codec.from_key(session.feedback_id),
        context=context,
        raw=session.text.encode("utf-8", "surrogatepass"),
    )


def _write(write: sqlite3.Connection, session: Session) -> None:
    source = evidence.ensure_source(write, SOURCE, CONNECTOR)
    at = session.at or codec.from_key(session.feedback_id)
    row = write.execute(
        "SELECT id FROM batch WHERE source_id = ? AND label = ?", (source, _LABEL)
    ).fetchone()
    batch = row["id"] if row else evidence.begin_batch(write, source, _LABEL, at)
    evidence.end_batch(write, batch, "", at)
    known = _heard(write, source, session.key)
    evidence.save_page(
        write, source, batch, Page(items=[incoming(session)], cursor=None), at
    )
    told = _heard(write, source, session.key)
    if told["id"] != session.feedback_id:
        raise Conflict(
            f"{session.short} cannot be heard at the moment it was: something else has"
            " come in its place; write it once more"
        )
    if known is None and session.number != told["number"]:
        taking_back.renumber(write, told["number"], session.number)


def _heard(write: sqlite3.Connection, source: int, key: str) -> codec.Row:
    return write.execute(
        "SELECT id, number FROM feedback WHERE source_id = ? AND external_id = ?",
        (source, key),
    ).fetchone()


def _remove(write: sqlite3.Connection, feedback_id: int) -> None:
    """The feedback goes, unless something was decided about it."""
    named = taking_back.resting_on(write, feedback_id)
    if named:
        number = write.execute(
            "SELECT number FROM feedback WHERE id = ?", (feedback_id,)
        ).fetchone()["number"]
        raise Conflict(
            f"decisions rest on f{number} ({named}); take them back first"
            " (`triage log` lists them)"
        )
    taking_back.remove(write, feedback_id)
