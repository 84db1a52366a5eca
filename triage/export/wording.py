"""Numbers, days and counts as people read them, the same wherever they are."""

from __future__ import annotations

from datetime import datetime

from triage.model import PainPoint, Priority
from triage.scoring import Scored
from triage.store.views import Plan


def number(value: float) -> str:
    """With commas, and two decimals where there are any."""
    return f"{value:,.2f}".rstrip("0").rstrip(".") if value % 1 else f"{value:,.0f}"


def day(at: datetime) -> str:
    """``2026-01-31``."""
    return f"{at:%Y-%m-%d}"


def value(scored: Scored) -> str:
    """The score, or a dash where an input is missing."""
    return "–" if scored.value is None else number(scored.value)


def span(scored: Scored) -> str:
    """The score with how low and high it may be; what it lacks where there is none."""
    if scored.value is None:
        return f"– (lacks {', '.join(scored.lacks)})"
    low, high = scored.low, scored.high
    if low is None or high is None or low == high:
        return number(scored.value)
    return f"{number(scored.value)} ({number(low)} to {number(high)})"


def progress(plan: Plan) -> str:
    """How far it has come; ``unmapped`` where its tracker's word means nothing."""
    return str(plan.status or "unmapped").replace("_", " ")


def priority(point: PainPoint) -> str:
    """As a person set it, or that nobody did."""
    is_set = point.priority is not Priority.NONE
    return point.priority.name.lower() if is_set else "no priority"
