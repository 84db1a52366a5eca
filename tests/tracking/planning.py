"""What tests of trackers do over and over."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

from factories import an_incoming, imported, told_as
from triage.model import PainPoint
from triage.sync import Moved, SyncEvent
from triage.workspace import DraftView, PainView, Workspace


def hurting(workspace: Workspace, *words: str, **told: Any) -> PainPoint:
    """A pain point that several people are quoted for."""
    said = words or ("It loses every tag I set", "The export takes an hour")
    begin = len(workspace.db.read().execute("SELECT 1 FROM feedback").fetchall())
    names = [str(begin + number + 1) for number in range(len(said))]
    imported(
        workspace,
        [
            an_incoming(
                name, body, author=f"Person {name}", email=f"p{name}@acme.example",
                **told,
            )
            for name, body in zip(names, said, strict=True)
        ],
    )  # fmt: skip
    known = workspace.pain_points()
    point: int | str = known[0][0].pain_point.id if known else "Exports lose tags"
    workspace.accept(told_as(workspace, *names), point)
    return workspace.pain_points()[0][0].pain_point


def synced(workspace: Workspace, **told: Any) -> list[SyncEvent]:
    """Everything a sync of the planner tells."""

    async def all_of_it() -> list[SyncEvent]:
        return [event async for event in workspace.sync(["plan"], **told)]

    return asyncio.run(all_of_it())


def moved(events: Sequence[SyncEvent]) -> list[Moved]:
    """What has moved."""
    return [event for event in events if isinstance(event, Moved)]


def sent(workspace: Workspace, *views: DraftView) -> list[Any]:
    """Send these drafts, or all; what became of each."""
    drafts = [view.draft for view in views or workspace.drafts()]

    async def all_of_it() -> list[Any]:
        return [event async for event in workspace.send(drafts)]

    return asyncio.run(all_of_it())


def taken(workspace: Workspace, key: str, point: PainPoint | None = None) -> Any:
    """Take a plan of the planner onto the roadmap."""
    planned = asyncio.run(workspace.planned_at("plan", key))
    return workspace.plan_from("plan", planned, pain_point=point)


def pain(workspace: Workspace) -> PainView:
    """The one pain point as it is now."""
    return workspace.pain_points()[0][0]
