"""How far a plan is, in words, its tracker's own word beside them."""

from __future__ import annotations

from triage.model import RoadmapStatus
from triage.planning import Tracked
from triage.text.display import one_line


def spoken(status: RoadmapStatus | None, tracked: Tracked | None) -> str:
    """``in progress``, ``unmapped “Waiting for legal”``, ``shipped, gone there``."""
    if status is None:
        word = one_line(tracked.state, 30) if tracked else ""
        told = f"unmapped “{word}”" if word else "unknown"
    else:
        told = status.replace("_", " ")
    return f"{told}, gone there" if tracked and tracked.gone_at else told
