"""A short list of which any may be ticked, with the space bar or a click."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from triage.text.display import one_line
from triage.tui.words import fit


@dataclass(frozen=True, slots=True)
class Tick:
    """
    One line that may be ticked.

    Attributes:
        value: What it stands for.
        label: What it says; may hold anything.
        note: Who said it, in a few words.
    """

    value: int
    label: str
    note: str = ""


class Ticks(Widget, can_focus=True):
    """Lines with a mark before those ticked; as many as fit are in sight."""

    DEFAULT_CSS = """
    Ticks { height: auto; max-height: 5; background: $surface; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "move(1)", show=False),
        Binding("up,k", "move(-1)", show=False),
        Binding("space", "turn", show=False),
    ]

    class Turned(Message):
        """Something was ticked, or no longer is."""

    def __init__(self, ticks: Sequence[Tick], ticked: Collection[int]) -> None:
        super().__init__()
        self._ticks = list(ticks)
        known = {one.value for one in self._ticks}
        self.ticked = {value for value in ticked if value in known}
        self._cursor = 0

    def show(self, ticked: Collection[int]) -> None:
        """Have these ticked, and no others."""
        known = {one.value for one in self._ticks}
        self.ticked = {value for value in ticked if value in known}
        self.refresh()

    def get_content_height(self, *_: object) -> int:
        """A line for each."""
        return max(1, len(self._ticks))

    def action_move(self, by: int) -> None:
        """Up or down; past the end it stays."""
        self._cursor = max(0, min(self._cursor + by, len(self._ticks) - 1))
        self.refresh()

    def action_turn(self) -> None:
        """Tick the line under the cursor, or no longer."""
        self.ticked ^= {self._ticks[self._cursor].value}
        self.refresh()
        self.post_message(self.Turned())

    def on_focus(self) -> None:
        """The cursor is shown only where the keys go."""
        self.refresh()

    def on_blur(self) -> None:
        """And not where they do not."""
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        """A click ticks one."""
        place = self._first + event.y
        if place < len(self._ticks):
            self._cursor = place
            self.action_turn()

    def on_mouse_scroll_down(self) -> None:
        """The wheel moves the cursor, and the lines with it."""
        self.action_move(1)

    def on_mouse_scroll_up(self) -> None:
        """And back."""
        self.action_move(-1)

    @property
    def _first(self) -> int:
        """The place of the first line in sight."""
        height = max(1, self.size.height)
        return max(0, min(self._cursor - height + 1, len(self._ticks) - height))

    def render(self) -> Content:
        """Those in sight, the cursor among them."""
        last = self._first + max(1, self.size.height)
        return Content("\n").join(
            self._line(place, one)
            for place, one in list(enumerate(self._ticks))[self._first : last]
        )

    def _line(self, place: int, one: Tick) -> Content:
        here = self.has_focus and place == self._cursor
        note = f"  {one_line(one.note, 24)}" if one.note else ""
        room = max(10, self.size.width - 4 - len(note))
        return Content.assemble(
            ("▌ " if here else "  ", "$accent"),
            ("✓ " if one.value in self.ticked else "· ", "bold $accent"),
            (fit(one_line(one.label, 300), room), "bold" if here else ""),
            (fit(note, len(note)), "$muted"),
        )
