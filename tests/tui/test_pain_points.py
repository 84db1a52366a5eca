"""The backlog on the screen is in the order of the backlog, and keys change it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from triage.model import PainStatus, Priority
from triage.tui.screens.pain_points import PainPointsScreen
from triage.workspace import Workspace
from tui.backlog import (
    HOSTILE,
    backlog,
    front,
    go,
    hostile,
    picture,
    status,
    toasts,
    visit,
)
from tui.desk import Desk, Golden, Opened


@pytest.fixture
def workspace(workspace: Workspace) -> Workspace:
    """The inbox with a backlog."""
    return backlog(workspace)


def shown(desk: Desk) -> list[str]:
    """The ids in the list."""
    screen = front(desk)
    assert isinstance(screen, PainPointsScreen)
    return [one.point.short for one in screen.rows.rows]


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_looks(
    workspace: Workspace, golden: Golden, size: tuple[int, int]
) -> None:
    """Rank, priority, score, who, trend, plan; what hurts comes last."""
    async with visit(workspace, "pain-points", size) as desk:
        golden.check(f"pain_points_{size[0]}x{size[1]}", await picture(desk))


async def test_order(workspace: Workspace) -> None:
    """A person's priority first, then the score, then age: as the workspace has it."""
    async with visit(workspace, "pain-points") as desk:
        assert shown(desk) == ["p1", "p2", "p3"]
        workspace.prioritise(workspace.pain_point("p3").pain_point, Priority.URGENT)
        await go(desk, "g", "i", "u", "g", "p")
        assert shown(desk) == ["p1", "p2", "p3"]


async def test_priority_and_undo(workspace: Workspace) -> None:
    """p and a digit set a priority, the row moves with the cursor on it, u takes back."""
    async with visit(workspace, "pain-points") as desk:
        await go(desk, "G", "p", "1")
        assert workspace.pain_point("p3").pain_point.priority is Priority.URGENT
        assert shown(desk) == ["p1", "p3", "p2"]
        screen = front(desk)
        assert isinstance(screen, PainPointsScreen)
        assert screen.point is not None
        assert screen.point.short == "p3"
        assert "Made p3" in status(desk)
        await go(desk, "u")
        assert workspace.pain_point("p3").pain_point.priority is Priority.NONE
        assert shown(desk) == ["p1", "p2", "p3"]
        await go(desk, "p", "escape")
        assert len(workspace.history()) == len(workspace.history())


async def test_priority_by_cursor(workspace: Workspace) -> None:
    """In a choice of a few, j and enter do as well as its key."""
    async with visit(workspace, "pain-points") as desk:
        await go(desk, "p", "j", "enter")
        assert workspace.pain_point("p1").pain_point.priority is Priority.HIGH


async def test_write_down_and_rename(workspace: Workspace) -> None:
    """n writes a pain point down, e names it anew; each is one step."""
    async with visit(workspace, "pain-points") as desk:
        await go(desk, "n")
        await desk.type("Invoices lack a number")
        await go(desk, "enter")
        assert shown(desk) == ["p1", "p2", "p3", "p4"]
        await go(desk, "G", "e")
        await desk.type(", always")
        await go(desk, "enter")
        title = "Invoices lack a number, always"
        assert workspace.pain_point("p4").pain_point.title == title
        assert title in desk.text
        await go(desk, "u", "u")
        assert shown(desk) == ["p1", "p2", "p3"]


async def test_search(workspace: Workspace) -> None:
    """/ narrows as one types, enter keeps that, escape shows everything again."""
    async with visit(workspace, "pain-points") as desk:
        await go(desk, "/")
        await desk.type("dark")
        assert shown(desk) == ["p3"]
        await go(desk, "enter", "p", "4")
        assert workspace.pain_point("p3").pain_point.priority is Priority.LOW
        await go(desk, "escape")
        assert shown(desk) == ["p1", "p3", "p2"]
        await go(desk, "/")
        await desk.type("no such thing")
        assert "No open pain point says “no such thing”" in desk.text
        await go(desk, "escape")
        assert len(shown(desk)) == 3


async def test_status_has_its_own_list(workspace: Workspace) -> None:
    """A resolved pain point leaves the open ones for a list of its own, and comes back."""
    async with visit(workspace, "pain-points") as desk:
        await go(desk, "o", "r")
        assert workspace.pain_point("p1").pain_point.status is PainStatus.RESOLVED
        assert shown(desk) == ["p2", "p3"]
        assert "Open 2   Resolved 1   Dismissed" in desk.text
        await go(desk, "]")
        assert shown(desk) == ["p1"]
        await go(desk, "]")
        assert "No pain point is dismissed." in desk.text
        await go(desk, "u", "]")
        assert shown(desk) == ["p1", "p2", "p3"]


