"""metrics --shipped: what was said before something shipped, and as long after."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from triage.cli import metrics_shapes, metrics_tables
from triage.cli.output import day, emit, emit_json, moment, note
from triage.text.display import one_line

if TYPE_CHECKING:
    from triage.brief import Effect
    from triage.workspace.measured import MeasuredPart
    from triage.workspace.metrics import ShippedMetrics


def tell(found: ShippedMetrics, method: str, *, as_json: bool) -> None:
    """Print it, for a program or for a person."""
    if as_json:
        emit_json("metrics-shipped", _told(found, method))
    else:
        _show(found)


def _told(found: ShippedMetrics, method: str) -> dict[str, Any]:
    return {
        "id": found.item.short,
        "title": found.item.title,
        "shipped_at": moment(found.at),
        "pain_points": [
            {"id": one.short, "title": one.title} for one in found.pains
        ],
        "method": method,
        "waves": [metrics_shapes.wave(one) for one in found.waves],
        "effect": _effect(found.effect),
        "quoted": _part(found.quoted),
        "everybody": _part(found.everybody),
    }  # fmt: skip


def _part(one: MeasuredPart | None) -> dict[str, Any] | None:
    return None if one is None else metrics_shapes.part(one)


def _effect(one: Effect) -> dict[str, Any]:
    return {
        "days": one.days, "weeks": list(one.weeks), "weeks_before": one.weeks_before,
        "feedback": {"before": one.before, "after": one.after},
        "people": {"before": one.people_before, "after": one.people_after},
        "verdict": one.verdict,
    }  # fmt: skip


def _show(found: ShippedMetrics) -> None:
    from triage.brief import words

    title = one_line(found.item.title, 200)
    emit(f"{found.item.short}  {title}, shipped {day(found.at)}")
    for point in found.pains:
        emit(f"  settles {point.short}  {one_line(point.title, 200)}")
    emit()
    if not found.pains:
        note("no pain point is linked to it, so nothing can be compared; `triage link`")
        return
    effect = found.effect
    emit(words.after(effect))
    if effect.days:
        before = " ".join(map(str, effect.weeks[: effect.weeks_before]))
        after = " ".join(map(str, effect.weeks[effect.weeks_before :]))
        emit(f"Feedback a week, before: {before}; after: {after}")
    for whose, part in (
        ("People quoted on it", found.quoted), ("Everybody", found.everybody),
    ):  # fmt: skip
        if part is not None and part.n:
            emit()
            emit(whose)
            metrics_tables.compared(part.changes, ("before", "after"))
    note("what comes after a release need not come from it")
