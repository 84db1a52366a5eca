"""How steps of the journal read in a list."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from triage.model import Disposition
from triage.step import Change
from triage.text.display import one_line
from triage.tui import words
from triage.tui.dialogs.sheet import Line
from triage.workspace import Entry

_STATES = {"done": "● done", "undone": "↶ undone", "abandoned": "○ past"}


def state(entry: Entry) -> str:
    """A glyph and the word; what is past was undone, and then something else done."""
    return _STATES.get(entry.state, one_line(entry.state, 20))


def by(entry: Entry) -> str:
    """Who did it."""
    return one_line(entry.by, 40) or "somebody"


def standing(at: Disposition | None) -> str:
    """Where a feedback stands now: ``declined, out of scope``."""
    if at is None:
        return "inbox"
    return f"{at.state}, {one_line(at.reason, 24)}" if at.reason else str(at.state)


def change(one: Change) -> str:
    """One row before and after: ``pain point 3: priority 0 → 1``."""
    what = f"{one.table.replace('_', ' ')} {one.row}"
    if one.before is None:
        return f"{what}: new"
    if one.after is None:
        return f"{what}: gone"
    told = ", ".join(
        f"{name.replace('_', ' ')} {_value(one.before.get(name))} → {_value(value)}"
        for name, value in one.after.items()
    )
    return f"{what}: {told}"


def _value(value: object) -> str:
    return "–" if value in {None, ""} else one_line(str(value), 40)


def lines(entries: Sequence[Entry], now: datetime) -> list[Line]:
    """A line each, for a sheet."""
    return [
        [
            (f"{words.moment(entry.at, now):<13}  ", "$muted"),
            (words.fit(by(entry), 10) + "  ", "$muted"),
            (one_line(entry.label), "" if entry.state == "done" else "$muted"),
            ("" if entry.state == "done" else f"  {state(entry)}", "$muted"),
        ]
        for entry in entries
    ]