async def test_link_to_something_new(workspace: Workspace) -> None:
    """l finds a plan or makes one; u unlinks, u again forgets the plan."""
    async with visit(workspace, "pain-points") as desk:
        await go(desk, "G", "l")
        await desk.type("A dark theme")
        await go(desk, "tab", "enter")
        (plan,) = workspace.pain_point("p3").plans
        assert plan.item.title == "A dark theme"
        assert plan.link.extent == "partial"
        await go(desk, "u", "u")
        assert len(workspace.roadmap()) == 2


async def test_link_offers_what_is_not_linked(workspace: Workspace) -> None:
    """A plan that is linked already is not offered again."""
    async with visit(workspace, "pain-points") as desk:
        await go(desk, "l")
        assert "Refunds without asking" in desk.text
        assert "Rewrite the exporter  " not in desk.text
        await go(desk, "enter")
        titles = [plan.item.title for plan in workspace.pain_point("p1").plans]
        assert titles == ["Rewrite the exporter", "Refunds without asking"]


async def test_brief(workspace: Workspace, tmp_path: Path) -> None:
    """B writes what stakeholders are told, as the file's name says."""
    path = tmp_path / "brief.html"
    async with visit(workspace, "pain-points") as desk:
        await go(desk, "B", "ctrl+a", "ctrl+k")
        await desk.type(str(path))
        await go(desk, "enter")
        assert path.read_text().startswith("<!doctype html>")
        assert status(desk).startswith("Wrote ")
        await go(desk, "B", "ctrl+a", "ctrl+k")
        await desk.type(str(tmp_path / "brief.csv"))
        await go(desk, "enter")
        assert "must end in .html or .md" in status(desk)


async def test_export(workspace: Workspace, tmp_path: Path) -> None:
    """x writes the backlog as the file's name says; a file that is there is asked about."""
    path = tmp_path / "backlog.json"
    async with visit(workspace, "pain-points") as desk:
        await go(desk, "x", "ctrl+a", "ctrl+k")
        await desk.type(str(path))
        await go(desk, "enter")
        assert len(json.loads(path.read_text())["pain_points"]) == 3
        assert status(desk).startswith("Wrote ")
        path.write_text("mine")
        await go(desk, "x", "ctrl+a", "ctrl+k")
        await desk.type(str(path))
        await go(desk, "enter", "n")
        assert path.read_text() == "mine"
        await go(desk, "x", "ctrl+a", "ctrl+k")
        await desk.type(str(path))
        await go(desk, "enter", "y")
        assert path.read_text() != "mine"
        await go(desk, "x", "ctrl+a", "ctrl+k")
        await desk.type(str(tmp_path / "backlog.doc"))
        await go(desk, "enter")
        assert "must end in" in status(desk)
        await go(desk, "x", "ctrl+a", "ctrl+k")
        await desk.type(str(tmp_path / "nowhere" / "b.md"))
        await go(desk, "enter")
        assert any("make the folder first" in said for said in toasts(desk))


async def test_nothing_yet(empty: Workspace) -> None:
    """An empty backlog says what fills it."""
    async with visit(empty, "pain-points", (80, 24)) as desk:
        assert "No pain point yet." in desk.text
        await go(desk, "enter", "p", "e", "l", "o")
        assert shown(desk) == []


async def test_narrower_and_wider(workspace: Workspace) -> None:
    """Another width lays the columns out anew, the headings above them."""
    async with visit(workspace, "pain-points") as desk:
        await desk.pilot.resize_terminal(84, 30)
        await desk.settle()
        assert "firms" not in desk.text
        heading = next(line for line in desk.text.splitlines() if "what hurts" in line)
        row = next(line for line in desk.text.splitlines() if "▌" in line)
        assert heading.index("what hurts") == row.index("Export fails")
        await desk.pilot.resize_terminal(130, 30)
        await desk.settle()
        assert "firms" in desk.text


@pytest.fixture
def harmful(empty: Workspace) -> Workspace:
    """Texts that mean harm, in every field."""
    return hostile(empty)


async def test_text_that_means_harm(harmful: Workspace, opened: Opened) -> None:
    """No screen lets a text through as it came: the last guard has nothing to do."""
    async with opened(harmful, (100, 24)) as desk:
        for area in "shrp":
            await go(desk, "g", area)
            desk.hold(*"j" * len(HOSTILE))
            await go(desk)
            assert "\x1b" not in desk.text
        # One pain point after another, in its own order; then what can be asked of it.
        for number in range(1, len(HOSTILE) + 1):
            desk.app.open("pain-point", number)
            await go(desk)
            desk.app.pop_screen()
        await go(
            desk, "enter", "x", "escape", "H", "escape", "e", "escape", "s", "escape"
        )
        await go(desk, "p", "escape", "l", "escape", "O", "escape", "m", "enter")
        await go(desk, "escape", "escape", "escape")
        await go(desk, "g", "s", "G", "enter", "escape", "g", "r", "t", "escape", "l")
