"""Each tab has a process of its own that knows little and ends with it."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import signal
import sys
import time
from pathlib import Path

import aiohttp
import pytest

from serve.calling import close_code, first_frame, talk
from serve.serving import Serving, serving
from triage.serve.app_process import surroundings
from triage.workspace import Workspace

needs_proc = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="processes are looked at in /proc"
)


def children(process: int) -> list[int]:
    """The processes a process has started and that still run."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, parent = stat.read_text().rpartition(")")[2].split()[:2]
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(parent) == process and state != "Z":
            found.append(int(stat.parent.name))
    return found


async def childless(process: int) -> bool:
    """Whether every child of a process is gone within some seconds."""
    deadline = time.monotonic() + 20
    while children(process) and time.monotonic() < deadline:  # noqa: ASYNC110
        await asyncio.sleep(0.05)
    return not children(process)


@needs_proc
async def test_no_secret_reaches_the_app(
    database: Path, stranger: aiohttp.ClientSession
) -> None:
    """The app is told where things lie and which language, and no other variable."""
    canaries = {
        "AWS_SECRET_ACCESS_KEY": "canary-1", "TRIAGE_ZENDESK_TOKEN": "canary-2",
        "HTTPS_PROXY": "http://canary-3", "LC_TIME": "C.UTF-8",
    }  # fmt: skip
    with serving(database, **canaries) as served:
        async with stranger.get(served.link), talk(stranger, served) as tab:
            await first_frame(tab)
            (app,) = children(served.process.pid)
            told = Path(f"/proc/{app}/environ").read_bytes().decode()
            words = Path(f"/proc/{app}/cmdline").read_text().split("\0")[:-1]
    assert "canary" not in told
    assert "LC_TIME=C.UTF-8" in told
    names = {line.partition("=")[0] for line in told.split("\0") if line}
    assert names <= set(surroundings(dict.fromkeys(names, ""))) | {
        "TERM", "TERM_PROGRAM", "TEXTUAL_DRIVER", "TEXTUAL_FPS", "TEXTUAL_COLOR_SYSTEM",
        "COLUMNS", "ROWS",
    }  # fmt: skip
    assert words == [sys.executable, "-P", "-m", "triage", "--db", str(database)]


async def test_no_shell_reads_a_path(
    made: Path, tmp_path: Path, stranger: aiohttp.ClientSession
) -> None:
    """A path that a shell would obey is a path."""
    folder = tmp_path / "a; touch pwned; $(touch pwned) 'b"
    folder.mkdir()
    shutil.copy(made, folder / "work.db")
    with serving(folder / "work.db") as served:
        async with stranger.get(served.link), talk(stranger, served) as tab:
            await first_frame(tab)
    assert not list(tmp_path.rglob("pwned"))
    assert not Path("pwned").exists()


@needs_proc
async def test_a_closed_tab_ends_its_app(
    served: Serving, visitor: aiohttp.ClientSession
) -> None:
    """No app outlives the tab it was opened for."""
    async with talk(visitor, served) as tab:
        await first_frame(tab)
        assert len(children(served.process.pid)) == 1
    assert await childless(served.process.pid)


@needs_proc
@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM])
async def test_a_tab_hears_that_its_app_ended(
    served: Serving, visitor: aiohttp.ClientSession, end: int
) -> None:
    """However an app ends, its tab is closed and its seat is free."""
    for _ in range(3):
        async with talk(visitor, served) as tab:
            await first_frame(tab)
            (app,) = children(served.process.pid)
            os.kill(app, end)
            assert await close_code(tab) == 1000
        assert await childless(served.process.pid)


@needs_proc
async def test_leaving_by_key_keeps_what_was_decided(
    served: Serving, visitor: aiohttp.ClientSession, database: Path
) -> None:
    """A decision made right before leaving is in the workspace."""
    async with talk(visitor, served) as tab:
        await first_frame(tab)
        await tab.send_str(json.dumps(["stdin", "eq"]))
        assert await close_code(tab) == 1000
    assert await childless(served.process.pid)
    with Workspace(database) as workspace:
        assert [entry.verb for entry in workspace.history()][:1] == ["archive"]


async def test_nonsense_closes_its_own_tab_only(
    served: Serving, visitor: aiohttp.ClientSession
) -> None:
    """What our page never says ends that tab, quietly; the next one opens."""
    async with talk(visitor, served) as other:
        await first_frame(other)
        for said in (
            "no json", "[]", "{}", '["stdin"]', '["stdin", 7]', '["resize", {}]',
            '["resize", {"width": "x", "height": 1}]', "[[" * 5000,
        ):  # fmt: skip
            async with talk(visitor, served) as tab:
                await tab.send_str(said)
                assert await close_code(tab) == 1003, said
        await other.send_str(json.dumps(["stdin", "q"]))
        assert await close_code(other) == 1000


@needs_proc
async def test_a_window_has_a_size_that_can_be(
    served: Serving, visitor: aiohttp.ClientSession
) -> None:
    """A window of a million lines is drawn as one of a thousand, and costs no more."""
    async with talk(visitor, served) as tab:
        await first_frame(tab)
        for width, height in ((10**9, 10**9), (-5, 0), (90, 28)):
            size = {"width": width, "height": height}
            await tab.send_str(json.dumps(["resize", size]))
        await first_frame(tab)
        (app,) = children(served.process.pid)
        (line,) = (
            line for line in Path(f"/proc/{app}/status").read_text().splitlines()
            if line.startswith("VmRSS")
        )  # fmt: skip
        assert int(line.split()[1]) < 400_000


@needs_proc
async def test_stopping_ends_every_app(
    database: Path, stranger: aiohttp.ClientSession
) -> None:
    """Stopped by Ctrl-C, the server tells its tabs and leaves no app behind."""
    with serving(database) as served:
        async with stranger.get(served.link), talk(stranger, served) as tab:
            await first_frame(tab)
            (app,) = children(served.process.pid)
            served.process.send_signal(signal.SIGINT)
            assert await close_code(tab) == 1001
        served.process.wait(20)
        assert not Path(f"/proc/{app}").exists()
