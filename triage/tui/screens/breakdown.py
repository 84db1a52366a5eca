"""The numbers told apart: a row for each version, country, language and so on."""

from __future__ import annotations

from textual import events, on
from textual.app import ComposeResult
from textual.widgets import Static

from triage.query import Query, Term
from triage.text.display import one_line
from triage.tui import breakdown_words, number_words
from triage.tui.bindings import bindings
from triage.tui.breakdown_words import NAMES
from triage.tui.following import Following
from triage.tui.number_words import SPANS
from triage.tui.table import cells
from triage.tui.widgets.headings import Headings
from triage.tui.widgets.lines import OneLine
from triage.tui.widgets.lines import Part as Told
from triage.tui.widgets.rows import Cells, Rows
from triage.workspace.breakdown import MOST, Breakdown, Part
from triage.workspace.numbers import Scale

_AROUND = 12
"""Lines of the screen that are no rows, and rows that are no value of their own."""


class BreakdownScreen(Following):
    """
    Ratings and sentiment of each value of one field.

    Args:
        query: What is counted.
        weeks: How many weeks back; None for all.
    """

    PART = "breakdown"
    PARTS = ("list",)
    BINDINGS = bindings("breakdown")
    CSS_PATH = "breakdown.tcss"

    def __init__(self, query: Query, weeks: int | None) -> None:
        super().__init__()
        self._query = query
        self._weeks = weeks
        self._by = next(iter(NAMES))
        self._most = MOST
        self._scale: Scale | None = None
        self._found: Breakdown | None = None

    def compose_body(self) -> ComposeResult:
        """What it is told by, one table, and what its arrows mean."""
        self.rows: Rows[Part] = Rows(self._draw, id="rows")
        yield OneLine(id="tabs")
        yield OneLine(id="where")
        yield Headings(())
        yield self.rows
        yield OneLine(id="about")
        yield Static("", id="empty", markup=False)

    def on_mount(self) -> None:
        """The rows have the keys; as many are told one by one as there is room for."""
        self._most = max(MOST, self.app.size.height - _AROUND)
        self.rows.focus()

    # What it shows

    def look_up(self) -> Breakdown:
        """Count; a million take about a second of this thread."""
        return self.workspace.breakdown(
            self._by, self._weeks, query=self._query, most=self._most
        )

    def show_waiting(self) -> None:
        """What is asked for, before it is there."""
        super().show_waiting()
        self._tell("counting …")

    def show_found(self, found: object) -> None:
        """The cursor stays on the value it was on, where that is still there."""
        assert isinstance(found, Breakdown)
        is_same = self._found is not None and self._found.by == found.by
        here = self.rows.row if is_same else None
        names = [part.name for part in found.parts]
        at = names.index(here.name) if here and here.name in names else 0
        self._found = found
        if self._scale not in found.scales():
            self._scale = next(iter(found.scales()), None)
        self.set_class(not found.parts, "-empty")
        self._tell()
        self._name_columns()
        self.rows.show(found.parts, at=at)
        self.query_one("#about", OneLine).say(
            [(breakdown_words.about(found), "$muted")]
        )
        self.show_nothing(
            ["Nothing was said in these weeks."],
            ("longer-span", "looks further back"), ("back", "the weeks"),
        )  # fmt: skip

    def on_resize(self, event: events.Resize) -> None:
        """More columns where there is room."""
        self._most = max(MOST, event.size.height - _AROUND)
        self.call_after_refresh(self._name_columns)

    def _name_columns(self) -> None:
        if self._found is not None:
            room = max(0, self.rows.size.width - 3)
            self.query_one(Headings).name_them(
                breakdown_words.fields(self._found, self._scale, room)
            )

    def _draw(self, part: Part, room: int) -> Cells:
        assert self._found is not None
        # The headings stop short of the scrollbar; so do the columns under them.
        columns = breakdown_words.fields(self._found, self._scale, room - 1)
        return cells(columns, part, room - 1)

    def _tell(self, instead: str = "") -> None:
        tabs: list[Told] = [("Numbers by   ", "bold $foreground")]
        for name, said in NAMES.items():
            here = "bold underline $accent" if name == self._by else "$muted"
            tabs += [(said, here), ("   ", "")]
        self.query_one("#tabs", OneLine).say(tabs, self.elsewhere())
        narrowed = one_line(str(self._query), 60) or "everything"
        said = instead or number_words.span(self._weeks)
        self.query_one("#where", OneLine).say([], [(f"{narrowed} · {said}", "$muted")])

    # Asking otherwise

    def action_break_down(self) -> None:
        """By the next thing that is told."""
        names = list(NAMES)
        self._by = names[(names.index(self._by) + 1) % len(names)]
        self.read_again()

    def action_longer_span(self) -> None:
        """Further back."""
        self._span(1)

    def action_shorter_span(self) -> None:
        """Less far."""
        self._span(-1)

    def _span(self, by: int) -> None:
        at = SPANS.index(self._weeks) + by
        if 0 <= at < len(SPANS):
            self._weeks = SPANS[at]
            self.read_again()
        else:
            self.say(number_words.END[by])

    def action_next_scale(self) -> None:
        """Ratings on the next scale."""
        scales = self._found.scales() if self._found else []
        if self._found is None or self._scale is None or len(scales) < 2:
            self.say(number_words.ONE_SCALE)
            return
        self._scale = scales[(scales.index(self._scale) + 1) % len(scales)]
        self.show_found(self._found)

    # Looking closer

    @on(Rows.Chosen)
    def action_open(self) -> None:
        """What changed with a version; of anything else, its weeks."""
        by, part = self._alone()
        if part is not None and by == "version":
            self.triage.open("changed", part.name, self._query)
        elif part is not None:
            self.action_weeks_of()

    def action_weeks_of(self) -> None:
        """Week by week, of this one alone."""
        by, part = self._alone()
        if part is not None:
            term = Term(field=by, values=part.spelt)
            self.triage.show_weeks(self._query.with_term(term), self._weeks)

    def _alone(self) -> tuple[str, Part | None]:
        """The row, and what it is told by: others may be on their way already."""
        part = self.rows.row
        if part is not None and part.values != 1:
            self.say("Several are told together here; choose one that has its name")
            part = None
        return (self._found.by if self._found else self._by), part

    def action_back(self) -> None:
        """The weeks."""
        self.app.pop_screen()
