"""What a plan's tracker has said of it, on a line each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from triage.cli.output import clock
from triage.text.display import one_line

if TYPE_CHECKING:
    from triage.model import RoadmapItem
    from triage.store.views import Plan
    from triage.workspace import Workspace


def states(workspace: Workspace, item: RoadmapItem) -> list[str]:
    """Each state it was seen in, the earliest first."""
    return [
        f"{clock(one.at)}  {one_line(one.state, 60)}"
        + (f" ({one.status.replace('_', ' ')})" if one.status else " (unmapped)")
        for one in workspace.states_of(item)
    ]


def standing(workspace: Workspace, plan: Plan) -> str:
    """A plan of a pain point: how far it settles it, how far it is, and since when."""
    from triage.store.plan_status import spoken

    told = f"{plan.item.title} ({plan.link.extent}), {plan.item.horizon}"
    told += f", {spoken(plan.status, plan.tracked)}"
    seen = workspace.states_of(plan.item)
    if seen:
        told += f" since {clock(seen[-1].at)}"
    return told
