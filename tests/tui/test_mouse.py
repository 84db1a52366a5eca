"""What can be seen can be clicked: rows, tabs, keys, headings, choices, scrollbars."""

from __future__ import annotations

import asyncio

import pytest
from rich.cells import cell_len
from textual import events

from factories import an_incoming, imported
from triage.model import Importance, PainStatus, State
from triage.tui.dialogs.accept import AcceptPicker
from triage.tui.dialogs.picker import Picker
from triage.tui.screens.group import GroupScreen
from triage.tui.screens.pain_points import PainPointsScreen
from triage.workspace import Workspace
from tui.backlog import backlog, front, go, visit
from tui.desk import NOW, Desk, Opened


def place(desk: Desk, words: str, nth: int = 0) -> tuple[int, int]:
    """Where words stand on the screen, in cells."""
    found = [
        (cell_len(line[: line.index(words)]), y)
        for y, line in enumerate(desk.text.splitlines())
        if words in line
    ]
    assert len(found) > nth, f"{words!r} is not on the screen:\n{desk.text}"
    return found[nth]


async def click(desk: Desk, words: str, nth: int = 0, times: int = 1) -> None:
    """Click on words."""
    await desk.pilot.click(offset=place(desk, words, nth), times=times)
    await go(desk)


async def test_rows(workspace: Workspace, opened: Opened) -> None:
    """A click puts the cursor on a row, two open it."""
    async with opened(workspace, (80, 24)) as desk:
        await click(desk, "Dark mode")
        assert desk.here == "f2"
        await click(desk, "Sync overwrites", times=2)
        assert "the newer chapter" in desk.text
        assert "Dark mode" not in desk.text


async def test_tabs(workspace: Workspace, opened: Opened) -> None:
    """A click on a tab turns to it, and back."""
    workspace.archive([workspace.feedback("f1")])
    async with opened(workspace) as desk:
        await click(desk, "Archived 1")
        assert desk.inbox.view.state is State.ARCHIVED
        assert desk.rows == ["f1"]
        await click(desk, "Inbox 8")
        assert len(desk.rows) == 8


async def test_tabs_of_pain_points(workspace: Workspace) -> None:
    """The same on other screens with tabs."""
    async with visit(backlog(workspace), "pain-points") as desk:
        await click(desk, "Dismissed")
        found = front(desk)
        assert isinstance(found, PainPointsScreen)
        assert found.status is PainStatus.DISMISSED


async def test_keys(workspace: Workspace, opened: Opened) -> None:
    """A click on a key of the footer does what the key does."""
    async with opened(workspace) as desk:
        await click(desk, "archive")
        assert desk.rows[0] == "f5"
        await click(desk, "u undo")
        assert desk.rows[0] == "f6"
        await click(desk, "keys", nth=0)
        assert "Keys here" in desk.text
        await click(desk, "esc close")
        assert "Keys here" not in desk.text


async def test_going_elsewhere(workspace: Workspace, opened: Opened) -> None:
    """A click on "go elsewhere" shows where to, a second one goes there."""
    async with opened(workspace) as desk:
        await click(desk, "go elsewhere")
        await click(desk, "pain points")
        assert isinstance(front(desk), PainPointsScreen)
        await click(desk, "go elsewhere")
        await click(desk, "esc stay")
        await go(desk, "j")
        assert isinstance(front(desk), PainPointsScreen)


async def test_arrivals(workspace: Workspace, opened: Opened) -> None:
    """A click on "1 new" lets it in."""
    async with opened(workspace) as desk:
        new = [an_incoming("99", "a new voice", received_at=NOW)]
        await asyncio.to_thread(imported, workspace, new)
        desk.inbox.look_for_new()
        await go(desk)
        await click(desk, "1 new")
        assert len(desk.rows) == 10


async def test_marks(workspace: Workspace, opened: Opened) -> None:
    """A click on how many are marked takes the marks away."""
    async with opened(workspace) as desk:
        await go(desk, "x")
        await click(desk, "1 marked")
        assert not desk.inbox.list.queue.marks


async def test_headings_of_the_reader(workspace: Workspace, opened: Opened) -> None:
    """A click on a heading asks for what its key does; on the text, for nothing."""
    async with opened(workspace) as desk:
        await click(desk, "hundred pages. I lose")
        assert front(desk) is desk.inbox
        await click(desk, "Same as")
        assert isinstance(front(desk), GroupScreen)
        await go(desk, "escape")
        await click(desk, "Like a pain point?")
        assert isinstance(desk.app.screen, AcceptPicker)


