"""A planner in small that answers, and a workspace that knows it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from factories import a_workspace
from packages import installed
from servers.planner import CANARY, Plans
from servers.served import served
from triage.workspace import Workspace


@pytest.fixture
def plans() -> Plans:
    """A planner with nothing in it."""
    return Plans()


@pytest.fixture
def workspace(
    plans: Plans, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Workspace]:
    """A workspace with a pain point, and the planner as the source “plan”."""
    folder = installed(
        tmp_path / "installed", "planner", "planner = servers.planner:Planner\n"
    )
    monkeypatch.syspath_prepend(str(folder))
    monkeypatch.setenv("TRIAGE_HOME", str(tmp_path / "home"))
    with served(plans.answer) as address, a_workspace(tmp_path) as opened:
        settings = {"url": address, "token": CANARY, "writes": "true"}
        opened.add_source("plan", "planner", settings)
        yield opened
