"""
The columns of a list of feedback; another one is one more entry.

Free text comes last: terminals disagree on the width of emoji, and nothing stands to
the right of it that could shift.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from triage.tui import words
from triage.workspace import QueueRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """
    One column.

    Attributes:
        width: Cells it takes in a list so many cells wide; 0 leaves it out.
        say: What stands in it; made safe here.
        style: Component style of its text: row, dim.
        right: Aligned to the right.
    """

    name: str
    width: Callable[[int], int]
    say: Callable[[QueueRow, datetime], str]
    style: str = "dim"
    right: bool = False


def who(row: QueueRow) -> str:
    """People for a group, the author for one; messages are never counted."""
    if row.items > 1:
        across = f" · {words.count(row.sources, 'source')}" if row.sources > 1 else ""
        return words.people(row.people) + across
    return words.row_text(row.author or row.company or row.email or "somebody", 80)


def what(row: QueueRow) -> str:
    """The first words; newcomers of a decided group say so first."""
    text = words.opening(row.title, row.opening)
    if row.total > row.items:
        return f"+{row.items} to a group of {row.total}: {text}"
    return text


COLUMNS: tuple[Column, ...] = (
    Column(
        name="★", width=lambda total: 5 if total >= 54 else 0, right=True,
        say=lambda row, _: words.rating(row.rating, row.scale, row.metric),
    ),
    Column(
        name="age", width=lambda _: 4, right=True,
        say=lambda row, now: words.age(row.received_at, now),
    ),
    Column(
        name="who", width=lambda total: max(12, min(24, total * 3 // 10)),
        say=lambda row, _: who(row),
    ),
    Column(name="what", width=lambda total: total, style="row",
           say=lambda row, _: what(row)),
)  # fmt: skip
