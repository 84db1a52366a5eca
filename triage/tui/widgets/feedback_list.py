"""A list of any length that draws only the rows on the screen."""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from triage.tui.bindings import bindings
from triage.tui.columns import COLUMNS, Column
from triage.tui.frozen import Frozen
from triage.tui.passage import places, sought
from triage.tui.widgets.measuring import measure
from triage.tui.words import fit, skeleton
from triage.workspace import QueueRow

_PAGE = 64
_KEPT = 1024
"""Rows kept as read; ``_DRAWN`` of them as drawn, some 3 KB each."""

_DRAWN = 512
_GUTTER = 3  # bar, mark, what became of a reply


class FeedbackList(ScrollView, can_focus=True):
    """
    Rows of feedback over a frozen queue of keys.

    The row under the cursor carries a bar at its left, a marked one a tick; neither is
    told by colour alone. Nothing moves unless a person's act moves it.
    """

    PART = "list"
    BINDINGS = bindings("list")
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "list--row", "list--dim", "list--cursor", "list--bar", "list--mark",
        "list--found",
    }  # fmt: skip

    cursor: reactive[int] = reactive(0, repaint=False, always_update=False)

    class Moved(Message):
        """The cursor stands on another row, or on none."""

        def __init__(self, row: QueueRow | None) -> None:
            super().__init__()
            self.row = row

        def can_replace(self, message: Message) -> bool:
            """Only the last of a burst counts."""
            return isinstance(message, FeedbackList.Moved)

    class Widened(Message):
        """The list has another width, and so have its columns."""

    class More(Message):
        """The end of what was read is near, or asked for, and there is more."""

        def __init__(self, *, to_end: bool) -> None:
            super().__init__()
            self.to_end = to_end

    class Chosen(Message):
        """A row was clicked twice: open it."""

    def __init__(
        self,
        read: Callable[[Sequence[int]], list[QueueRow]],
        clock: Callable[[], datetime],
        *,
        columns: Sequence[Column] = COLUMNS,
        id: str | None = None,  # noqa: A002 - Textual's own word
    ) -> None:
        super().__init__(id=id)
        self._read = read
        self._clock = clock
        self._columns = columns
        self._rows: OrderedDict[int, QueueRow] = OrderedDict()
        self._strips: dict[tuple[int, bool, bool, int], Strip] = {}
        self._now = clock()
        self._sought: frozenset[str] = frozenset()
        self._replies: Mapping[int, str] = {}
        self.queue = Frozen()
        self.waiting = False
        self.is_partial = False
        """There is more than the queue holds, and ``More`` asks for it."""

    # What it shows

    def show(self, queue: Frozen, *, at: int | None = None) -> None:
        """Show another queue, the cursor on the key ``at`` or on the first row."""
        self.waiting = False
        self._rows.clear()
        self._fresh()
        self.queue = queue
        index = None if at is None else queue.place(at)
        self._resized()
        self._put(min(index or 0, max(0, len(queue) - 1)))

    def refill(self, keys: array[int]) -> None:
        """The rest of the keys has come; the cursor stays on its row."""
        key, seen = self.key, self._in_sight()
        self.queue.refill(keys)
        measure(self, Size(self.size.width, len(self.queue)))
        if self._in_sight() != seen:
            self.refresh()
        if key is not None and key != self.key:
            self._put(self.queue.place(key))

    def take(self, keys: Collection[int]) -> None:
        """Decided rows leave; the cursor is on the next that stays."""
        index = self.cursor - self.queue.above(keys, self.cursor)
        self.queue.take(keys)
        self._resized()
        self._put(min(index, max(0, len(self.queue) - 1)))

    def put_back(self, keys: Sequence[int], *, go_there: bool = True) -> None:
        """Rows return; the cursor goes to the first of them, or stays on its row."""
        here = self.key
        for key in keys:
            self._rows.pop(key, None)
        self.queue.put_back(keys)
        self._fresh()
        self._resized()
        if go_there and keys:
            self._put(min(self.queue.place(key) for key in keys))
        elif here is not None:
            self._put(self.queue.place(here))

    def go_to(self, key: int) -> None:
        """The cursor to a key, or to where it would stand."""
        self._put(self.queue.place(key))

    def find(self, words: Sequence[str]) -> None:
        """Mark these words where rows say them, until told others."""
        found = sought(" ".join(words))
        if found != self._sought:
            self._sought = found
            self._fresh()
            self.refresh()

    def tell_replies(self, glyphs: Mapping[int, str]) -> None:
        """One cell before a row that was answered, or will be, by its key."""
        if glyphs != self._replies:
            self._replies = glyphs
            self._strips.clear()
            self.refresh()

    def choose(self, columns: Sequence[Column]) -> None:
        """Show these columns from now on."""
        if tuple(columns) != tuple(self._columns):
            self._columns = columns
            self._fresh()
            self.refresh()
            self.post_message(self.Widened())

    def forget(self) -> None:
        """Read every row again when it is next drawn."""
        self._rows.clear()
        self._fresh()
        self.refresh()

    def wait(self) -> None:
        """Show the shape of a list until its rows are there."""
        self.waiting = True
        self.refresh()

    # What is under the cursor

    @property
    def key(self) -> int | None:
        """The key under the cursor."""
        return self.queue[self.cursor] if self.cursor < len(self.queue) else None

    @property
    def row(self) -> QueueRow | None:
        """The row under the cursor."""
        return self.row_at(self.cursor) if self.cursor < len(self.queue) else None

    def row_at(self, index: int) -> QueueRow | None:
        """The row at a place; None where its feedback is gone."""
        key = self.queue[index]
        found = self._rows.get(key)
        if found is None:
            first = index - index % _PAGE
            page = self.queue.keys[first : first + _PAGE]
            for row in self._read([one for one in page if one not in self._rows]):
                self._rows[row.id] = row
            while len(self._rows) > _KEPT:
                self._rows.popitem(last=False)
            found = self._rows.get(key)
        return found

    # Marks

    def mark(self, keys: Iterable[int], *, on: bool = True) -> None:
        """Mark these, or take their marks away."""
        (self.queue.marks.add if on else self.queue.marks.drop)(keys)
        self.refresh()

    def mark_everything(self, *, on: bool = True) -> None:
        """Mark every row, or none."""
        (self.queue.marks.everything if on else self.queue.marks.clear)()
        self.refresh()

    # Moving

    def action_next_row(self) -> None:
        """One down."""
        self._put(self.cursor + 1)

    def action_previous_row(self) -> None:
        """One up."""
        self._put(self.cursor - 1)

    def action_page_down(self) -> None:
        """As many rows as are seen, less one to hold on to."""
        self._put(self.cursor + self._height - 1)

    def action_page_up(self) -> None:
        """As many rows as are seen, less one to hold on to."""
        self._put(self.cursor - self._height + 1)

    def action_first_row(self) -> None:
        """The newest."""
        self._put(0)

    def action_last_row(self) -> None:
        """The oldest."""
        self._put(len(self.queue) - 1)
        if self.is_partial:
            self.post_message(self.More(to_end=True))

    def _put(self, index: int) -> None:
        index = max(0, min(index, len(self.queue) - 1))
        moved = index != self.cursor
        old = self.cursor
        if self.is_partial and moved and index >= len(self.queue) - _PAGE:
            self.post_message(self.More(to_end=False))
        self.set_reactive(FeedbackList.cursor, index)
        # Both wait in the screen's own queue, so that the list and what is read from it
        # are painted together; bubbling up, the one would be a frame behind the other.
        self.screen.post_message(self.Moved(self.row))
        self.screen.call_later(self._keep_in_sight, index, old if moved else index)

    def _keep_in_sight(self, index: int, old: int) -> None:
        top, height = self.scroll_offset.y, self._height
        if index < top:
            self.scroll_to(y=index, animate=False, force=True)
        elif index >= top + height:
            self.scroll_to(y=index - height + 1, animate=False, force=True)
        self.refresh_line(old)
        self.refresh_line(index)

    def _in_sight(self) -> array[int]:
        top = self.scroll_offset.y
        return self.queue.keys[top : top + self._height]

    @property
    def _height(self) -> int:
        return max(1, self.scrollable_content_region.height)

    def on_click(self, event: events.Click) -> None:
        """A click puts the cursor there; a second one opens."""
        index = event.y + self.scroll_offset.y
        if index < len(self.queue):
            self._put(index)
            if event.chain == 2:
                self.post_message(self.Chosen())

    # Drawing

    def on_resize(self) -> None:
        """Another width: rows are laid out anew, the cursor stays in sight."""
        self._resized()
        self._keep_in_sight(self.cursor, self.cursor)
        self.post_message(self.Widened())

    def notify_style_update(self) -> None:
        """Another theme: nothing drawn before is right."""
        super().notify_style_update()
        self._fresh()

    def tick(self, now: datetime) -> None:
        """Ages are counted from now on; drawn anew only where one would change."""
        self._now = now
        self._strips.clear()
        self.refresh()

    def _fresh(self) -> None:
        self._now = self._clock()
        self._strips.clear()

    def _resized(self) -> None:
        measure(self, Size(self.size.width, len(self.queue)))
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """One row of the screen."""
        width = self.scrollable_content_region.width
        index = y + self.scroll_offset.y
        if self.waiting:
            return self._skeleton(y, width)
        if index >= len(self.queue):
            return Strip.blank(width, self.rich_style)
        key = self.queue[index]
        state = (key, index == self.cursor, key in self.queue.marks, width)
        strip = self._strips.get(state)
        if strip is None:
            if len(self._strips) > _DRAWN:
                self._strips.clear()
            strip = self._strips[state] = self._drawn(index, *state[1:])
        return strip

    def _drawn(self, index: int, here: bool, marked: bool, width: int) -> Strip:
        row = self.row_at(index)
        style = self._style("cursor" if here else "row")
        dim = style if here else self._style("dim")
        tick = self._style("mark") if marked and not here else dim
        runs = [
            ("▌" if here else " ", self._style("bar") if here else dim),
            ("✓" if marked else " ", tick),
            (self._replies.get(self.queue[index], " "), dim),
        ]
        used = _GUTTER
        if row is None:
            runs.append((fit("gone", max(0, width - used)), dim))
            return Strip(_joined(runs), width)
        for column in self._columns:
            room = min(column.width(width), width - used)
            if room <= 0:
                continue
            shown = fit(column.say(row, self._now), room)
            if column.right:
                shown = shown.rstrip().rjust(room)
            gap = 0 if used + room >= width else 2
            if column.style == "row":
                runs.extend(self._marked(shown + " " * gap, style))
            else:
                runs.append((shown + " " * gap, dim))
            used += room + gap
        return Strip(_joined(runs), width)

    def _marked(self, text: str, style: Style) -> Iterator[tuple[str, Style]]:
        """The text in runs, the words looked for in a style of their own."""
        found = self.get_component_rich_style("list--found", partial=True)
        place = 0
        for start, end in places(self._sought, text):
            yield text[place:start], style
            yield text[start:end], style + found
            place = end
        yield text[place:], style

    def _skeleton(self, y: int, width: int) -> Strip:
        return Strip(
            [Segment(fit(skeleton(y, width), width), self._style("dim"))], width
        )

    def heading(self) -> str:
        """The names of the columns, as wide as the rows below."""
        width = self.scrollable_content_region.width
        text, used = " " * _GUTTER, _GUTTER
        for column in self._columns:
            room = min(column.width(width), width - used)
            if room <= 0:
                continue
            name = fit(column.heading, room)
            text += (name.rstrip().rjust(room) if column.right else name) + "  "
            used += room + 2
        return text[:width]

    def _style(self, name: str) -> Style:
        return self.get_component_rich_style(f"list--{name}")


def _joined(runs: Iterable[tuple[str, Style]]) -> list[Segment]:
    """Neighbours of one style as one segment: a third of the bytes on the wire."""
    joined: list[tuple[str, Style]] = []
    for text, style in runs:
        if joined and joined[-1][1] == style:
            joined[-1] = (joined[-1][0] + text, style)
        else:
            joined.append((text, style))
    return [Segment(text, style) for text, style in joined]
