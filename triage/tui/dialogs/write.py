"""A question answered in a few lines."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import TextArea

from triage.text.display import safe
from triage.tui.dialogs.dialog import Dialog


class Write(Dialog[str]):
    """Some lines of text; enter begins a new one, tab keeps them all."""

    DEFAULT_CSS = """
    Write TextArea { height: 8; border: none; padding: 0; background: $surface; }
    Write TextArea:focus { border: none; }
    Write TextArea .text-area--cursor-line { background: $panel; }
    """
    BINDINGS: ClassVar = [Binding("tab,f2", "keep", show=False, priority=True)]

    def __init__(self, question: str, *, value: str = "") -> None:
        super().__init__(question, "tab keep   enter new line   esc never mind")
        # What is shown is what is kept: a control character becomes its picture.
        self._area = TextArea(safe(value, multiline=True), soft_wrap=True)

    def compose_question(self) -> ComposeResult:
        """A field of some lines."""
        yield self._area

    def on_mount(self) -> None:
        """Go on where the text ends."""
        self._area.focus()
        self._area.move_cursor(self._area.document.end)

    def action_keep(self) -> None:
        """Answer with the text."""
        self.dismiss(self._area.text.strip())
