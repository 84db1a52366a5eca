"""What somebody heard in words: a feeling, tags, what it means, in one line."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.widgets import Input, Static

from triage.errors import TriageError
from triage.operations.marked_text import heard_of
from triage.research import Feeling, Meaning
from triage.text.display import one_line
from triage.tui.dialogs.dialog import Dialog
from triage.tui.widgets.lines import OneLine


class Hear(Dialog[str]):
    """Answers with a line that is understood; an empty one only highlights."""

    DEFAULT_CSS = """
    Hear Static { height: auto; color: $muted; }
    Hear Input { margin-bottom: 1; }
    Hear #status { padding: 0; }
    """

    def __init__(self, quote: str) -> None:
        super().__init__(
            f"What do you hear in “{one_line(quote, 200)}”?",
            "enter keep   esc never mind",
        )
        self._status = OneLine(id="status")

    def compose_question(self) -> ComposeResult:
        """A field, and the words there are."""
        yield Input(placeholder="frustrated 2 #export need", select_on_focus=False)
        yield Static(f"feeling 1–3: {', '.join(Feeling)}", markup=False)
        yield Static(f"meaning: {', '.join(Meaning)}", markup=False)
        yield Static("#tag, and vs Acme: better, speed", markup=False)
        yield self._status

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Answer, unless a word is not understood."""
        try:
            heard_of(event.value, 1)
        except TriageError as error:
            told = str(error).removeprefix("line 1: ")
            self._status.say([(one_line(told, 400), "$warning")])
            return
        self.dismiss(event.value)
