"""An empathy map one moves over, entry by entry; it draws its own lines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from triage.tui import map_layout, map_places
from triage.tui.bindings import bindings
from triage.tui.map_layout import Cells
from triage.tui.map_places import Entries, MapEntry, Place


class EmpathyMap(Widget, can_focus=True):
    """Nine areas, one entry or one empty area under the cursor."""

    PART = "map"
    BINDINGS = bindings("map")
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "map--text", "map--text-inferred", "map--cursor", "map--cursor-inferred",
        "map--observed", "map--inferred", "map--head", "map--here", "map--dim",
        "map--line", "map--bar",
    }  # fmt: skip
    # What somebody concluded leans; its sign is hollow: either tells without colour.
    DEFAULT_CSS = """
    EmpathyMap { background: $background; }
    EmpathyMap > .map--text { color: $foreground; background: $background; }
    EmpathyMap > .map--text-inferred {
        color: $foreground; background: $background; text-style: italic;
    }
    EmpathyMap > .map--cursor {
        color: $foreground; background: $surface; text-style: bold;
    }
    EmpathyMap > .map--cursor-inferred {
        color: $foreground; background: $surface; text-style: bold italic;
    }
    EmpathyMap > .map--observed { color: $success; background: $background; }
    EmpathyMap > .map--inferred { color: $warning; background: $background; }
    EmpathyMap > .map--head {
        color: $muted; background: $background; text-style: bold;
    }
    EmpathyMap > .map--here {
        color: $accent; background: $background; text-style: bold;
    }
    EmpathyMap > .map--dim { color: $muted; background: $background; }
    EmpathyMap > .map--line { color: $panel; background: $background; }
    EmpathyMap > .map--bar { color: $accent; background: $background; }
    """

    @dataclass
    class Moved(Message):
        """Another place is under the cursor."""

        place: Place

    class Chosen(Message):
        """An entry was clicked twice: open it."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._entries: Entries = {}
        self._lines: list[Cells] | None = None
        self.place = Place()

    def show(self, entries: Entries, at: Place | None = None) -> None:
        """Show these; the cursor stays where it was unless ``at`` says otherwise."""
        self._entries = entries
        self._put(map_places.kept(at or self.place, entries))

    @property
    def entry(self) -> MapEntry | None:
        """What is under the cursor; None in an area with nothing in it."""
        found = self._entries.get(self.place.area, ())
        return found[self.place.index] if self.place.index < len(found) else None

    @property
    def is_wide(self) -> bool:
        """Whether it is a grid."""
        return map_places.is_grid(self.app.size)

    # Moving

    def action_entry_down(self) -> None:
        """The next entry; past the last one, the area under it."""
        self._put(map_places.moved(self.place, self._entries, 1, wide=self.is_wide))

    def action_entry_up(self) -> None:
        """The entry before."""
        self._put(map_places.moved(self.place, self._entries, -1, wide=self.is_wide))

    def action_area_right(self) -> None:
        """The area at the right."""
        self._put(map_places.beside(self.place, self._entries, 1, wide=self.is_wide))

    def action_area_left(self) -> None:
        """The area at the left."""
        self._put(map_places.beside(self.place, self._entries, -1, wide=self.is_wide))

    def action_next_area(self) -> None:
        """The next area, from its first entry."""
        self._put(map_places.turned(self.place, self._entries, 1))

    def action_previous_area(self) -> None:
        """The area before."""
        self._put(map_places.turned(self.place, self._entries, -1))

    def _put(self, place: Place) -> None:
        self.place = place
        self._lines = None
        self.refresh()
        self.post_message(self.Moved(place))

    def on_click(self, event: events.Click) -> None:
        """A click puts the cursor there; a second one opens."""
        at = 0
        for cell in self._laid_out()[event.y] if event.y < self.size.height else ():
            at += cell_len(cell.text)
            if event.x < at and cell.place is not None:
                self._put(map_places.kept(cell.place, self._entries))
                if event.chain == 2:
                    self.post_message(self.Chosen())
                return

    # Drawing

    def on_resize(self) -> None:
        """Another size is laid out anew."""
        self._lines = None
        self.refresh()

    def _laid_out(self) -> list[Cells]:
        if self._lines is None:
            width, height = self.size
            draw = map_layout.grid if self.is_wide else map_layout.sections
            self._lines = draw(self._entries, self.place, width, height)
        return self._lines

    def render_line(self, y: int) -> Strip:
        """One line of the map."""
        width = self.size.width
        plain = self.get_component_rich_style("map--text")
        found = self._laid_out()
        if y >= len(found):
            return Strip.blank(width, plain)
        strip = Strip(
            [
                Segment(cell.text, self.get_component_rich_style(f"map--{cell.style}"))
                for cell in found[y]
            ]
        )
        return strip.adjust_cell_length(width, plain)
