"""What holds on every screen: keys, palette, help, themes, leaving, and what may fail."""

from __future__ import annotations

import platform
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from triage.model import State
from triage.tui.actions import ACTIONS
from triage.tui.app import TriageApp
from triage.tui.screens import AREAS
from triage.tui.screens.matches import MatchesScreen
from triage.workspace import Workspace
from tui.desk import Opened


async def test_palette(workspace: Workspace, opened: Opened) -> None:
    """Any action by its name, done as its key would."""
    async with opened(workspace) as desk:
        await desk.press("j", ":")
        await desk.type("archive")
        await desk.press("enter")
        assert "f5" not in desk.rows
        assert desk.status.startswith("Archived f5")


async def test_palette_moves_the_list(workspace: Workspace, opened: Opened) -> None:
    """Actions of the list are in the palette too, and act on the list."""
    async with opened(workspace) as desk:
        await desk.press("ctrl+p")
        await desk.type("last row")
        await desk.press("enter")
        assert desk.here == "f11"


async def test_help(workspace: Workspace, opened: Opened) -> None:
    """? lists every key that is live, under its heading."""
    async with opened(workspace, (120, 80)) as desk:
        await desk.press("?")
        for words in ("Decide", "1  a", "Make it evidence of a pain point", "Undo"[1:]):
            assert words in desk.text
        await desk.press("?")
        assert "Make it evidence" not in desk.text


async def test_every_area_has_a_key(workspace: Workspace, opened: Opened) -> None:
    """What begins with g and names an area leads to it."""
    keys = {
        one.id.removeprefix("go-"): one.keys[0].split()
        for one in ACTIONS
        if one.id.startswith("go-")
    }
    assert set(keys) == set(AREAS)
    async with opened(workspace) as desk:
        for area, pressed in keys.items():
            await desk.press(*pressed)
            assert desk.app.current_mode == area


async def test_sequences(workspace: Workspace, opened: Opened) -> None:
    """g waits for its second key and says which there are; another key does nothing."""
    async with opened(workspace) as desk:
        await desk.press("j", "g")
        assert "inbox" in desk.text.splitlines()[-1]
        await desk.press("z")
        assert "f5" in desk.rows
        assert "1 accept" in desk.text.splitlines()[-1]
        await desk.press("g", "g")
        assert desk.here == "f6"


async def test_sequences_in_a_hurry(workspace: Workspace, opened: Opened) -> None:
    """Both keys of a sequence in one breath are the sequence, not the second key."""
    async with opened(workspace) as desk:
        await desk.press("G")
        desk.hold("g", "g")
        await desk.settle()
        assert desk.here == "f6"
        desk.hold("g", "m")
        await desk.settle()
        await desk.settle()
        assert isinstance(desk.app.screen, MatchesScreen)
        await desk.press("g", "i", "/")
        desk.hold(*"gig")
        await desk.settle()
        assert desk.inbox.view.text == "gig"


async def test_own_keys(workspace: Workspace, opened: Opened) -> None:
    """A remapped key works, shows in the footer, and the old one no longer does."""
    workspace.config = replace(
        workspace.config, keys={"archive": "E", "go-inbox": "g x", "last-row": "g z"}
    )
    async with opened(workspace) as desk:
        assert "E archive" in desk.text
        await desk.press("e")
        assert "f6" in desk.rows
        await desk.press("E")
        assert "f6" not in desk.rows
        await desk.press("g", "z")
        assert desk.here == "f11"
        await desk.press("G")
        assert desk.here == "f11"


async def test_refused_keys(workspace: Workspace, opened: Opened) -> None:
    """Keys that cannot be are told with the reason, and the usual ones are in force."""
    workspace.config = replace(workspace.config, keys={"archive": "a"})
    async with opened(workspace) as desk:
        (told,) = [one.message for one in desk.app._notifications]
        assert "a already asks for accept" in told
        assert "The usual keys are in force" in told
        await desk.press("e")
        assert "f6" not in desk.rows


async def test_themes_change(workspace: Workspace, opened: Opened) -> None:
    """T chooses a theme, and every row is drawn anew in it."""
    async with opened(workspace, theme="dusk") as desk:
        before = desk.inbox.list.render_line(1)
        await desk.press("T")
        await desk.type("daylight")
        await desk.press("enter")
        assert desk.app.theme == "daylight"
        after = desk.inbox.list.render_line(1)
        assert before.text == after.text
        assert list(before) != list(after)


