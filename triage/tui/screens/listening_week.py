"""A week's listening: time set aside, who was heard in it, whose voices are missing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Static

from triage.errors import TriageError
from triage.measures.listening import Part
from triage.model import Feedback
from triage.text.display import one_line
from triage.tui import listening_words, words
from triage.tui.bindings import bindings
from triage.tui.desk import beside
from triage.tui.following import Following
from triage.tui.minutes import ask_minutes
from triage.tui.table import cells
from triage.tui.widgets.headings import Headings
from triage.tui.widgets.lines import OneLine
from triage.tui.widgets.reader import Reader
from triage.tui.widgets.rows import Cells, Rows
from triage.workspace import ListeningWeek


class ListeningWeekScreen(Following):
    """Those who spoke, whose voices are missing first; from here they are heard."""

    PART = "listening-week"
    PARTS = ("list",)
    BINDINGS = bindings("listening-week")
    CSS_PATH = ["inbox.tcss", "listening_week.tcss"]  # noqa: RUF012

    def __init__(self) -> None:
        super().__init__()
        self._monday: date | None = None
        self.week: ListeningWeek | None = None
        self._fields = listening_words.fields()

    def compose_body(self) -> ComposeResult:
        """How long, how many, the list, and who one row is about."""
        self.rows: Rows[Part] = Rows(self._draw, id="rows")
        self.reader = Reader(id="reader")
        yield OneLine(id="title")
        yield OneLine(id="time")
        yield OneLine(id="heard")
        yield Headings(self._fields)
        with Horizontal(id="panes"):
            yield self.rows
            yield self.reader
        yield Static("", id="empty", markup=False)

    def on_mount(self) -> None:
        """The list has the keys."""
        self.rows.focus()

    # What it shows

    def look_up(self) -> ListeningWeek:
        """The week that runs, or the one chosen."""
        return self.workspace.week(self._monday)

    def show_found(self, found: object) -> None:
        """The cursor stays on the voices it was on."""
        assert isinstance(found, ListeningWeek)
        here = self.rows.row
        self.week = found
        names = [(one.kind, one.name) for one in found.parts]
        was = (here.kind, here.name) if here else None
        self.rows.show(found.parts, at=names.index(was) if was in names else 0)
        self.set_class(not found.parts, "-empty")
        self.show_nothing(
            ["Nobody has spoken in the four weeks up to the end of this week.",
             "Whoever speaks is told apart by segment, channel, language and company,",
             "so that it is seen whose voices nobody listened to."],
            ("previous-week", "the week before"),
            ("go-inbox", "the inbox"),
        )  # fmt: skip
        self.query_one("#title", OneLine).say(
            [("Listening   ", "bold"), (listening_words.title(found), "$muted")],
            self.elsewhere(),
        )
        bar, told = listening_words.time(found)
        self.query_one("#time", OneLine).say([(bar, "$accent"), (told, "")])
        line = listening_words.heard(found)
        self.query_one("#heard", OneLine).say([(line, "$muted")])

    @on(Rows.Moved)
    def _show_part(self) -> None:
        if self.rows.row is None:
            self.reader.show(())
        else:
            beside(self, self._read, self.rows.row, group="part", exclusive=True)

    async def _read(self, part: Part) -> None:
        keys = [one.feedback_id for one in part.unheard[: listening_words.SHOWN]]
        try:
            said: Sequence[Feedback] = await self.triage.desk.look(
                lambda: self.workspace.feedback_many(keys)
            )
        except TriageError as error:
            self.say(one_line(str(error)))
            return
        if self.week is not None:
            now = self.workspace.clock()
            when = [words.moment(one.received_at, now) for one in said]
            self.reader.show(list(listening_words.part(part, said, self.week, when)))

    def pulled(self) -> None:
        """Whoever spoke just now spoke, too."""
        self.read_again()

    # Hearing

    def action_hear_missing(self) -> None:
        """Everybody whose voices are missing."""
        self._hear(self.week.missing if self.week else ())

    def action_hear_these(self) -> None:
        """Those here whom nobody has heard."""
        part = self.rows.row
        self._hear([one.feedback_id for one in part.unheard] if part else ())

    def _hear(self, keys: Sequence[int]) -> None:
        if not keys:
            self.say("Everybody here was heard this week")
            return
        ask_minutes(self, lambda minutes: self.triage.open("listen", keys, minutes))

    @on(Rows.Chosen)
    def _row_clicked(self) -> None:
        self.action_hear_these()

    # Which week

    def action_previous_week(self) -> None:
        """The week before."""
        self._turn(-1)

    def action_next_week(self) -> None:
        """The week after, up to the one that runs."""
        self._turn(1)

    def _turn(self, by: int) -> None:
        if self.week is None:
            return
        if by > 0 and not self.week.is_over:
            self.say("This week still runs")
            return
        self._monday = self.week.monday + timedelta(weeks=by)
        self.read_again()

    # Looking

    def action_read_down(self) -> None:
        """A few lines on."""
        self.reader.by(3)

    def action_read_up(self) -> None:
        """A few lines back."""
        self.reader.by(-3)

    def _draw(self, row: Part, room: int) -> Cells:
        return cells(self._fields, row, room)
