"""Listening: one voice at a time, nothing else on the screen, nothing decided."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from triage.cli.program import program
from triage.tui.app import TriageApp
from triage.tui.listening import Listening
from triage.tui.screens.listen import ListenScreen
from triage.tui.screens.listening_week import ListeningWeekScreen
from triage.workspace import Workspace
from tui.backlog import front, go, status
from tui.desk import NOW, Desk, Golden, Opened


class Clock:
    """A clock a test moves."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now

    def wait(self, minutes: float) -> None:
        """Time passes."""
        self.now += timedelta(minutes=minutes)


@pytest.fixture
def clock() -> Clock:
    """Noon, until somebody waits."""
    return Clock()


@pytest.fixture
def timed(workspace: Workspace, clock: Clock) -> Workspace:
    """The small inbox by that clock."""
    workspace.clock = clock
    workspace.db.clock = clock
    return workspace


def screen(desk: Desk) -> ListenScreen:
    """The session in front."""
    found = front(desk)
    assert isinstance(found, ListenScreen)
    return found


async def begin(desk: Desk, *keys: str) -> None:
    """Set twenty minutes aside."""
    await go(desk, *keys, "g", "l", "enter")


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (200, 60)])
async def test_looks(
    timed: Workspace, opened: Opened, golden: Golden, size: tuple[int, int]
) -> None:
    """Who, when, their words in a column, and one quiet line."""
    async with opened(timed, size) as desk:
        await begin(desk)
        golden.check(f"listen_{size[0]}x{size[1]}", desk.text)
        assert max(map(len, map(str.strip, desk.text.splitlines()))) <= 72


async def test_voices(timed: Workspace, opened: Opened) -> None:
    """j and k turn through the view's own list from the cursor on; nothing is decided."""
    async with opened(timed) as desk:
        await begin(desk, "j")
        assert "Sync between my two laptops" in desk.text
        await go(desk, "j")
        assert "내보내기" in desk.text
        await go(desk, "k", "k", "k")
        assert "Sync between my two laptops" in desk.text
        for word in ("Inbox", "accept", "Pain point", "Same as", "of 9"):
            assert word not in desk.text
        await go(desk, "1", "e", "3", "g", "p")
        assert isinstance(front(desk), ListenScreen)
    assert timed.history() == [] or timed.history()[0].verb != "archive"


async def test_time(timed: Workspace, clock: Clock, opened: Opened) -> None:
    """What is left is said in minutes; p holds the clock; nobody is cut short."""
    async with opened(timed) as desk:
        await begin(desk)
        assert "20 minutes" in desk.text
        clock.wait(4.5)
        screen(desk).tell_time()
        await go(desk)
        assert "16 minutes" in desk.text
        await go(desk, "p")
        clock.wait(60)
        await go(desk, "j")
        assert "paused · 16 minutes" in desk.text
        await go(desk, "p")
        clock.wait(15)
        await go(desk, "k")
        assert "less than a minute" in desk.text
        clock.wait(1)
        screen(desk).tell_time()
        await go(desk)
        assert "the time is over" in desk.text
        assert not screen(desk).is_over
        await go(desk, "j")
        assert screen(desk).is_over
        assert "What did you hear?" in desk.text


async def test_notes_and_the_end(
    timed: Workspace, clock: Clock, opened: Opened
) -> None:
    """c notes; at the end stands who was heard, for how long, what was noted and heard."""
    async with opened(timed) as desk:
        await begin(desk)
        await go(desk, "c", *"an hour lost", "tab", "j")
        clock.wait(7)
        await go(desk, "q")
        await go(desk, *"fear of losing work", "tab")
        shown = desk.text
        assert "You listened to 2 people for 7 minutes and took 1 note." in shown
        assert "lumen_22: an hour lost" in shown
        assert "Heard from 2 people: fear of losing work" in shown
        await go(desk, "Y")
        assert desk.app.clipboard == (
            "f6 lumen_22: an hour lost\nHeard from 2 people: fear of losing work"
        )
        await go(desk, "escape")
        found = front(desk)
        assert isinstance(found, ListeningWeekScreen)
        assert status(desk).startswith("You listened to 2 people")
        (kept,) = timed.week().sessions
        assert (kept.seconds, len(kept.feedback), kept.noted) == (420, 2, 2)
        assert (
            timed.history(1)[0].label == "Listened to 2 people for 7 minutes, 2 notes"
        )
        await go(desk, "g", "i")
        assert front(desk) is desk.inbox


