"""What ``--json`` prints of rankings, and how their inputs read in a line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from triage.cli.output import day, moment, number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from triage.scoring import (
        Formula,
        Input,
        MoscowCheck,
        Part,
        Ranked,
        Ranking,
        Span,
        Stability,
    )

Json = dict[str, Any]
_DAYS = ("due", "scheduled")


def of_ranking(
    ranking: Ranking, rows: tuple[Ranked, ...], spans: Mapping[int, Span] | None = None
) -> Json:
    """These rows of a ranking, and everything needed to make it again."""
    return {
        **made_by(ranking),
        "pain_points": [of_ranked(row, (spans or {}).get(_id(row))) for row in rows],
    }


def made_by(ranking: Ranking) -> Json:
    """Everything needed to make a ranking again."""
    return {
        "formula": ranking.formula,
        "version": ranking.version,
        "formula_hash": ranking.formula_hash,
        "weights_hash": ranking.weights_hash,
        "as_of": moment(ranking.as_of),
        "total": len(ranking.rows),
    }


def of_ranked(row: Ranked, span: Span | None = None) -> Json:
    """One pain point at its place, with every input."""
    point, scored = row.case.pain_point, row.scored
    return {
        "rank": row.rank,
        "best_rank": span.best if span else None,
        "worst_rank": span.worst if span else None,
        "id": point.short,
        "title": point.title,
        "status": point.status.value,
        "priority": point.priority.name.lower(),
        "value": scored.value,
        "low": scored.low,
        "high": scored.high,
        "ranks_by": scored.ranks_by,
        "lacks": list(scored.lacks),
        "working": scored.working,
        "people": row.people,
        "companies": row.companies,
        "inputs": [of_part(part) for part in scored.parts],
        "placed": {
            "value": scored.placed.value,
            "reason": scored.placed.reason,
            "by": scored.placed.by,
            "at": moment(scored.placed.at),
        }
        if scored.placed
        else None,
    }


def of_part(part: Part) -> Json:
    """One input, and where it is from."""
    return {
        "name": part.name,
        "value": part.value,
        "uncapped": part.uncapped,
        "from": part.origin.value,
        "says": part.says,
        "by": part.by,
        "at": moment(part.at),
        "evidence": [f"e{one}" for one in part.evidence],
        "reason": part.reason,
    }


def of_check(check: MoscowCheck) -> Json:
    """How effort spreads over the labels."""
    return {
        "holds": check.holds,
        "planned": check.planned,
        "labels": [
            {
                "label": label,
                "pain_points": check.counts[label],
                "effort": check.effort[label],
                "share": check.share(label),
            }
            for label in check.effort
        ],
        "unsized": [f"p{one}" for one in check.unsized],
        "unlabelled": check.unlabelled,
    }


def of_stability(steady: Stability) -> Json:
    """How far a ranking rests on its weights."""
    return {
        "weights": list(steady.weights),
        "tau": steady.tau,
        "worst": steady.worst,
    }


def of_formula(formula: Formula, *, is_usual: bool) -> Json:
    """A formula and what it asks for."""
    return {
        "name": formula.name,
        "version": formula.version,
        "hash": formula.hash,
        "says": formula.says,
        "source": formula.source,
        "is_usual": is_usual,
        "inputs": [_of_input(one) for one in formula.inputs],
    }


def value_of(part: Part) -> str:
    """Its number; a day as one."""
    if part.name in _DAYS and part.value > 1:
        from triage.scoring.urgency import day_of

        return f"{day_of(part.value):%Y-%m-%d}"
    return number(round(part.value, 4))


def by_whom(part: Part) -> str:
    """``ada, 2026-03-02``; nothing where nobody set it."""
    return ", ".join(told for told in (part.by, day(part.at)) if told)


def _of_input(one: Input) -> Json:
    return {
        "name": one.name,
        "says": one.says,
        "scale": one.scale,
        "unit": one.unit,
        "needed": one.needed,
    }


def _id(row: Ranked) -> int:
    return row.case.pain_point.id
