"""Hostile mail costs little: a second and 200 MB at most, and never more than its length."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from text.bombs import BOMBS
from triage.text.mail import LIMIT, read

_ON_LINUX = pytest.mark.skipif(
    not Path("/proc/self/status").exists(), reason="what is held is told by Linux only"
)

# One process reads, stores and shows each in turn, and says what each has cost. The
# first is a mail like any other: what is imported once is no bomb's.
_CHILD = """
import asyncio, json, sys, time
from pathlib import Path
from triage.connector import Page
from triage.store import evidence
from triage.workspace import Workspace
from triage_connectors.mail_incoming import incoming
sys.path.insert(0, sys.argv[2])

def most_held():
    # Not getrusage: its figure begins with that of whoever started this process.
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) // 1024

def cost(name, raw):
    begun = time.process_time()
    told = incoming(raw, ("shop.example",), external_id=name)
    with workspace.db.write() as write:
        source = evidence.ensure_source(write, "mail", "mbox")
        batch = evidence.begin_batch(write, source, name, workspace.db.clock())
        page = Page((told,), None)
        evidence.save_page(write, source, batch, page, workspace.db.clock())
    number = workspace.db.read().execute(
        "SELECT number FROM feedback WHERE external_id = ?", (name,)
    ).fetchone()[0]
    found = workspace.feedback(f"f{number}")
    workspace.whole(found), workspace.thread(found)
    used = time.process_time() - begun
    memory = most_held()
    print(json.dumps([name, used, memory]), flush=True)

workspace = Workspace(Path(sys.argv[1]) / "work.db")
cost("warm", b"From: a@b.c\\nContent-Type: text/html; charset=x\\n\\n<p>gr\\xfc\\xdfe</p>")
"""


def _costs(tmp_path: Path, what: str) -> dict[str, tuple[float, int]]:
    tests = Path(__file__).parents[1]
    found = subprocess.run(
        [sys.executable, "-c", _CHILD + what, str(tmp_path), str(tests)],
        capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert found.returncode == 0, found.stderr[-3000:]
    rows = [json.loads(line) for line in found.stdout.splitlines()]
    return {name: (used, memory) for name, used, memory in rows}


@_ON_LINUX
def test_each_bomb_is_read_stored_and_shown_within_its_limits(tmp_path: Path) -> None:
    """Through the whole house, each costs at most a second of CPU, and 200 MB all."""
    costs = _costs(
        tmp_path,
        "from text.bombs import BOMBS\n"
        "for name, (made, size) in BOMBS.items(): cost(name, made(size))",
    )
    assert len(costs) == len(BOMBS) + 1
    slow = {name: used for name, (used, _) in costs.items() if used > 1}
    assert not slow
    large = {name: top for name, (_, top) in costs.items() if top > 200}
    assert not large


@pytest.mark.parametrize("name", BOMBS)
def test_twice_the_mail_costs_no_more_than_twice(name: str) -> None:
    """No cost grows faster than the length: 8 times as long is never 30 times as dear."""
    made, size = BOMBS[name]
    small = min(_cpu(made(size // 8)) for _ in range(3))
    large = min(_cpu(made(size)) for _ in range(2))
    # What takes milliseconds is noise.
    assert large < 0.02 or large < 30 * max(small, 0.002)


def _cpu(raw: bytes) -> float:
    begun = time.process_time()
    read(raw, ["shop.example"])
    return time.process_time() - begun


def test_the_largest_mail_is_read_in_time() -> None:
    """25 MB of text cost what the caps leave of it."""
    raw = b"From: a@b.c\n\n" + b"The export is empty since Monday. \n" * (LIMIT // 35)
    assert _cpu(raw) < 2


@_ON_LINUX
def test_hostile_mails_of_others_keep_the_limits(tmp_path: Path) -> None:
    """Each awkward mail there is, stored and shown, costs at most a second and 200 MB."""
    given = os.environ.get("TRIAGE_SHARED", "")
    root = Path(given) if given else Path(__file__).parents[2].parent / "shared"
    if not (root / "corpora" / "mail").is_dir():
        pytest.skip("no shared corpora: set TRIAGE_SHARED to the folder that has them")
    costs = _costs(
        tmp_path,
        f"root = Path({str(root / 'corpora')!r})\n"
        "files = [*root.glob('mail/**/*'), *root.glob('htmlmail/**/*')]\n"
        "for file in files:\n"
        "    if file.is_file():\n"
        "        cost(str(file), file.read_bytes() or b'\\n')\n",
    )
    assert len(costs) > 100
    assert max(used for used, _ in costs.values()) <= 1
    assert max(memory for _, memory in costs.values()) <= 200