async def test_notes_are_kept(timed: Workspace, opened: Opened) -> None:
    """Each note is kept with whoever it is about, as it is written."""
    async with opened(timed) as desk:
        keys = timed.ids()
        first = timed.feedback(keys[0])
        desk.app.push_screen(ListenScreen(keys, 20))
        await go(desk)
        await go(desk, "c", *"first", "tab")
        assert [note.text for note in timed.notes(first)] == ["first"]
        await go(desk, "escape", *"all of it", "tab")
        assert [note.text for note in timed.notes(first)] == [
            "first", "Heard from 1 person: all of it",
        ]  # fmt: skip
        assert "Each note is kept with whoever it is about" in desk.text


async def test_to_the_last_voice(timed: Workspace, opened: Opened) -> None:
    """Past the last voice the session ends; a question that is not answered is fine."""
    async with opened(timed) as desk:
        await begin(desk, "G")
        await go(desk, "j", "escape")
        assert "You listened to 1 person for 1 minute." in desk.text
        await go(desk, "enter")
        assert isinstance(front(desk), ListeningWeekScreen)
        await go(desk, "u")
        assert timed.week().sessions == ()


async def test_left_early_it_took_place_all_the_same(
    timed: Workspace, clock: Clock, opened: Opened
) -> None:
    """Leaving the app in the middle keeps that somebody was heard."""
    async with opened(timed) as desk:
        await begin(desk)
        await go(desk, "j")
        clock.wait(3)
        await desk.pilot.press("ctrl+q")
    (kept,) = timed.week().sessions
    assert (kept.seconds, len(kept.feedback), kept.noted) == (180, 2, 0)
    assert kept.at == NOW


async def test_nobody_to_hear(empty: Workspace, opened: Opened) -> None:
    """An empty list has nobody to listen to, and says so."""
    async with opened(empty) as desk:
        await begin(desk)
        assert "nobody to listen to" in desk.status


async def test_help_says_why(timed: Workspace, opened: Opened) -> None:
    """? has the keys of the session and the reason for it."""
    async with opened(timed, (120, 130)) as desk:
        await go(desk, "?")
        assert "listening needs" in desk.text
        await go(desk, "?")
        await begin(desk)
        await go(desk, "?")
        assert "Listening is set-aside time and presence" in desk.text
        assert "archive" not in desk.text


async def test_from_the_command(timed: Workspace) -> None:
    """The app can begin with a session."""
    app = TriageApp(timed, listen=5)
    async with app.run_test(size=(120, 40)) as pilot:
        desk = Desk(app, pilot)
        await go(desk)
        await go(desk)
        assert isinstance(front(desk), ListenScreen)
        assert "5 minutes" in desk.text


def test_command_needs_a_terminal(tmp_path: Path) -> None:
    """Without a person at it, the command says that it needs one."""
    told = CliRunner().invoke(program, ["--db", str(tmp_path / "x.db"), "listen"])
    assert told.exit_code == 2
    assert "needs a terminal" in told.stderr


def test_people_are_counted_once(workspace: Workspace) -> None:
    """Whoever speaks twice is one person; strangers are each their own."""
    session = Listening(NOW, 20)
    for name in ("f1", "f2", "f1", "f11"):
        session.hear(workspace.feedback(name))
    assert session.people == 3
    assert session.last is not None
    assert session.last.short == "f11"
