"""The Inbox shows what is there, at every size, and nothing moves by itself."""

from __future__ import annotations

import asyncio
import os
import sys
import threading
from datetime import timedelta
from pathlib import Path

import pytest

from factories import an_incoming, imported
from triage.workspace import Workspace
from tui.desk import NOW, Golden, Opened


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_screen(
    workspace: Workspace, opened: Opened, golden: Golden, size: tuple[int, int]
) -> None:
    """The inbox reads as it was found good."""
    async with opened(workspace, size) as desk:
        golden.check(f"inbox_{size[0]}x{size[1]}", desk.text)


async def test_narrow_reader(
    workspace: Workspace, opened: Opened, golden: Golden
) -> None:
    """Below 100 columns enter opens the reader over the list and escape returns."""
    async with opened(workspace, (80, 24)) as desk:
        await desk.press("enter")
        golden.check("reader_80x24", desk.text)
        await desk.press("j")
        assert "overwrites the newer chapter" in desk.text
        await desk.press("escape")
        assert "▌" in desk.text
        assert desk.here == "f5"
        await desk.press("enter", "q")
        assert "▌" in desk.text
        assert desk.app.is_running
        await desk.press("j")
        assert desk.here == "f7"


async def test_dialogs_fit(
    workspace: Workspace, opened: Opened, golden: Golden
) -> None:
    """Every dialog can be read and answered at 80 by 24."""
    async with opened(workspace, (80, 24)) as desk:
        for name, key in (
            ("accept", "1"), ("merge", "2"), ("decline", "3"), ("snooze", "s"),
            ("help", "?"), ("commands", ":"), ("theme", "T"), ("import", "i"),
            ("tag", "t"), ("note", "c"),
        ):  # fmt: skip
            await desk.press(key)
            golden.check(f"dialog_{name}", desk.text)
            await desk.press("escape")


async def test_resizing(workspace: Workspace, opened: Opened) -> None:
    """Any size is drawn, too small a one says so, and the cursor stays on its row."""
    async with opened(workspace) as desk:
        await desk.press("j", "j")
        for size in ((40, 10), (80, 24), (200, 60), (79, 30), (100, 24), (20, 3)):
            await desk.pilot.resize_terminal(*size)
            await desk.settle()
            small = size[0] < 80 or size[1] < 24
            assert ("Triage needs" in desk.text) == small
            assert desk.here == "f7"


async def test_views(workspace: Workspace, opened: Opened) -> None:
    """] turns to what was decided and [ back; each view keeps its place."""
    workspace.archive([workspace.feedback(name) for name in ("f1", "f2", "f4")])
    async with opened(workspace) as desk:
        await desk.press("j", "j")
        await desk.press("]", "]", "]", "]")
        assert desk.rows == ["f4", "f2", "f1"]
        assert "Archived 3" in desk.text
        await desk.press("]", "]")
        assert desk.here == "f7"


async def test_empty_views(workspace: Workspace, opened: Opened) -> None:
    """A view without rows says so and where to go."""
    async with opened(workspace) as desk:
        await desk.press("]")
        assert "Nothing is snoozed." in desk.text


async def test_search(workspace: Workspace, opened: Opened) -> None:
    """/ finds while one types, enter keeps it, escape clears it."""
    async with opened(workspace) as desk:
        before = desk.rows
        await desk.press("/")
        await desk.type("offli")
        assert desk.rows == ["f9"]
        await desk.press("enter")
        assert " offli " in desk.text
        await desk.press("e")
        assert desk.rows == []
        await desk.press("escape")
        assert desk.rows == [name for name in before if name != "f9"]


async def test_what_is_found_is_decided_as_it_says(
    workspace: Workspace, opened: Opened
) -> None:
    """A row stands for its group, found where any of it is; show:each is about one."""
    async with opened(workspace) as desk:
        await desk.press("/")
        await desk.type("crashes single show:each")
        assert desk.rows == ["f10"]
        await desk.press("enter", "e", "escape")
        assert desk.rows[0] == "f6"
        assert "2 people" in desk.text
        await desk.press("/")
        await desk.type("hour every")
        assert desk.rows == ["f6"]
        await desk.press("enter", "e", "escape")
        assert "f6" not in desk.rows
        await desk.press("u")
        assert desk.here == "f6"


async def test_search_without_a_match(workspace: Workspace, opened: Opened) -> None:
    """Nothing found is said in words."""
    async with opened(workspace) as desk:
        await desk.press("/")
        await desk.type("zebra")
        assert "Nothing in Inbox says “zebra”." in desk.text


async def test_search_that_is_refused(workspace: Workspace, opened: Opened) -> None:
    """An error stands under the field it is about."""
    async with opened(workspace) as desk:
        before = desk.rows
        await desk.press("/")
        await desk.type("sorce:mail")
        lines = desk.text.splitlines()
        place = next(
            i for i, line in enumerate(lines) if "did you mean source:" in line
        )
        assert lines[place - 1].strip() == "sorce:mail"
        assert desk.rows == before
        await desk.press("escape")
        assert "did you mean" not in desk.text


