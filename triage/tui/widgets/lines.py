"""The single lines round a screen: its tabs, what just happened, its keys."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.widget import Widget

from triage.text.display import safe
from triage.tui.widgets.asked import Asked
from triage.tui.words import fit

Part = tuple[str, str] | tuple[str, str, str]
"""
Some text, its style ("", "$muted", "bold $accent"), and what a click on it asks for:
an action of the table or a name the screen knows; nothing where it is left out.
"""


class OneLine(Widget):
    """A line of styled text, left and right; the right one yields where it is tight."""

    def __init__(self, *, id: str | None = None, classes: str = "") -> None:  # noqa: A002
        super().__init__(id=id, classes=classes or None)
        self._left: tuple[Part, ...] = ()
        self._right: tuple[Part, ...] = ()
        self._asked: list[tuple[int, int, str]] = []
        """From which cell to which a click asks for what."""

    def say(self, left: Iterable[Part], right: Iterable[Part] = ()) -> None:
        """Show this from now on; drawn anew only where it differs."""
        shown = tuple(left), tuple(right)
        if shown != (self._left, self._right):
            self._left, self._right = shown
            self.refresh()

    @property
    def text(self) -> str:
        """What it says, without styles."""
        return "".join(part[0] for part in (*self._left, *self._right))

    def render(self) -> Content:
        """Left, room, right."""
        width = self.size.width
        left, used = self._fitting(self._left, width)
        right, wide = self._fitting(self._right, width)
        shown = [*left]
        if right and used + wide + 1 <= width:
            shown += [(" " * (width - used - wide), "", ""), *right]
        self._asked, at = [], 0
        for text, _, asks in shown:
            size = cell_len(text)
            if asks:
                self._asked.append((at, at + size, asks))
            at += size
        return Content.assemble(*((text, style) for text, style, _ in shown))

    def on_click(self, event: events.Click) -> None:
        """A click on a part asks for what it stands for."""
        place = event.get_content_offset(self)
        for start, end, asks in self._asked:
            if place is not None and start <= place.x < end:
                self.post_message(Asked(asks))

    @staticmethod
    def _fitting(
        parts: Sequence[Part], width: int
    ) -> tuple[list[tuple[str, str, str]], int]:
        """The parts that fit, the last one cut, and the cells they take."""
        kept, used = [], 0
        for text, style, *asks in parts:
            shown = safe(text, limit=400)
            size = cell_len(shown)
            if used + size > width:
                shown, size = fit(shown, width - used), width - used
            kept.append((shown, style, asks[0] if asks else ""))
            used += size
            if used >= width:
                break
        return kept, used
