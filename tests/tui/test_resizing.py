"""A window may change its size at any moment, on every screen and in every dialog."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from textual.widget import Widget

from factories import an_incoming, imported
from triage.tui.dialogs.one_of import OneOf, Option
from triage.tui.dialogs.sheet import Sheet
from triage.tui.dialogs.write import Write
from triage.tui.screens.listen import ListenScreen
from triage.tui.widgets.feedback_list import FeedbackList
from triage.tui.widgets.rows import Rows
from triage.workspace import Workspace
from tui.backlog import backlog, go, visit
from tui.desk import Desk

SIZES = [
    (60, 15), (80, 24), (200, 60), (100, 30), (120, 40), (99, 24), (79, 23), (160, 60),
    (80, 60), (80, 24), (20, 5), (80, 24),
]  # fmt: skip

FEW = [(60, 15), (200, 60), (80, 24)]

MOVES = ("j", "k", "J", "K", "ctrl+u")


async def resize(desk: Desk, *keys: str) -> None:
    """Through every size while moving; the cursor is in sight wherever there is room."""
    for number, size in enumerate(SIZES):
        desk.hold(*keys, *MOVES[number % 3 : number % 3 + 3])
        if number % 2:
            # From the very end nothing but the size moves the list.
            await go(desk, "G")
        await desk.pilot.resize_terminal(*size)
        if not number % 2:
            desk.hold("j")
        await go(desk)
        assert len(desk.text.splitlines()) <= size[1]
        if size[0] >= 80 and size[1] >= 24:
            for widget in desk.app.screen.query(Widget):
                _in_sight(widget)


def _in_sight(widget: Any) -> None:
    if isinstance(widget, FeedbackList | Rows) and widget.size.height > 0:
        rows = len(widget.queue if isinstance(widget, FeedbackList) else widget.rows)
        top = widget.scroll_offset.y
        height = widget.scrollable_content_region.height
        assert not rows or top <= widget.cursor < top + height, widget


@pytest.fixture
def long(workspace: Workspace) -> Workspace:
    """More of everything than a screen holds."""
    backlog(workspace)
    told = [
        an_incoming(str(n), f"voice {n} about {n * 7919}", author="Ida")
        for n in range(100, 160)
    ]
    imported(workspace, told, source="forum", group=False)
    for number in range(40):
        workspace.capture(f"Pain {number}")
        workspace.plan(f"Plan {number}")
    return workspace


@pytest.mark.parametrize(
    "area",
    ["inbox", "pain-points", "roadmap", "sources", "matches", "likenesses", "history"],
)
async def test_areas(long: Workspace, area: str) -> None:
    """Every area draws itself at every size, while its cursor moves."""
    async with visit(long, area) as desk:
        await resize(desk)


@pytest.mark.parametrize("keys", [("O",), ("C",), ("Z",), ("w",), ("enter",), ("v",)])
async def test_what_opens_over_the_inbox(
    long: Workspace, keys: tuple[str, ...]
) -> None:
    """So does what is opened over the inbox, and every view of the reading pane."""
    async with visit(long, "inbox") as desk:
        await go(desk, *keys)
        await resize(desk)


async def test_keys_come_back(long: Workspace) -> None:
    """A window that was too small for a moment has its keys again."""
    async with visit(long, "roadmap") as desk:
        before = desk.app.screen.query_one(Rows).cursor
        await desk.pilot.resize_terminal(60, 15)
        await go(desk)
        await desk.pilot.resize_terminal(120, 40)
        await go(desk, "j", "j")
        assert desk.app.screen.query_one(Rows).cursor > before + 1


async def test_a_pain_point(long: Workspace) -> None:
    """So does a pain point."""
    async with visit(long, "pain-points") as desk:
        await go(desk, "enter")
        await resize(desk)


async def test_listening(long: Workspace) -> None:
    """So does a session, and its end."""
    async with visit(long, "inbox") as desk:
        desk.app.push_screen(ListenScreen(long.ids(), 20))
        await go(desk)
        await resize(desk)
        await go(desk, "q", "escape")
        await resize(desk)


@pytest.mark.parametrize("key", ["1", "2", "3", "s", "t", "?", ":", "T", "i", "/"])
async def test_dialogs(long: Workspace, key: str) -> None:
    """So does every dialog, and it can still be left."""
    async with visit(long, "inbox") as desk:
        await go(desk, key)
        for size in FEW:
            desk.hold("down")
            await desk.pilot.resize_terminal(*size)
            await go(desk)
        await go(desk, "escape", "escape")
        assert desk.app.screen is desk.inbox


async def test_other_dialogs(long: Workspace) -> None:
    """And those that only other screens ask with."""
    lines = [[(f"line {number} " * 9, "")] for number in range(60)]
    options = [Option(str(n), n, f"choice {n}", "a note " * 20) for n in range(9)]
    async with visit(long, "inbox") as desk:
        for dialog in (Sheet("Why", lines, {"x": "do it"}), Write("What hurts? " * 20),
                       OneOf("Which?", options)):  # fmt: skip
            desk.app.push_screen(dialog)
            for size in FEW:
                desk.hold("j")
                await desk.pilot.resize_terminal(*size)
                await go(desk)
            await go(desk, "escape")
            assert desk.app.screen is desk.inbox


async def test_quickly(long: Workspace) -> None:
    """A window that is dragged about, with a key held down, is drawn in the end."""
    async with visit(long, "inbox") as desk:
        for width in range(60, 200, 3):
            desk.hold("j")
            await desk.pilot.resize_terminal(width, 15 + width % 45)
        await asyncio.sleep(0.1)
        await desk.pilot.resize_terminal(120, 40)
        await go(desk)
        _in_sight(desk.inbox.list)
        assert desk.here
