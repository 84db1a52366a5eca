"""A question answered in one line; an empty one may be an answer, too."""

from __future__ import annotations

from textual.widgets import Input

from triage.tui.dialogs.ask import Ask


class Line(Ask):
    """
    One line of text that may be empty.

    Args:
        empty: What an empty line means, shown where nothing is typed; "" where it
            answers nothing.
    """

    def __init__(
        self, question: str, *, value: str = "", hint: str = "", empty: str = ""
    ) -> None:
        super().__init__(
            question, value=value, hint=hint or "enter to go on   esc to stop"
        )
        self._empty = empty

    def on_mount(self) -> None:
        """Say what nothing means."""
        self.query_one(Input).placeholder = self._empty

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter answers, with nothing where nothing means something."""
        event.prevent_default()
        if event.value.strip() or self._empty:
            self.dismiss(event.value.strip())
