"""What the numbers say: three charts of weeks, and the same facts as figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from triage.measures import FEW
from triage.model import Sentiment
from triage.query import NOTHING, Query, Term
from triage.text.display import one_line
from triage.tui import number_words
from triage.tui.bindings import bindings, shown
from triage.tui.charts import Point
from triage.tui.following import Following
from triage.tui.number_words import SPANS
from triage.tui.table import cells
from triage.tui.widgets.chart import Chart, Series
from triage.tui.widgets.headings import Headings
from triage.tui.widgets.lines import OneLine, Part
from triage.tui.widgets.reader import Reader
from triage.tui.widgets.rows import Cells, Rows
from triage.workspace.numbers import Numbers, Scale, Tally, Week, ends


@dataclass(frozen=True, slots=True)
class Asked:
    """Of which source, "" for all, how many weeks back, None for all, and of what."""

    source: str
    weeks: int | None
    query: Query = NOTHING


class NumbersScreen(Following):
    """Volume, ratings and sentiment, week by week."""

    PART = "numbers"
    BINDINGS = bindings("numbers")
    CSS_PATH = ["inbox.tcss", "numbers.tcss"]  # noqa: RUF012

    def __init__(self) -> None:
        super().__init__()
        self._asked = Asked("", 13)
        self._scale: Scale | None = None
        self._found: Numbers | None = None
        self._is_table = False

    def compose_body(self) -> ComposeResult:
        """Charts at the left and figures at the right, or one table of weeks."""
        self.reader = Reader(id="reader")
        self.rows: Rows[Week] = Rows(self._draw, id="rows")
        yield OneLine(id="tabs")
        yield OneLine(id="where")
        with Horizontal(id="panes"):
            with Vertical(id="left"):
                yield Chart(id="volume")
                yield Chart(id="ratings")
                yield Chart(id="sentiment")
            yield self.reader
        with Vertical(id="table"):
            yield Headings(())
            yield self.rows
        yield Static("", id="empty", markup=False)

    def parts(self) -> tuple[str, ...]:
        """The table moves as every list does."""
        return (self.PART, "list") if self._is_table else (self.PART,)

    # What it shows

    def look_up(self) -> Numbers:
        """Count; how long that takes goes with how many feedback there are."""
        asked = self._asked
        return self.workspace.numbers(
            asked.weeks, source=asked.source, query=asked.query
        )

    def show_waiting(self) -> None:
        """The shape of charts."""
        for chart in self.query(Chart):
            if self._found is None:
                chart.wait()
        self._tell_where("counting …")

    def show_found(self, found: object) -> None:
        """Charts, figures and table."""
        assert isinstance(found, Numbers)
        self._found = found
        if self._scale not in found.scales():
            self._scale = next(iter(found.scales()), None)
        self.set_class(not found.weeks, "-empty")
        self._tell_tabs(found)
        self._tell_where()
        self._chart(found)
        self._figures()
        table = number_words.fields(self._scale)
        self.query_one(Headings).name_them(table)
        self.rows.show(found.weeks[::-1], at=self.rows.cursor)
        is_narrow = self._asked.query != NOTHING
        narrowed = [("back", "everything again")] if is_narrow else []
        bring = shown(self.triage.keymap.keys["import"][0])
        self.show_nothing(
            ["Nothing was said in these weeks." if self.workspace.last_number()
             else "Nobody has been heard yet, so there is nothing to count."],
            ("longer-span", "looks further back"),
            *narrowed,
            ("go-inbox", f"the inbox, where {bring} brings in a file"),
        )  # fmt: skip

    def on_resize(self, event: events.Resize) -> None:
        """Figures are laid out for the room there is."""
        del event
        self.call_after_refresh(self._lay_out)

    def _lay_out(self) -> None:
        self._figures()
        if self._found is not None:
            self._tell_tabs(self._found)

    def _figures(self) -> None:
        if self._found is not None:
            width = max(24, self.reader.size.width - 1)
            self.reader.show(
                number_words.about(self._found, self._scale, width), keep_place=True
            )

    def _tell_tabs(self, found: Numbers) -> None:
        every = sum(one.n for one in found.sources)
        named = [("", f"All {every:,}")]
        named += [(one.name, f"{one_line(one.name, 24)} {one.n:,}")
                  for one in found.sources]  # fmt: skip
        here = [name for name, _ in named].index(self._asked.source)
        # The source that is shown is named, however many stand before it.
        room = self.app.size.width - 34
        while here and sum(cell_len(text) + 3 for _, text in named[: here + 1]) > room:
            del named[0]
            here -= 1
        tabs: list[Part] = [("Numbers   ", "bold $foreground")]
        for place, (_, text) in enumerate(named):
            style = "bold underline $accent" if place == here else "$muted"
            tabs += [(text, style), ("   ", "")]
        self.query_one("#tabs", OneLine).say(tabs, self.elsewhere())

    def _tell_where(self, instead: str = "") -> None:
        said = instead or number_words.span(self._asked.weeks)
        source = one_line(self._asked.source, 40) or "all sources"
        if self._asked.query != NOTHING:
            source = f"{one_line(str(self._asked.query), 60)} · {source}"
        self.query_one("#where", OneLine).say([], [(f"{source} · {said}", "$muted")])

    def _chart(self, found: Numbers) -> None:
        tallies = [week.tally for week in found.weeks]
        mondays = [week.monday for week in found.weeks]
        scale = self._scale

        def volume(weeks: Sequence[int]) -> Point:
            said = sum(tallies[one].n for one in weeks)
            return Point(float(said) if said else None)

        def rating(weeks: Sequence[int]) -> Point:
            told = Tally.of(tallies[one] for one in weeks).mean(scale or ("", ""))
            return Point(told.value, is_vague=told.n < FEW)

        def negative(weeks: Sequence[int]) -> Point:
            tally = Tally.of(tallies[one] for one in weeks)
            told = tally.share(Sentiment.NEGATIVE)
            return Point(told.share if told.n else None, is_vague=told.n < FEW)

        low, high = (scale and ends(scale)) or (0.0, 0.0)
        named = number_words.scale(scale) if scale else "nobody rated anything"
        for name, series in (
            ("volume", Series("Feedback a week", "", mondays, volume, 0.0, 0.0,
                              "{:,.0f}".format)),
            ("ratings", Series("Mean rating", named, mondays, rating, low, high,
                               "{:g}".format)),
            ("sentiment", Series("Sounds negative", "share", mondays, negative, 0.0,
                                 1.0, number_words.percent)),
        ):  # fmt: skip
            self.query_one(f"#{name}", Chart).show(series)

    def _draw(self, week: Week, room: int) -> Cells:
        return cells(number_words.fields(self._scale), week, room)

    def pulled(self) -> None:
        """What came in is counted, too."""
        self.read_again()

    # Asking otherwise

    def action_next_source(self) -> None:
        """The next source alone; after the last, all of them."""
        self._turn(1)

    def action_previous_source(self) -> None:
        """The source before."""
        self._turn(-1)

    def _turn(self, by: int) -> None:
        if self._found is None:
            return
        names = ["", *(one.name for one in self._found.sources)]
        here = self._asked.source
        at = names.index(here) if here in names else 0
        self._ask(replace(self._asked, source=names[(at + by) % len(names)]))

    def action_longer_span(self) -> None:
        """Further back."""
        self._span(1)

    def action_shorter_span(self) -> None:
        """Less far."""
        self._span(-1)

    def _span(self, by: int) -> None:
        at = SPANS.index(self._asked.weeks) + by
        if 0 <= at < len(SPANS):
            self._ask(replace(self._asked, weeks=SPANS[at]))
        else:
            self.say(number_words.END[by])

    def _ask(self, asked: Asked) -> None:
        self._asked = asked
        self.read_again()

    def action_break_down(self) -> None:
        """Told apart by version first; the same key goes on from there."""
        query = self._asked.query
        if self._asked.source:
            query = query.with_term(Term(field="source", values=(self._asked.source,)))
        self.triage.open("breakdown", query, self._asked.weeks)

    def narrow(self, query: Query, weeks: int | None) -> None:
        """Weeks of what a query finds alone."""
        self._ask(Asked("", weeks, query))

    def action_back(self) -> None:
        """Everything again, where the weeks were of one thing alone."""
        if self._asked.query != NOTHING:
            self._ask(replace(self._asked, query=NOTHING))

    def action_next_scale(self) -> None:
        """Ratings on the next scale."""
        scales = self._found.scales() if self._found else []
        if self._found is None or self._scale is None or len(scales) < 2:
            self.say(number_words.ONE_SCALE)
            return
        at = scales.index(self._scale)
        self._scale = scales[(at + 1) % len(scales)]
        self.show_found(self._found)

    def action_as_table(self) -> None:
        """Every week as a row, or charts again."""
        self._is_table = not self._is_table
        self.set_class(self._is_table, "-table")
        if self._is_table:
            self.rows.focus()
        else:
            self.set_focus(None)
        self.show_keys()

    def action_read_down(self) -> None:
        """A few lines on."""
        self.reader.by(3)

    def action_read_up(self) -> None:
        """A few lines back."""
        self.reader.by(-3)
