"""log undo redo: every step in its own words, and the way back."""

from __future__ import annotations

from cli.running import Run


def test_undo_and_redo_say_what(filled: Run) -> None:
    """Undo and redo name the step as the history does."""
    label = filled("archive", "f3").out.rpartition(" (")[0]
    assert filled("undo").out == f"Undid: {label} (step 1)\n"
    assert filled("redo").out == f"Did again: {label} (step 1)\n"


def test_undo_a_step_by_number(filled: Run) -> None:
    """Any step can be undone by its number, not only the last."""
    filled("archive", "f3")
    filled("archive", "f4")
    told = filled("undo", 1, "--json").json
    assert [step["step"] for step in told["steps"]] == [1]
    states = {
        step["step"]: step["state"] for step in filled("log", "--json").json["steps"]
    }
    assert states == {2: "done", 1: "undone"}


def test_undo_several(filled: Run) -> None:
    """--times goes back, and forward again, step by step."""
    for name in ("f1", "f3", "f4"):
        filled("archive", name)
    assert [
        s["step"] for s in filled("undo", "--times", 9, "--json").json["steps"]
    ] == [3, 2, 1]
    assert [
        s["step"] for s in filled("redo", "--times", 2, "--json").json["steps"]
    ] == [1, 2]


def test_nothing_to_undo(filled: Run) -> None:
    """Undo with nothing to undo is our error, so that a loop over it ends."""
    assert filled("undo").code == 1
    assert filled("redo").code == 1
    assert filled("undo", 7).code == 2


def test_a_step_others_rest_on_is_not_undone(filled: Run) -> None:
    """A step that a later one rests on is refused, naming that one."""
    filled("accept", "f1", "--into", "Slow")
    filled("prioritise", "p1", "high")
    told = filled("undo", 1)
    assert told.code == 1
    assert "step 2" in told.err
    assert filled("show", "f1", "--json").json["state"] == "accepted"


def test_log_of_one_thing(filled: Run) -> None:
    """The history of one feedback or pain point is its own steps only."""
    filled("archive", "f3")
    filled("accept", "f1", "--into", "Slow")
    filled("prioritise", "p1", "high")
    found = {
        name: [s["step"] for s in filled("log", "--of", name, "--json").json["steps"]]
        for name in ("f3", "p1")
    }
    assert found == {"f3": [1], "p1": [3, 2]}
    assert filled("log", "--limit", 1).out.splitlines()[1].split()[0] == "3"
