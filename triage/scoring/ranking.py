"""Pain points in the order one formula gives them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from triage.scoring.case import Case
from triage.scoring.scored import Scored


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """
    One pain point at its place.

    Attributes:
        rank: 1 for the first; those that rank by the same value follow their ids.
        people: Distinct people heard; ``companies`` distinct companies.
    """

    rank: int
    case: Case
    scored: Scored
    people: int
    companies: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """A whole ranking, and everything needed to make it again."""

    formula: str
    version: int
    formula_hash: str
    weights_hash: str
    as_of: datetime
    rows: tuple[Ranked, ...]
