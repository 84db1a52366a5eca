"""Where things stand on an empathy map, and how one moves from one to the next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from triage.empathy import MAP, OWN, Area

ACROSS = 3
"""Areas beside each other in a grid."""

ROOMY = (100, 34)
"""Cells and lines of a window from which on a map is a grid."""

AREAS = (*MAP, *OWN)
"""Every area in the order of the screen, row by row."""

OBSERVED, INFERRED = "●", "○"


ASKED = {
    Area.SAYS: "In their own words: each needs a quote.",
    Area.THINKS: "What goes on in their head, and goes unsaid.",
    Area.DOES: "What they do: steps, detours, habits.",
    Area.FEELS: "What they feel, and about what.",
    Area.PAINS: "What they fear, lose, or stumble over.",
    Area.GAINS: "What they hope for, and how they would know.",
    Area.GOALS: "What they want to get done.",
    Area.CONTEXTS: "Where, when and with what they work.",
    Area.PREFERENCES: "How they would rather have it.",
}
"""What an area asks, in a sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MapEntry:
    """
    One entry as it is drawn.

    Attributes:
        id: Of its note.
        text: Its words, as they were written.
        observed: Whether a quote shows it.
        under: What it rests on, a line each, where nothing beside the map says so.
    """

    id: int
    text: str
    observed: bool
    under: tuple[str, ...] = ()

    @property
    def sign(self) -> str:
        """Full where somebody said it, hollow where somebody concluded it."""
        return OBSERVED if self.observed else INFERRED


Entries = Mapping[Area, Sequence[MapEntry]]


@dataclass(frozen=True, slots=True)
class Place:
    """Where the cursor is: an area, and which of its entries; 0 where it has none."""

    area: Area = Area.SAYS
    index: int = 0


def is_grid(window: tuple[int, int]) -> bool:
    """Whether a map is drawn as a grid in a window of so many cells and lines."""
    return window[0] >= ROOMY[0] and window[1] >= ROOMY[1]


def moved(at: Place, entries: Entries, by: int, *, wide: bool) -> Place:
    """
    One entry on or back; past the end of an area, into the one under or over it.

    Under it in a grid is the area of the same column, in sections the next one.
    """
    index = at.index + by
    if 0 <= index < len(entries.get(at.area, ())):
        return Place(at.area, index)
    number = AREAS.index(at.area) + (ACROSS if wide else 1) * by
    if not 0 <= number < len(AREAS):
        return at
    area = AREAS[number]
    return Place(area, 0 if by > 0 else max(0, len(entries.get(area, ())) - 1))


def beside(at: Place, entries: Entries, by: int, *, wide: bool) -> Place:
    """The area at the right or left, at about the same height."""
    number = AREAS.index(at.area)
    if wide and number // ACROSS != (number + by) // ACROSS:
        return at
    return turned(at, entries, by, round_it=False, keep=wide)


def turned(
    at: Place, entries: Entries, by: int, *, round_it: bool = True, keep: bool = False
) -> Place:
    """The next area or the one before; after the last comes the first."""
    number = AREAS.index(at.area) + by
    if not round_it and not 0 <= number < len(AREAS):
        return at
    area = AREAS[number % len(AREAS)]
    last = max(0, len(entries.get(area, ())) - 1)
    return Place(area, min(at.index, last) if keep else 0)


def kept(at: Place, entries: Entries) -> Place:
    """The same place where there is one still, else the nearest before it."""
    return Place(at.area, min(at.index, max(0, len(entries.get(at.area, ())) - 1)))
