"""One pain point: every quote weighed where it stands, every number explained."""

from __future__ import annotations

import pytest

from factories import imported
from triage.model import Importance, PainStatus, Priority
from triage.tui.screens.group import GroupScreen
from triage.tui.screens.pain_point import PainPointScreen
from triage.tui.screens.pain_points import PainPointsScreen
from triage.workspace import Workspace
from tui.backlog import backlog, front, go, picture, status, toasts, visit
from tui.desk import Desk, Golden, said


@pytest.fixture
def workspace(workspace: Workspace) -> Workspace:
    """The inbox with a backlog."""
    return backlog(workspace)


def screen(desk: Desk) -> PainPointScreen:
    """The screen in front."""
    found = front(desk)
    assert isinstance(found, PainPointScreen)
    return found


def here(desk: Desk) -> str:
    """The feedback whose quote is under the cursor."""
    row = screen(desk).rows.row
    return row.feedback.short if row else ""


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_looks(
    workspace: Workspace, golden: Golden, size: tuple[int, int]
) -> None:
    """What hurts, whom, since when; quotes, and the feedback of one; what is planned."""
    async with visit(workspace, "pain-points", size) as desk:
        await go(desk, "enter")
        golden.check(f"pain_point_{size[0]}x{size[1]}", await picture(desk))


async def test_weigh(workspace: Workspace) -> None:
    """A digit says how much a quote matters and goes on; u takes it back, cursor and all."""
    async with visit(workspace, "pain-points") as desk:
        await go(desk, "enter")
        assert here(desk) == "f3"
        await go(desk, "1")
        assert workspace.evidence("e1").importance is Importance.NICE_TO_HAVE
        assert here(desk) == "f6"
        assert "1 nice" in desk.text
        assert "score 6" in desk.text
        await go(desk, "u")
        assert workspace.evidence("e1").importance is Importance.CRITICAL
        assert here(desk) == "f3"
        for key, weight in zip("0123", Importance, strict=True):
            await go(desk, "g", "g", key)
            assert workspace.evidence("e1").importance is weight


async def test_weighing_moves_no_row(workspace: Workspace) -> None:
    """Quotes stand as they stood on opening, whatever they weigh now."""
    async with visit(workspace, "pain-points") as desk:
        await go(desk, "enter", "0", "3")
        assert [row.feedback.short for row in screen(desk).rows.rows] == ["f3", "f6"]


async def test_keys_faster_than_the_disk(workspace: Workspace) -> None:
    """Two keys in a row are two steps; the second never meets a stale row."""
    async with visit(workspace, "pain-points") as desk:
        await go(desk, "enter")
        desk.hold("i", "i", "i")
        await desk.settle()
        assert not workspace.evidence("e1").observed
        assert not toasts(desk)
        assert [entry.verb for entry in workspace.history(3)] == ["weigh"] * 3


async def test_inferred(workspace: Workspace) -> None:
    """i says that somebody concluded it; such a quote counts half."""
    async with visit(workspace, "pain-points") as desk:
        await go(desk, "enter", "i")
        assert not workspace.evidence("e1").observed
        assert workspace.evidence("e1").importance is Importance.CRITICAL
        assert "inferred" in desk.text
        assert "score 7 " in desk.text
        await go(desk, "u")
        assert workspace.evidence("e1").observed


async def test_detach(workspace: Workspace) -> None:
    """d takes a quote out; u puts it back where it stood, the cursor on it."""
    async with visit(workspace, "pain-points") as desk:
        await go(desk, "enter", "j", "d")
        assert len(workspace.pain_point("p1").quotes) == 1
        assert here(desk) == "f3"
        await go(desk, "u")
        assert [row.feedback.short for row in screen(desk).rows.rows] == ["f3", "f6"]
        assert here(desk) == "f6"


async def test_quote_is_shown_in_its_feedback(workspace: Workspace) -> None:
    """The words quoted are marked in the feedback they came from."""
    async with visit(workspace, "pain-points") as desk:
        await go(desk, "enter")
        selection = screen(desk).reader.selection
        assert selection is not None
        assert selection.quote == "I lose an hour every time."
        assert "Tomás Ferreira" in desk.text


async def test_set_numbers(workspace: Workspace) -> None:
    """Severity by a key, effort and confidence as numbers; an empty field is not known."""
    async with visit(workspace, "pain-points") as desk:
        await go(desk, "enter", "S", "3", "E", "4", "enter")
        await go(desk, "C")
        await desk.type("60 %")
        await go(desk, "enter")
        point = workspace.pain_point("p1").pain_point
        assert (point.severity, point.effort, point.confidence) == (3, 4.0, 0.6)
        await go(desk, "E", "ctrl+a", "ctrl+k")
        await desk.type("a lot")
        await go(desk, "enter")
        assert "“a lot” is no number" in desk.text
        await go(desk, "ctrl+a", "ctrl+k", "enter", "S", "0")
        point = workspace.pain_point("p1").pain_point
        assert point.effort is None
        assert point.severity is None
        await go(desk, "u", "u")
        assert workspace.pain_point("p1").pain_point.effort == 4.0


async def test_numbers_that_cannot_be(workspace: Workspace) -> None:
    """A number out of its span is refused in a sentence, and nothing changes."""
    async with visit(workspace, "pain-points") as desk:
        await go(desk, "enter", "C", "ctrl+a", "ctrl+k")
        await desk.type("7")
        await go(desk, "enter")
        assert any("confidence is 7; it is 0 to 1" in said for said in toasts(desk))
        assert workspace.pain_point("p1").pain_point.confidence == 0.8


