"""connector new: a connector of one's own, begun from a shell."""

from __future__ import annotations

from pathlib import Path

from cli.running import Run


def test_new(run: Run, tmp_path: Path) -> None:
    """The files are named, for people and for programs, and what to do next."""
    told = run("connector", "new", "acme", "--in", tmp_path)
    assert "triage-acme/triage_acme.py" in told.out
    assert "python -m pytest" in told.err
    again = run("connector", "new", "acme", "--in", tmp_path)
    assert again.code == 2
    assert "is there already" in again.err
    document = run("connector", "new", "other", "--in", tmp_path, "--json").json
    assert document["name"] == "other"
    assert all(Path(file).is_file() for file in document["files"])


def test_a_name_of_ours(run: Run, tmp_path: Path) -> None:
    """A name that is taken is refused, naming who has it."""
    told = run("connector", "new", "imap", "--in", tmp_path)
    assert told.code == 2
    assert "feedback-triage has a connector imap already" in told.err
