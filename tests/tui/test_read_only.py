"""The app over a workspace that may only be read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from triage.workspace import Workspace
from tui.desk import NOW, Opened


@pytest.fixture
def locked(filled: Path) -> Iterator[Workspace]:
    """The file every test copies, itself: nobody can harm it here."""
    with Workspace(filled, read_only=True, clock=lambda: NOW) as made:
        yield made


async def test_it_says_so_and_keeps_every_byte(
    locked: Workspace, opened: Opened
) -> None:
    """The last line says so; a decision is refused in words, and its row comes back."""
    before = locked.path.read_bytes()
    async with opened(locked) as desk:
        assert "read only" in desk.text.splitlines()[-1]
        rows = desk.rows
        for keys in (["e"], ["3", "enter"], ["1", "enter"], ["u"], ["!"]):
            await desk.press(*keys)
            await desk.press("escape")
            assert desk.rows == rows, keys
        told = [one.message for one in desk.app._notifications]
        assert told
        assert all("open read only, so nothing was changed" in one for one in told)
    assert locked.path.read_bytes() == before


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_every_area_says_so(
    locked: Workspace, opened: Opened, size: tuple[int, int]
) -> None:
    """Wherever one goes, the last line says that nothing can be changed."""
    async with opened(locked, size) as desk:
        for area in ("pain-points", "roadmap", "sources", "history", "inbox"):
            desk.app.go(area)
            await desk.settle()
            assert "read only" in desk.text.splitlines()[-1]