async def test_words(workspace: Workspace) -> None:
    """Title, statement of several lines, owner, priority and status; each undone by u."""
    async with visit(workspace, "pain-points") as desk:
        await go(desk, "enter", "e")
        await desk.type("!")
        await go(desk, "enter", "s")
        desk.hold("enter")
        await desk.type("Mostly reports.")
        await go(desk, "tab", "O", "ctrl+a", "ctrl+k", "-", "enter", "p", "2", "o", "d")
        point = workspace.pain_point("p1").pain_point
        assert point.title == "Export fails on large projects!"
        assert point.statement.endswith("exported.\nMostly reports.")
        assert point.owner == ""
        assert point.priority is Priority.HIGH
        assert point.status is PainStatus.DISMISSED
        await go(desk, "u", "u", "u", "u", "u")
        point = workspace.pain_point("p1").pain_point
        assert (point.title[-1], point.owner, point.status) == (
            "s", "dana", PainStatus.OPEN,
        )  # fmt: skip


async def test_escape_keeps_the_statement(workspace: Workspace) -> None:
    """What was typed and not kept changes nothing."""
    async with visit(workspace, "pain-points") as desk:
        await go(desk, "enter")
        steps = len(workspace.history())
        await go(desk, "s", "x", "escape", "e", "x", "escape", "S", "escape")
        assert len(workspace.history()) == steps


async def test_explain(workspace: Workspace) -> None:
    """x says every number the score is made of, person by person."""
    async with visit(workspace, "pain-points") as desk:
        await go(desk, "enter", "x")
        for words in (
            "10  =  demand 5 × severity 5 × confidence 0.8 ÷ effort 2",
            "Demand 5", "3 critical", "Tomás Ferreira", "2 important", "lumen_22",
            "Severity", "Confidence", "80 %", "2 person-months", "Formula demand-2",
        ):  # fmt: skip
            assert words in desk.text
        await go(desk, "escape")
        assert "Formula" not in desk.text


async def test_explain_counts_a_person_once(workspace: Workspace) -> None:
    """A person's earlier quote adds nothing, and the explanation says so."""
    workspace.attach(workspace.feedback("f3"), workspace.pain_point("p1").pain_point)
    async with visit(workspace, "pain-points") as desk:
        await go(desk, "enter", "x")
        assert "1 earlier quote of the same people adds nothing" in desk.text


async def test_its_history(workspace: Workspace) -> None:
    """H lists every step that touched it."""
    async with visit(workspace, "pain-points") as desk:
        await go(desk, "enter", "H")
        assert "What was decided about p1" in desk.text
        assert "Made p1 “Export fails on large" in desk.text
        assert "dana" in desk.text


async def test_link_and_unlink(workspace: Workspace) -> None:
    """l links one more plan; L asks which of two, and takes it away."""
    async with visit(workspace, "pain-points") as desk:
        await go(desk, "enter", "l", "enter")
        assert len(workspace.pain_point("p1").plans) == 2
        await go(desk, "L")
        await desk.type("refunds")
        await go(desk, "enter")
        (left,) = workspace.pain_point("p1").plans
        assert left.item.title == "Rewrite the exporter"
        await go(desk, "L")
        assert workspace.pain_point("p1").plans == ()
        assert "Nothing is planned for it" in desk.text
        await go(desk, "L")
        assert status(desk) == "Nothing is planned for it"
        await go(desk, "u")
        assert "Rewrite the exporter" in desk.text


async def test_no_quote_yet(workspace: Workspace) -> None:
    """Without a quote it says how one comes about; keys about quotes do nothing."""
    async with visit(workspace, "pain-points", (80, 24)) as desk:
        await go(desk, "G", "enter")
        assert "No quote shows it yet." in desk.text
        steps = len(workspace.history())
        await go(desk, "3", "i", "d", "m", "enter")
        assert len(workspace.history()) == steps


async def test_reader_where_there_is_room_for_one(workspace: Workspace) -> None:
    """Below 100 columns enter opens the feedback over the quotes, escape closes it."""
    async with visit(workspace, "pain-points", (80, 24)) as desk:
        await go(desk, "enter")
        assert "Word works." not in desk.text
        await go(desk, "enter")
        assert "Word works." in desk.text
        await go(desk, "escape")
        assert "Word works." not in desk.text
        await go(desk, "escape")
        assert isinstance(front(desk), PainPointsScreen)


async def test_group_of_a_quote(workspace: Workspace) -> None:
    """m opens all that say the same as the feedback quoted; escape comes back."""
    async with visit(workspace, "pain-points") as desk:
        await go(desk, "enter", "m")
        assert isinstance(front(desk), GroupScreen)
        await go(desk, "escape")
        assert isinstance(front(desk), PainPointScreen)


async def test_undone_from_under_it(workspace: Workspace) -> None:
    """A pain point whose writing down is undone closes its screen and says so."""
    workspace.capture("Too many mails")
    async with visit(workspace, "pain-points") as desk:
        await go(desk, "G", "enter")
        assert isinstance(front(desk), PainPointScreen)
        await go(desk, "u")
        assert isinstance(front(desk), PainPointsScreen)
        assert "p4" in status(desk)


@pytest.fixture
def edited(workspace: Workspace) -> Workspace:
    """The quoted feedback has since been rewritten at its source."""
    later = said(3, "Never mind, it works now.", 5, title="Export crash")
    imported(workspace, [later], source="mail")
    return workspace


async def test_a_text_changed_at_its_source(edited: Workspace) -> None:
    """A quote whose feedback was edited since is shown as it was, and that is said."""
    async with visit(edited, "pain-points") as desk:
        await go(desk, "enter")
        assert "Its source has changed these words since" in desk.text
        assert "I lose an hour every time." in desk.text
        assert "Never mind" in desk.text
