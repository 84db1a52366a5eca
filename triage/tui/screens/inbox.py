"""The Inbox: a frozen list at the left, what is under the cursor at the right."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from triage.model import State
from triage.query.fields import SORTS
from triage.text.display import one_line
from triage.tui import emptiness, reading_pane
from triage.tui.action import Action
from triage.tui.actions import BY_ID
from triage.tui.bindings import bindings, shown
from triage.tui.desk import beside
from triage.tui.session import Session, moved
from triage.tui.tabs import tabs
from triage.tui.targets import View, rows_of
from triage.tui.viewing import COUNTING, Viewing
from triage.tui.widgets.feedback_list import FeedbackList
from triage.tui.widgets.lines import OneLine, Part
from triage.tui.widgets.reader import Reader
from triage.workspace import Entry

ARRIVALS = 2.0
"""Seconds between two looks for what is new."""


class InboxScreen(Viewing):
    """Where people live: read, decide, next."""

    PART = "inbox"
    BINDINGS = bindings("inbox")
    CSS_PATH = "inbox.tcss"
    # The list is given the focus; left to Textual, the search would have it first.
    AUTO_FOCUS = ""

    def __init__(self) -> None:
        super().__init__()
        self.view = View(state=State.INBOX, last_number=0)
        self.session: Session
        self._following = asyncio.Lock()
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
        yield self.make_field()
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
        self.open_tab(self.tab)
        if self.list.row is not None:
            # In the first paint already, not once the list has told where it stands.
            self.read(self.list.row)
        self.set_interval(ARRIVALS, self.look_for_new)
        self.set_interval(60, self._pass_a_minute)
        self.set_timer(reading_pane.SETTLING, self._settle_in)
        if self.triage.listen:
            self.call_after_refresh(self.begin_listening, self.triage.listen)

    @on(FeedbackList.Widened)
    def _name_columns(self) -> None:
        self.query_one("#columns", OneLine).say([(self.list.heading(), "$muted")])

    # What it says

    def asked(self, name: str) -> None:
        """A click on a tab turns to it."""
        named = name.removeprefix("view:")
        for tab in tabs(self.workspace.config):
            if tab.name == named:
                self.turn_to(tab)
                return

    def action_show_new(self) -> None:
        """Let in what has arrived; the cursor stays on its row."""
        self.open_tab(self.tab, at=self.list.key)
        self.say("Up to date")

    def tell_counts(self) -> None:
        """Tabs, the place in the list, and whether anything is left."""
        elsewhere = self.elsewhere()
        room = self.size.width - 2 - sum(len(part[0]) for part in elsewhere)
        self.query_one("#tabs", OneLine).say(self.tab_parts(room), elsewhere)
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
        if self.view.text and not self.has_class("-searching"):
            left.append((one_line(self.view.text, 60), "$foreground", "search"))
            if self.tab.query and self.is_changed:
                key = self.triage.key_of("save-view")
                left.append((f"  changed, {key} saves it", "$muted", "save-view"))
        size = len(self.list.queue)
        right: list[Part] = []
        if size:
            order = self.view.query.sort or "newest"
            more = "+" * self.list.is_partial
            said = f"{self.list.cursor + 1:,} of {size:,}{more} · {SORTS[order]}"
            right = [(said, "$muted")]
        if self.new:
            key = shown(self.triage.keymap.keys["show-new"][0])
            told = f"   {self.new:,} new, press {key}"
            right.append((told, "bold $accent", "show-new"))
        self.query_one("#where", OneLine).say(left, right)

    # What is new

    def look_for_new(self) -> None:
        """Count what has arrived since the list was opened."""
        if self.is_current and self.tab.state is State.INBOX:
            beside(self, self._count_new, group="arrivals", exclusive=True)

    async def _count_new(self) -> None:
        number = self.view.last_number
        new = await self.triage.desk.look(lambda: self.workspace.arrivals(number))
        if number != self.view.last_number or new == self.new:
            return
        self.new = new
        if new and self._is_bare and not self.session.decided:
            # Nobody was heard yet; what another process brings needs no asking in.
            self.open_tab(self.tab)
        else:
            self.tell_where()

    @property
    def _is_bare(self) -> bool:
        return not len(self.list.queue) and self.view.is_plain

    def pulled(self) -> None:
        """Where there is no row to keep in place, what came is shown at once."""
        self.count_views()
        if self._is_bare:
            self.open_tab(self.tab)
        else:
            self.look_for_new()

    def _settle_in(self) -> None:
        """What may wait for the first frame: wake the snoozed, remember the ranking."""
        self.settled = True
        beside(self, self._wake_and_rank, group="settle")

    async def _wake_and_rank(self) -> None:
        await self._wake()
        self._ranks = await self.triage.desk.look(self._ranking)
        self.count_views()

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
        elif self.is_changed or self.has_class("-searching"):
            self.back_from_search()
        elif self.list.queue.marks:
            self.action_mark_none()

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
        self.set_timer(COUNTING, self.count_views)
        self.tell_counts()
        if self._reading is not None and not self.list.waiting:
            self._look_up()

    # Emptiness

    def _emptiness(self) -> Content:
        keymap = self.triage.keymap
        if not self.view.is_plain:
            return emptiness.nothing_found(
                self.view, keymap, is_kept=not self.is_changed
            )
        if self.tab.state is not State.INBOX:
            return emptiness.nothing_here(self.tab.state, keymap)
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
        if not len(self.list.queue) and self.view.is_plain:
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
