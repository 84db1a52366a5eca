"""When what people decide was decided."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from triage.workspace import Workspace


def test_steps_are_dated_by_the_workspace_s_clock(tmp_path: Path) -> None:
    """What is done, undone and done again is of the moment the workspace goes by."""
    moments = iter(datetime(2026, 5, day, tzinfo=UTC) for day in range(1, 9))
    held = [next(moments)]
    with Workspace(tmp_path / "work.db", clock=lambda: held[0]) as workspace:
        made = workspace.capture("It hurts")
        held[0] = next(moments)
        workspace.edit(made, severity=4)
        assert [entry.at.day for entry in workspace.history()] == [2, 1]
        held[0] = next(moments)
        workspace.undo()
        held[0] = next(moments)
        workspace.redo()
        turns = workspace.db.read().execute("SELECT at, done FROM turn ORDER BY id")
        assert [(row["at"][8:10], row["done"]) for row in turns] == [
            ("03", 0),
            ("04", 1),
        ]
