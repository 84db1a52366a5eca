"""Quotes of a persona's people, each shown where it stands in what they said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from triage.errors import TriageError
from triage.model import Feedback
from triage.operations.highlights import found_again
from triage.operations.pain_points import text_of
from triage.tui import clipboard, heard_words, words
from triage.tui.bindings import bindings
from triage.tui.desk import beside
from triage.tui.following import Following
from triage.tui.passage import Passage
from triage.tui.putting import put
from triage.tui.quoting import Selection
from triage.tui.reading import passages
from triage.tui.table import Field, cells
from triage.tui.widgets.headings import Headings
from triage.tui.widgets.lines import OneLine
from triage.tui.widgets.reader import Reader
from triage.tui.widgets.rows import Cells, Rows
from triage.workspace import Citable, PersonaView


@dataclass(frozen=True, slots=True)
class Found:
    """Whose quotes, what they show ("" for all of them), and the quotes."""

    view: PersonaView
    shows: str
    quotes: Sequence[Citable]


FIELDS: tuple[Field[Citable], ...] = (
    Field(name="felt", width=16,
          say=lambda one: heard_words.felt(one.feeling, one.intensity) or "–"),
    Field(name="who", width=16, say=lambda one: words.row_text(one.author, 40)),
    Field(name="in their words", style="row",
          say=lambda one: f"“{words.row_text(one.quote)}”"),
)  # fmt: skip


class QuotesScreen(Following):
    """
    Quotes at the left, what each is part of at the right.

    Args:
        persona: Its id.
        entry: The entry of its map that the quotes show; None for all there are.
    """

    PART = "quotes"
    PARTS = ("list",)
    BINDINGS = bindings("quotes")
    CSS_PATH = ["inbox.tcss", "quotes.tcss"]  # noqa: RUF012

    def __init__(self, persona: int, entry: int | None = None) -> None:
        super().__init__()
        self._number = persona
        self._entry = entry

    def compose_body(self) -> ComposeResult:
        """What they show, the quotes, and one of them."""
        self.rows: Rows[Citable] = Rows(_draw, id="rows")
        self.reader = Reader(id="reader")
        yield OneLine(id="title")
        with Horizontal(id="panes"):
            with Vertical(id="left"):
                yield Headings(FIELDS)
                yield self.rows
            yield self.reader
        yield Static("", id="empty", markup=False)

    def on_mount(self) -> None:
        """The list has the keys."""
        self.rows.focus()

    # What it shows

    def look_up(self) -> Found:
        """The quotes as they are now."""
        workspace = self.workspace
        view = workspace.persona_view(workspace.persona(self._number))
        if self._entry is None:
            return Found(view, "", workspace.citable(view))
        entry = workspace.entry_named(self._entry)
        names = {f"h{key}" for key in entry.highlights}
        quotes = [one for one in workspace.citable(view, names) if one.name in names]
        return Found(view, entry.text, quotes)

    def gone(self, error: TriageError) -> None:
        """What they show is no longer there."""
        self.leave_for(error)

    def show_found(self, found: object) -> None:
        """The rows; the cursor stays on its quote."""
        assert isinstance(found, Found)
        here = self.rows.row.name if self.rows.row else None
        names = [one.name for one in found.quotes]
        at = names.index(here) if here in names else self.rows.cursor
        self.rows.show(found.quotes, at=at)
        self.set_class(not found.quotes, "-empty")
        self.show_nothing(
            ["Nothing its people said is underlined or evidence yet.",
             "Underline what they say: it can then be cited on the map."],
            ("go-inbox", "the inbox"),
        )  # fmt: skip
        name = words.row_text(found.view.persona.name, 60)
        shows = f"“{words.row_text(found.shows, 300)}”" if found.shows else "all quotes"
        self.query_one("#title", OneLine).say(
            [(f"{name}   ", "bold"), (shows, "")],
            [(words.count(len(found.quotes), "quote"), "$muted")],
        )
        self._show_quote()

    @on(Rows.Moved)
    def _show_quote(self) -> None:
        if self.rows.row is None:
            self.reader.show(())
        else:
            beside(self, self._read, self.rows.row, group="quote", exclusive=True)

    async def _read(self, quote: Citable) -> None:
        said = await self.triage.desk.look(
            lambda: self.workspace.feedback(quote.feedback)
        )
        self._show_said(said, quote)

    def _show_said(self, said: Feedback, quote: Citable) -> None:
        found = list(passages(said, None, self.workspace.clock()))
        span = found_again(said, quote.quote, quote.start)
        if span is None:
            told = (
                "Its source has changed these words since; the quote stays as it was:"
            )
            found[0:0] = [Passage(text=told, style="note"),
                          Passage(text=quote.quote, style="good")]  # fmt: skip
        self.reader.show(found)
        selection = Selection(text_of(said), span.start, span.end) if span else None
        self.reader.select(selection)
        # Only shown here: nothing of it is to be selected anew.
        self.reader.can_focus = False

    # Looking

    def action_open_feedback(self) -> None:
        """All that say the same."""
        if self.rows.row is not None:
            self.triage.open("group", self.rows.row.feedback_id)

    @on(Rows.Chosen)
    def _open_clicked(self) -> None:
        self.action_open_feedback()

    def action_put_on_map(self) -> None:
        """On which persona's map?"""
        if self.rows.row is not None:
            put(self, self.rows.row.name, self.rows.row.quote)

    def action_copy_text(self) -> None:
        """The quote, for a colleague."""
        if self.rows.row is not None:
            clipboard.copy(self, "the quote", self.rows.row.quote)

    def action_back(self) -> None:
        """To where one came from."""
        self.app.pop_screen()

    def action_read_down(self) -> None:
        """A few lines on."""
        self.reader.by(3)

    def action_read_up(self) -> None:
        """A few lines back."""
        self.reader.by(-3)


def _draw(one: Citable, room: int) -> Cells:
    return cells(FIELDS, one, room)
