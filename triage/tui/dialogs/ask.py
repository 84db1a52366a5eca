"""A question answered in one line."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.widgets import Input

from triage.tui.dialogs.dialog import Dialog


class Ask(Dialog[str]):
    """One line of text."""

    def __init__(
        self,
        question: str,
        *,
        value: str = "",
        hint: str = "enter to go on   esc to stop",
    ) -> None:
        super().__init__(question, hint)
        self._value = value

    def compose_question(self) -> ComposeResult:
        """A field."""
        yield Input(self._value, select_on_focus=False)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter answers, if anything was written."""
        if event.value.strip():
            self.dismiss(event.value.strip())
