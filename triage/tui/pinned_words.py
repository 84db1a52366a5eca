"""How tags, owner, notes and a waking read above the text they are about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from triage.model import Disposition, Label, Note
from triage.text.display import one_line
from triage.tui import words
from triage.tui.wrap import head
from triage.workspace import Group

_LONG = 600
"""Characters of a note shown here; ``triage show`` has all of it."""


def told(
    label: Label | None, notes: Sequence[Note], now: datetime
) -> Iterator[tuple[str, str]]:
    """Lines and the style of each, the tags first."""
    facts = [f"#{one_line(tag)}" for tag in label.tags] if label else []
    if label and label.owner:
        facts.append(f"{'· ' if facts else ''}owner {one_line(label.owner)}")
    if facts:
        yield " ".join(facts), "head"
    for note in notes:
        who = one_line(note.by, 30) or "somebody"
        when = f" {words.moment(note.at, now)}" if note.at else ""
        yield f"{who}{when}: {head(note.text, _LONG)}", "note"


def woke(disposition: Disposition | None, group: Group) -> str:
    """Why it is awake, where new evidence woke it; else ""."""
    if disposition is None or not disposition.is_stirred:
        return ""
    last = disposition.wakes_after or 0
    new = sum(member.feedback.number > last for member in group.members)
    if not new:
        return "Woke up: something new came in its thread"
    return f"Woke up: {new} new {'says' if new == 1 else 'say'} the same"
