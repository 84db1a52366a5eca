"""A server over a small inbox, as its owner starts it, and clients that may call it."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import aiohttp
import pytest

from factories import imported
from serve.serving import Serving, serving
from triage.workspace import Workspace
from tui.desk import MAIL, STORE


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file every test copies."""
    path = tmp_path_factory.mktemp("inbox") / "work.db"
    with Workspace(path) as workspace:
        imported(workspace, MAIL, source="mail", group=False)
        imported(workspace, STORE, source="app store")
        workspace.capture("Export fails on large projects")
    return path


@pytest.fixture
def database(made: Path, tmp_path: Path) -> Path:
    """A small inbox of its own."""
    path = tmp_path / "work.db"
    shutil.copy(made, path)
    return path


@pytest.fixture
def served(database: Path) -> Iterator[Serving]:
    """A server for two tabs whose link nobody has opened yet."""
    with serving(database, "--max-sessions", "2") as running:
        yield running


@pytest.fixture
async def stranger() -> AsyncIterator[aiohttp.ClientSession]:
    """A client that has opened no link."""
    jar = aiohttp.CookieJar(unsafe=True)  # keeps cookies of bare addresses, too
    async with aiohttp.ClientSession(cookie_jar=jar) as client:
        yield client


@pytest.fixture
async def visitor(
    served: Serving, stranger: aiohttp.ClientSession
) -> aiohttp.ClientSession:
    """A client that has opened the link."""
    async with stranger.get(served.link) as answer:
        assert answer.status == 200
    return stranger
