"""Places that do as they are told, known by entry point as a stranger's connector is."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import places
from triage.sync import SyncEvent
from triage.workspace import Workspace

Synced = Callable[..., list[SyncEvent]]


@pytest.fixture
def known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder that makes them known, for other processes too."""
    folder = places.installed(tmp_path / "installed")
    monkeypatch.syspath_prepend(str(folder))
    places.HEARD.clear()
    places.STUCK.clear()
    yield folder
    places.STUCK.set()
    assert "places" in sys.modules


@pytest.fixture
def add(workspace: Workspace, known: Path) -> Callable[..., None]:
    """Configure a place by its name and what it is to do."""
    del known

    def added(name: str, connector: str = "place", **settings: Any) -> None:
        workspace.add_source(name, connector, {"name": name, **settings})

    return added


@pytest.fixture
def synced(workspace: Workspace) -> Synced:
    """Sync, and return every event."""

    def all_of_it(*names: str, **asked: Any) -> list[SyncEvent]:
        async def collect() -> list[SyncEvent]:
            return [event async for event in workspace.sync(names, **asked)]

        return asyncio.run(collect())

    return all_of_it
