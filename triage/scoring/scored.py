"""A score, and each input it was made of with where that is from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from triage.planning import Estimate


class Origin(StrEnum):
    """Where an input is from."""

    EVIDENCE = "evidence"
    """Counted over what customers said."""
    PERSON = "person"
    """Somebody set it."""
    SETTINGS = "settings"
    """A weight."""
    DEFAULT = "default"
    """Nobody set it; what the formula takes then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """
    One input of a score.

    Attributes:
        says: What it is made of, in a phrase: "12 people, 3 of them enterprise".
        by: Who set it, and ``at`` when; "" and None where it was counted.
        evidence: Ids of the quotes it rests on.
        reason: Why, as whoever set it wrote.
        uncapped: What it would be without the cap per company; None where the same.
    """

    name: str
    value: float
    origin: Origin
    says: str = ""
    by: str = ""
    at: datetime | None = None
    evidence: tuple[int, ...] = ()
    reason: str = ""
    uncapped: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """
    What a formula makes of one pain point.

    Attributes:
        formula: Its name; ``version`` counts its changes.
        formula_hash: Changes with every letter of what it says.
        weights_hash: Changes with every weight of the settings.
        as_of: The moment whose decisions it was made from.
        value: None where an input is missing, which ``lacks`` names.
        low: Counting only what customers said themselves; ``high`` what was inferred
            in full.
        parts: The inputs, in the order of the formula.
        working: The arithmetic with the numbers in it: "1,200 × 2 × 0.8 ÷ 4 = 480".
        placed: Where a person put it by hand: its ``value`` ranks instead.
    """

    pain_point_id: int
    formula: str
    version: int
    formula_hash: str
    weights_hash: str
    as_of: datetime
    value: float | None
    low: float | None = None
    high: float | None = None
    parts: tuple[Part, ...] = ()
    lacks: tuple[str, ...] = ()
    working: str = ""
    placed: Estimate | None = None

    @property
    def ranks_by(self) -> float | None:
        """What its place follows from: a person's word before the formula's."""
        return self.value if self.placed is None else self.placed.value
