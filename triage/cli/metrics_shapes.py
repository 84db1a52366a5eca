"""Metrics for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from triage.cli.figures import rounded
from triage.cli.output import moment

if TYPE_CHECKING:
    from triage.measures.figure import Change, Figure
    from triage.measures.wave import Wave
    from triage.workspace.measured import Measured, MeasuredPart


def measured(found: Measured, method: str) -> dict[str, Any]:
    """Everything that was asked for."""
    return {
        "query": found.query,
        "by": found.by,
        "method": method,
        "waves": [wave(one) for one in found.waves],
        "unnamed": found.unnamed,
        "parts": [{"name": one.name, **part(one)} for one in found.parts],
    }


def part(one: MeasuredPart) -> dict[str, Any]:
    """The figures of a part, and what changed where two waves are compared."""
    return {
        "figures": [figure(told) for told in one.figures],
        "changes": [_change(told) for told in one.changes],
    }


def wave(one: Wave) -> dict[str, Any]:
    """From when to when."""
    return {"name": one.name, "begin": moment(one.begin), "end": moment(one.end)}


def figure(one: Figure) -> dict[str, Any]:
    """A figure with all one must know to believe it."""
    low, high = one.interval or (None, None)
    return {
        "name": one.name, "origin": one.origin.value, "method": one.method,
        "formula": one.formula, "unit": one.unit.value, "scale": one.scale, "n": one.n,
        "value": rounded(one.value), "low": rounded(low), "high": rounded(high),
        "why": one.why, "note": one.note,
    }  # fmt: skip


def _change(one: Change) -> dict[str, Any]:
    low, high = one.difference.interval or (None, None)
    return {
        "before": figure(one.before), "now": figure(one.now),
        "value": rounded(one.difference.value), "low": rounded(low),
        "high": rounded(high), "z": rounded(one.difference.z), "verdict": one.verdict,
    }  # fmt: skip
