"""
What pain points are worth, by formulas anyone can recompute.

Each score is made of inputs that say where they are from; it is absolute: it never
moves because another pain point came or went.
"""

from __future__ import annotations

from triage.scoring.case import Case, Heard, Setting
from triage.scoring.formula import PLACE, Formula, Input
from triage.scoring.formulas import FORMULAS, formula_named, input_named
from triage.scoring.moscow import MoscowCheck, moscow_check
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
    "Origin",
    "Part",
    "Ranked",
    "Ranking",
    "Scored",
    "Setting",
    "Span",
    "Stability",
    "formula_named",
    "heard",
    "input_named",
    "moscow_check",
    "order",
    "rank",
    "stability_of",
]
