"""A group shows why it is one, and a person's word beats the reason."""

from __future__ import annotations

import pytest

from factories import imported, told_as
from triage.model import Importance, State
from triage.tui.screens.group import GroupScreen
from triage.tui.screens.sources import SourcesScreen
from triage.workspace import Member, Suggestion, Workspace
from tui.backlog import front, go, picture, status, visit
from tui.desk import Desk, Golden, said

DOCUMENT = (
    "When I export a document of six hundred pages the window closes without a word and"
    " everything since the last save is gone"
)
LIKE_IT = "When I print a document of six hundred pages the window freezes for an hour"


@pytest.fixture
def pair(workspace: Workspace) -> Workspace:
    """Two that may say the same: suggested, not grouped."""
    told = [
        said(31, DOCUMENT, 1, author="Ida"),
        said(32, LIKE_IT, 2, author="Bo"),
        said(33, f"{DOCUMENT}.", 9, author="Eve"),
    ]
    imported(workspace, told, source="forum")
    found = workspace.suggestions(
        workspace.group_of(told_as(workspace, "31", source="forum")[0])
    )
    assert [one.match.score for one in found], "no suggestion to review"
    return workspace


def screen(desk: Desk) -> GroupScreen:
    """The screen in front."""
    found = front(desk)
    assert isinstance(found, GroupScreen)
    return found


async def show(desk: Desk, name: str) -> GroupScreen:
    """The group of a feedback, as it is opened from elsewhere."""
    desk.app.open("group", desk.app.workspace.feedback(name).id)
    await go(desk)
    await go(desk)
    return screen(desk)


def members(desk: Desk) -> list[str]:
    """The members in the list."""
    return [
        row.feedback.short for row in screen(desk).rows.rows if isinstance(row, Member)
    ]


def suggested(desk: Desk) -> list[str]:
    """Those that may say the same."""
    return [
        row.other.short for row in screen(desk).rows.rows if isinstance(row, Suggestion)
    ]


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_looks(
    workspace: Workspace, golden: Golden, size: tuple[int, int]
) -> None:
    """Members newest first; two texts, the words they share, and the sum they make."""
    async with visit(workspace, "sources", size) as desk:
        await show(desk, "f6")
        golden.check(f"group_{size[0]}x{size[1]}", await picture(desk))


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_suggestion_looks(
    pair: Workspace, golden: Golden, size: tuple[int, int]
) -> None:
    """A suggestion is reviewed with both texts in sight, and only its keys offered."""
    async with visit(pair, "sources", size) as desk:
        await show(desk, "f12")
        await go(desk, "G")
        golden.check(f"suggestion_{size[0]}x{size[1]}", await picture(desk))


async def test_why(workspace: Workspace) -> None:
    """The score, the words of either side, and the points as a sentence."""
    async with visit(workspace, "sources") as desk:
        await show(desk, "f6")
        for words in ("of 100 that f6 and f", "both say", "only f6", " points: +",
                      "that any two begin with", "together from"):  # fmt: skip
            assert words in desk.text
        assert members(desk) == ["f6", "f3", "f10"]


async def test_shared_words_are_marked(workspace: Workspace) -> None:
    """The words both say stand out in both texts."""
    async with visit(workspace, "sources") as desk:
        shown = await show(desk, "f6")
        for reader in (shown.comparison.left, shown.comparison.right):
            marked = {word for passage in reader._passages for word in passage.telling}
            assert {"export", "crashes", "project"} <= marked


async def test_split_and_undo(workspace: Workspace) -> None:
    """- takes the one under the cursor out for good; the rest stays; u puts it back."""
    async with visit(workspace, "sources") as desk:
        await show(desk, "f6")
        await go(desk, "-")
        assert members(desk) == ["f3", "f10"]
        assert len(workspace.group_of(workspace.feedback("f6")).members) == 1
        assert status(desk).startswith("Split f6")
        await go(desk, "u")
        assert members(desk) == ["f6", "f3", "f10"]


async def test_split_the_earliest(workspace: Workspace) -> None:
    """A group whose earliest member leaves stays on the screen under its new name."""
    async with visit(workspace, "sources") as desk:
        await show(desk, "f6")
        await go(desk, "G", "-")
        assert members(desk) == ["f6", "f3"]
        assert screen(desk).group is not None
        await go(desk, "u")
        assert members(desk) == ["f6", "f3", "f10"]


async def test_split_the_marked(workspace: Workspace) -> None:
    """Marked members leave together and stay together; all of them cannot."""
    async with visit(workspace, "sources") as desk:
        await show(desk, "f6")
        await go(desk, "*", "a", "-")
        assert "Nobody would be left" in status(desk)
        await go(desk, "*", "n", "x", "j", "x", "-")
        assert members(desk) == ["f10"]
        assert len(workspace.group_of(workspace.feedback("f6")).members) == 2
        await go(desk, "u")
        assert len(members(desk)) == 3