async def test_choices(workspace: Workspace, opened: Opened) -> None:
    """A click takes a choice, also one below a line that says why; the wheel moves."""
    async with opened(workspace) as desk:
        await go(desk, "1")
        picker = desk.app.screen
        assert isinstance(picker, AcceptPicker)
        await click(desk, "3 critical")
        assert picker.importance is Importance.CRITICAL
        await desk.pilot._post_mouse_events(
            [events.MouseScrollDown], widget=picker.list, offset=(1, 1)
        )
        await go(desk)
        assert picker.list.cursor == 1
        await go(desk, "up")
        await click(desk, "Money is taken twice")
        assert [one.feedback.short for one in workspace.pain_point("p2").quotes]
        weights = {q.evidence.importance for q in workspace.pain_point("p2").quotes}
        assert weights == {Importance.CRITICAL}


async def test_a_choice_below_its_reason(workspace: Workspace, opened: Opened) -> None:
    """The line that says why belongs to the choice above it."""
    async with opened(workspace, (80, 24)) as desk:
        await go(desk, "3")
        picker = desk.app.screen
        assert isinstance(picker, Picker)
        picker.list.choices[0] = type(picker.list.choices[0])(
            "first", "first", why="so"
        )
        picker.list.refresh(layout=True)
        second = picker.list.choices[1].label
        await go(desk)
        await click(desk, second)
        assert workspace.dispositions([workspace.feedback("f6").id]).popitem()[
            1
        ].reason == str(second)


async def test_hints(workspace: Workspace, opened: Opened) -> None:
    """The keys a dialog names can be clicked: the way out, and the answer."""
    async with opened(workspace) as desk:
        await go(desk, "3")
        await click(desk, "esc never mind")
        assert desk.app.screen is desk.inbox
        await go(desk, "3")
        await click(desk, "enter take")
        assert desk.rows[0] == "f5"


async def test_one_of(workspace: Workspace) -> None:
    """A click takes one of a few."""
    async with visit(backlog(workspace), "pain-points") as desk:
        await go(desk, "p")
        await click(desk, "medium")
        assert workspace.pain_point(1).pain_point.priority.name == "MEDIUM"


async def test_scrollbar_and_wheel(empty: Workspace, opened: Opened) -> None:
    """The wheel scrolls the list, a drag of the scrollbar goes far; the cursor stays."""
    voices = [an_incoming(str(n), f"voice {n} about {n * 7919}") for n in range(1, 401)]
    await asyncio.to_thread(imported, empty, voices, group=False)
    async with opened(empty) as desk:
        listed = desk.inbox.list
        await desk.pilot._post_mouse_events(
            [events.MouseScrollDown], widget=listed, offset=(2, 2)
        )
        await go(desk)
        await asyncio.sleep(0.1)
        assert listed.scroll_offset.y > 0
        assert listed.cursor == 0
        listed.scroll_to(y=0, animate=False, force=True)
        await go(desk)
        right, top = listed.region.right - 1, listed.region.y
        await desk.pilot.mouse_down(offset=(right, top))
        await desk.pilot.hover(offset=(right, top + 20))
        await desk.pilot.mouse_up(offset=(right, top + 20))
        await go(desk)
        await asyncio.sleep(0.1)
        assert listed.scroll_offset.y > 100
        await click(desk, "voice", nth=3)
        assert listed.cursor > 100


@pytest.mark.parametrize("area", ["roadmap", "sources", "history", "pain-points"])
async def test_opening_by_two_clicks(workspace: Workspace, area: str) -> None:
    """On every list two clicks open what enter opens."""
    async with visit(backlog(workspace), area) as desk:
        await go(desk, "enter")
        opened = type(desk.app.screen)
        await go(desk, "escape")
        if desk.app.screen is not front(desk):
            await go(desk, "escape")
        y = front(desk).query_one("#rows").region.y
        line = desk.text.splitlines()
        row = next(n for n in range(y, len(line)) if line[n].startswith("▌"))
        await desk.pilot.click(offset=(6, row), times=2)
        await go(desk)
        assert type(desk.app.screen) is opened
