"""The bench of a backlog runs from one end to the other on a small one."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from bench.backlog.filling import Size, filled
from triage.store import health
from triage.workspace import Workspace

BENCH = Path(__file__).with_name("backlog")


def test_a_filled_workspace_is_sound(tmp_path: Path) -> None:
    """Doctor finds nothing wrong, and everything that was asked for is in it."""
    with Workspace(filled(tmp_path, Size(200, 12, 5))) as workspace:
        found = health.examine(workspace.db)
        counts = workspace.counts()
        assert workspace.rank().weights_hash == workspace.config.weights.hash
        assert len(workspace.rank().rows) == 12
    assert [found[check] for check in ("integrity", "references", "journal")] == [
        "ok"
    ] * 3
    assert (counts["feedback"], counts["evidence"]) == (200, 60)


def test_the_bench_runs(tmp_path: Path) -> None:
    """Each command has a line with what it cost, the plain script too."""
    words = ["--feedback", "100", "--pain-points", "5", "--quotes", "4", "--runs", "1"]
    told = subprocess.run(
        [sys.executable, str(BENCH), *words, "--folder", str(tmp_path)],
        capture_output=True, text=True, check=True,
    ).stdout.splitlines()  # fmt: skip
    names = [line[:28].strip() for line in told[1:]]
    assert names[0] == "nothing (--version)"
    assert {"rank rice --json", "rank --diff a year ago", "export --to json"} <= {
        *names
    }
    assert names[-1] == "plain script"
