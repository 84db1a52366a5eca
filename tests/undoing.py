"""Steps taken back and done again, among whatever else a machine of laws does."""

from __future__ import annotations

from hypothesis.stateful import RuleBasedStateMachine, rule

from triage.errors import Conflict
from triage.workspace import Workspace


class Undoing(RuleBasedStateMachine):
    """A machine over a workspace, in which any step may be undone and redone."""

    workspace: Workspace

    @rule()
    def undo(self) -> None:
        self.workspace.undo()

    @rule()
    def redo(self) -> None:
        try:
            self.workspace.redo()
        except Conflict:
            return
