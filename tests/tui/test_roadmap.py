"""The roadmap moves by keys, and every move can be taken back."""

from __future__ import annotations

import pytest

from triage.model import Horizon, RoadmapStatus
from triage.tui.screens.pain_point import PainPointScreen
from triage.tui.screens.roadmap import RoadmapScreen
from triage.workspace import Workspace
from tui.backlog import backlog, front, go, picture, status, visit
from tui.desk import Desk, Golden


@pytest.fixture
def workspace(workspace: Workspace) -> Workspace:
    """The inbox with a backlog."""
    return backlog(workspace)


def here(desk: Desk) -> str:
    """The plan under the cursor."""
    screen = front(desk)
    assert isinstance(screen, RoadmapScreen)
    return screen.plan.item.short if screen.plan else ""


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_looks(
    workspace: Workspace, golden: Golden, size: tuple[int, int]
) -> None:
    """Now, next, later; how far, whom it helps, and which pain it settles."""
    async with visit(workspace, "roadmap", size) as desk:
        golden.check(f"roadmap_{size[0]}x{size[1]}", await picture(desk))


async def test_move(workspace: Workspace) -> None:
    """< and > move a plan, the cursor goes with it, the ends hold, u moves it back."""
    async with visit(workspace, "roadmap") as desk:
        await go(desk, ">")
        assert workspace.roadmap_item("r1").horizon is Horizon.NEXT
        assert here(desk) == "r1"
        assert "NOW  nothing" in desk.text
        await go(desk, ">", ">")
        assert workspace.roadmap_item("r1").horizon is Horizon.LATER
        assert status(desk) == "Nothing had to change"
        await go(desk, "<")
        assert workspace.roadmap_item("r1").horizon is Horizon.NEXT
        await go(desk, "u", "u", "u")
        assert workspace.roadmap_item("r1").horizon is Horizon.NOW
        assert here(desk) == "r1"


async def test_keys_faster_than_the_disk(workspace: Workspace) -> None:
    """Two moves in a row are two moves."""
    async with visit(workspace, "roadmap") as desk:
        desk.hold("greater_than_sign", "greater_than_sign")
        await go(desk)
        assert workspace.roadmap_item("r1").horizon is Horizon.LATER


async def test_status(workspace: Workspace) -> None:
    """t says how far it has come."""
    async with visit(workspace, "roadmap") as desk:
        await go(desk, "t", "s")
        assert workspace.roadmap_item("r1").status is RoadmapStatus.SHIPPED
        assert "● shipped" in desk.text
        await go(desk, "u")
        assert workspace.roadmap_item("r1").status is RoadmapStatus.IN_PROGRESS


async def test_plan(workspace: Workspace) -> None:
    """n plans something for the part the cursor is in, and goes there."""
    async with visit(workspace, "roadmap") as desk:
        await go(desk, "n")
        await desk.type("Number the invoices")
        await go(desk, "enter")
        item = workspace.roadmap_item("r3")
        assert (item.title, item.horizon) == ("Number the invoices", Horizon.NOW)
        assert here(desk) == "r3"
        await go(desk, "u")
        assert len(workspace.roadmap()) == 2


async def test_link_and_unlink(workspace: Workspace) -> None:
    """l finds a pain point by its words, L lets go of it; both undone by u."""
    async with visit(workspace, "roadmap") as desk:
        await go(desk, "G", "l")
        await desk.type("money")
        await go(desk, "enter")
        assert [point.short for point in workspace.roadmap()[1].pain_points] == ["p2"]
        assert "Would help 1 person" in desk.text
        await go(desk, "L")
        assert workspace.roadmap()[1].pain_points == ()
        await go(desk, "u")
        assert len(workspace.roadmap()[1].pain_points) == 1


async def test_open_its_pain_point(workspace: Workspace) -> None:
    """Enter opens the pain point; of several, it asks which; of none, it says how."""
    dark = workspace.pain_point("p3").pain_point
    workspace.link(dark, workspace.roadmap_item("r1"))
    async with visit(workspace, "roadmap") as desk:
        await go(desk, "enter")
        await desk.type("dark")
        await go(desk, "enter")
        screen = front(desk)
        assert isinstance(screen, PainPointScreen)
        assert screen.point == dark
        await go(desk, "escape", "G", "enter")
        assert "l links one" in status(desk)


async def test_nothing_planned(empty: Workspace) -> None:
    """An empty roadmap says what fills it, and keys about a plan do nothing."""
    async with visit(empty, "roadmap", (80, 24)) as desk:
        await go(desk, "enter", "less_than_sign", "t", "l", "L")
        assert "Nothing is planned yet." in desk.text
        await go(desk, "n")
        await desk.type("Begin")
        await go(desk, "enter")
        assert empty.roadmap_item("r1").horizon is Horizon.LATER
        assert here(desk) == "r1"


async def test_hears_of_steps_made_elsewhere(workspace: Workspace) -> None:
    """A step undone on another screen is seen here when one comes back."""
    async with visit(workspace, "roadmap") as desk:
        await go(desk, "t", "d")
        assert "✕ dropped" in desk.text
        await go(desk, "g", "i", "u", "g", "r")
        assert "◐ in progress" in desk.text
