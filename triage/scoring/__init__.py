"""
What pain points are worth, by formulas anyone can recompute.

Each score is made of inputs that say where they are from; it is absolute: it never
moves because another pain point came or went.
"""

from __future__ import annotations

from triage.scoring.backlog_score import Score, backlog_order, score, score_of
from triage.scoring.case import Case, Heard, Setting
from triage.scoring.checking import checked, checked_columns, checked_input
from triage.scoring.formula import PLACE, Formula, Input
from triage.scoring.formulas import FORMULAS, formula_named, input_named, set_by_people
from triage.scoring.moscow import MoscowCheck, moscow_check
from triage.scoring.moved import Moved, moved
from triage.scoring.placing import above, below
from triage.scoring.ranking import Ranked, Ranking, order, rank
from triage.scoring.scored import Origin, Part, Scored
from triage.scoring.stability import Span, Stability, stability_of
from triage.scoring.voices import heard

__all__ = [
    "FORMULAS",
    "PLACE",
    "Case",
    "Formula",
    "Heard",
    "Input",
    "MoscowCheck",
    "Moved",
    "Origin",
    "Part",
    "Ranked",
    "Ranking",
    "Score",
    "Scored",
    "Setting",
    "Span",
    "Stability",
    "above",
    "backlog_order",
    "below",
    "checked",
    "checked_columns",
    "checked_input",
    "formula_named",
    "heard",
    "input_named",
    "moscow_check",
    "moved",
    "order",
    "rank",
    "score",
    "score_of",
    "set_by_people",
    "stability_of",
]
