"""The fields of a group's list: members, and what may join them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from triage.model import Feedback
from triage.tui import words
from triage.tui.table import Field
from triage.tui.targets import standing
from triage.workspace import Member, Suggestion

Row = Member | Suggestion | str
"""A member, a suggestion, or a heading over some; "" is an empty line."""

Said = Member | Suggestion
"""A row that somebody said."""


def key_of(row: Row) -> int:
    """The feedback a row shows; 0 for a heading."""
    return 0 if isinstance(row, str) else said(row).id


def said(row: Said) -> Feedback:
    """What the row shows."""
    return row.feedback if isinstance(row, Member) else row.other


def fields(
    sign: Callable[[int], str], clock: Callable[[], datetime]
) -> tuple[Field[Said], ...]:
    """A sign, likeness, age, who, from where, where it stands, and the words."""

    def stands(row: Said) -> str:
        if isinstance(row, Suggestion):
            return words.count(row.size, "message")
        return str(standing(row.disposition, clock()))

    def opening(row: Said) -> str:
        what = words.opening(said(row).title, said(row).body)
        again = isinstance(row, Member) and row.is_resend
        return f"resend: {what}" if again else what

    return (
        Field(name="", width=1, say=lambda row: sign(said(row).id)),
        Field(name="same", width=5, right=True,
              say=lambda row: f"{row.match.score:.0f} %" if row.match else "–"),
        Field(name="age", width=4, right=True,
              say=lambda row: words.age(said(row).received_at, clock())),
        Field(name="who", width=18,
              say=lambda row: words.row_text(words.author(said(row)), 40)),
        Field(name="source", width=12, from_width=96,
              say=lambda row: words.row_text(said(row).source, 30)),
        Field(name="stands", width=10, say=stands),
        Field(name="what", style="row", say=opening),
    )  # fmt: skip
