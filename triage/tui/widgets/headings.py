"""The names of fields over a cursor list, as wide as the list is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from textual.content import Content
from textual.widget import Widget

from triage.tui.table import Field, heading


class Headings(Widget):
    """One dim line; it lays itself out for whatever width it gets."""

    DEFAULT_CSS = "Headings { height: 1; }"

    def __init__(self, fields: Sequence[Field[Any]]) -> None:
        super().__init__()
        self._fields = fields

    def name_them(self, fields: Sequence[Field[Any]]) -> None:
        """Others from now on."""
        self._fields = fields
        self.refresh()

    def render(self) -> Content:
        """The names, past the bar of the cursor and short of the scrollbar."""
        room = max(0, self.size.width - 3)
        return Content.assemble(("  " + heading(self._fields, room), "$muted"))
