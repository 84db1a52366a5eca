"""The bench of the terminal app runs from one end to the other on a small workspace."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from bench.tui.filling import filled
from bench.tui.said import Sayings
from bench.tui.screen import Screen
from triage.store import health
from triage.workspace import Workspace

BENCH = Path(__file__).with_name("tui")

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="reads another process's clock as Linux has it"
)


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where a workspace of a thousand lies."""
    return filled(tmp_path_factory.mktemp("data"), 1000, lambda _: None).parent


def test_a_filled_workspace_is_sound(folder: Path) -> None:
    """Doctor finds nothing wrong, and everything that was asked for is in it."""
    with Workspace(filled(folder, 1000)) as workspace:
        found = health.examine(workspace.db)
        counts = workspace.counts()
    checks = ("integrity", "references", "full_text", "queue", "journal")
    assert [found[check] for check in checks] == ["ok"] * len(checks)
    assert (counts["feedback"], counts["grouped"], counts["pending"]) == (1000, 300, 0)
    assert counts["evidence"] > 0


def test_the_same_again(folder: Path, tmp_path: Path) -> None:
    """Filled a second time, a workspace holds the same words in the same places."""
    asked = "SELECT id, number, title, body, customer_id FROM feedback ORDER BY id"
    again = filled(tmp_path, 1000, lambda _: None)
    told = []
    for path in (filled(folder, 1000), again):
        with Workspace(path) as workspace:
            told.append(list(map(tuple, workspace.db.read().execute(asked))))
    assert told[0] == told[1]


def test_groups_are_named_by_their_first() -> None:
    """Whoever says the same has the same first, which is one of them."""
    sayings = Sayings(1000)
    for number in range(1000):
        first = sayings.group(number)
        assert sayings.group(first) == first <= number
        assert sayings.is_grouped(number) == sayings.is_grouped(first)


def test_what_an_emulator_shows() -> None:
    """Text, repeated and scrolled, comes out as a terminal would show it."""
    screen = Screen(10, 3)
    assert screen.feed(b"\x1b[?2026$pone\x1b[3b\r\ntwo\r\nthree")
    assert screen.text == "oneeee\ntwo\nthree"
    assert screen.feed(b"\x1b[1S")
    assert screen.text == "two\nthree\n"
    assert not screen.feed(b"\x1b[1;1Htwo\x1b[3")
    assert screen.feed(b"1m\x1b[1;1Htwo")


def test_the_bench_from_end_to_end(folder: Path, tmp_path: Path) -> None:
    """Ours and an empty app are measured; a peer that is absent is named as such."""
    kept = tmp_path / "told.json"
    done = subprocess.run(
        [sys.executable, BENCH, "--folder", folder, "--sizes", "1000", "--starts", "1",
         "--repeat", "1", "--only", "empty", "triage", "posting", "--json", kept],
        check=False, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "not installed: posting" in done.stdout
    empty, ours, posting = json.loads(kept.read_text(encoding="utf-8"))
    assert empty["cpu_ready"][0] > 0
    assert posting["failure"]
    assert {"move", "page", "end", "first", "open", "search"} == set(ours["keys"])
    for name, pressed in ours["keys"].items():
        assert all(one["cpu"] > 0 for one in pressed), name
    assert all(one["wall"] and one["written"] for one in ours["keys"]["move"])
