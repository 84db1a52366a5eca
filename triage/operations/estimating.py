"""Estimate and place: numbers people put on a pain point, and what they rest on."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from triage.errors import UsageError
from triage.model import PainPoint
from triage.operations import pain_points
from triage.operations.changes import added, edited, moment, removed
from triage.operations.labels import named, quoted
from triage.planning import Estimate
from triage.step import Change, Step

COLUMNS = ("severity", "effort", "confidence", "reach", "impact")
"""Inputs that are columns of the pain point; an estimate says what one rests on."""


def estimate(point: PainPoint, before: Estimate | None, after: Estimate) -> Step:
    """
    A number, set or put right; the column with it where the input is one.

    A column with neither quotes nor a reason keeps no estimate: who set it and when is
    in the history.
    """
    changes: list[Change] = []
    if after.name in COLUMNS:
        told = _with(point, after.name, after.value)
        changes += pain_points.edit(point, told).changes
    is_told = after.name not in COLUMNS or bool(after.evidence or after.reason)
    if before is None:
        changes += [_added(after)] if is_told else []
    elif is_told:
        changes += _put_right(before, after)
    elif before.value != after.value:
        changes.append(_removed(before))
    label = f"Estimated {_name(point)}: {after.name} {after.value:g}"
    return Step("estimate", named(label), tuple(changes))


def unestimate(point: PainPoint, name: str, before: Estimate | None) -> Step:
    """The number goes; nothing changes where there is none."""
    changes = [_removed(before)] if before else []
    if name in COLUMNS:
        changes += pain_points.edit(point, _with(point, name, None)).changes
    label = f"Took the estimate of {name} from {_name(point)}"
    return Step("estimate", named(label), tuple(changes))


def edit(before: PainPoint, after: PainPoint, estimates: Iterable[Estimate]) -> Step:
    """Whatever a person set; an estimate of what is another number now goes."""
    step = pain_points.edit(before, after)
    stale = [
        _removed(one)
        for one in estimates
        if one.name in COLUMNS
        and getattr(after, one.name) != getattr(before, one.name)
        and getattr(after, one.name) != one.value
    ]
    return replace(step, changes=(*step.changes, *stale))


def place(
    point: PainPoint, formula: str, before: Estimate | None, after: Estimate
) -> Step:
    """Where a person has it in a formula's ranking, and why."""
    if not after.reason.strip():
        raise UsageError(
            f"say why {point.short} is placed by hand: whoever reads the ranking asks"
        )
    label = f"Placed {_name(point)} by {formula}: {after.reason}"
    change = [_added(after)] if before is None else _put_right(before, after)
    return Step("place", named(label), tuple(change))


def unplace(point: PainPoint, formula: str, before: Estimate | None) -> Step:
    """The formula says again where it stands."""
    changes = (_removed(before),) if before else ()
    return Step("place", named(f"Let {formula} place {_name(point)}"), changes)


def _put_right(before: Estimate, after: Estimate) -> list[Change]:
    """Nothing where it says the same again: who said so first stays."""
    same = replace(after, id=before.id, at=before.at, by=before.by)
    if same == before:
        return []
    change = edited(
        "estimate", before.id, _columns(before), _columns(replace(after, id=before.id))
    )
    return [change] if change else []


def _with(point: PainPoint, column: str, value: float | None) -> PainPoint:
    told: Any = int(value) if column == "severity" and value is not None else value
    return replace(point, **{column: told})


def _added(one: Estimate) -> Change:
    return added("estimate", one.id, _columns(one))


def _removed(one: Estimate) -> Change:
    return removed("estimate", one.id, _columns(one))


def _columns(one: Estimate) -> Mapping[str, Any]:
    return {
        "pain_point_id": one.pain_point_id,
        "name": one.name,
        "value": one.value,
        "evidence": json.dumps(list(one.evidence), separators=(",", ":")),
        "reason": one.reason,
        "at": moment(one.at),
        "by": one.by,
    }


def _name(point: PainPoint) -> str:
    return f"{point.short} {quoted(point.title)}"
