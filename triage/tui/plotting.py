"""A ranking as a plot: what it is worth, over what it takes."""

from __future__ import annotations

from triage.scoring import Formula, Ranked, Ranking
from triage.tui import rank_words, words
from triage.tui.scatter import Dot
from triage.tui.widgets.plot import Plotted

_COSTS = ("job_size", "effort")
"""Inputs that say what it takes, the first that a formula has."""


def plotted(ranking: Ranking, here: Ranked, formula: Formula) -> Plotted:
    """
    Value up, effort across; the pain point under the cursor stands out.

    The value is what the formula has above its stroke: divided by effort once more,
    what is cheap would be counted twice.
    """
    takes = _takes(formula)
    dots = []
    for row in ranking.rows:
        cost = _part(row, takes)
        worth = _worth(row, takes)
        if cost is not None and worth is not None:
            dots.append(Dot(cost, worth, row.case.pain_point.short, row is here))
    left_out = len(ranking.rows) - len(dots)
    missing = takes.replace("_", " ")
    note = f"{words.count(left_out, 'pain point')} without {missing} or value"
    return Plotted(
        dots=dots,
        across=missing,
        up=f"{rank_words.name(formula.name)}, before {missing}"
        if takes in {one.name for one in formula.inputs}
        else rank_words.name(formula.name),
        note=f"{note}; not shown" if left_out else "",
        says=rank_words.number,
    )


def _takes(formula: Formula) -> str:
    names = {one.name for one in formula.inputs}
    return next((one for one in _COSTS if one in names), "effort")


def _part(row: Ranked, name: str) -> float | None:
    part = next((one for one in row.scored.parts if one.name == name), None)
    if part is not None and part.by:
        return part.value
    return row.case.pain_point.effort if name == "effort" else None


def _worth(row: Ranked, takes: str) -> float | None:
    value = row.scored.value
    cost = next((one for one in row.scored.parts if one.name == takes), None)
    if value is None:
        return None
    return value * cost.value if cost is not None else value
