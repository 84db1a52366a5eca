"""listening: the week for people who read and for programs."""

from __future__ import annotations

from cli.running import Run


def test_nobody_has_spoken(run: Run) -> None:
    """An empty workspace says so, and how much time is set aside."""
    run("pain", "add", "It hurts")
    told = run("listening")
    assert "0 of 60 minutes set aside, 0 sessions" in told.out
    assert "nobody has spoken" in told.err


def test_voices_are_told_apart(filled: Run) -> None:
    """Those nobody heard are missing; JSON says the same, with nulls for too few."""
    told = filled("listening", "--json").json
    assert told["minutes"] == 60
    assert told["week"].startswith("20")
    assert told["parts"] == [] or told["parts"][0]["share"] is None
    assert filled("listening", "--week", "yesterday").code == 2
    assert filled("listening", "--week", "2020-W10").code == 0
