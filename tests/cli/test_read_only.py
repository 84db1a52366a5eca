"""``triage --read-only``: any command, and nothing changes."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from cli.running import Run
from triage.cli.program import program


def test_a_decision_is_refused(filled: Run, db: Path) -> None:
    """What decides ends with exit code 1 and the reason; what lists works."""
    before = db.read_bytes()
    for words, code in ((["list"], 0), (["decline", "f1", "--reason", "no"], 1)):
        told = CliRunner().invoke(program, ["--db", str(db), "--read-only", *words])
        assert told.exit_code == code
    assert "open it without --read-only to decide" in told.stderr
    assert db.read_bytes() == before


def test_nothing_is_made(run: Run, db: Path) -> None:
    """A command that would make a workspace does not."""
    words = ["--db", str(db), "--read-only", "pain", "add", "It hurts"]
    told = CliRunner().invoke(program, words)
    assert told.exit_code == 2
    assert "is not there" in told.stderr
    assert not db.exists()
