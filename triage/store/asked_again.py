"""A person's word is asked for again where a text has become another since."""

from __future__ import annotations

import json
from collections.abc import Sequence

from triage.model import Ruling
from triage.store import codec
from triage.store.chunks import chunks, marks
from triage.store.driver import sqlite3
from triage.store.newcomer import said

_SAME_STILL = 75.0
"""Likeness (token_sort_ratio) to what was ruled on from which it is that text still."""


def standing(read: sqlite3.Connection, rulings: Sequence[Ruling]) -> list[Ruling]:
    """
    Those of these rulings whose texts say what they said, or nearly.

    A ruling holds for ever, also where a text has changed; but a pair that did may be
    suggested again, as a person would want to look at it anew.
    """
    edited = _edited(
        read, [end for one in rulings for end in (one.left_id, one.right_id)]
    )
    if not edited:
        return list(rulings)
    made = _made(read, [one.id for one in rulings])
    return [
        one
        for one in rulings
        if not any(
            _is_another(read, end, before)
            for end in (one.left_id, one.right_id)
            for before in _first_since(edited.get(end, []), made.get(one.id, ""))
        )
    ]


def _edited(
    read: sqlite3.Connection, ids: Sequence[int]
) -> dict[int, list[tuple[str, str]]]:
    """Feedback id to when it changed and what it said before, the earliest first."""
    found: dict[int, list[tuple[str, str]]] = {}
    for chunk in chunks(ids):
        for row in read.execute(
            "SELECT v.feedback_id, b.started_at, v.before FROM revision v"
            " JOIN batch b ON b.id = v.batch_id"
            f" WHERE v.feedback_id IN ({marks(chunk)}) ORDER BY v.id",
            chunk,
        ):
            before = json.loads(row["before"])
            told = (row["started_at"], said(before["title"], before["body"]))
            found.setdefault(row["feedback_id"], []).append(told)
    return found


def _made(read: sqlite3.Connection, ids: Sequence[int]) -> dict[int, str]:
    """Ruling id to when it was last made."""
    found: dict[int, str] = {}
    for chunk in chunks(ids):
        found.update(
            (row[0], row[1])
            for row in read.execute(
                "SELECT c.row_id, max(s.at) FROM change c"
                " JOIN step s ON s.id = c.step_id"
                " WHERE c.table_name = 'ruling' AND s.state = 'done'"
                f" AND c.row_id IN ({marks(chunk)}) GROUP BY c.row_id",
                chunk,
            )
        )
    return found


def _first_since(edits: Sequence[tuple[str, str]], at: str) -> list[str]:
    """What was said when it was ruled on, if that has been changed since."""
    return [before for changed_at, before in edits if changed_at > at][:1]


def _is_another(read: sqlite3.Connection, feedback_id: int, before: str) -> bool:
    from rapidfuzz import fuzz

    from triage.grouping.normalize import normalize

    row: codec.Row = read.execute(
        "SELECT title, body FROM feedback WHERE id = ?", (feedback_id,)
    ).fetchone()
    now = normalize(said(row["title"], row["body"]))
    return fuzz.token_sort_ratio(normalize(before), now) < _SAME_STILL
