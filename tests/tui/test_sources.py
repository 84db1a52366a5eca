"""The sources say how they fare in words, and an import can be taken back."""

from __future__ import annotations

from pathlib import Path

import pytest

import places
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


@pytest.fixture
def six(empty: Workspace) -> Workspace:
    """Sources that fare well, failed, are late, miss some, are pulled, and are new."""
    folder = empty.path.parent
    for name in ("app store", "mail", "play", "reviews", "survey", "zendesk"):
        file = folder / f"{name}.csv"
        file.write_text("id,body\n1,the export is slow\n")
        empty.add_source(name, "csv", {"path": str(file)})
    for name in ("app store", "mail", "reviews", "survey"):
        told = [an_incoming(f"{name}-{n}", f"{name} says thing {n}") for n in range(3)]
        gap = "reviews older than a week are gone" if name == "reviews" else ""
        pages = [Page([one], Cursor(str(n)), gap=gap) for n, one in enumerate(told, 1)]
        for many in (1, 2, 3, 3, 3):
            pulled(empty.db, a_pull(Telling(pages[:many]), name))
    down = SourceUnavailable("the store answers 503; it is down, try later")
    for _ in range(3):
        pulled(empty.db, a_pull(Telling([], down), "play"))
    regroup(empty)
    with empty.db.write() as write:
        for (batch,) in write.execute("SELECT id FROM batch").fetchall():
            ago = 15 * (60 - batch)
            write.execute(
                "UPDATE batch SET started_at = strftime('%Y-%m-%dT%H:%M:%f000Z',"
                " moment(), ?), finished_at = strftime('%Y-%m-%dT%H:%M:%f000Z',"
                " moment(), ?) WHERE id = ?",
                (f"-{ago} minutes", f"-{ago} minutes", batch),
            )
        write.execute(
            "UPDATE source SET synced_at = '2026-03-05T03:00:00.000000Z'"
            " WHERE name = 'mail'"
        )
        write.execute(
            "UPDATE source SET lease_holder = 'laptop:4711', lease_at = moment()"
            " WHERE name = 'survey'"
        )
        write.execute(
            "UPDATE batch SET finished_at = NULL WHERE id ="
            " (SELECT max(b.id) FROM batch b JOIN source s ON s.id = b.source_id"
            " WHERE s.name = 'survey')"
        )
        write.execute("UPDATE batch SET new = 1200 WHERE finished_at IS NULL")
    return empty


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_looks_with_six(
    six: Workspace, golden: Golden, size: tuple[int, int]
) -> None:
    """Each source says in a line how it fares: well, late, failed, gap, pulled, new."""
    async with visit(six, "sources", size) as desk:
        for keys, name in ("j", "mail"), ("j", "play"), ("jj", "survey"):
            await go(desk, *keys)
            golden.check(f"sources_six_{name}_{size[0]}x{size[1]}", await picture(desk))


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


@pytest.fixture
def known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Places that do as they are told."""
    monkeypatch.syspath_prepend(str(places.installed(tmp_path / "installed")))


@pytest.mark.usefixtures("known")
async def test_several_at_once(empty: Workspace) -> None:
    """R tells of each while all go on; what failed is named at the end, and stays."""
    for name in ("one", "two"):
        settings = {"name": name, "pages": 40, "pause": 0.03}
        empty.add_source(name, "place", settings)
    for name, end in ("bad", "down"), ("odd", "bug"):
        empty.add_source(name, "place", {"name": name, "end": end})
    async with visit(empty, "sources") as desk:
        desk.hold("R")
        seen = set()
        for _ in range(3000):
            await desk.pilot.pause(0.01)
            seen.add(status(desk))
            if not desk.app.pulling and "Done" in status(desk):
                break
        assert any("2 of 4 done · one " in told and "two " in told for told in seen)
        done = status(desk)
        assert done.startswith("Done: 82 new, 0 changed · failed: ")
        assert "bad" in done
        assert "odd" in done
        for _ in range(1500):
            await go(desk)
            if desk.text.count("✕ failed") == 2:
                break
        # Here it stands in each source's line; nothing covers those.
        assert toasts(desk) == []
        assert desk.text.count("✕ failed") == 2
        # The bug of a connector does not end the app; asked again, it is told again.
        while getattr(screen(desk).rows.row, "name", "") != "bad":
            await go(desk, "j")
        assert "r tries again" in desk.text
        desk.hold("r")
        for _ in range(1500):
            await desk.pilot.pause(0.01)
            if empty.source("bad").failures == 2:
                break
        assert empty.source("bad").failures == 2
        assert empty.source("odd").failures == 1


@pytest.mark.usefixtures("known")
@pytest.mark.parametrize("ends", [("bug",), ("down", "bug")])
async def test_failures_are_told_elsewhere(
    empty: Workspace, ends: tuple[str, ...]
) -> None:
    """In the inbox one failure is told with its reason, several in one breath."""
    for number, end in enumerate(ends):
        empty.add_source(f"s{number}", "place", {"name": f"s{number}", "end": end})
    async with visit(empty, "inbox") as desk:
        desk.hold("R")
        for _ in range(3000):
            await desk.pilot.pause(0.01)
            if not desk.app.pulling and "Done" in status(desk) and toasts(desk):
                break
        (told,) = toasts(desk)
        assert told.startswith(
            "s0: its connector has a fault" if len(ends) == 1 else "2 sources failed: s"
        )
        assert len(ends) == 1 or "gs says why" in told


@pytest.mark.usefixtures("known")
async def test_what_hangs_is_stopped(empty: Workspace) -> None:
    """X ends a pull that tells nothing; what came is kept, and it is no failure."""
    empty.add_source("slow", "place", {"name": "slow", "end": "hang"})
    async with visit(empty, "sources") as desk:
        desk.hold("r")
        for _ in range(1500):
            await desk.pilot.pause(0.01)
            if empty.counts()["feedback"]:
                break
        desk.hold("X")
        for _ in range(1500):
            await desk.pilot.pause(0.01)
            if not desk.app.pulling:
                break
        await go(desk)
        assert "Stopped: 1 new kept" in status(desk)
        for _ in range(1500):
            if not empty.source("slow").holder:
                break
            await desk.pilot.pause(0.01)
        assert empty.source("slow").holder == ""
        assert empty.source("slow").failures == 0


async def test_gap_is_cleared(ill: Workspace) -> None:
    """c takes a gap as read; elsewhere it says what it is about."""
    async with visit(ill, "sources") as desk:
        await go(desk, "c")
        assert "about a source with a gap" in status(desk)
        await go(desk, "j", "j", "c")
        assert ill.source("play").gap == ""
        assert "What it can no longer give" not in desk.text
        await go(desk, "r")
        assert "brought in once" in status(desk)


async def test_nothing_yet(empty: Workspace) -> None:
    """Before anything came in it says how something does."""
    async with visit(empty, "sources", (80, 24)) as desk:
        await go(desk, "enter", "t")
        assert "Nothing has come in yet." in desk.text
        assert "how to add a source" in desk.text
