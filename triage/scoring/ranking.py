"""Pain points in the order one formula gives them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from triage.scoring.case import Case
from triage.scoring.formula import Formula
from triage.scoring.scored import Scored
from triage.scoring.voices import crowd, latest
from triage.weights import Weights


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


def rank(
    formula: Formula, cases: Iterable[Case], weights: Weights, as_of: datetime
) -> Ranking:
    """These by what ``ranks_by`` says, highest first; those without a value last."""
    told = tuple(cases)
    scored = zip(told, formula.each(told, weights, as_of), strict=True)
    rows = []
    for place, (case, score) in enumerate(sorted(scored, key=_by_value), 1):
        heard = crowd(latest(case.heard))
        rows.append(
            Ranked(
                rank=place, case=case, scored=score, people=heard.people,
                companies=heard.companies,
            )
        )  # fmt: skip
    return Ranking(
        formula=formula.name,
        version=formula.version,
        formula_hash=formula.hash,
        weights_hash=weights.hash,
        as_of=as_of,
        rows=tuple(rows),
    )


def order(score: Scored) -> tuple[bool, float, int]:
    """Sorts scores: highest first, those without a value last, then by id."""
    by = score.ranks_by
    return by is None, -(by or 0.0), score.pain_point_id


def _by_value(one: tuple[Case, Scored]) -> tuple[bool, float, int]:
    return order(one[1])
