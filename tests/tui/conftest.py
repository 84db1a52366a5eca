"""The app over a small inbox, at a moment that does not pass."""

from __future__ import annotations

import shutil
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from factories import imported
from triage.tui.app import TriageApp
from triage.workspace import Workspace
from tui.desk import MAIL, NOW, STORE, SURVEY, Desk, Golden, Opened


@pytest.fixture(scope="session", autouse=True)
def _utc() -> Iterator[None]:
    """People's own time is UTC here, so that screens read alike everywhere."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TZ", "UTC")
        patch.setenv("TEXTUAL_ANIMATIONS", "none")
        patch.setenv("TERM", "xterm-256color")
        patch.delenv("TERM_PROGRAM", raising=False)
        patch.delenv("NO_COLOR", raising=False)
        time.tzset()
        yield
    time.tzset()


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file every test copies: filling it once is enough."""
    path = tmp_path_factory.mktemp("inbox") / "work.db"
    with Workspace(path) as workspace:
        imported(workspace, MAIL, source="mail", group=False)
        imported(workspace, STORE, source="app store", group=False)
        imported(workspace, SURVEY, source="survey")
        workspace.capture("Export fails on large projects")
        workspace.capture("Money is taken twice", statement="Subscriptions renew twice")
    return path


@pytest.fixture
def workspace(filled: Path, tmp_path: Path) -> Iterator[Workspace]:
    """Nine rows in the inbox, two pain points; it is always noon on the fifth of March."""
    path = tmp_path / "work.db"
    shutil.copy(filled, path)
    with Workspace(path, clock=lambda: NOW) as made:
        yield made


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Workspace]:
    """A workspace in which nobody was heard yet."""
    with Workspace(tmp_path / "empty.db", clock=lambda: NOW) as made:
        yield made


@pytest.fixture(autouse=True)
def _own_home(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What one test has the app remember, no other one finds."""
    monkeypatch.setenv("TRIAGE_HOME", str(tmp_path_factory.mktemp("home")))


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """What waits for a person to pause does so for a moment only."""
    monkeypatch.setattr("triage.tui.reading_pane.REST", 0.001)
    monkeypatch.setattr("triage.tui.reading_pane.SETTLING", 0.001)
    monkeypatch.setattr("triage.tui.app.SETTLING", 0.001)
    monkeypatch.setattr("triage.tui.searching.DEBOUNCE", 0.001)
    monkeypatch.setattr("triage.tui.searching.LULL", 0.001)
    monkeypatch.setattr("triage.tui.dialogs.picker.DEBOUNCE", 0.001)


@pytest.fixture
def opened() -> Opened:
    """Open the app at a size."""

    @asynccontextmanager
    async def open_it(
        workspace: Workspace, size: tuple[int, int] = (120, 40), theme: str = ""
    ) -> AsyncIterator[Desk]:
        app = TriageApp(workspace, theme=theme)
        async with app.run_test(size=size) as pilot:
            desk = Desk(app, pilot)
            await desk.settle()
            yield desk
            assert app.guard.hits == 0, "the guard had to step in"

    return open_it


@pytest.fixture
def golden() -> Golden:
    """Compare a screen with the one that was looked at and found good."""
    return Golden()
