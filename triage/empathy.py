"""Personas, and what is written on their empathy maps; frozen nouns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Area(StrEnum):
    """
    Where something stands: the six areas of an empathy map, then the persona's own.

    The areas are those of Dave Gray's Empathy Map Canvas (2017), with what is seen and
    heard left to the quotes.
    """

    SAYS = "says"
    THINKS = "thinks"
    DOES = "does"
    FEELS = "feels"
    PAINS = "pains"
    GAINS = "gains"
    GOALS = "goals"
    CONTEXTS = "contexts"
    PREFERENCES = "preferences"


MAP = (Area.SAYS, Area.THINKS, Area.DOES, Area.FEELS, Area.PAINS, Area.GAINS)
"""The areas of an empathy map, in the order they are drawn."""

OWN = (Area.GOALS, Area.CONTEXTS, Area.PREFERENCES)
"""The areas that describe the persona itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Persona:
    """
    A segment with a face; shown as ``u3``.

    Attributes:
        query: Who it is, as for a view; "" where nobody has said, so nobody is found.
        role: What they do, in a line.
        reviewed_at: When somebody last looked whether it still holds.
    """

    id: int
    name: str
    query: str = ""
    role: str = ""
    reviewed_at: datetime | None = None
    at: datetime | None = None
    by: str = ""

    @property
    def short(self) -> str:
        """The id people type."""
        return f"u{self.id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class EmpathyNote:
    """
    One entry of a persona's map; shown as ``m3``.

    Attributes:
        highlights: Ids of the passages it cites: observed with any, inferred with none.
        by: Who wrote it, and so who inferred it where it is inferred.
    """

    id: int
    persona_id: int
    area: Area
    text: str
    highlights: tuple[int, ...] = ()
    at: datetime | None = None
    by: str = ""

    @property
    def short(self) -> str:
        """The id people type."""
        return f"m{self.id}"
