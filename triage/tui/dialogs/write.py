"""A question answered in some lines, here or in the person's own editor."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import TextArea

from triage.errors import TriageError
from triage.text.display import safe
from triage.tui import editor
from triage.tui.dialogs.dialog import Dialog

_KEYS = ("tab keep", "enter new line", "esc never mind")


class Write(Dialog[str]):
    """
    Some lines of text; enter begins a new one, tab keeps them all.

    Args:
        hint: What the answer is for, in a few words.
    """

    DEFAULT_CSS = """
    Write TextArea { height: 8; border: none; padding: 0; background: $surface; }
    Write TextArea:focus { border: none; }
    Write TextArea .text-area--cursor-line { background: $panel; }
    """
    BINDINGS: ClassVar = [
        Binding("tab,f2", "keep", show=False, priority=True),
        Binding("ctrl+e", "edit", show=False, priority=True),
    ]

    def __init__(self, question: str, *, value: str = "", hint: str = "") -> None:
        super().__init__(f"{question}\n{hint}" if hint else question)
        # What is shown is what is kept: a control character becomes its picture.
        self._area = TextArea(safe(value, multiline=True), soft_wrap=True)

    def compose(self) -> ComposeResult:
        """The keys there are; no editor where the app cannot make way for one."""
        own = ("ctrl+e your editor",) if editor.is_possible(self.app) else ()
        self.hint = "   ".join((*_KEYS[:1], *own, *_KEYS[1:]))
        yield from super().compose()

    def compose_question(self) -> ComposeResult:
        """A field of some lines."""
        yield self._area

    def on_mount(self) -> None:
        """Go on where the text ends."""
        self._area.focus()
        self._area.move_cursor(self._area.document.end)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Where no editor can come up, its key is the field's."""
        del parameters
        return action != "edit" or editor.is_possible(self.app)

    def action_edit(self) -> None:
        """The same text in the person's own editor, and back with what became of it."""
        try:
            text = editor.edited(self.app, self._area.text)
        except TriageError as error:
            self.app.notify(
                safe(str(error), multiline=True, limit=600), severity="error",
                markup=False, timeout=12,
            )  # fmt: skip
            return
        self._area.text = safe(text, multiline=True)
        self._area.move_cursor(self._area.document.end)

    def action_keep(self) -> None:
        """Answer with the text."""
        self.dismiss(self._area.text.strip())
