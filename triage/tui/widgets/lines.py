"""The single lines round a screen: its tabs, what just happened, its keys."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from textual.content import Content
from textual.widget import Widget

from triage.text.display import safe
from triage.tui.words import fit

Part = tuple[str, str]
"""Some text and its style: "", "$muted", "bold $accent"."""


class OneLine(Widget):
    """A line of styled text, left and right; the right one yields where it is tight."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._left: tuple[Part, ...] = ()
        self._right: tuple[Part, ...] = ()

    def say(self, left: Sequence[Part], right: Sequence[Part] = ()) -> None:
        """Show this from now on; drawn anew only where it differs."""
        if (tuple(left), tuple(right)) != (self._left, self._right):
            self._left, self._right = tuple(left), tuple(right)
            self.refresh()

    @property
    def text(self) -> str:
        """What it says, without styles."""
        return "".join(part[0] for part in (*self._left, *self._right))

    def render(self) -> Content:
        """Left, room, right."""
        width = self.size.width
        left = [(safe(text, limit=400), style) for text, style in self._left]
        used = sum(cell_len(text) for text, _ in left)
        if used > width:
            return Content.assemble(*self._cut(left, width))
        right = [(safe(text, limit=400), style) for text, style in self._right]
        wide = sum(cell_len(text) for text, _ in right)
        if used + wide + 1 > width:
            return Content.assemble(*left)
        return Content.assemble(*left, " " * (width - used - wide), *right)

    @staticmethod
    def _cut(parts: Sequence[Part], width: int) -> list[Part]:
        kept: list[Part] = []
        for text, style in parts:
            size = cell_len(text)
            if size > width:
                kept.append((fit(text, width), style))
                break
            kept.append((text, style))
            width -= size
        return kept
