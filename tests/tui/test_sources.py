"""The sources say how they fare in words, and an import can be taken back."""

from __future__ import annotations

from pathlib import Path

import pytest

from factories import Telling, a_pull, an_incoming, pulled, regroup, unreadable
from triage.connector import Cursor, Incoming, Page, Unreadable
from triage.errors import SourceUnavailable
from triage.tui.screens.sources import SourcesScreen
from triage.workspace import BatchView, SourceView, Workspace
from tui.backlog import front, go, picture, status, toasts, visit
from tui.desk import Desk, Golden


def screen(desk: Desk) -> SourcesScreen:
    """The screen in front."""
    found = front(desk)
    assert isinstance(found, SourcesScreen)
    return found


async def to_import(desk: Desk) -> int:
    """Put the cursor on the latest import; its number."""
    while not isinstance(screen(desk).rows.row, BatchView):
        await go(desk, "j")
    row = screen(desk).rows.row
    assert isinstance(row, BatchView)
    return row.id


@pytest.fixture
def ill(workspace: Workspace) -> Workspace:
    """One source that fails and misses some, one input nobody could read."""
    told: list[Incoming | Unreadable] = [
        an_incoming("41", "a review"),
        unreadable("42"),
    ]
    broken = Telling(
        [Page(told, Cursor("1"), gap="reviews older than a week are gone")],
        SourceUnavailable("the store answers 503; it is down, try later"),
    )
    pulled(workspace.db, a_pull(broken, "play"))
    regroup(workspace)
    return workspace


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_looks(ill: Workspace, golden: Golden, size: tuple[int, int]) -> None:
    """Health by glyph and word, when, how much; then imports, then what was unreadable."""
    async with visit(ill, "sources", size) as desk:
        await go(desk, "j", "j")
        golden.check(f"sources_{size[0]}x{size[1]}", await picture(desk))


async def test_trouble_in_words(ill: Workspace) -> None:
    """A failure and a gap stand where the source does, and stay."""
    async with visit(ill, "sources") as desk:
        await go(desk, "j", "j")
        row = screen(desk).rows.row
        assert isinstance(row, SourceView)
        assert row.name == "play"
        assert "✕ failed" in desk.text
        assert "1 in trouble" in desk.text
        assert "the store answers 503; it is down, try" in desk.text
        assert "reviews older than a week are gone" in desk.text
        assert "1 input could not be read" in desk.text


async def test_unreadable(ill: Workspace) -> None:
    """What could not be read says why, and enter shows its bytes as far as they are text."""
    async with visit(ill, "sources") as desk:
        await go(desk, "G")
        assert "it is no text" in desk.text
        await go(desk, "enter")
        assert "as play sent it" in desk.text
        assert "␀" in desk.text


async def test_take_back(workspace: Workspace) -> None:
    """t asks, then removes all that an import brought; it says how many rows went."""
    async with visit(workspace, "sources") as desk:
        batch = await to_import(desk)
        await go(desk, "t")
        assert f"Take back b{batch}" in desk.text
        await go(desk, "n")
        assert workspace.counts()["feedback"] == 11
        await go(desk, "t", "y")
        assert workspace.counts()["feedback"] == 8
        assert f"Took back b{batch}: 3 rows gone" in status(desk)
        assert "taken back · survey" in desk.text
        await go(desk, "t")
        assert "taken back already" in status(desk)


async def test_take_back_refused(workspace: Workspace) -> None:
    """Where decisions rest on an import it stays, and a sentence says why."""
    workspace.archive([workspace.feedback("f9")])
    async with visit(workspace, "sources") as desk:
        await to_import(desk)
        await go(desk, "t", "y")
        assert toasts(desk)
        assert workspace.counts()["feedback"] == 11


async def test_keys_where_they_mean_nothing(workspace: Workspace) -> None:
    """t on a source says what it is about."""
    async with visit(workspace, "sources") as desk:
        await go(desk, "t")
        assert "about an import" in status(desk)


async def test_open(workspace: Workspace) -> None:
    """Enter shows all about a line where it has no pane of its own."""
    async with visit(workspace, "sources", (80, 24)) as desk:
        await go(desk, "enter")
        assert "brought in once, by an import" in desk.text
        await go(desk, "escape")
        await to_import(desk)
        await go(desk, "enter")
        assert "3 new, 0 changed, 0 known already" in desk.text


async def test_add(workspace: Workspace) -> None:
    """a shows the line that adds a source."""
    async with visit(workspace, "sources") as desk:
        await go(desk, "a")
        assert "triage sources add csv reviews path=reviews.csv" in desk.text


async def test_sync_is_followed(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """R pulls what is configured; the list follows, and names settings, not their values."""
    monkeypatch.setattr("triage.tui.screens.sources.LOOK", 0.02)
    file = tmp_path / "reviews.csv"
    file.write_text("id,body\n1,the export is slow\n2,nothing is found\n")
    workspace.add_source("reviews", "csv", {"path": str(file)})
    async with visit(workspace, "sources") as desk:
        assert "○ not yet" in desk.text
        await go(desk, "R")
        for _ in range(100):
            await desk.pilot.pause(0.02)
            if not desk.app.pulling and "● well" in desk.text:
                break
        assert "● well" in desk.text
        await go(desk, *["j"] * 2)
        row = screen(desk).rows.row
        assert isinstance(row, SourceView)
        assert (row.name, row.feedback) == ("reviews", 2)
        assert "settings path" in desk.text
        assert str(file) not in desk.text


async def test_nothing_yet(empty: Workspace) -> None:
    """Before anything came in it says how something does."""
    async with visit(empty, "sources", (80, 24)) as desk:
        await go(desk, "enter", "t")
        assert "Nothing has come in yet." in desk.text
        assert "how to add a source" in desk.text
