"""
The columns of a list of feedback; another one is one more entry.

Free text comes last: terminals disagree on the width of emoji, and nothing stands to
the right of it that could shift.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from triage.errors import ConfigError
from triage.text.display import one_line
from triage.tui import words
from triage.workspace import QueueRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """
    One column.

    Attributes:
        name: As a view's ``columns`` name it.
        title: Over its rows; its name without.
        width: Cells it takes in a list so many cells wide; 0 leaves it out.
        say: What stands in it; made safe here.
        style: Component style of its text: row, dim.
        right: Aligned to the right.
    """

    name: str
    width: Callable[[int], int]
    say: Callable[[QueueRow, datetime], str]
    title: str = ""
    style: str = "dim"
    right: bool = False

    @property
    def heading(self) -> str:
        """What stands over its rows."""
        return self.title or self.name


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


def _cells(number: int) -> Callable[[int], int]:
    """So many cells, in a list wide enough to spare them."""
    return lambda total: number if total >= 54 else 0


KNOWN: dict[str, Column] = {
    column.name: column
    for column in (
        Column(
            name="rating", title="★", width=_cells(5), right=True,
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
        Column(name="people", width=_cells(6), right=True,
               say=lambda row, _: f"{row.people:,}"),
        Column(name="company", width=_cells(14),
               say=lambda row, _: words.row_text(row.company, 30)),
        Column(name="source", width=_cells(12),
               say=lambda row, _: words.row_text(row.source, 30)),
        Column(name="channel", width=_cells(8), say=lambda row, _: row.channel),
        Column(name="language", title="lang", width=_cells(4),
               say=lambda row, _: words.row_text(row.language, 4)),
        Column(name="sentiment", title="sounds", width=_cells(8),
               say=lambda row, _: row.sentiment),
        Column(name="stars", width=_cells(8),
               say=lambda row, _: words.stars(row.rating, row.scale, row.metric)),
        Column(name="version", width=_cells(9),
               say=lambda row, _: words.row_text(row.app_version, 30)),
        Column(name="country", width=_cells(7),
               say=lambda row, _: words.row_text(row.country, 30)),
        Column(name="device", width=_cells(14),
               say=lambda row, _: words.row_text(row.device, 40)),
        Column(name="os", width=_cells(11),
               say=lambda row, _: words.row_text(row.os, 30)),
        Column(name="state", width=_cells(8), say=lambda row, _: row.state.value),
        Column(name="id", width=_cells(7), say=lambda row, _: f"f{row.number}"),
        Column(name="what", width=lambda total: total, style="row",
               say=lambda row, _: what(row)),
    )
}  # fmt: skip
"""Every column there is, by name."""

COLUMNS = tuple(KNOWN[name] for name in ("rating", "age", "who", "what"))
"""The usual ones."""

EVERYWHERE = tuple(KNOWN[name] for name in ("rating", "age", "state", "who", "what"))
"""Where rows stand in different places."""


def chosen(names: Sequence[str]) -> tuple[Column, ...]:
    """
    These columns, the free text last; ``ConfigError`` names those there are.

    Free text that was not named is added: a list without it says nothing.
    """
    unknown = [name for name in names if name not in KNOWN]
    if unknown:
        raise ConfigError(
            f"no column is called {one_line(unknown[0], 30)};"
            f" there are {', '.join(KNOWN)}"
        )
    return tuple(KNOWN[name] for name in (*(n for n in names if n != "what"), "what"))
