"""Something to read over a screen: an explanation, a history, a list of changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from triage.tui.dialogs.dialog import Dialog

WIDE = 92
"""Cells a sheet takes where there is room."""

Line = Sequence[tuple[str, str]]
"""Safe text and its style, "" or "$muted" or "bold", in order."""


class Sheet(Dialog[str]):
    """
    Lines to read; closed by escape, q or enter.

    Args:
        answers: Keys that close it with an answer, and what each is called.
    """

    BINDINGS: ClassVar = [
        Binding("q,enter", "never_mind", show=False),
        Binding("j,down", "scroll(1)", show=False),
        Binding("k,up", "scroll(-1)", show=False),
        Binding("space,pagedown,ctrl+d", "scroll(10)", show=False),
        Binding("pageup,ctrl+u", "scroll(-10)", show=False),
    ]
    DEFAULT_CSS = f"""
    Sheet #lines {{ height: auto; max-height: 60vh; scrollbar-size-vertical: 1; }}
    Sheet #lines Static {{ width: 1fr; }}
    Sheet > #box {{ width: {WIDE}; }}
    """

    def __init__(
        self,
        heading: str,
        lines: Sequence[Line],
        answers: Mapping[str, str] | None = None,
    ) -> None:
        self._answers = answers or {}
        keys = "".join(f"{key} {label}   " for key, label in self._answers.items())
        super().__init__(heading, f"{keys}j k scroll   esc close")
        self._lines = lines

    def compose_question(self) -> ComposeResult:
        """The lines, scrollable where they are many."""
        with VerticalScroll(id="lines"):
            lines = [
                Content.assemble(*line) if line else Content("") for line in self._lines
            ]
            yield Static(Content("\n").join(lines))

    def key_of(self, word: str) -> str:
        """An answer is its own key."""
        return word if word in self._answers else super().key_of(word)

    def action_scroll(self, by: int) -> None:
        """Up or down."""
        self.query_one("#lines", VerticalScroll).scroll_relative(y=by, animate=False)

    def on_key(self, event: events.Key) -> None:
        """A key that is an answer."""
        if event.character in self._answers:
            event.stop()
            event.prevent_default()
            self.dismiss(event.character)