async def test_unknown_theme(workspace: Workspace, opened: Opened) -> None:
    """A theme that is not there is named, and the default is used."""
    async with opened(workspace, theme="neon") as desk:
        assert desk.app.theme == "dusk"
        assert "no theme is called neon" in next(iter(desk.app._notifications)).message


async def test_no_colour(
    workspace: Workspace, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With NO_COLOR every state is still told: bar, tick, underline."""
    monkeypatch.setenv("NO_COLOR", "1")
    async with opened(workspace) as desk:
        await desk.press("x")
        assert "▌✓" in desk.text
        colours = {
            segment.style.color.get_truecolor()
            for line in desk.app.screen._compositor.render_strips()
            for segment in line
            if segment.style and segment.style.color
        }
        assert all(c.red == c.green == c.blue for c in colours)


async def test_leaving_loses_nothing(workspace: Workspace, opened: Opened) -> None:
    """A decision is kept though the app is left in the same breath."""
    app = TriageApp(workspace)
    async with app.run_test() as pilot:
        await pilot.pause()
        app.screen.action_archive()  # type: ignore[attr-defined]
        app.exit()
    archived = workspace.dispositions([workspace.feedback("f6").id])
    assert [one.state for one in archived.values()] == [State.ARCHIVED]


async def test_ctrl_q_leaves_from_anywhere(workspace: Workspace) -> None:
    """ctrl+q leaves from within a dialog too, with exit code 0."""
    app = TriageApp(workspace)
    async with app.run_test() as pilot:
        await pilot.press("3", "ctrl+q")
        await pilot.pause()
        assert not app.is_running or app._exit
    assert app.return_code == 0


BROKEN = """
import sys
from pathlib import Path
from triage.tui.actions import ACTIONS
from triage.tui.app import TriageApp
from triage.tui.screens import AREAS
from triage.tui.screens.matches import MatchesScreen
from triage.workspace import Workspace

class Broken(TriageApp):
    CSS_PATH = None

    def on_mount(self):
        token = "s3cret-" + "canary"
        raise RuntimeError("a fault\\x1b]0;x\\x07")

app = Broken(Workspace(Path(sys.argv[1])))
app.run(headless=True)
sys.exit(app.return_code)
"""


def test_a_fault_shows_no_values(tmp_path: Path) -> None:
    """A bug ends the app with exit code 1 and a traceback that holds no local value."""
    script = tmp_path / "broken.py"
    script.write_text(BROKEN)
    ended = subprocess.run(
        [sys.executable, str(script), str(tmp_path / "work.db")],
        check=False, capture_output=True, timeout=60,
    )  # fmt: skip
    told = ended.stdout + ended.stderr
    assert ended.returncode == 1
    assert b"Triage met a fault of its own" in told
    assert b"RuntimeError: a fault" in told
    assert b"s3cret-canary" not in told
    assert b"\x1b]0;" not in told


FIRST_FRAME = """
import asyncio, sys
from pathlib import Path
from triage.workspace import Workspace
from triage.tui.actions import ACTIONS
from triage.tui.app import TriageApp
from triage.tui.screens import AREAS
from triage.tui.screens.matches import MatchesScreen

async def main():
    app = TriageApp(Workspace(Path(sys.argv[1])))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        print(*sorted(name for name in sys.modules if "." not in name))

asyncio.run(main())
"""


def test_first_frame_imports_little(workspace: Workspace) -> None:
    """Arrays, HTTP, schema tools and fuzzy search are not paid for before they are used."""
    ended = subprocess.run(
        [sys.executable, "-c", FIRST_FRAME, str(workspace.path)],
        check=True, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    loaded = set(ended.stdout.split())
    assert "textual" in loaded
    assert not loaded & {
        "numpy", "sqlite_utils", "httpx", "rapidfuzz", "click", "tomlkit", "selectolax",
        "mailparser_reply", "charset_normalizer", "triage_connectors",
    }  # fmt: skip


def test_memory_is_given_back() -> None:
    """Where the C library can, threads share a heap and free memory is returned."""
    from triage.tui.garbage import give_back, share_heap

    give_back()
    assert share_heap() is (platform.libc_ver()[0] == "glibc")
