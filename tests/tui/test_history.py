"""Every step stands in the history, and any of them can be taken back from there."""

from __future__ import annotations

import pytest

from triage.model import Priority
from triage.tui.screens import history
from triage.tui.screens.history import HistoryScreen
from triage.workspace import Workspace
from tui.backlog import backlog, front, go, picture, status, toasts, visit
from tui.desk import Desk, Golden, Opened


@pytest.fixture
def workspace(workspace: Workspace) -> Workspace:
    """The inbox with a backlog."""
    return backlog(workspace)


def screen(desk: Desk) -> HistoryScreen:
    """The screen in front."""
    found = front(desk)
    assert isinstance(found, HistoryScreen)
    return found


def states(desk: Desk) -> list[str]:
    """How the steps stand, the latest first."""
    return [entry.state for entry in screen(desk).rows.rows]


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_looks(
    workspace: Workspace, golden: Golden, size: tuple[int, int]
) -> None:
    """Number, when, who, how it stands; what was done comes last."""
    workspace.undo()
    async with visit(workspace, "history", size) as desk:
        lines = (await picture(desk)).splitlines()
        # When a step was made is the moment of the test; all else reads alike.
        told = "\n".join(_without_times(line, size[0]) for line in lines) + "\n"
        whose = f"{workspace.history()[-1].by[:10]:<10}  "
        told = told.replace(whose, f"{'somebody':<10}  ")
        golden.check(f"history_{size[0]}x{size[1]}", told)


def _without_times(line: str, width: int) -> str:
    from triage.tui.words import fit

    if not line[2:7].strip().isdigit():
        return line
    end = 27 if width >= 100 else 13
    return line[:9] + fit("", end - 9) + line[end:]


async def test_undo_and_redo(workspace: Workspace) -> None:
    """u takes back the last step, U does it again; the list says how each stands."""
    async with visit(workspace, "history") as desk:
        await go(desk, "u")
        assert states(desk)[:2] == ["undone", "done"]
        assert "↶ undone" in desk.text
        await go(desk, "u")
        assert states(desk)[:3] == ["undone", "undone", "done"]
        await go(desk, "U", "U")
        assert set(states(desk)) == {"done"}


async def test_undo_this_very_step(workspace: Workspace) -> None:
    """Enter shows a step, u there takes back that one and no other."""
    workspace.prioritise(workspace.pain_point("p3").pain_point, Priority.LOW)
    workspace.prioritise(workspace.pain_point("p2").pain_point, Priority.LOW)
    async with visit(workspace, "history") as desk:
        await go(desk, "j", "enter")
        assert "Made p3 “Dark mode is missing” low" in desk.text
        assert "prioritise · 1 row" in desk.text
        await go(desk, "u")
        assert workspace.pain_point("p3").pain_point.priority is Priority.NONE
        assert workspace.pain_point("p2").pain_point.priority is Priority.LOW
        assert states(desk)[:2] == ["done", "undone"]
        await go(desk, "x")
        assert "not in force" in status(desk)


async def test_undo_this_by_a_key(workspace: Workspace) -> None:
    """x does the same without asking."""
    async with visit(workspace, "history") as desk:
        await go(desk, "x")
        assert states(desk)[0] == "undone"
        assert workspace.pain_point("p1").plans == ()


async def test_conflict_is_explained(workspace: Workspace) -> None:
    """A step that later ones rest on is not taken back; the sentence names one of them."""
    async with visit(workspace, "history") as desk:
        place = next(
            index for index, entry in enumerate(screen(desk).rows.rows)
            if entry.label.startswith("Planned r1")
        )  # fmt: skip
        await go(desk, *["j"] * place, "x")
        assert any("undo it first" in said for said in toasts(desk))
        assert set(states(desk)) == {"done"}
        assert workspace.roadmap_item("r1").title == "Rewrite the exporter"


async def test_what_a_step_moved(workspace: Workspace) -> None:
    """The account of a step names the feedback it moved, and where that stands now."""
    workspace.decline(
        [workspace.feedback("f2"), workspace.feedback("f5")], "not planned"
    )
    async with visit(workspace, "history", (80, 24)) as desk:
        await go(desk, "enter")
        assert "Feedback it moved" in desk.text
        assert "f5" in desk.text
        assert "declined, not planned" in desk.text
        await go(desk, "escape")
        assert "Feedback it moved" not in desk.text


async def test_pages(
    workspace: Workspace, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Older steps come as the cursor nears them; a step made meanwhile moves no cursor."""
    monkeypatch.setattr(history, "PAGE", 5)
    monkeypatch.setattr(history, "NEAR", 2)
    total = len(workspace.history())
    async with opened(workspace) as desk:
        desk.app.switch_mode("history")
        await go(desk)
        await go(desk)
        shown = screen(desk)
        shown._wanted = 5
        shown.read_again()
        await go(desk)
        assert len(shown.rows.rows) == 5
        assert "of 5 and more" in desk.text
        await go(desk, "G")
        assert len(shown.rows.rows) > 5
        for _ in range(total):
            await go(desk, "j")
        assert len(shown.rows.rows) == total
        assert f"{total} of {total}" in desk.text
        assert [entry.id for entry in shown.rows.rows] == sorted(
            (entry.id for entry in workspace.history()), reverse=True
        )
        here = shown.rows.row
        workspace.undo()
        shown.read_again()
        await go(desk)
        assert len(shown.rows.rows) == total
        assert shown.rows.row is not None
        assert here is not None
        assert shown.rows.row.id == here.id


async def test_nothing_yet(empty: Workspace) -> None:
    """Before the first decision it says what will stand here."""
    async with visit(empty, "history", (80, 24)) as desk:
        await go(desk, "enter", "x", "u")
        assert "Nothing was decided yet." in desk.text
        assert "Nothing to undo" in status(desk)
