"""The dashboard: tiles in columns, each leading to what tells more."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.test_page import a_dashboard
from screen import screen_text
from triage.tui.app import TriageApp
from triage.tui.screens.dashboard import DashboardScreen
from triage.tui.widgets.tile import TileCard
from triage.workspace import Workspace
from tui.backlog import HOSTILE, front, go, picture, status, visit
from tui.desk import Golden
from tui.test_states import Slow

SIZES = [(120, 40), (80, 24)]


@pytest.mark.parametrize("size", SIZES)
async def test_looks(
    workspace: Workspace, golden: Golden, size: tuple[int, int]
) -> None:
    """Two columns where there is room, one where there is not."""
    async with visit(workspace, "dashboard", size) as desk:
        golden.check(f"dashboard_{size[0]}x{size[1]}", await picture(desk))


async def test_counting(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """What takes longer says so meanwhile, keys are answered, then it is there."""
    slow = Slow(workspace, "dashboard")
    monkeypatch.setattr(workspace, "dashboard", slow)
    app = TriageApp(workspace, start="dashboard")
    async with app.run_test(size=(80, 24)) as pilot:
        try:
            await pilot.pause(0.4)
            assert "counting …" in screen_text(app)
            await pilot.press("?")
            await pilot.pause(0.1)
            assert "Keys here" in screen_text(app)
            await pilot.press("escape", "j", "G")
        finally:
            slow.may.set()
        await pilot.pause(0.4)
        assert "Feedback a week" in screen_text(app)


async def test_moving(workspace: Workspace) -> None:
    """j and k go from tile to tile, enter to what tells more of one."""
    async with visit(workspace, "dashboard") as desk:
        first = desk.app.screen.focused
        assert isinstance(first, TileCard)
        await go(desk, "j")
        assert desk.app.screen.focused is not first
        await go(desk, "G", "k", "g", "g")
        assert desk.app.screen.focused is first
        await go(desk, "enter")
        assert type(front(desk)).__name__ == "NumbersScreen"


async def test_span(workspace: Workspace) -> None:
    """+ looks further back and - less far, each as far as it goes."""
    async with visit(workspace, "dashboard") as desk:
        await go(desk, "+", "+")
        assert "52 weeks" in await picture(desk)
        await go(desk, "+")
        assert "the furthest back" in status(desk)
        await go(desk, "-", "-", "-")
        assert "4 weeks" in await picture(desk)
        await go(desk, "-")
        assert "the fewest" in status(desk)


async def test_page(workspace: Workspace, tmp_path: Path) -> None:
    """x writes the same as a page to the file somebody names."""
    path = tmp_path / "here.html"
    async with visit(workspace, "dashboard") as desk:
        await go(desk, "x", "ctrl+u", *str(path), "enter")
        await picture(desk)
        assert "Wrote" in status(desk)
    assert path.read_text(encoding="utf-8").startswith("<!doctype html>")


@pytest.mark.parametrize("size", SIZES)
async def test_nobody_heard(
    empty: Workspace, golden: Golden, size: tuple[int, int]
) -> None:
    """Where nobody was heard it says what leads on."""
    async with visit(empty, "dashboard", size) as desk:
        golden.check(f"dashboard_empty_{size[0]}x{size[1]}", await picture(desk))


@pytest.mark.parametrize("size", SIZES)
async def test_every_shape(
    workspace: Workspace, golden: Golden, size: tuple[int, int]
) -> None:
    """Weeks, ranges, rows and maps are drawn at any width."""
    async with visit(workspace, "dashboard", size) as desk:
        screen = front(desk)
        assert isinstance(screen, DashboardScreen)
        screen.show_found(a_dashboard("Export"))
        golden.check(f"dashboard_shapes_{size[0]}x{size[1]}", await picture(desk))


@pytest.mark.parametrize("text", HOSTILE)
async def test_hostile(workspace: Workspace, text: str) -> None:
    """Whatever is said, the guard has nothing to do."""
    async with visit(workspace, "dashboard", (80, 24)) as desk:
        screen = front(desk)
        assert isinstance(screen, DashboardScreen)
        screen.show_found(a_dashboard(text[:2000]))
        await go(desk, "j", "j", "G")