async def test_nothing_moves_when_feedback_arrives(
    workspace: Workspace, opened: Opened
) -> None:
    """Arrivals are counted; n lets them in and the cursor stays on its row."""
    async with opened(workspace) as desk:
        await desk.press("j")
        before = desk.rows

        def arrive() -> None:
            imported(workspace, [an_incoming("99", "a new voice", received_at=NOW)])

        await desk.app.desk.decide(arrive)
        desk.inbox.look_for_new()
        await desk.settle()
        assert desk.rows == before
        assert "1 new, press n" in desk.text
        await desk.press("n")
        assert len(desk.rows) == len(before) + 1
        assert desk.here == "f5"


async def test_the_first_voices_are_shown_at_once(
    tmp_path: Path, opened: Opened
) -> None:
    """Where nobody was heard yet there is no row to keep in place: what comes is read."""
    with Workspace(tmp_path / "fresh.db") as fresh:
        async with opened(fresh) as desk:
            assert "Nobody has been heard yet" in desk.text

            def arrive() -> None:
                imported(fresh, [an_incoming("1", "a new voice", received_at=NOW)])

            await desk.app.desk.decide(arrive)
            desk.inbox.look_for_new()
            await desk.settle()
            assert len(desk.rows) == 1
            assert "press n" not in desk.text


async def test_another_process_syncs(
    workspace: Workspace, opened: Opened, tmp_path: Path
) -> None:
    """What another process brings is counted within seconds and moves nothing."""
    file = tmp_path / "said.jsonl"
    file.write_text(
        "".join(f'{{"id": "n{n}", "text": "a new voice {n}"}}\n' for n in range(5))
    )
    async with opened(workspace) as desk:
        await desk.press("j")
        before = desk.rows
        command = (sys.executable, "-m", "triage", "import", str(file))
        done = await asyncio.create_subprocess_exec(
            *command, env={**os.environ, "TRIAGE_DB": str(workspace.path)},
            stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL,
        )  # fmt: skip
        assert await done.wait() == 0
        desk.inbox.look_for_new()
        await desk.settle()
        assert "5 new, press n" in desk.text
        assert desk.rows == before
        await desk.press("n")
        assert len(desk.rows) == len(before) + 5
        assert desk.here == "f5"


async def test_newcomers_of_a_group_are_not_decided_unseen(
    workspace: Workspace, opened: Opened
) -> None:
    """A key moves the messages that were there when the list was opened, no others."""
    async with opened(workspace) as desk:
        body = workspace.feedback("f6").body

        def arrive() -> None:
            imported(workspace, [an_incoming("99", body, received_at=NOW)])

        await desk.app.desk.decide(arrive)
        assert len(workspace.group("g3").members) == 4
        await desk.press("e")
        decided = {
            one.feedback.short
            for one in workspace.group("g3").members
            if one.disposition
        }
        assert decided == {"f3", "f6", "f10"}


async def test_first_start(empty: Workspace, opened: Opened) -> None:
    """Nobody heard yet: three ways to begin."""
    async with opened(empty) as desk:
        assert "Nobody has been heard yet" in desk.text
        assert "a file: CSV, JSON lines, a mailbox" in desk.text
        assert "triage sources add" in desk.text


async def test_import(empty: Workspace, opened: Opened, tmp_path: Path) -> None:
    """i asks for a file, tells how it goes, and an empty list shows what came."""
    file = tmp_path / "said.jsonl"
    file.write_text('{"id": "1", "text": "the export is slow"}\n')
    async with opened(empty) as desk:
        await desk.press("i")
        await desk.type(str(file))
        await desk.press("enter")
        await desk.pulled()
        assert "Done: 1 new" in desk.status
        assert desk.here == "f1"


async def test_an_import_is_stopped_without_loss(
    empty: Workspace, opened: Opened, tmp_path: Path
) -> None:
    """X stops a pull after its page; what came is kept, and the next brings the rest."""
    file = tmp_path / "said.jsonl"
    file.write_text(
        "".join(f'{{"id": "{n}", "text": "voice {n}"}}\n' for n in range(6000))
    )
    async with opened(empty) as desk:
        await desk.press("X")
        assert "Nothing is being pulled" in desk.status
        await desk.press("i")
        await desk.type(str(file))
        desk.hold("enter")
        while desk.app.pulling is None:  # noqa: ASYNC110 - begins beside us
            await asyncio.sleep(0.001)
        desk.hold("X")
        await desk.pulled()
        assert "Stopped: " in desk.status
        kept = empty.counts()["feedback"]
        assert f"{kept:,} new kept" in desk.status
        assert kept < 6000
        await desk.press("i")
        await desk.type(str(file))
        await desk.press("enter")
        await desk.pulled()
        assert empty.counts()["feedback"] == 6000
        assert empty.counts()["pending"] == 0


async def test_import_of_nothing(empty: Workspace, opened: Opened) -> None:
    """A file that is not there is said so, and the app goes on."""
    async with opened(empty) as desk:
        await desk.press("i")
        await desk.type("/no/such/file.csv")
        await desk.press("enter")
        await desk.pulled()
        assert ["is not there" in one.message for one in desk.app._notifications] == [
            True
        ]


