"""``?``: every key of this screen, from the table of actions."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from triage.tui.action import Action
from triage.tui.bindings import shown_all
from triage.tui.dialogs.dialog import Dialog
from triage.tui.keymap import Keymap
from triage.tui.words import fit

_ORDER = ("Mark", "Look", "Move", "Go", "Everywhere")
"""Headings after those that are peculiar to a screen."""


_KEYS, _HELP = 16, 52
"""Cells for the keys, and for what they do."""


class Help(Dialog[None]):
    """The keys that are live behind this dialog."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark,q", "never_mind", show=False),
        Binding("j,down", "scroll(1)", show=False),
        Binding("k,up", "scroll(-1)", show=False),
        Binding("space,pagedown", "scroll(12)", show=False),
        Binding("pageup", "scroll(-12)", show=False),
    ]
    DEFAULT_CSS = (
        "Help #sheet { height: auto; max-height: 70vh; scrollbar-size-vertical: 1; }"
    )

    def __init__(self, actions: Sequence[Action], keymap: Keymap) -> None:
        super().__init__(
            "Keys here", "j k scroll   esc close   : finds an action by name"
        )
        self._actions = actions
        self._keymap = keymap

    def compose_question(self) -> ComposeResult:
        """One line an action, under its heading."""
        with VerticalScroll(id="sheet"):
            yield Static(self._sheet())

    def action_scroll(self, by: int) -> None:
        """Up or down."""
        self.query_one("#sheet", VerticalScroll).scroll_relative(y=by, animate=False)

    def _sheet(self) -> Content:
        lines: list[Content] = []
        group = ""
        for action in sorted(self._actions, key=self._place):
            if action.group != group:
                if group:
                    lines.append(Content(""))
                group = action.group
                lines.append(Content.assemble((group, "bold")))
            keys = shown_all(self._keymap, action)
            for place, line in enumerate(wrap(action.help, _HELP)):
                shown = fit(f"  {keys}" if place == 0 else "", _KEYS)
                lines.append(Content.assemble((shown, "$accent"), line))
        return Content("\n").join(lines)

    def _place(self, action: Action) -> int:
        return _ORDER.index(action.group) if action.group in _ORDER else -1
