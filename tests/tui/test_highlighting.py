"""Words are highlighted by keys: heard in one go, shown, changed, taken off, undone."""

from __future__ import annotations

import pytest

from triage.research import Feeling, Meaning, Stance
from triage.workspace import Workspace
from tui.desk import Golden, Opened


async def test_a_highlight_by_keys(workspace: Workspace, opened: Opened) -> None:
    """v selects, m asks: a key each for feeling, how much and meaning, then tags."""
    async with opened(workspace) as desk:
        await desk.press("v", "m")
        assert "What did they feel?" in desk.text
        await desk.press("f")
        assert "How frustrated?" in desk.text
        await desk.press("3")
        assert "What does it tell of them?" in desk.text
        await desk.press("n")
        await desk.type("export, big files")
        await desk.press("enter")
        (made,) = workspace.highlights()
        assert made.quote.endswith("five hundred pages.")
        assert (made.feeling, made.intensity, made.meaning, made.tags) == (
            Feeling.FRUSTRATED, 3, Meaning.NEED, ("export", "big files"),
        )  # fmt: skip
        assert "h1 ▼▼▼ frustrated · need" in desk.text
        selection = desk.inbox.reader.selection
        assert selection is not None
        assert selection.quote == "I lose an hour of work every time."
        await desk.press("escape", "u")
        assert workspace.highlights() == []
        assert "▼▼▼" not in desk.text
        await desk.press("U")
        assert len(workspace.highlights()) == 1
        assert "▼▼▼" in desk.text


async def test_every_question_may_be_skipped(
    workspace: Workspace, opened: Opened
) -> None:
    """enter skips; a highlight of nothing but words is one, too; esc sets nothing."""
    async with opened(workspace) as desk:
        await desk.press("v", "m", "f", "escape")
        assert workspace.highlights() == []
        await desk.press("m", "enter", "enter", "enter")
        (made,) = workspace.highlights()
        assert (made.feeling, made.meaning, made.tags) == (None, None, ())


async def test_changing_and_taking_off(workspace: Workspace, opened: Opened) -> None:
    """h goes to what is highlighted; m changes it, - takes an answer away, d all."""
    async with opened(workspace) as desk:
        await desk.press("v", "m", "f", "2", "n", "enter", "escape")
        await desk.press("h", "m")
        assert "› f ▼ frustrated" in desk.text.replace("›f", "› f")
        await desk.press("l", "enter", "-", "enter")
        (made,) = workspace.highlights()
        assert (made.feeling, made.intensity, made.meaning) == (
            Feeling.DELIGHTED, 2, None,
        )  # fmt: skip
        assert "h1 ▲▲ delighted" in desk.text
        await desk.press("d")
        assert workspace.highlights() == []
        await desk.press("escape", "h")
        assert desk.status == "Nothing of it is highlighted"


async def test_an_answer_is_gone_back_to(workspace: Workspace, opened: Opened) -> None:
    """Backspace asks the question before once more."""
    async with opened(workspace) as desk:
        await desk.press("v", "m", "f", "backspace")
        assert "What did they feel?" in desk.text
        await desk.press("a", "1", "enter", "backspace", "j", "enter")
        (made,) = workspace.highlights()
        assert (made.feeling, made.intensity, made.meaning) == (
            Feeling.ANGRY, 1, Meaning.JOB,
        )  # fmt: skip


async def test_a_competitor_is_asked_about(
    workspace: Workspace, opened: Opened
) -> None:
    """Where the words name one of the settings, it is asked how they do it."""
    workspace.add_competitor("Five Hundred")
    async with opened(workspace) as desk:
        await desk.press("v", "m", "enter", "enter")
        assert "Beside us, Five Hundred is" in desk.text
        await desk.press("b")
        await desk.type("Large files")
        await desk.press("enter", "enter")
        (made,) = workspace.highlights()
        assert made.comparison is not None
        assert (made.comparison.stance, made.comparison.aspect) == (
            Stance.BETTER, "large files",
        )  # fmt: skip
        assert "Five Hundred better, large" in desk.text


@pytest.mark.parametrize(("width", "height"), [(80, 24), (120, 40)])
async def test_how_it_looks(
    workspace: Workspace, opened: Opened, golden: Golden, width: int, height: int
) -> None:
    """The dialog over the reader, and highlights beneath the text."""
    async with opened(workspace, (width, height)) as desk:
        await desk.press("v", "m", "f", "2", "n", "enter", "m")
        golden.check(f"highlight_dialog_{width}x{height}", desk.text)
        await desk.press("escape", "escape")
        golden.check(f"highlighted_{width}x{height}", desk.text)
