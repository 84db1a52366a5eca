"""The history: every step, the latest first, and the way back from any of them."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.widgets import Static

from triage.text.display import one_line
from triage.tui import step_words, words
from triage.tui.bindings import bindings
from triage.tui.desk import beside
from triage.tui.dialogs.sheet import WIDE, Line, Sheet
from triage.tui.following import Following
from triage.tui.table import Field, cells
from triage.tui.widgets.headings import Headings
from triage.tui.widgets.lines import OneLine
from triage.tui.widgets.rows import Cells, Rows
from triage.workspace import Entry

PAGE = 200
"""Steps read at once; more come as the cursor nears the end."""

NEAR = 40
"""Rows left below the cursor when the next page is read."""

MOVED = 30
"""Feedback named in the account of one step."""


class HistoryScreen(Following):
    """Steps as the journal keeps them."""

    PART = "history"
    PARTS = ("list",)
    BINDINGS = bindings("history")
    CSS_PATH = "history.tcss"

    def __init__(self) -> None:
        super().__init__()
        self._wanted = PAGE
        self._is_all = False
        self._fields: tuple[Field[Entry], ...] = (
            Field(name="step", width=5, right=True, say=lambda one: str(one.id)),
            Field(name="age", width=4, right=True, say=self._age),
            Field(name="when", width=12, from_width=96, say=self._moment),
            Field(name="by", width=10, from_width=96, say=step_words.by),
            Field(name="rows", width=5, right=True, from_width=96,
                  say=lambda one: f"{one.rows:,}"),
            Field(name="", width=8, say=step_words.state),
            Field(name="what", style="row",
                  say=lambda one: words.row_text(one.label, 400)),
        )  # fmt: skip

    def compose_body(self) -> ComposeResult:
        """One list."""
        self.rows: Rows[Entry] = Rows(self._draw, id="rows")
        yield OneLine(id="where")
        yield Headings(self._fields)
        yield self.rows
        yield Static("", id="empty", markup=False)

    def on_mount(self) -> None:
        """The list has the keys."""
        self.rows.focus()

    # What it shows

    def look_up(self) -> list[Entry]:
        """As many of the latest steps as were asked for so far."""
        return self.workspace.history(self._wanted)

    def show_found(self, found: object) -> None:
        """The steps; the cursor stays on its own."""
        assert isinstance(found, list)
        self._is_all = len(found) < self._wanted
        here = self.rows.row.id if self.rows.row and self.rows.cursor else None
        ids = [entry.id for entry in found]
        self.rows.show(found, at=ids.index(here) if here in ids else 0)
        self.set_class(not found, "-empty")
        self.show_nothing(
            ["Nothing was decided yet.",
             "Every decision will stand here, and can be taken back from here."],
            ("go-inbox", "the inbox, where decisions are made"),
        )  # fmt: skip
        self._tell_where()

    @on(Rows.Moved)
    def _moved_to(self) -> None:
        self._tell_where()
        if not self._is_all and self.rows.cursor + NEAR >= len(self.rows.rows):
            beside(self, self._read_on, group="more", exclusive=True)

    async def _read_on(self) -> None:
        if not self.rows.rows:
            return
        last = self.rows.rows[-1].id
        more = await self.triage.desk.look(
            lambda: self.workspace.history(PAGE, before=last)
        )
        if self.rows.rows and self.rows.rows[-1].id == last:
            self._is_all = len(more) < PAGE
            self._wanted += len(more)
            self.rows.show([*self.rows.rows, *more], at=self.rows.cursor)

    def _tell_where(self) -> None:
        size = len(self.rows.rows)
        more = "" if self._is_all else " and more"
        place = f"{self.rows.cursor + 1:,} of {size:,}{more}" if size else ""
        left = [("History   ", "bold $foreground"), (place, "$muted")]
        self.query_one("#where", OneLine).say(left, self.elsewhere())

    def _age(self, entry: Entry) -> str:
        return words.age(entry.at, self.workspace.clock())

    def _moment(self, entry: Entry) -> str:
        return words.moment(entry.at, self.workspace.clock())

    # One step

    def action_open(self) -> None:
        """What it did, and the way back."""
        if self.rows.row is not None:
            beside(self, self._account, self.rows.row, group="account", exclusive=True)

    @on(Rows.Chosen)
    def _open_clicked(self) -> None:
        self.action_open()

    async def _account(self, entry: Entry) -> None:
        lines = await self.triage.desk.look(lambda: self._lines(entry))
        answers = {"u": "undo this step"} if entry.state == "done" else {}

        def answered(answer: str | None) -> None:
            if answer:
                self.triage.undo_step(entry.id)

        self.app.push_screen(Sheet(f"Step {entry.id}", lines, answers), answered)

    def _lines(self, entry: Entry) -> list[Line]:
        now = self.workspace.clock()
        facts = (
            words.moment(entry.at, now), f"by {step_words.by(entry)}",
            step_words.state(entry), one_line(entry.verb, 30),
            words.count(entry.rows, "row"),
        )  # fmt: skip
        lines: list[Line] = [
            [(one_line(entry.label, 400), "bold")],
            [(" · ".join(facts), "$muted")],
        ]
        changes = self.workspace.changes(entry)
        other = [one for one in changes if one.table != "disposition"]
        if other:
            lines += [[("", "")], [("What it changed", "$accent")]]
            lines += [[(step_words.change(one), "")] for one in other[:MOVED]]
            if len(other) > MOVED:
                lines.append([(f"and {len(other) - MOVED:,} more", "$muted")])
        moved = [one.row for one in changes if one.table == "disposition"]
        if not moved:
            return lines
        lines += [
            [("", "")],
            [("Feedback it moved, and where that stands now", "$accent")],
        ]
        stands = self.workspace.dispositions(moved[:MOVED])
        found = self.workspace.feedback_many(moved[:MOVED])
        told = {one.id: step_words.standing(stands.get(one.id)) for one in found}
        wide = max(map(len, told.values()), default=0)
        room = min(self.app.size.width, WIDE) - 15 - wide
        lines += [
            [
                (f"{one.short:<6} {told[one.id]:<{wide}}  ", "$muted"),
                (words.fit(words.opening(one.title, one.body), room), ""),
            ]
            for one in found
        ]
        if len(moved) > MOVED:
            lines.append([(f"and {len(moved) - MOVED:,} more", "$muted")])
        return lines

    def action_undo_this(self) -> None:
        """Take back the step under the cursor."""
        entry = self.rows.row
        if entry is None:
            return
        if entry.state == "done":
            self.triage.undo_step(entry.id)
        else:
            self.say(f"Step {entry.id} is not in force; there is nothing to take back")

    def _draw(self, entry: Entry, room: int) -> Cells:
        found = cells(self._fields, entry, room)
        if entry.state == "done":
            return found
        return [(text, "dim") for text, _ in found]
