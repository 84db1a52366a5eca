"""Stories on the screen: written part by part, told from quotes, kept and undone."""

from __future__ import annotations

import pytest

from triage.operations.story_text import parsed
from triage.tui.dialogs.story import StoryForm
from triage.workspace import Workspace
from tui.backlog import HOSTILE, backlog, front, go, picture, visit
from tui.desk import Desk, Golden

SIZES = [(80, 24), (120, 40)]
TOLD = parsed(
    "As a project lead\nI want the export to keep my work\n"
    "so that I do not lose an hour every time\nContext: large projects\n"
    "Given a project of 500 pages\nWhen I export it\nThen nothing is lost\n"
    "Quotes: e1\n"
)


@pytest.fixture
def workspace(workspace: Workspace) -> Workspace:
    """The inbox with a backlog."""
    return backlog(workspace)


def form(desk: Desk) -> StoryForm:
    """The form in front."""
    found = desk.app.screen
    assert isinstance(found, StoryForm)
    return found


async def write(desk: Desk, *parts: str) -> None:
    """Type each part and go on to the next field."""
    for part in parts:
        desk.hold(*part)
        await go(desk, "tab")


@pytest.mark.parametrize("size", SIZES)
async def test_pictures(
    workspace: Workspace, golden: Golden, size: tuple[int, int]
) -> None:
    """A form with the quotes to tick; then sentences, with what they rest on."""
    point = workspace.pain_point(1).pain_point
    async with visit(workspace, "pain-points", size) as desk:
        await go(desk, "enter", "w")
        golden.check(f"story_new_{size[0]}x{size[1]}", await picture(desk))
        await go(desk, "escape")
        workspace.tell_story(point, TOLD)
        workspace.tell_story(
            point, parsed("As an editor\nI want it quick\nAssumption: yes")
        )
        workspace.tell_story(point, parsed("As a user\nI want it to work"))
        front(desk).read_again()  # type: ignore[attr-defined]
        await go(desk)
        golden.check(f"story_told_{size[0]}x{size[1]}", await picture(desk))
        await go(desk, "w")
        golden.check(f"story_which_{size[0]}x{size[1]}", await picture(desk))
        await go(desk, "enter")
        golden.check(f"story_change_{size[0]}x{size[1]}", await picture(desk))


async def test_a_story_is_written(workspace: Workspace) -> None:
    """w, a field after the other, a quote ticked, f2: it is told; u takes it back."""
    async with visit(workspace, "pain-points") as desk:
        await go(desk, "enter", "w")
        assert "no quote yet" in desk.text
        await write(desk, "lead", "speed", "I get home", "on a train")
        desk.hold(*"Given a file", "enter", *"When I export", "enter", *"Then it is")
        await go(desk, "tab", "space")
        assert "no quote yet" not in desk.text
        await go(desk, "f2")
        (story,) = workspace.pain_point(1).stories
        assert (story.role, story.want, story.benefit, story.context) == (
            "lead", "speed", "I get home", "on a train",
        )  # fmt: skip
        assert (story.criteria[0].then, story.evidence) == ("it is", (1,))
        assert "As a lead, I want speed so that I get home." in desk.text
        await go(desk, "u")
        assert workspace.pain_point(1).stories == ()
        assert "As a lead" not in desk.text


async def test_what_is_wrong_is_said_in_the_form(workspace: Workspace) -> None:
    """A missing part or a line that is none keeps the form open, with a sentence."""
    async with visit(workspace, "pain-points") as desk:
        await go(desk, "enter", "w", "f2")
        assert "a story needs a role" in desk.text
        await write(desk, "lead", "speed", "", "")
        desk.hold(*"fast")
        await go(desk, "f2")
        assert "line 1: “fast” begins with none of" in desk.text
        assert form(desk).is_current


async def test_nothing_written_is_lost(workspace: Workspace) -> None:
    """Escape asks before it throws words away; an untouched form just closes."""
    async with visit(workspace, "pain-points") as desk:
        await go(desk, "enter", "w", "escape")
        assert not isinstance(desk.app.screen, StoryForm)
        await go(desk, "w")
        await write(desk, "lead", "speed")
        await go(desk, "escape")
        assert "not kept yet" in desk.text
        await go(desk, "k")
        assert workspace.pain_point(1).stories[0].want == "speed"
        assert "no quote yet" in desk.text


async def test_a_story_is_changed_and_removed(workspace: Workspace) -> None:
    """w on a told one asks which; the form has what it says; W takes it away."""
    workspace.tell_story(workspace.pain_point(1).pain_point, TOLD)
    async with visit(workspace, "pain-points") as desk:
        await go(desk, "enter", "w", "enter", "end")
        desk.hold(*"er")
        await go(desk, "f2")
        assert workspace.story("s1").role == "project leader"
        assert workspace.story("s1").evidence == (1,)
        await go(desk, "W")
        assert workspace.pain_point(1).stories == ()
        await go(desk, "u", "u")
        assert workspace.story("s1").role == "project lead"


async def test_hostile_stories(workspace: Workspace) -> None:
    """Whatever a story holds, the screen and the form show it harmlessly."""
    point = workspace.pain_point(1).pain_point
    for text in HOSTILE:
        line = " ".join(text.split())[:1500]
        if line.strip():
            workspace.tell_story(
                point, parsed(f"As a {line}\nI want {line}\nContext: {line}\n")
            )
    async with visit(workspace, "pain-points", (80, 24)) as desk:
        await go(desk, "enter", "w", "enter")
        assert form(desk).is_current
