"""The Inbox: a frozen list at the left, what is under the cursor at the right."""

from __future__ import annotations

import asyncio
from array import array
from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, Static

from triage.errors import TriageError
from triage.model import State
from triage.text.display import one_line, safe
from triage.tui import emptiness, reading_pane
from triage.tui.actions import BY_ID, Action
from triage.tui.bindings import bindings, shown
from triage.tui.deciding import Deciding
from triage.tui.desk import beside
from triage.tui.frozen import Frozen
from triage.tui.session import Session, moved
from triage.tui.targets import View, rows_of
from triage.tui.widgets.feedback_list import FeedbackList
from triage.tui.widgets.lines import OneLine, Part
from triage.tui.widgets.reader import Reader
from triage.workspace import Entry

VIEWS = (
    State.INBOX, State.SNOOZED, State.ACCEPTED, State.DECLINED, State.ARCHIVED,
    State.SPAM,
)  # fmt: skip

FIRST_PAGE = 128
"""Keys read before the first frame; the rest comes from a thread."""

PATIENCE = 0.15
"""Seconds before a list that is being looked up shows its shape instead."""

DEBOUNCE = 0.05
"""Seconds after a letter before its words are searched for."""

ARRIVALS = 2.0
"""Seconds between two looks for what is new."""


class InboxScreen(Deciding):
    """Where people live: read, decide, next."""

    PART = "inbox"
    BINDINGS = bindings("inbox")
    CSS_PATH = "inbox.tcss"

    def __init__(self) -> None:
        super().__init__()
        self.view = View(state=State.INBOX, last_number=0)
        self.session: Session
        self._following = asyncio.Lock()
        self._generation = 0
        self._looked_for = 0
        self._new = 0
        self._places: dict[State, int] = {}
        self._ranks: dict[int, int] = {}
        self._rose = ""

    def compose_body(self) -> ComposeResult:
        """Tabs, search, list and reader."""
        workspace = self.workspace
        self.session = Session(workspace.clock())
        self.list = FeedbackList(
            lambda keys: workspace.rows(keys, self.view.state), workspace.clock,
            id="list",
        )  # fmt: skip
        self.reader = Reader(id="reader")
        yield OneLine(id="tabs")
        yield OneLine(id="where")
        yield Input(placeholder="find words; enter keeps, esc clears", id="search",
                    select_on_focus=False)  # fmt: skip
        yield Static("", id="search-error", markup=False)
        with Horizontal(id="panes"):
            with Vertical(id="left"):
                yield OneLine(id="columns")
                yield self.list
                yield Static("", id="empty", markup=False)
            yield self.reader

    def on_mount(self) -> None:
        """The first page at once, then the rest, beside the screen."""
        super().on_mount()
        self.list.focus()
        self.open_view(State.INBOX)
        self.set_interval(ARRIVALS, self.look_for_new)
        self.set_interval(60, self._pass_a_minute)
        self.set_timer(reading_pane.SETTLING, self._settle_in)
        if self.triage.listen:
            self.call_after_refresh(self.begin_listening, self.triage.listen)

    @on(FeedbackList.Widened)
    def _name_columns(self) -> None:
        self.query_one("#columns", OneLine).say([(self.list.heading(), "$muted")])

    # Views

    def open_view(self, state: State, *, at: int | None = None) -> None:
        """Show a view as it is now, and freeze it."""
        workspace = self.workspace
        self._close_search()
        self._generation += 1
        self.view = View(state=state, last_number=workspace.last_number())
        self._new = 0
        self.taken.clear()
        self.list.show(Frozen(workspace.ids(state, limit=FIRST_PAGE)), at=at)
        if len(self.list.queue) == FIRST_PAGE:
            beside(self, self._read_rest, self._generation, at, group="rest")
        self.tell_counts()

    async def _read_rest(self, generation: int, at: int | None) -> None:
        state = self.view.state
        keys = await self.triage.desk.look(lambda: self.workspace.ids(state))
        if generation == self._generation and not self.view.text:
            self.list.refill(key for key in keys if key not in self.taken)
            if at is not None and self.list.cursor == 0:
                self.list.go_to(at)
            self.tell_counts()

    def action_next_view(self) -> None:
        """To the right."""
        self._turn(1)

    def action_previous_view(self) -> None:
        """To the left."""
        self._turn(-1)

    def asked(self, name: str) -> None:
        """A click on a tab turns to it."""
        self._turn_to(State(name.removeprefix("view:")))

    def _turn(self, by: int) -> None:
        self._turn_to(VIEWS[(VIEWS.index(self.view.state) + by) % len(VIEWS)])

    def _turn_to(self, state: State) -> None:
        if self.list.key is not None:
            self._places[self.view.state] = self.list.key
        self.open_view(state, at=self._places.get(state))

    def action_show_new(self) -> None:
        """Let in what has arrived; the cursor stays on its row."""
        self.open_view(self.view.state, at=self.list.key)
        self.say("Up to date")

    def tell_counts(self) -> None:
        """Tabs, the place in the list, and whether anything is left."""
        tally = self.workspace.tally()
        here = self.view.state
        parts: list[Part] = []
        for state in VIEWS:
            size = tally.get(state, 0)
            if state is here and not self.view.text:
                size = len(self.list.queue)
            label = f"{state.capitalize()} {size:,}" if size else state.capitalize()
            look = "bold underline $accent" if state is here else "$muted"
            parts += [(label, look, f"view:{state}"), ("   ", "")]
        self.query_one("#tabs", OneLine).say(parts, self.elsewhere())
        self.tell_where()
        empty = not len(self.list.queue) and not self.list.waiting
        if empty:
            self.query_one("#empty", Static).update(self._emptiness())
            if self._ranks and self.session.decided:
                beside(self, self._look_what_rose, group="rose", exclusive=True)
        self.set_class(empty, "-empty")
        self.show_keys()

    def tell_where(self) -> None:
        left: list[Part] = []
        marked = len(self.list.queue.marks)
        if marked:
            left.append((f"✓ {marked:,} marked   ", "bold $foreground", "mark-none"))
        if self.view.text:
            left.append((f"/{one_line(self.view.text, 40)}", "$foreground", "search"))
        size = len(self.list.queue)
        right: list[Part] = []
        if size:
            right = [(f"{self.list.cursor + 1:,} of {size:,} · newest first", "$muted")]
        if self._new:
            key = shown(self.triage.keymap.keys["show-new"][0])
            told = f"   {self._new:,} new, press {key}"
            right.append((told, "bold $accent", "show-new"))
        self.query_one("#where", OneLine).say(left, right)

    # What is new

    def look_for_new(self) -> None:
        """Count what has arrived since the list was opened."""
        if self.is_current and self.view.state is State.INBOX:
            beside(self, self._count_new, group="arrivals", exclusive=True)

    async def _count_new(self) -> None:
        number = self.view.last_number
        new = await self.triage.desk.look(lambda: self.workspace.arrivals(number))
        if number == self.view.last_number and new != self._new:
            self._new = new
            self.tell_where()

    def pulled(self) -> None:
        """Where there is no row to keep in place, what came is shown at once."""
        if not len(self.list.queue) and not self.view.text:
            self.open_view(self.view.state)
        else:
            self.look_for_new()

    async def _settle_in(self) -> None:
        """What may wait for the first frame: wake the snoozed, remember the ranking."""
        self.settled = True
        await self._wake()
        self._ranks = await self.triage.desk.look(self._ranking)

    async def _wake(self) -> None:
        woken = await self.triage.desk.decide(self.workspace.wake)
        if woken:
            self.say(f"{woken:,} woke up; n shows them")

    def _pass_a_minute(self) -> None:
        """Ages grow, and the snoozed may wake."""
        self.list.tick(self.workspace.clock())
        beside(self, self._wake, group="wake")

    def _ranking(self) -> dict[int, int]:
        ranked = self.workspace.pain_points()
        return {view.pain_point.id: place for place, (view, _) in enumerate(ranked)}

    # Back

    def action_back(self) -> None:
        """One thing back: the reader, the search, the marks."""
        if self.has_class("-reading"):
            self.set_class(False, "-reading")
            self.list.focus()
        elif self.view.text or self.has_class("-searching"):
            self.open_view(self.view.state, at=self.list.key)
            self.list.focus()
        elif self.list.queue.marks:
            self.action_mark_none()

    # Search

    def action_search(self) -> None:
        """Show the field."""
        self.set_class(True, "-searching")
        field = self.query_one("#search", Input)
        field.value = self.view.text
        field.focus()

    @on(Input.Changed, "#search")
    def _typed(self, event: Input.Changed) -> None:
        self._generation += 1
        generation, text = self._generation, event.value
        self.set_timer(DEBOUNCE, lambda: self._find(generation, text))

    def _find(self, generation: int, text: str) -> None:
        if generation == self._generation and self.has_class("-searching"):
            beside(self, self._find_beside, generation, text, group="search")
            self.set_timer(PATIENCE, lambda: self._still_looking(generation))

    def _still_looking(self, generation: int) -> None:
        if generation == self._generation and self._looked_for != generation:
            self.list.wait()

    async def _find_beside(self, generation: int, text: str) -> None:
        state = self.view.state
        error = ""
        try:
            found = await self.triage.desk.look(
                lambda: self.workspace.ids(state, text=text)
            )
        except TriageError as refused:
            found, error = array("q"), str(refused)
        if generation != self._generation:
            return
        self._looked_for = generation
        where = self.query_one("#search-error", Static)
        where.display = bool(error)
        where.update(safe(error, limit=300))
        self.view = View(
            state=state, last_number=self.view.last_number, text=text.strip()
        )
        self.list.show(Frozen(found))
        self.tell_counts()

    @on(Input.Submitted, "#search")
    def _keep_search(self) -> None:
        self.list.focus()
        if not self.view.text:
            self._close_search()

    def _close_search(self) -> None:
        if self.has_class("-searching"):
            self.set_class(False, "-searching")
            self.query_one("#search", Input).value = ""
            self.query_one("#search-error", Static).display = False
            self.list.focus()

    # Steps

    def stepped(self, entry: Entry, feedback: Sequence[int], *, undone: bool) -> None:
        """Rows return or leave, as the step says; the cursor goes back with them."""
        beside(self, self._follow, entry, feedback, undone, group="follow")

    async def _follow(
        self, entry: Entry, feedback: Sequence[int], undone: bool
    ) -> None:
        async with self._following:
            view = self.view
            rows = await self.triage.desk.look(
                lambda: rows_of(self.workspace, feedback, view)
            )
        if view != self.view:
            # Opened since, so it shows things as they stand.
            return
        self.follow(entry, rows, undone=undone)
        self.tell_counts()
        if self._reading is not None and not self.list.waiting:
            self._look_up()

    # Emptiness

    def _emptiness(self) -> Content:
        keymap = self.triage.keymap
        if self.view.text:
            return emptiness.nothing_found(self.view, keymap)
        if self.view.state is not State.INBOX:
            return emptiness.nothing_here(self.view.state, keymap)
        if not self.workspace.last_number():
            return emptiness.nobody_heard(keymap)
        told = [self.session.summary(self.workspace.clock()), self._rose]
        snoozed = self.workspace.tally().get(State.SNOOZED, 0)
        return emptiness.nothing_left([one for one in told if one], snoozed, keymap)

    async def _look_what_rose(self) -> None:
        """Which pain point the session moved up most."""
        ranks = await self.triage.desk.look(self._ranking)
        risen = moved(self._ranks, ranks)
        if risen is not None:
            point = self.workspace.pain_point(risen[0]).pain_point
            self._rose = f"“{one_line(point.title, 60)}” moved up {risen[1]}."
            self.query_one("#empty", Static).update(self._emptiness())

    def footer(self) -> list[Action]:
        """With nothing to decide, only what leads on."""
        if not len(self.list.queue) and not self.view.text:
            leading = (
                "undo",
                "next-view",
                "show-new",
                "sync",
                "import",
                "help",
                "quit",
            )
            return [BY_ID[name] for name in leading]
        return super().footer()
