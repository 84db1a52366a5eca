"""
What pain points are worth, by formulas anyone can recompute.

Each score is made of inputs that say where they are from; it is absolute: it never
moves because another pain point came or went.
"""

from __future__ import annotations

from triage.scoring.case import Case, Heard, Setting
from triage.scoring.ranking import Ranked, Ranking
from triage.scoring.scored import Origin, Part, Scored

__all__ = ["Case", "Heard", "Origin", "Part", "Ranked", "Ranking", "Scored", "Setting"]
