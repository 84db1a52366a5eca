"""A week's listening, drawn; from it, those whose voices are missing are heard."""

from __future__ import annotations

from datetime import timedelta

import pytest

from triage.tui.screens.listen import ListenScreen
from triage.tui.screens.listening_week import ListeningWeekScreen
from triage.workspace import Workspace
from tui.backlog import front, go, picture, status, visit
from tui.desk import NOW, Desk, Golden


@pytest.fixture
def heard(workspace: Workspace) -> Workspace:
    """Two of the mailbox were listened to, this week and the week before."""
    keys = [workspace.feedback(name).id for name in ("f1", "f2")]
    for begun in (NOW - timedelta(hours=2), NOW - timedelta(days=7)):
        workspace.keep_listening(begun, 900, keys, 1)
    return workspace


def week(desk: Desk) -> ListeningWeekScreen:
    """The screen in front."""
    found = front(desk)
    assert isinstance(found, ListeningWeekScreen)
    return found


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_looks(heard: Workspace, golden: Golden, size: tuple[int, int]) -> None:
    """Time set aside, who was heard, and whose voices are missing, largest first."""
    async with visit(heard, "listening-week", size) as desk:
        await go(desk)
        golden.check(f"listening_week_{size[0]}x{size[1]}", await picture(desk))


async def test_nobody_to_hear(empty: Workspace) -> None:
    """Where nobody has spoken, there is nobody to listen to."""
    async with visit(empty, "listening-week", (80, 24)) as desk:
        await go(desk, "L")
        assert status(desk) == "Everybody here was heard this week"


async def test_the_missing_are_heard(heard: Workspace) -> None:
    """L listens to exactly those whose voices are missing; then nobody's are."""
    async with visit(heard, "inbox") as desk:
        await go(desk, "g", "w")
        missing = week(desk).week
        assert missing is not None
        keys = missing.missing
        assert keys
        await go(desk, "L", "enter")
        assert isinstance(front(desk), ListenScreen)
        await go(desk, *["j"] * len(keys), "escape", "escape")
        assert week(desk).week is not None
        found = heard.week()
        assert set(found.feedback) >= set(keys)
        assert found.missing == ()
        await go(desk, "L")
        assert status(desk) == "Everybody here was heard this week"


async def test_these_are_heard(heard: Workspace) -> None:
    """enter listens to those of one row whom nobody has heard this week."""
    async with visit(heard, "listening-week") as desk:
        await go(desk, "j")
        row = week(desk).rows.row
        assert row is not None
        await go(desk, "enter", "enter")
        found = front(desk)
        assert isinstance(found, ListenScreen)
        assert found.said is not None
        assert found.said.id == row.unheard[0].feedback_id


async def test_other_weeks(heard: Workspace) -> None:
    """[ is the week before, ] the week after; the week that runs is the last."""
    async with visit(heard, "listening-week") as desk:
        await go(desk)
        here = week(desk)
        await go(desk, "]")
        assert status(desk) == "This week still runs"
        await go(desk, "[")
        assert here.week is not None
        assert here.week.is_over
        await go(desk, "]", "J", "K")
        assert not here.week.is_over
