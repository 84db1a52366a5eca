"""The reading pane: passages laid out by hand, so that any text paints at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from triage.tui.bindings import bindings
from triage.tui.heard_words import Marked
from triage.tui.passage import Passage, finder, places
from triage.tui.quoting import Selection, Span
from triage.tui.widgets.asked import Asked
from triage.tui.widgets.measuring import measure
from triage.tui.words import fit
from triage.tui.wrap import Line, Piece, wrap

_UNDERLINED = Style(underline=True)


class Reader(ScrollView, can_focus=False):
    """Passages, scrollable; part of them may be selected as a quote."""

    PART = "quote"
    BINDINGS = bindings("quote")
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "reader--text", "reader--title", "reader--dim", "reader--head",
        "reader--note", "reader--good", "reader--telling", "reader--quote",
        "reader--quoted", "reader--sought", "reader--linked", "reader--sore",
        "reader--uneasy", "reader--glad", "reader--heard",
    }  # fmt: skip

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._passages: list[Passage] = []
        self._lines: list[tuple[Passage | None, Line]] = []
        self._width = 0
        self.selection: Selection | None = None
        self.quoted: tuple[Span, ...] = ()
        """Parts of the feedback's text that are evidence already."""
        self.highlighted: tuple[Marked, ...] = ()
        """Parts somebody underlined, each in the role of what was felt."""

    @dataclass
    class Taken(Message):
        """Words were selected for good; ``attach`` leaves the feedback where it is."""

        attach: bool

    class Highlighted(Message):
        """Something is heard in the words selected."""

    class Unhighlighted(Message):
        """The words selected are no highlight any more."""

    class Cited(Message):
        """The words selected are to stand on a persona's empathy map."""

    class NextHighlight(Message):
        """The next highlight is to be selected."""

    class Finished(Message):
        """Every quote is linked: nothing more is to be selected."""

    class Copied(Message):
        """The words selected are to be copied."""

    class Left(Message):
        """Nothing is to be selected after all."""

    def show(self, passages: Iterable[Passage], *, keep_place: bool = False) -> None:
        """Show other passages, from the top unless the place is kept."""
        self._passages = list(passages)
        if not self.size:
            # They are laid out when there is room; a width of nothing takes longest.
            return
        top, before = self.scroll_offset.y, self._seen()
        self._lay_out()
        if not keep_place:
            self.scroll_to(y=0, animate=False, force=True)
        if self.scroll_offset.y != top or self.selection is not None:
            self.refresh()
            return
        # Lines that stay are not sent again: over a slow line that is what is felt.
        after = self._seen()
        width = self.size.width
        changed = [y for y, line in enumerate(after) if line != before[y]]
        for y in changed:
            self.refresh(Region(0, y, width, 1))

    # Selecting words: only while it has the focus

    def select(self, selection: Selection | None) -> None:
        """Mark part of the feedback's text, and bring it into sight."""
        self.selection = selection
        self.can_focus = selection is not None
        if selection is not None:
            self._bring_into_sight(selection.start)
        self.refresh()

    def _change(self, selection: Selection) -> None:
        if self.selection is not None:
            self.select(selection)

    def action_quote_widen(self) -> None:
        """Sentence, paragraph, all."""
        if self.selection:
            self._change(self.selection.widen())

    def action_quote_end_right(self) -> None:
        """One word more."""
        if self.selection:
            self._change(self.selection.move_end(1))

    def action_quote_end_left(self) -> None:
        """One word less."""
        if self.selection:
            self._change(self.selection.move_end(-1))

    def action_quote_start_right(self) -> None:
        """Begin later."""
        if self.selection:
            self._change(self.selection.move_start(1))

    def action_quote_start_left(self) -> None:
        """Begin earlier."""
        if self.selection:
            self._change(self.selection.move_start(-1))

    def action_quote_next(self) -> None:
        """The next sentence."""
        if self.selection:
            self._change(self.selection.next(1))

    def action_quote_previous(self) -> None:
        """The sentence before."""
        if self.selection:
            self._change(self.selection.next(-1))

    def action_quote_take(self) -> None:
        """These words, and decide."""
        self.post_message(self.Taken(attach=False))

    def action_quote_attach(self) -> None:
        """These words, and no decision."""
        self.post_message(self.Taken(attach=True))

    def action_quote_highlight(self) -> None:
        """Something is heard in these words."""
        self.post_message(self.Highlighted())

    def action_quote_on_map(self) -> None:
        """They go onto a persona's map."""
        self.post_message(self.Cited())

    def action_quote_unhighlight(self) -> None:
        """Nothing is."""
        self.post_message(self.Unhighlighted())

    def action_quote_next_highlight(self) -> None:
        """Words in which something was heard."""
        self.post_message(self.NextHighlight())

    def action_quote_done(self) -> None:
        """As it is."""
        self.post_message(self.Finished())

    def action_quote_copy(self) -> None:
        """These words, for elsewhere."""
        self.post_message(self.Copied())

    def action_quote_leave(self) -> None:
        """Nothing."""
        self.post_message(self.Left())

    def page(self, direction: int) -> None:
        """Scroll by most of a page."""
        step = max(1, self.scrollable_content_region.height - 2)
        self.by(direction * step)

    def by(self, lines: int) -> None:
        """Scroll by so many lines."""
        self.scroll_to(y=self.scroll_offset.y + lines, animate=False, force=True)

    def on_click(self, event: events.Click) -> None:
        """A click on a line that names a key asks for what the key does."""
        place = event.get_content_offset(self)
        if place is None or place.y + self.scroll_offset.y >= len(self._lines):
            return
        passage, _ = self._lines[place.y + self.scroll_offset.y]
        if passage is not None and passage.asks:
            self.post_message(Asked(passage.asks))

    def _seen(self) -> list[tuple[Passage | None, Line]]:
        """The lines in sight, blank ones below them included."""
        top, height = self.scroll_offset.y, self.size.height
        seen = self._lines[top : top + height]
        return seen + [(None, ())] * (height - len(seen))

    def on_resize(self) -> None:
        """Lines are broken anew for the new width."""
        if self._width != self._room:
            self._lay_out()
        else:
            self._measure()
        self.refresh()

    @property
    def _room(self) -> int:
        # One column stays free whether or not there is a scrollbar to stand in it.
        return max(2, self.size.width - 1)

    def _lay_out(self) -> None:
        self._width = self._room
        self._lines = []
        for passage in self._passages:
            self._lines.extend((None, ()) for _ in range(passage.gap))
            room = self._width - passage.indent
            text = fit(passage.text, room).rstrip() if passage.brief else passage.text
            self._lines.extend((passage, line) for line in wrap(text, room))
        self._measure()

    def _measure(self) -> None:
        # Never shorter than the pane: its scrollbar, which is always there, stays
        # empty, and comes and goes without laying out the screen.
        height = max(len(self._lines), self.scrollable_content_region.height)
        measure(self, Size(self._width, height))

    def _bring_into_sight(self, start: int) -> None:
        height = self.scrollable_content_region.height
        for index, (passage, line) in enumerate(self._lines):
            if passage is None or passage.origin is None or not line:
                continue
            if passage.origin + line[-1].end > start:
                top = self.scroll_offset.y
                if not top <= index < top + height - 1:
                    self.scroll_to(y=max(0, index - 2), animate=False, force=True)
                return

    # Drawing

    def render_line(self, y: int) -> Strip:
        """One line of the pane."""
        width = self.scrollable_content_region.width
        index = y + self.scroll_offset.y
        blank = self._style("text")
        if index >= len(self._lines):
            return Strip.blank(width, blank)
        passage, line = self._lines[index]
        if passage is None:
            return Strip.blank(width, blank)
        segments = [Segment(" " * passage.indent, blank)] if passage.indent else []
        style = self._style(passage.style)
        for piece in line:
            segments.extend(self._segments(passage, piece, style))
        return Strip(segments).adjust_cell_length(width, blank)

    def _segments(self, passage: Passage, piece: Piece, style: Style) -> list[Segment]:
        cuts = self._cuts(passage, piece)
        if not cuts:
            return [Segment(piece.text, style)]
        edges = sorted(
            {0, len(piece.text), *(edge for cut in cuts for edge in cut[:2])}
        )
        made = []
        for start, end in pairwise(edges):
            mine = style
            for first, last, extra in cuts:
                if first <= start and end <= last:
                    mine += extra
            made.append(Segment(piece.text[start:end], mine))
        return made

    def _cuts(self, passage: Passage, piece: Piece) -> list[tuple[int, int, Style]]:
        cuts = []
        if passage.sought:
            style = self._partial("sought")
            found = places(passage.sought, piece.text)
            cuts = [(start, end, style) for start, end in found]
        if passage.telling:
            telling = self._partial("telling")
            cuts += [
                (match.start(), match.end(), telling)
                for match in finder(passage.telling).finditer(piece.text)
            ]
        if passage.origin is not None:
            linked = self._partial("linked")
            marked = [(span, linked) for span in self.quoted]
            marked += [
                (one.span, self._partial(one.role) + _UNDERLINED)
                for one in self.highlighted
            ]
            if self.selection:
                marked.append((self.selection.span, self._style("quote")))
            for span, style in marked:
                start, end = (edge - passage.origin for edge in span)
                first, last = max(start, piece.start), min(end, piece.end)
                if first < last and piece.is_literal:
                    cuts.append((first - piece.start, last - piece.start, style))
                elif first < last:
                    cuts.append((0, len(piece.text), style))
        return cuts

    def _partial(self, name: str) -> Style:
        return self.get_component_rich_style(f"reader--{name}", partial=True)

    def _style(self, name: str) -> Style:
        return self.get_component_rich_style(f"reader--{name}")
