"""A question with yes or no, asked only where much would change at once."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from triage.tui.dialogs.dialog import Dialog


class Confirm(Dialog[bool]):
    """Yes or no."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y,enter", "answer(True)", show=False),
        Binding("n", "answer(False)", show=False),
    ]

    def __init__(self, question: str) -> None:
        super().__init__(question, "y yes   n no   esc no")

    def action_answer(self, answer: bool) -> None:
        """Close with it."""
        self.dismiss(answer)
