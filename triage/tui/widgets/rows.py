"""A cursor list of anything that fits a line: pain points, plans, sources, steps."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar, Generic, TypeVar

from rich.segment import Segment
from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from triage.tui.bindings import bindings
from triage.tui.words import fit, skeleton

T = TypeVar("T")


Cells = Sequence[tuple[str, str]]
"""A row as it is drawn: safe text and its style, "row", "dim" or "bad", in order."""


class Rows(ScrollView, Generic[T], can_focus=True):
    """
    Objects as lines, one of them under the cursor; a ``None`` is an empty line.

    Args:
        draw: The cells of an object in so many cells of width; text must be safe.
    """

    PART = "list"
    BINDINGS = bindings("list")
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "rows--row", "rows--dim", "rows--bad", "rows--head", "rows--cursor",
        "rows--bar",
    }  # fmt: skip
    DEFAULT_CSS = """
    Rows { background: $background; scrollbar-size-vertical: 1; overflow-x: hidden; }
    Rows > .rows--row { color: $foreground; background: $background; }
    Rows > .rows--dim { color: $muted; background: $background; }
    Rows > .rows--bad { color: $error; background: $background; }
    Rows > .rows--head { color: $accent; background: $background; text-style: bold; }
    Rows > .rows--cursor { color: $foreground; background: $surface; text-style: bold; }
    Rows > .rows--bar { color: $accent; background: $surface; }
    """

    class Moved(Message):
        """Another row is under the cursor."""

    class Chosen(Message):
        """A row was clicked twice: open it."""

    def __init__(
        self,
        draw: Callable[[T, int], Cells],
        *,
        is_heading: Callable[[T], bool] = lambda _: False,
        id: str | None = None,  # noqa: A002 - Textual's own word
    ) -> None:
        super().__init__(id=id)
        self._draw = draw
        self._is_heading = is_heading
        self.rows: list[T] = []
        self.cursor = 0
        self.waiting = False

    def show(self, rows: Sequence[T], *, at: int = 0) -> None:
        """Show these, the cursor on the row ``at`` or the first after it."""
        self.waiting = False
        self.rows = list(rows)
        self.virtual_size = Size(self.size.width, len(self.rows))
        self.cursor = min(max(0, at), max(0, len(self.rows) - 1))
        self._put(self.cursor, 1)
        self.refresh()

    def wait(self) -> None:
        """Show the shape of a list until its rows are there."""
        self.waiting = True
        self.refresh()

    @property
    def row(self) -> T | None:
        """The object under the cursor."""
        return self.rows[self.cursor] if self.cursor < len(self.rows) else None

    def action_next_row(self) -> None:
        """One down."""
        self._put(self.cursor + 1, 1)

    def action_previous_row(self) -> None:
        """One up."""
        self._put(self.cursor - 1, -1)

    def action_page_down(self) -> None:
        """A page."""
        self._put(self.cursor + self._page, 1)

    def action_page_up(self) -> None:
        """A page."""
        self._put(self.cursor - self._page, -1)

    def action_first_row(self) -> None:
        """The first."""
        self._put(0, 1)

    def action_last_row(self) -> None:
        """The last."""
        self._put(len(self.rows) - 1, -1)

    @property
    def _page(self) -> int:
        return max(1, self.scrollable_content_region.height - 1)

    def _put(self, index: int, direction: int) -> None:
        """The cursor to a row, past headings in the direction it moves."""
        index = max(0, min(index, len(self.rows) - 1))
        start = index
        while 0 <= index < len(self.rows) and self._is_heading(self.rows[index]):
            index += direction
        if not 0 <= index < len(self.rows):
            index = self.cursor if direction < 0 else start
        self.cursor = max(0, index)
        self._keep_in_sight()
        self.refresh()
        self.post_message(self.Moved())

    def _keep_in_sight(self) -> None:
        top, height = self.scroll_offset.y, self._page + 1
        if self.cursor < top:
            self.scroll_to(y=self.cursor, animate=False, force=True)
        elif self.cursor >= top + height:
            self.scroll_to(y=self.cursor - height + 1, animate=False, force=True)

    def on_click(self, event: events.Click) -> None:
        """A click puts the cursor there; a second one opens."""
        index = event.y + self.scroll_offset.y
        if index < len(self.rows) and not self._is_heading(self.rows[index]):
            self._put(index, 1)
            if event.chain == 2:
                self.post_message(self.Chosen())

    def on_resize(self) -> None:
        """Another size: drawn anew, the cursor in sight."""
        self.virtual_size = Size(self.size.width, len(self.rows))
        self._keep_in_sight()
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """One row of the screen."""
        width = self.scrollable_content_region.width
        index = y + self.scroll_offset.y
        plain = self.get_component_rich_style("rows--row")
        if self.waiting:
            dim = self.get_component_rich_style("rows--dim")
            return Strip([Segment(fit(skeleton(y, width), width), dim)], width)
        if index >= len(self.rows):
            return Strip.blank(width, plain)
        here = index == self.cursor
        row: Any = self.rows[index]
        cursor = self.get_component_rich_style("rows--cursor")
        bar = self.get_component_rich_style("rows--bar")
        segments = [Segment("▌ ", bar) if here else Segment("  ", plain)]
        room = width - 2
        for text, name in self._draw(row, room):
            style = cursor if here else self.get_component_rich_style(f"rows--{name}")
            segments.append(Segment(text, style))
        strip = Strip(segments)
        if strip.cell_length > width:
            # Cut by cells with an ellipsis rather than wherever the edge falls.
            text = fit("".join(segment.text for segment in segments[1:]), room)
            strip = Strip([segments[0], Segment(text, cursor if here else plain)])
        return strip.adjust_cell_length(width, cursor if here else plain)
