"""Rows of named fields: what stands in each, how wide, and what heads them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from triage.tui.words import fit

T = TypeVar("T")

_GAP = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Field(Generic[T]):
    """
    One field of a row; the last one takes what room is left.

    Attributes:
        width: Cells it takes; 0 for the last.
        say: What stands in it: safe, on one line.
        style: row or dim.
        from_width: Cells a row must have before this field is worth its room.
    """

    name: str
    say: Callable[[T], str]
    width: int = 0
    style: str = "dim"
    right: bool = False
    from_width: int = 0


def cells(fields: Sequence[Field[T]], row: T, total: int) -> list[tuple[str, str]]:
    """The row as text and style, in so many cells."""
    return [
        (_placed(field.say(row), room, right=field.right) + gap, field.style)
        for field, room, gap in _rooms(fields, total)
    ]


def heading(fields: Sequence[Field[T]], total: int) -> str:
    """The names of the fields, standing over them."""
    return "".join(
        _placed(field.name, room, right=field.right) + gap
        for field, room, gap in _rooms(fields, total)
    )


def _rooms(fields: Sequence[Field[T]], total: int) -> list[tuple[Field[T], int, str]]:
    found = []
    left = total
    shown = [field for field in fields if total >= field.from_width]
    for field in shown:
        room = min(field.width or left, left)
        gap = " " * min(_GAP, left - room) if field is not shown[-1] else ""
        if room > 0:
            found.append((field, room, gap))
        left -= room + len(gap)
    return found


def _placed(text: str, room: int, *, right: bool) -> str:
    shown = fit(text, room)
    return shown.rstrip().rjust(room) if right and len(text) < room else shown
