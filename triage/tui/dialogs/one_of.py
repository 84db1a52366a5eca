"""A choice among a few things that everybody knows, one key each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.widgets import Static

from triage.text.display import one_line
from triage.tui.dialogs.dialog import Dialog


@dataclass(frozen=True, slots=True)
class Option:
    """
    One thing to choose.

    Attributes:
        key: The key that takes it at once.
        value: What the choice means.
        label: What people call it.
        note: What it means, if that needs saying.
    """

    key: str
    value: Any
    label: str
    note: str = ""


class OneOf(Dialog[Option]):
    """Each option's key takes it; so does enter, on the one under the cursor."""

    BINDINGS: ClassVar = [
        Binding("j,down,tab", "move(1)", show=False),
        Binding("k,up,shift+tab", "move(-1)", show=False),
        Binding("enter", "take", show=False),
    ]

    def __init__(
        self, heading: str, options: Sequence[Option], *, now: object = None
    ) -> None:
        super().__init__(heading, "a key takes one   j k enter too   esc never mind")
        self._options = list(options)
        values = [option.value for option in options]
        self._now = now
        self.cursor = values.index(now) if now in values else 0
        self._list = Static("", id="options")

    def compose_question(self) -> ComposeResult:
        """The options, a line each."""
        yield self._list

    def on_mount(self) -> None:
        """The present one is under the cursor."""
        self._draw()

    def action_move(self, by: int) -> None:
        """Up or down."""
        self.cursor = (self.cursor + by) % len(self._options)
        self._draw()

    def action_take(self) -> None:
        """The one under the cursor."""
        self.dismiss(self._options[self.cursor])

    def on_key(self, event: events.Key) -> None:
        """An option's own key."""
        for option in self._options:
            if event.character == option.key:
                event.stop()
                event.prevent_default()
                self.dismiss(option)
                return

    def on_click(self, event: events.Click) -> None:
        """A click takes one."""
        region = self._list.region
        row = event.screen_y - region.y
        inside = region.contains(event.screen_x, event.screen_y)
        if inside and row < len(self._options):
            self.dismiss(self._options[row])

    def _draw(self) -> None:
        lines = []
        wide = max(len(option.label) for option in self._options)
        for place, option in enumerate(self._options):
            here = place == self.cursor
            is_now = "   as it is" if option.value == self._now else ""
            lines.append(
                Content.assemble(
                    ("▌ " if here else "  ", "$accent"),
                    (option.key, "bold $accent"),
                    (f"  {option.label:<{wide}}", "bold" if here else ""),
                    (f"  {one_line(option.note)}{is_now}".rstrip(), "$muted"),
                )
            )
        self._list.update(Content("\n").join(lines))
