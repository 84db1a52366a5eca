"""Note: what a person writes down about feedback, for themselves and colleagues."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from triage.errors import UsageError
from triage.model import Feedback, Note
from triage.operations.changes import added, edited, moment, removed
from triage.operations.labels import named, naming, quoted
from triage.step import Step

LONGEST = 20_000
"""Characters of a note at most; a few pages."""


def write(
    feedback: Sequence[Feedback], text: str, first_id: int, *, at: datetime, by: str
) -> Step:
    """The same note on each of these; takes ``first_id`` and up, one for each."""
    told = _checked(text)
    return Step(
        "note",
        named(f"Noted on {naming(feedback)}: {quoted(told)}"),
        tuple(
            added(
                "note",
                first_id + index,
                _columns(
                    Note(
                        id=first_id + index, feedback_id=one.id, text=told, at=at, by=by
                    )
                ),
            )
            for index, one in enumerate(feedback)
        ),
    )


def rewrite(note: Note, feedback: Feedback, text: str) -> Step:
    """A note says something else; when and by whom it was written stays."""
    after = replace(note, text=_checked(text))
    change = edited("note", note.id, _columns(note), _columns(after))
    return Step(
        "note",
        named(f"Changed {note.short} on {naming([feedback])}: {quoted(after.text)}"),
        (change,) if change else (),
    )


def strike(note: Note, feedback: Feedback) -> Step:
    """A note goes."""
    return Step(
        "note",
        named(f"Removed {note.short} {quoted(note.text)} from {naming([feedback])}"),
        (removed("note", note.id, _columns(note)),),
    )


def _checked(text: str) -> str:
    told = text.strip()
    if not told:
        raise UsageError("a note needs words; nothing was written")
    if len(told) > LONGEST:
        raise UsageError(
            f"a note of {len(told):,} characters is too long: {LONGEST:,} at most"
        )
    return told


def _columns(note: Note) -> Mapping[str, Any]:
    return {
        "feedback_id": note.feedback_id,
        "text": note.text,
        "at": moment(note.at),
        "by": note.by,
    }