@pytest.mark.parametrize(
    ("key", "verdict"), [("n", "different"), ("r", "related"), ("y", "same")]
)
async def test_rule_on_a_suggestion(pair: Workspace, key: str, verdict: str) -> None:
    """y joins the two, n and r never suggest them again; u takes the word back."""
    async with visit(pair, "sources") as desk:
        await show(desk, "f12")
        (other,) = suggested(desk)
        before = members(desk)
        await go(desk, "G", key)
        assert other not in suggested(desk)
        assert (other in members(desk)) is (verdict == "same")
        group = screen(desk).group
        assert group is not None
        assert [one.verdict for one in group.rulings] == [verdict]
        await go(desk, "u")
        assert suggested(desk) == [other]
        assert members(desk) == before


async def test_who_ruled(pair: Workspace) -> None:
    """What a person said stands over what the machine thinks."""
    async with visit(pair, "sources") as desk:
        await show(desk, "f12")
        await go(desk, "G", "y")
        assert "A person said:" in desk.text
        assert "say the same." in desk.text


async def test_keys_about_suggestions_on_members(pair: Workspace) -> None:
    """A key that means nothing on this row says so and changes nothing."""
    async with visit(pair, "sources") as desk:
        await show(desk, "f12")
        steps = len(pair.history())
        await go(desk, "g", "g", "y")
        assert "about a suggestion" in status(desk)
        await go(desk, "G", "e")
        assert "about members" in status(desk)
        assert len(pair.history()) == steps


async def test_decide_members(workspace: Workspace) -> None:
    """Archive, decline, reopen and accept, for the row or for all that are marked."""
    async with visit(workspace, "sources") as desk:
        await show(desk, "f6")
        await go(desk, "e")
        ids = [workspace.feedback(name).id for name in ("f6", "f3", "f10")]
        assert [one.state for one in workspace.dispositions(ids).values()] == [
            State.ARCHIVED
        ]
        assert "archived" in desk.text
        await go(desk, "3", "enter")
        assert workspace.dispositions(ids)[ids[1]].reason == "not planned"
        await go(desk, "*", "a", "o")
        assert workspace.dispositions(ids) == {}
        await go(desk, "*", "a", "1", "2", "enter")
        assert len(workspace.pain_point("p1").quotes) == 3
        weights = {
            quote.evidence.importance for quote in workspace.pain_point("p1").quotes
        }
        assert weights == {Importance.IMPORTANT}
        await go(desk, "u")
        assert workspace.dispositions(ids) == {}


async def test_same_again(workspace: Workspace) -> None:
    """= gives those who joined later the decision the others have."""
    workspace.decline([workspace.feedback("f10")], "not planned")
    async with visit(workspace, "sources") as desk:
        await show(desk, "f6")
        await go(desk, "=")
        found = workspace.dispositions([workspace.feedback(f).id for f in ("f3", "f6")])
        assert {one.reason for one in found.values()} == {"not planned"}


async def test_alone(workspace: Workspace) -> None:
    """A group of one, with nothing like it, is only read."""
    async with visit(workspace, "sources", (80, 24)) as desk:
        await show(desk, "f2")
        assert "1 message" in desk.text
        assert "my eyes hurt at night" in desk.text
        await go(desk, "-", "escape")
        assert isinstance(front(desk), SourcesScreen)


async def test_texts_over_the_screen(workspace: Workspace) -> None:
    """Enter gives the texts the whole screen, escape the list again."""
    async with visit(workspace, "sources", (80, 24)) as desk:
        shown = await show(desk, "f6")
        await go(desk, "enter")
        assert not shown.rows.is_on_screen
        assert "points: +" in desk.text
        await go(desk, "escape")
        assert shown.rows.is_on_screen


def _side_by_side(shown: GroupScreen) -> bool:
    return shown.comparison.right.region.x > shown.comparison.left.region.x


async def test_narrower_and_wider(workspace: Workspace) -> None:
    """Side by side from 100 columns on, one under the other below."""
    async with visit(workspace, "sources") as desk:
        shown = await show(desk, "f6")
        assert _side_by_side(shown)
        await desk.pilot.resize_terminal(90, 30)
        await go(desk)
        assert not shown.comparison.right.region.width
        assert desk.text.count("five hundred pages") >= 2


@pytest.fixture
def resent(workspace: Workspace) -> Workspace:
    """The same from the same, twice."""
    told = [said(n, f"{DOCUMENT}.", n, author="Ida") for n in (31, 32)]
    imported(workspace, told, source="forum")
    return workspace


async def test_a_resend_is_marked(resent: Workspace) -> None:
    """What somebody sent before says so in its row, and in the title."""
    async with visit(resent, "sources") as desk:
        await show(desk, told_as(resent, "31", source="forum")[0].short)
        shown = await picture(desk)
        assert "1 resend" in shown
        assert shown.count("resend: When I export") == 1
