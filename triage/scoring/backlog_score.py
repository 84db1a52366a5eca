"""What stands beside a pain point in the backlog: its demand score, who was heard."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from triage.model import PainPoint, Priority
from triage.scoring.case import Case
from triage.scoring.demand import DEMAND
from triage.scoring.inputs import rounded
from triage.scoring.ranking import order
from triage.scoring.scored import Scored
from triage.scoring.voices import crowd, latest
from triage.weights import Weights


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """
    The demand score of a pain point, and the people behind it.

    Attributes:
        low: Counting only what customers said themselves.
        high: Counting what was inferred in full.
        revenue: Monthly revenue of the companies heard, each counted once.
    """

    value: float
    low: float
    high: float
    demand: float
    importance_sum: int
    people: int
    companies: int
    revenue: float
    formula: str = DEMAND.title
    formula_hash: str = DEMAND.hash


def score(case: Case, weights: Weights, as_of: datetime) -> Score:
    """The demand score of a case."""
    made = DEMAND.reckon(case, weights, as_of)
    assert made.value is not None
    assert made.low is not None
    assert made.high is not None
    heard = crowd(latest(case.heard))
    return Score(
        value=made.value,
        low=made.low,
        high=made.high,
        demand=rounded(made.parts[0].value),
        importance_sum=heard.importance,
        people=heard.people,
        companies=heard.companies,
        revenue=heard.revenue,
    )


def backlog_order(
    pain_point: PainPoint, scored: Scored
) -> tuple[int, tuple[bool, float, int]]:
    """Sorts a backlog: a person's priority first, then what ranks it, then age."""
    return int(pain_point.priority or Priority.LOW + 1), order(scored)
