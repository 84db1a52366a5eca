"""The columns of a list on the command line; another one is one more entry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from triage.cli.output import day, number, stars
from triage.errors import UsageError
from triage.text.display import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from triage.workspace import QueueRow

TEXT = "text"
"""Stands last: it takes what room is left."""

USUAL = ("id", "when", "from", "source", "rating", "size", "state", TEXT)


def _who(row: QueueRow) -> str:
    who = row.author or row.email
    return f"{who} ({row.company})" if who and row.company else who or row.company


def _size(row: QueueRow) -> str:
    if row.total < 2:
        return ""
    if row.items != row.total:
        return f"{row.items}/{row.total}"
    return number(row.total)


def _text(row: QueueRow) -> str:
    if row.title and row.opening:
        return f"{row.title} · {row.opening}"
    return row.title or row.opening


KNOWN: Mapping[str, Callable[[QueueRow], object]] = {
    "id": lambda row: f"f{row.number}",
    "when": lambda row: day(row.received_at),
    "from": _who,
    "source": lambda row: row.source,
    "channel": lambda row: row.channel,
    "rating": lambda row: stars(row.rating, row.scale),
    "version": lambda row: row.app_version,
    "country": lambda row: row.country,
    "language": lambda row: row.language,
    "device": lambda row: row.device,
    "os": lambda row: row.os,
    "sentiment": lambda row: row.sentiment,
    "people": lambda row: row.people,
    "size": _size,
    "state": lambda row: row.state,
    "owner": lambda row: row.owner,
    TEXT: _text,
}
"""What each says of a row, by name."""

_TO_THE_RIGHT = ("size", "people")


def chosen(typed: str) -> tuple[str, ...]:
    """The columns a person named, the text last; those there are if one is unknown."""
    names = [one.strip().casefold() for one in typed.split(",") if one.strip()]
    unknown = [name for name in names if name not in KNOWN]
    if unknown or not names:
        told = one_line(unknown[0], 30) if unknown else "nothing"
        raise UsageError(f"no column is called {told}; there are {', '.join(KNOWN)}")
    return (*dict.fromkeys(name for name in names if name != TEXT), TEXT)


def headings(names: Sequence[str]) -> list[str]:
    """What stands over the columns; numbers are set to the right."""
    return [f">{name}" if name in _TO_THE_RIGHT else name for name in names]


def cells(row: QueueRow, names: Sequence[str]) -> list[object]:
    """What a row says in these columns."""
    return [KNOWN[name](row) for name in names]
