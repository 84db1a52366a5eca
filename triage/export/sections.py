"""Where on a board a pain point stands: by what is planned for it."""

from __future__ import annotations

from triage.export.backlog import BacklogRow
from triage.model import Horizon, PainStatus

SECTIONS = ("Now", "Next", "Later", "Not planned", "Done")
_HORIZONS = (Horizon.NOW, Horizon.NEXT, Horizon.LATER)


def section(row: BacklogRow) -> str:
    """The soonest horizon of what would settle it; done where it is no more open."""
    if row.view.pain_point.status is not PainStatus.OPEN:
        return "Done"
    planned = {plan.item.horizon for plan in row.view.plans}
    soonest = next((one for one in _HORIZONS if one in planned), None)
    return soonest.value.capitalize() if soonest else "Not planned"
