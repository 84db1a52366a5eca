"""An empathy map as it is drawn; texts are as said, and writers neutralise them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from triage.empathy import Area
from triage.measures.map_bias import Bias
from triage.text.counting import counted

OBSERVED, INFERRED = "●", "○"
"""Before what somebody said, and before what somebody concluded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MapQuote:
    """
    Words an entry cites.

    Attributes:
        text: "" where the entry itself is these very words.
        who: Who said it, where and when, as far as it may be told.
    """

    short: str
    text: str
    who: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MapEntry:
    """
    One entry of a map.

    Attributes:
        text: "" where it may not leave.
        by: Who wrote it, and so who inferred it where it is inferred.
        withheld: Quotes of it that may not leave.
    """

    short: str
    text: str
    observed: bool
    by: str = ""
    quotes: tuple[MapQuote, ...] = ()
    withheld: int = 0

    @property
    def sign(self) -> str:
        """Full where somebody said it, hollow where somebody concluded it."""
        return OBSERVED if self.observed else INFERRED

    @property
    def told(self) -> str:
        """How it is known, and what of it is not shown; "" where quotes say it."""
        if not self.text:
            return "withheld: who said it has not agreed that it leaves"
        if not self.observed:
            return f"inferred by {self.by or 'somebody'}"
        return f"{counted(self.withheld, 'quote')} withheld" if self.withheld else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MapArea:
    """One area with its entries."""

    area: Area
    entries: tuple[MapEntry, ...]

    @property
    def title(self) -> str:
        """Its name as a heading."""
        return self.area.value.capitalize()

    @property
    def told(self) -> str:
        """How many entries there are, and how many of them nobody said."""
        if not self.entries:
            return "nothing yet"
        inferred = sum(not one.observed for one in self.entries)
        whole = counted(len(self.entries), "entry", "entries")
        return f"{whole}, {inferred} inferred" if inferred else whole


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """
    A persona and its map.

    Attributes:
        facts: Who stands behind it, a sentence each.
        areas: The six of the map, in order, empty ones too.
        own: What describes the persona itself; only areas with something in them.
        pains: What its people are quoted for, a line each, the most people first.
        rests_on: What the map rests on, in a line.
        withheld: Distinct quotes that may not leave.
        at: The moment it was drawn.
    """

    name: str
    role: str
    is_assumed: bool
    facts: tuple[str, ...]
    areas: tuple[MapArea, ...]
    own: tuple[MapArea, ...]
    pains: tuple[str, ...]
    feelings: str
    biases: tuple[Bias, ...]
    rests_on: str
    withheld: int
    at: datetime

    @property
    def title(self) -> str:
        """Whose map it is."""
        return f"Empathy map: {self.name}"

    @property
    def verdict(self) -> str:
        """How many objections there are; none is an answer, too."""
        if not self.biases:
            return f"Nothing to object: {self.rests_on}."
        return f"{counted(len(self.biases), 'objection')}: {self.rests_on}."

    @property
    def missing(self) -> str:
        """What was left out, as a sentence; "" where nothing was."""
        if not self.withheld:
            return ""
        return (
            f"{counted(self.withheld, 'quote')} withheld, and the entries that rest on"
            f" {'it' if self.withheld == 1 else 'them'}: who was heard in person has"
            " not agreed that it leaves."
        )
