"""In the app: trackers are searched as one types, and what is drafted there waits."""

from __future__ import annotations

import asyncio

from servers.planner import Plans
from tracking.planning import hurting, pain, synced, taken
from triage.workspace import Workspace
from tui.backlog import go, status, visit


async def until(told: object, seconds: float = 5.0) -> None:
    """Wait for what happens beside the screen."""
    assert callable(told)
    for _ in range(int(seconds * 50)):
        if told():
            return
        await asyncio.sleep(0.02)
    raise AssertionError("it never came")


async def test_linked_as_one_types(workspace: Workspace, plans: Plans) -> None:
    """A tracker's plans come beside ours with source and state; enter links in one step."""
    await asyncio.to_thread(hurting, workspace)
    key = plans.add("Faster export")
    plans.move(key, "Waiting for legal")
    before = len(workspace.history())
    async with visit(workspace, "pain-points") as desk:
        await go(desk, "l", *"faster exp")
        assert plans.requests == []
        await until(lambda: "Waiting for le" in desk.text)
        assert "plan PLAN-1" in desk.text
        assert len(plans.requests) == 1
        await go(desk, "up", "up", "enter")
        await until(lambda: pain(workspace).plans)
    (plan,) = pain(workspace).plans
    assert (plan.item.key, plan.status) == (key, None)
    assert len(workspace.history()) == before + 1


async def test_tracker_that_fails(workspace: Workspace, plans: Plans) -> None:
    """A tracker that refuses is told in the list; ours can be chosen all the same."""
    await asyncio.to_thread(hurting, workspace)
    workspace.plan("Faster export of ours")
    plans.token = "another"
    async with visit(workspace, "pain-points") as desk:
        await go(desk, "l", *"faster")
        await until(lambda: "✕" in desk.text)
        await go(desk, "enter")
        await until(lambda: pain(workspace).plans)


async def test_filed(workspace: Workspace, plans: Plans) -> None:
    """“File it there” plans it and drafts its creation; nothing is sent."""
    await asyncio.to_thread(hurting, workspace)
    async with visit(workspace, "pain-points") as desk:
        await go(desk, "l", "enter")
        await until(workspace.drafts)
        assert "waits" in status(desk)
    assert plans.requests == []
    assert pain(workspace).plans[0].item.tracker == "plan"


async def test_roadmap_keys(workspace: Workspace, plans: Plans) -> None:
    """Owner, target and title are set, comments drafted; an unmapped word says so."""
    key = plans.add("Faster export")
    point = await asyncio.to_thread(hurting, workspace)
    item = await asyncio.to_thread(taken, workspace, key, point)
    plans.move(key, "Waiting for legal")
    await asyncio.to_thread(synced, workspace)
    async with visit(workspace, "roadmap", (120, 40)) as desk:
        assert "? unmapped" in desk.text
        assert "means nothing here yet" in desk.text
        await go(desk, "O", *"Ann", "enter")
        await go(desk, "D", *"Q2", "enter")
        await until(lambda: workspace.roadmap_item(item.id).target == "Q2")
        await go(desk, "C")
        await until(workspace.drafts)
    assert workspace.roadmap_item(item.id).owner == "Ann"
    (view,) = workspace.drafts()
    assert view.draft.act == "comment"


async def test_sources_name_unmapped(workspace: Workspace, plans: Plans) -> None:
    """The screen of sources names a tracker's words without a meaning, and the line."""
    key = plans.add("Faster export")
    point = await asyncio.to_thread(hurting, workspace)
    await asyncio.to_thread(taken, workspace, key, point)
    plans.move(key, "Waiting for legal")
    await asyncio.to_thread(synced, workspace)
    async with visit(workspace, "sources", (120, 40)) as desk:
        await go(desk, "j")
        assert "Words of it that mean nothing yet" in desk.text
        assert "statuses.Waiting for legal'=planned" in desk.text


async def test_no_tracker(workspace: Workspace) -> None:
    """Without a tracker, filing says how to have one, and nothing is searched."""
    workspace.remove_source("plan")
    workspace.plan("Dark mode")
    async with visit(workspace, "roadmap") as desk:
        await go(desk, "F")
        assert "No tracker is configured" in status(desk)
    assert workspace.drafts() == []
