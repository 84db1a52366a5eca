"""What a key costs: one paint of what it changes, and no layout."""

from __future__ import annotations

import gc

from triage.tui import garbage
from triage.workspace import Workspace
from tui.desk import Opened


async def test_moving_lays_nothing_out(workspace: Workspace, opened: Opened) -> None:
    """The cursor moves and another text is read without laying the screen out anew."""
    async with opened(workspace) as desk:
        laid_out: list[object] = []
        screen = desk.app.screen
        screen.screen_layout_refresh_signal.subscribe(screen, laid_out.append)
        await desk.press("j", "j", "k", "G")
        assert not laid_out


async def test_a_long_text_after_a_short_one(
    workspace: Workspace, opened: Opened
) -> None:
    """What was read before leaves no line behind, however short the next is."""
    async with opened(workspace) as desk:
        seen: dict[str | None, str] = {}
        for key in ("j", "j", "j", "k", "k", "k"):
            await desk.press(key)
            assert seen.setdefault(desk.here, desk.text) == desk.text


def test_the_collector_comes_back() -> None:
    """Held back for the first frame, it collects again once the app is left."""
    garbage.hold()
    try:
        assert not gc.isenabled()
    finally:
        garbage.Pauses().end()
    assert gc.isenabled()
