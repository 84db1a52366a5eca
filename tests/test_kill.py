"""Killed at any moment, a workspace is sound, whole and ready to go on."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

from factories import a_workspace, regroup, said, unsound
from triage.workspace import Workspace

KILLS = int(os.environ.get("TRIAGE_KILLS", "12"))
PAGE = 25
COUNT = 4 * PAGE * KILLS
"""Enough that the kills meet every stage: pages, comparing, deciding."""

_IMPORT = f"""
import asyncio, sys
from dataclasses import dataclass
from pathlib import Path
from factories import Telling, a_pull, numbered, paged
from triage import sync
from triage.workspace import Workspace

WORDS = "export tags sync login price dark mode search share print offline".split()
texts = [" ".join([*WORDS[n % 7:], WORDS[n % 5], f"case {{n // 3}}"]) for n in range({COUNT})]
told = numbered(texts)

async def run(workspace):
    telling = Telling(paged(told, {PAGE}))
    async for event in sync.pull(workspace.db, a_pull(telling)):
        if isinstance(event, sync.Fetched):
            print(event.counts.total, flush=True)

with Workspace(Path(sys.argv[1])) as workspace:
    print("ready", flush=True)
    asyncio.run(run(workspace))
    for _ in workspace.group_pending():
        print("grouped", flush=True)
    one, other = workspace.feedback("f1"), workspace.feedback("f2")
    for number in range(10):
        workspace.accept([one, other], f"pain {{number}}")
        print(f"decided {{number}}", flush=True)
        workspace.undo()
print("done", flush=True)
"""


def run(path: Path, kill_after: tuple[int, float] | None) -> list[str]:
    """What a run acknowledged until its end, or some lines and seconds into it."""
    env = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(map(str, [Path(__file__).parent, *sys.path])),
    }
    process = subprocess.Popen(
        [sys.executable, "-c", _IMPORT, str(path)], env=env, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout
    assert process.stdout.readline() == "ready\n"
    lines: list[str] = []
    if kill_after is not None:
        count, seconds = kill_after
        while len(lines) < count and (line := process.stdout.readline()):
            lines.append(line)
        time.sleep(seconds)
        process.send_signal(signal.SIGKILL)
    out, error = process.communicate(timeout=120)
    assert process.returncode in {0, -signal.SIGKILL}, error
    lines += out.splitlines(keepends=True)
    assert kill_after or lines[-1] == "done\n"
    return [line.strip() for line in lines if line.endswith("\n")]


def stored(workspace: Workspace) -> dict[str, Any]:
    """What sources said, whichever of the runs brought it."""
    tables = said(workspace.db)
    return tables | {"feedback": [row[:-1] for row in tables["feedback"]]}


def test_killed_at_any_moment(tmp_path: Path) -> None:
    """
    Nothing acknowledged is lost, nothing is doubled, and finishing gives the same.

    ``TRIAGE_KILLS`` says how often; each run goes on where the last was killed.
    """
    dice = random.Random(20260708)
    path, whole = tmp_path / "work.db", tmp_path / "whole.db"
    run(whole, None)
    acknowledged = 0
    for _ in range(KILLS):
        lines = run(path, (dice.randrange(10), dice.choice([0, dice.uniform(0, 0.02)])))
        pages = [int(line) for line in lines if line.isdigit()]
        with Workspace(path, create=False) as workspace:
            assert unsound(workspace) == {}
            cursor = workspace.db.read().execute("SELECT cursor FROM source").fetchone()
            count = workspace.counts()["feedback"]
            assert count >= acknowledged + (pages[-1] if pages else 0)
            assert count == min(COUNT, PAGE * int((cursor and cursor["cursor"]) or 0))
            if any(line.startswith("decided") for line in lines):
                assert workspace.history()
            acknowledged = count
    run(path, None)
    with (
        Workspace(path, create=False) as workspace,
        Workspace(whole, create=False) as undisturbed,
    ):
        assert unsound(workspace) == {}
        assert stored(undisturbed) == stored(workspace)
        assert undisturbed.counts()["grouped"] == workspace.counts()["grouped"]


def test_killed_while_many_write(tmp_path: Path) -> None:
    """Two at work on one file, one of them killed: the other goes on, nothing is lost."""
    path = tmp_path / "work.db"
    killed = threading.Thread(target=run, args=(path, (3, 0.01)))
    killed.start()
    with a_workspace(tmp_path) as workspace:
        for number in range(60):
            workspace.capture(f"pain {number}")
        killed.join()
        regroup(workspace)
        titles = {view.pain_point.title for view, _ in workspace.pain_points()}
        assert {f"pain {number}" for number in range(60)} <= titles
        assert unsound(workspace) == {}
