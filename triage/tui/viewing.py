"""Tabs and saved views of a list, what waits in each, a filter built by choice."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from datetime import datetime
from functools import partial

from triage.config import SavedView
from triage.errors import Cancelled, TriageError, UsageError
from triage.model import State
from triage.query import Field, Query, parsed, place
from triage.tui import columns, words
from triage.tui.desk import beside
from triage.tui.dialogs.picker import Choice, Picker
from triage.tui.filtering import fields_for, values_for
from triage.tui.searching import Searching
from triage.tui.tabs import STANDING, Tab, in_sight, place_of, tabs
from triage.tui.targets import View
from triage.tui.widgets.lines import Part
from triage.workspace import ViewSize

COUNTING = 1.0
"""Seconds after the last step before saved views are counted anew."""


class Viewing(Searching):
    """A list that shows one tab of several."""

    def __init__(self) -> None:
        super().__init__()
        self.tab = STANDING[0]
        self.new = 0
        self._places: dict[str, int] = {}
        self._sizes: dict[str, ViewSize] = {}
        self._counting = threading.Event()

    @property
    def home(self) -> State:
        """Where a query looks that does not say."""
        return self.tab.state

    @property
    def is_changed(self) -> bool:
        """Whether the list is narrowed otherwise than its tab says."""
        return self.view.text.strip() != self.tab.query.strip()

    # Tabs

    def open_tab(self, tab: Tab, *, at: int | None = None) -> None:
        """Show a view as it is now, and freeze it."""
        self.close_search()
        self.new = 0
        self.tab = tab
        query = self._understood(tab)
        self.list.choose(self._columns(tab, query or Query()))
        number = self.workspace.last_number()
        self.view = View(state=tab.state, last_number=number, text=tab.query)
        if query is None:
            self.show_nothing()
        else:
            self.show_view(self.narrowed(tab.query, query), at=at)

    def _understood(self, tab: Tab) -> Query | None:
        """What a tab is narrowed to; None where that is off, which is said."""
        try:
            return parsed(tab.query)
        except UsageError as error:
            self.triage.complain(UsageError(f"the view {tab.name}: {error}"))
            return None

    def _columns(self, tab: Tab, query: Query) -> Sequence[columns.Column]:
        try:
            if tab.columns:
                return columns.chosen(tab.columns)
        except UsageError as error:
            self.triage.complain(UsageError(f"the view {tab.name}: {error}"))
        everywhere = place(query, tab.state) is None
        return columns.EVERYWHERE if everywhere else columns.COLUMNS

    def back_from_search(self) -> None:
        """The view as it was saved, its cursor where it was."""
        self.open_tab(self.tab, at=self.list.key)
        self.list.focus()

    def action_next_view(self) -> None:
        """To the right."""
        self._turn(1)

    def action_previous_view(self) -> None:
        """To the left."""
        self._turn(-1)

    def _turn(self, by: int) -> None:
        every = tabs(self.workspace.config)
        self.turn_to(every[(place_of(every, self.tab.name) + by) % len(every)])

    def turn_to(self, tab: Tab) -> None:
        """Open a tab where it was left."""
        if self.list.key is not None:
            self._places[self.tab.name] = self.list.key
        self.open_tab(tab, at=self._places.get(tab.name))

    def tab_parts(self, room: int) -> list[Part]:
        """The tabs for a line of so many cells, the open one among them."""
        every = tabs(self.workspace.config)
        tally = self.workspace.tally()
        labels = [self._label(tab, tally.get(tab.state, 0)) for tab in every]
        here = place_of(every, self.tab.name)
        widths = [len(label) + 3 for label in labels]
        parts: list[Part] = []
        for place_ in in_sight(widths, here, room):
            style = "bold underline $accent" if place_ == here else "$muted"
            parts += [
                (labels[place_], style, f"view:{every[place_].name}"), ("   ", ""),
            ]  # fmt: skip
        return parts

    def _label(self, tab: Tab, standing: int) -> str:
        is_here = tab.name == self.tab.name
        if not tab.query:
            size = len(self.list.queue) if is_here and self.view.is_plain else standing
            return f"{tab.name} {size:,}" if size else tab.name
        size_of = self._sizes.get(tab.name)
        if is_here and not self.is_changed:
            told = f" {len(self.list.queue):,}"
        elif size_of is None:
            told = ""
        else:
            told = f" {size_of}"
        if size_of and size_of.oldest_at and size_of.rows:
            told += f" · {words.age(size_of.oldest_at, self.workspace.clock())}"
        return tab.name + told

    # What waits in each saved view

    def count_views(self) -> None:
        """Count what waits in saved views, once nothing more happens."""
        self._counting.set()
        if self.workspace.config.views:
            self._counting = threading.Event()
            beside(
                self, self._count_views, self._counting, group="views", exclusive=True
            )

    async def _count_views(self, stop: threading.Event) -> None:
        for view in self.workspace.config.views.values():
            try:
                query = parsed(view.query)
                look = partial(self.workspace.size, query, is_stopped=stop.is_set)
                self._sizes[view.name] = await self.triage.desk.look(look)
            except Cancelled:
                return
            except UsageError:
                # It is told when the view is opened.
                self._sizes.pop(view.name, None)
        self.tell_counts()

    # Choosing

    def action_choose_view(self) -> None:
        """Any view by its name."""
        now = self.workspace.clock()

        def find(text: str) -> list[Choice]:
            wanted = text.casefold()
            return [
                Choice(tab, tab.name, self._waiting(tab, now), tab.query)
                for tab in tabs(self.workspace.config)
                if wanted in f"{tab.name} {tab.query}".casefold()
            ]

        def answered(choice: Choice | None) -> None:
            if choice is not None:
                self.turn_to(choice.value)

        self.app.push_screen(Picker("Which view?", find), answered)

    def _waiting(self, tab: Tab, now: datetime) -> str:
        if not tab.query:
            return f"{self.workspace.tally().get(tab.state, 0):,}"
        size = self._sizes.get(tab.name)
        if size is None:
            return ""
        oldest = f", oldest {words.age(size.oldest_at, now)}" if size.oldest_at else ""
        return f"{size}{oldest}"

    def action_save_view(self) -> None:
        """Keep what the list is narrowed to, under a name."""
        from triage.tui.dialogs.ask import Ask

        query = self.view.text.strip()
        if not query:
            search, build = (self.triage.key_of(one) for one in ("search", "filter"))
            self.say(
                f"Narrow the list first: {search} searches, {build} builds a filter"
            )
            return

        def answered(name: str | None) -> None:
            if not name:
                return
            try:
                saved = self.workspace.save_view(name, query, self.tab.columns)
            except TriageError as error:
                self.triage.complain(error)
                return
            self._opened(saved)

        self.app.push_screen(
            Ask("Save this view as", hint=query, value=self._name_kept()), answered
        )

    def _name_kept(self) -> str:
        return self.tab.name if self.tab.query else ""

    def _opened(self, saved: SavedView) -> None:
        """The list is that view's from now on; nothing in it moves."""
        every = tabs(self.workspace.config)
        self.close_search()
        self.tab = every[place_of(every, saved.name)]
        self.say(f"Saved as {saved.name}")
        self.count_views()
        self.tell_counts()

    def action_filter(self) -> None:
        """Narrow the list by choosing a field, then one of its values."""
        try:
            query = parsed(self.view.text)
        except UsageError:
            query = Query()

        def field_chosen(choice: Choice | None) -> None:
            if choice is None:
                return
            chosen: Field | Query = choice.value
            if isinstance(chosen, Query):
                self.type_query(str(chosen))
                return
            self.app.push_screen(
                Picker(
                    f"{chosen.help}: which?",
                    values_for(chosen, self.workspace),
                    placeholder=chosen.example,
                    empty="type it",
                    slow=True,
                ),
                value_chosen,
            )

        def value_chosen(choice: Choice | None) -> None:
            if choice is not None:
                self.type_query(str(choice.value(query)))

        self.app.push_screen(
            Picker("Keep only, by", fields_for(query), placeholder="which field"),
            field_chosen,
        )
