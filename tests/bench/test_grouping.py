"""The benches run from one end to the other, whatever is installed."""

from __future__ import annotations

import json
import subprocess
import sys
import venv
from pathlib import Path

import pytest

BENCH = Path(__file__).with_name("grouping")
LABELLED = Path(__file__).parents[1] / "grouping" / "labelled.jsonl"


def told_by(script: Path, *words: str | Path) -> str:
    done = subprocess.run(
        [sys.executable, script, *words], check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="session")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An interpreter with nothing installed."""
    folder = tmp_path_factory.mktemp("bare")
    venv.create(folder, symlinks=True)
    found = [*folder.glob("bin/python"), *folder.glob("Scripts/python.exe")]
    return found[0]


def test_without_any_peer(bare: Path) -> None:
    """Ours is measured on the labelled texts; peers that are missing are named."""
    lines = told_by(BENCH, "--python", bare).splitlines()
    assert lines[0].startswith("labelled.jsonl: 127 texts")
    ours = next(line for line in lines if line.startswith("triage ")).split()
    assert ours[-1] == "1.0"
    assert any("datasketch MinHashLSH: not installed: datasketch" in x for x in lines)
    assert any("splink, rare terms: not installed: numpy" in x for x in lines)


def test_a_peers_result_is_kept(tmp_path: Path, bare: Path) -> None:
    """A peer measured once is shown again where it is no longer installed."""
    texts = tmp_path / "texts.jsonl"
    rows = [
        {"text": "the export loses my tags", "cluster": 1, "edits": ["base"]},
        {"text": "the export loses my tags!", "cluster": 1, "edits": ["emoji"]},
        {"text": "the export loses my photos", "cluster": 2, "edits": ["hardneg"]},
    ]
    texts.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    peer = "rapidfuzz token_sort, brute force"
    words = (texts, "--cache", tmp_path / "kept")
    first = told_by(BENCH, *words)
    again = told_by(BENCH, *words, "--python", bare)
    # Its name, its own seconds, and what it found.
    kept = [line.split()[:5] for line in first.splitlines() if line.startswith(peer)]
    shown = [line.split()[:5] for line in again.splitlines() if line.startswith(peer)]
    assert len(kept) == 1
    assert kept == shown
    assert "look-alikes joined       1" in again
    assert "emoji                    1   1.000" in again


def test_adding_to_a_workspace(tmp_path: Path) -> None:
    """Cost, size and quality at two sizes; and again over the file that was kept."""
    lines = LABELLED.read_text(encoding="utf-8").splitlines(keepends=True)
    stock, new = tmp_path / "stock.jsonl", tmp_path / "new.jsonl"
    stock.write_text("".join(lines[:60]), encoding="utf-8")
    new.write_text("".join(lines[60:]), encoding="utf-8")
    keep = tmp_path / "filled.db"
    script = BENCH / "incremental.py"
    told = told_by(script, stock, new, "--stored", "100", "300", "--keep", keep)
    assert "grouping, 100 to 300: x" in told
    assert "bytes a feedback at 300: " in told
    again = told_by(script, stock, new, "--copy-of", keep)
    assert again.splitlines()[1].split()[0] == "300"
