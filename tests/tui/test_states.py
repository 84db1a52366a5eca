"""Empty, waiting and failed: each screen says so, and what leads on."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from screen import screen_text
from triage.errors import StoreError
from triage.model import PainStatus
from triage.tui.app import TriageApp
from triage.tui.following import Following
from triage.tui.screens import AREAS
from triage.workspace import Workspace, explained
from tui.backlog import backlog, front, go, picture, toasts, visit
from tui.desk import Golden, Opened

SIZES = [(120, 40), (80, 24)]
FOLLOWING = [area for area in AREAS if area != "inbox"]

LOOKS = {
    "pain-points": "pain_points", "roadmap": "roadmap", "sources": "sources",
    "history": "history", "numbers": "numbers", "matches": "matches",
    "likenesses": "likenesses", "companies": "companies",
    "outbox": "drafts", "backlog": "rank", "personas": "personas",
    "listening-week": "week", "dashboard": "dashboard", "research": "sessions",
}  # fmt: skip
"""What each screen asks of the workspace."""


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("area", AREAS)
async def test_empty(
    empty: Workspace, golden: Golden, area: str, size: tuple[int, int]
) -> None:
    """Before anything is there a screen says so in a sentence, with keys that lead on."""
    async with visit(empty, area, size) as desk:
        name = area.replace("-", "_")
        golden.check(f"empty_{name}_{size[0]}x{size[1]}", await picture(desk))


@pytest.mark.parametrize("size", SIZES)
async def test_empty_pain_point(
    empty: Workspace, golden: Golden, size: tuple[int, int]
) -> None:
    """A pain point nobody has quoted for says how that is done."""
    empty.capture("Export fails on large projects")
    async with visit(empty, "pain-points", size) as desk:
        await go(desk, "enter")
        golden.check(f"empty_pain_point_{size[0]}x{size[1]}", await picture(desk))


async def test_nothing_hurts(workspace: Workspace) -> None:
    """With all resolved, dismissed or not found, each view says which it is."""
    for name in (1, 2):
        point = workspace.pain_point(name).pain_point
        workspace.edit(point, status=PainStatus.RESOLVED)
    async with visit(workspace, "pain-points") as desk:
        assert "Nothing hurts any more." in desk.text
        await go(desk, "[")
        assert "No pain point is dismissed." in desk.text
        await go(desk, "[", "/", *"zebra")
        assert "No resolved pain point says “zebra”." in desk.text


class Slow:
    """Stands before a question of the workspace until it is let go."""

    def __init__(self, workspace: Workspace, name: str) -> None:
        self.may = threading.Event()
        self._ask = getattr(workspace, name)

    def __call__(self, *about: object, **more: object) -> object:
        assert self.may.wait(20)
        return self._ask(*about, **more)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    "area",
    [one for one in FOLLOWING if one not in {"matches", "likenesses"}],
)
async def test_waiting(
    workspace: Workspace,
    area: str,
    size: tuple[int, int],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What takes longer shows its shape meanwhile; keys are answered, then it is there."""
    backlog(workspace)
    slow = Slow(workspace, LOOKS[area])
    monkeypatch.setattr(workspace, LOOKS[area], slow)
    app = TriageApp(workspace, start=area)
    async with app.run_test(size=size) as pilot:
        try:
            await pilot.pause(0.4)
            shape = screen_text(app)
            assert "·" * 20 in shape
            assert "Nothing" not in shape
            await pilot.press("?")
            await pilot.pause(0.1)
            assert "Keys here" in screen_text(app)
            await pilot.press("escape", "j", "G")
        finally:
            slow.may.set()
        await pilot.pause(0.4)
        assert "·" * 20 not in screen_text(app)
        assert app.guard.hits == 0


SAID = "the workspace file is damaged (database disk image is malformed); go on from a backup"


def refuse(*about: object, **more: object) -> None:
    """What a question of the workspace ends in."""
    raise StoreError(SAID)


@contextmanager
def failing(
    monkeypatch: pytest.MonkeyPatch, workspace: Workspace, name: str
) -> Iterator[None]:
    """While it lasts, a question of the workspace ends in a sentence."""

    with monkeypatch.context() as patch:
        patch.setattr(workspace, name, refuse)
        yield


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("area", FOLLOWING)
async def test_failed(
    workspace: Workspace,
    area: str,
    size: tuple[int, int],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What cannot be read says so where it would stand, and is tried again."""
    backlog(workspace)
    app = TriageApp(workspace, start=area)
    whole = getattr(workspace, LOOKS[area])
    monkeypatch.setattr(workspace, LOOKS[area], refuse)
    async with app.run_test(size=size) as pilot:
        await pilot.pause(0.2)
        assert "✕ This cannot be shown" in screen_text(app)
        assert "the workspace file is damaged" in screen_text(app)
        await pilot.press("g", "i")
        await pilot.pause(0.2)
        monkeypatch.setattr(workspace, LOOKS[area], whole)
        app.go(area)
        await pilot.pause(0.3)
        assert "This cannot be shown" not in screen_text(app)


async def test_failed_later(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What stands on the screen stays when it cannot be read again; a toast says why."""
    async with visit(backlog(workspace), "pain-points") as desk:
        before = desk.text.splitlines()[:8]
        with failing(monkeypatch, workspace, "pain_points"):
            front(desk).read_again()  # type: ignore[attr-defined]
            await go(desk)
        assert desk.text.splitlines()[:8] == before
        assert toasts(desk) == [SAID]


async def test_what_fails_beside_the_inbox(
    workspace: Workspace, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file somebody else holds ends no app: it is said, and the list stays."""
    async with opened(workspace) as desk:
        rows = desk.rows
        for name in ("wake", "arrivals"):
            with failing(monkeypatch, workspace, name):
                desk.inbox._pass_a_minute()
                desk.inbox.look_for_new()
                await desk.settle()
        assert set(toasts(desk)) == {SAID}
        assert desk.rows == rows
        await desk.press("e")
        assert len(desk.rows) == len(rows) - 1


@pytest.mark.parametrize("turns", range(0, 18, 2))
async def test_left_meanwhile(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, turns: int
) -> None:
    """What is found while a screen is being taken away is shown nowhere, and harmless."""
    left = asyncio.Event()
    async with visit(workspace, "sources") as desk:
        look = desk.app.desk.look

        async def late(work: Callable[[], Any]) -> Any:
            found = await look(work)
            await left.wait()
            for _ in range(turns):
                await asyncio.sleep(0)
            return found

        monkeypatch.setattr(desk.app.desk, "look", late)
        screen = front(desk)
        assert isinstance(screen, Following)
        screen.read_again()
        await asyncio.sleep(0.02)
        left.set()


async def test_a_damaged_file(
    workspace: Workspace,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Where nothing can be drawn any more the app ends in a sentence, not in a trace."""
    app = TriageApp(workspace)
    error: Exception | None = None
    try:
        async with app.run_test() as pilot:
            await pilot.pause()
            monkeypatch.setattr(workspace, "rows", broken)
            app.front.list.forget()  # type: ignore[union-attr]
            await pilot.pause(0.2)
    except Exception as raised:
        error = raised
    assert error is not None
    assert explained(error) is not None
    said = capsys.readouterr().err
    assert "Triage stopped: the workspace file is damaged" in said
    assert "Traceback" not in said
    assert app.return_code == 1


def broken(*about: object, **more: object) -> list[object]:
    """What a damaged page of the file answers."""
    from triage.store.driver import sqlite3

    raise sqlite3.DatabaseError("database disk image is malformed")