async def test_a_long_list(empty: Workspace, opened: Opened) -> None:
    """The first page is there at once, the rest a moment later, the end a key away."""
    voices = [an_incoming(str(n), f"voice {n} about {n * 7919}") for n in range(1, 401)]
    await asyncio.to_thread(imported, empty, voices, group=False)
    async with opened(empty, (80, 24)) as desk:
        assert len(desk.rows) == 400
        await desk.press("G")
        assert desk.here == "f1"
        assert "400 of 400" in desk.text
        await desk.press("g", "g")
        assert desk.here == "f400"
        await desk.press("ctrl+d", "ctrl+d", "ctrl+u")
        assert desk.inbox.list.cursor == 19


async def test_a_slow_search_shows_the_shape_of_a_list(
    workspace: Workspace, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Past a moment the list shows its shape, never a spinner, until the rows are there."""
    real = workspace.ids
    let = threading.Event()

    def slowly(*about: object, **more: object) -> object:
        if len(about) > 1:
            let.wait(5)
        return real(*about, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(workspace, "ids", slowly)
    monkeypatch.setattr("triage.tui.searching.PATIENCE", 0.01)
    async with opened(workspace) as desk:
        await desk.press("/")
        desk.hold(*"tax")
        await asyncio.sleep(0.15)
        assert "·········" in desk.text
        assert "Hye-jin" not in desk.text
        let.set()
        await desk.settle()
        assert desk.rows == ["f1"]
        assert "·········" not in desk.text


async def test_sync(empty: Workspace, opened: Opened, tmp_path: Path) -> None:
    """R pulls every source and says what came."""
    file = tmp_path / "said.jsonl"
    file.write_text('{"id": "1", "text": "the export is slow"}\n')
    empty.add_source("notes", "jsonl", {"path": str(file)})
    async with opened(empty) as desk:
        await desk.press("R")
        await desk.pulled()
        assert "Done: 1 new, 0 changed" in desk.status


async def test_sync_without_sources(empty: Workspace, opened: Opened) -> None:
    """R without a source says how to get one."""
    async with opened(empty) as desk:
        await desk.press("R")
        assert "triage sources add" in desk.status


async def test_snoozed_wake_up(workspace: Workspace, opened: Opened) -> None:
    """What was snoozed until before now is back in the inbox, and it is said."""
    moments = [NOW]
    with Workspace(workspace.path, clock=lambda: moments[0]) as clocked:
        clocked.snooze([clocked.feedback("f5")], NOW + timedelta(hours=1))
        moments[0] = NOW + timedelta(hours=2)
        async with opened(clocked) as desk:
            assert desk.status.startswith("1 woke up")
            await desk.press("n")
            assert "f5" in desk.rows


async def test_copying_an_id(workspace: Workspace, opened: Opened) -> None:
    """y puts the id in the clipboard and says so."""
    async with opened(workspace) as desk:
        await desk.press("y")
        assert desk.app.clipboard == "f6"
        assert desk.status == "Copied f6"


async def test_what_was_decided_shows_in_its_view(
    workspace: Workspace, opened: Opened
) -> None:
    """Turning to another view in the same breath, the decided row is there."""
    async with opened(workspace) as desk:
        desk.hold("j", "!", "[")
        await desk.settle()
        assert desk.rows == ["f5"]
        assert "Spam 1" in desk.text


async def test_undo_joins_what_came_meanwhile(
    workspace: Workspace, opened: Opened
) -> None:
    """An undone group and its newcomers are one row, not two."""
    async with opened(workspace) as desk:
        await desk.press("e")
        told = [an_incoming("99", workspace.feedback("f6").body, received_at=NOW)]
        await asyncio.to_thread(imported, workspace, told)
        await desk.press("n")
        assert desk.here == "f12" or desk.rows[0] == "f12"
        await desk.press("u")
        assert desk.rows[0] == "f12"
        assert "f6" not in desk.rows
        assert "4 people" in desk.text


async def test_what_moved_up(workspace: Workspace, opened: Opened) -> None:
    """With nothing left, the session is told, and what it changed in the ranking."""
    others = ["f1", "f2", "f4", "f5", "f7", "f8", "f9", "f11"]
    workspace.archive([workspace.feedback(name) for name in others])
    async with opened(workspace) as desk:
        await desk.press("1")
        await desk.type("money")
        await desk.press("enter")
        assert "Nothing left." in desk.text
        assert "1 decided in 1 minute: 1 accepted." in desk.text
        assert "“Money is taken twice” moved up 1." in desk.text


async def test_mouse(workspace: Workspace, opened: Opened) -> None:
    """A click puts the cursor on a row."""
    async with opened(workspace) as desk:
        await desk.pilot.click("#list", offset=(10, 2))
        await desk.settle()
        assert desk.here == "f7"


async def test_a_row_opens_its_group(workspace: Workspace, opened: Opened) -> None:
    """One key from a row to everything that says the same, and one key back."""
    async with opened(workspace) as desk:
        await desk.press("O")
        assert desk.app.front is not None
        assert desk.app.front.PART == "group"
        await desk.press("q")
        assert desk.app.front.PART == "inbox"
