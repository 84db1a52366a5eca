"""A source that only sends is set up like any other, and pulled by nobody."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from triage.errors import UsageError
from triage.sync import SyncEvent
from triage.workspace import Workspace

POST = """
[sources.post]
connector = "smtp"
host = "mail.example"
address = "mara@studio.example"
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """A workspace with one source, which only sends."""
    (tmp_path / "work.toml").write_text(POST)
    with Workspace(tmp_path / "work.db") as opened:
        yield opened


def test_sync_leaves_it_alone(workspace: Workspace) -> None:
    """Pulling everything says nothing of it; pulling it by name says why not."""

    async def pulled(names: list[str] | None) -> list[SyncEvent]:
        return [event async for event in workspace.sync(names)]

    assert asyncio.run(pulled(None)) == []
    with pytest.raises(UsageError, match="post only sends"):
        asyncio.run(pulled(["post"]))
    with pytest.raises(UsageError, match="post only sends"):
        asyncio.run(workspace.first_page("post"))


def test_it_says_so(workspace: Workspace) -> None:
    """Its health is that it sends: it is neither late nor new."""
    assert workspace.source("post").health == "sends"
    assert workspace.source("post").connector == "smtp"
