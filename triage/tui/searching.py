"""A list narrowed as a person types, and what is found read beside the screen."""

from __future__ import annotations

import asyncio
import threading
from array import array
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from textual import on
from textual.widgets import Input, Static

from triage.errors import Cancelled, TriageError, UsageError
from triage.model import State
from triage.query import Query, parsed, place
from triage.text.display import safe
from triage.tui.accepting import Accepting
from triage.tui.completing import QuerySuggester
from triage.tui.desk import beside
from triage.tui.frozen import Frozen
from triage.tui.targets import View
from triage.tui.widgets.feedback_list import FeedbackList

FIRST_PAGE = 128
"""Keys read before the first frame; the rest comes from a thread."""

ENOUGH = 1000
"""Keys of what is found that are read unasked; the rest when somebody goes there."""

PATIENCE = 0.15
"""Seconds before a list that is being looked up shows its shape instead."""

LULL = 0.3
"""Seconds after the last letter before all that is found is read, and so counted."""

DEBOUNCE = 0.05
"""Seconds after a letter before its words are searched for."""


class Searching(Accepting):
    """
    A list with a field over it; only the last of several searches counts.

    What was asked for before is given up at once, wherever it has got to.
    """

    def __init__(self) -> None:
        super().__init__()
        self._generation = 0
        self._looked_for = 0
        self._stop = threading.Event()

    @property
    def home(self) -> State:
        """Where a query looks that does not say."""
        raise NotImplementedError

    def make_field(self) -> Input:
        """The field."""
        return Input(
            placeholder="words, or source:mail rating:<=2; enter keeps, esc clears",
            id="search", select_on_focus=False,
        )  # fmt: skip

    def back_from_search(self) -> None:
        """Show what was shown before anything was typed."""
        raise NotImplementedError

    # Reading

    def begin(self) -> int:
        """Give up what is being looked for; the number of what comes now."""
        self._stop.set()
        self._stop = threading.Event()
        self._generation += 1
        return self._generation

    def show_view(self, view: View, *, at: int | None = None) -> None:
        """Show a view from its first row, or from the key ``at``."""
        generation = self.begin()
        if view.is_plain:
            # A range of the queue: quicker read than asked for.
            self.view = view
            keys = self.workspace.ids(view.state, limit=FIRST_PAGE)
            self.list.is_partial = len(keys) == FIRST_PAGE
            self._show(Frozen(keys), at)
            if self.list.is_partial:
                # Well behind the paint of what there is: a million takes a while.
                rest = partial(self._read_rest, generation, at)
                self.set_timer(LULL, lambda: beside(self, rest, group="rest"))
        else:
            beside(self, self._fill, view, generation, at, group="search")
            self.set_timer(PATIENCE, lambda: self._still_looking(generation))

    def show_nothing(self) -> None:
        """An empty list: what was asked for is no query."""
        self.begin()
        self.list.is_partial = False
        self._show(Frozen(), None)

    def _show(self, queue: Frozen, at: int | None) -> None:
        self._looked_for = self._generation
        self.taken.clear()
        self.list.show(queue, at=at)
        self.list.find(self.view.query.said)
        self.tell_counts()

    async def _fill(self, view: View, generation: int, at: int | None) -> None:
        # In another order the first ones are known only once all are.
        limit = None if view.query.sort else FIRST_PAGE
        try:
            keys = await self._look_for(view, limit)
        except TriageError as error:
            self._tell_wrong(str(error))
            return
        if keys is not None and generation == self._generation:
            self.view = view
            self.list.is_partial = len(keys) == limit
            self._show(Frozen(keys, is_newest_first=not view.query.sort), at)
            if self.list.is_partial:
                if self.has_class("-searching"):
                    # The next letter would be waited for in vain.
                    await asyncio.sleep(LULL)
                await self._read_rest(generation, at, ENOUGH)

    async def _look_for(self, view: View, limit: int | None) -> array[int] | None:
        """Keys of a view, read beside the screen; None once it is given up."""
        look = partial(
            self.workspace.ids, view.state, view.query,
            limit=limit, is_stopped=self._stop.is_set,
        )  # fmt: skip
        try:
            return await self.triage.desk.look(look)
        except Cancelled:
            return None

    @on(FeedbackList.More)
    def _read_on(self, event: FeedbackList.More) -> None:
        """All of it, and then to its end if that was asked for."""
        event.stop()
        self.read_whole(self.list.action_last_row if event.to_end else None)

    def read_whole(self, then: Callable[[], None] | None = None) -> None:
        """Read all that is found, unless that is being done; then go on."""
        beside(self, self._read_whole, then, group="whole", exclusive=True)

    async def _read_whole(self, then: Callable[[], None] | None) -> None:
        generation = self._generation
        if self.list.is_partial:
            await self._read_rest(generation, None)
        if then and generation == self._generation and not self.list.is_partial:
            then()

    async def _read_rest(
        self, generation: int, at: int | None, limit: int | None = None
    ) -> None:
        if generation != self._generation:
            return
        keys = await self._look_for(self.view, limit)
        if keys is None:
            return
        if generation == self._generation and self.list.is_partial:
            more = len(keys) == limit
            if self.taken:
                keys = array("q", (key for key in keys if key not in self.taken))
            self.list.is_partial = more
            self.list.refill(keys)
            if at is not None and self.list.cursor == 0:
                self.list.go_to(at)
            self.tell_counts()

    def _still_looking(self, generation: int) -> None:
        if generation == self._generation and self._looked_for != generation:
            self.list.wait()

    def action_mark_all(self) -> None:
        """All of this list, once all of it is known."""
        if not self.list.is_partial:
            super().action_mark_all()
            return
        self.say("Reading all of the list; a moment")
        self.read_whole(super().action_mark_all)

    # Typing

    def action_search(self) -> None:
        """Show the field."""
        field = self.query_one("#search", Input)
        if field.suggester is None:
            field.suggester = QuerySuggester(self.workspace.values)
        self.set_class(True, "-searching")
        with field.prevent(Input.Changed):
            field.value = self.view.text
        field.cursor_position = len(field.value)
        field.focus()

    def type_query(self, text: str) -> None:
        """Narrow the list to this, as if it had been typed."""
        self._find(self.begin(), text)

    @on(Input.Changed, "#search")
    def _typed(self, event: Input.Changed) -> None:
        generation, text = self.begin(), event.value
        self.set_timer(DEBOUNCE, lambda: self._find(generation, text))

    def _find(self, generation: int, text: str) -> None:
        if generation != self._generation:
            return
        try:
            query = parsed(text)
        except UsageError as error:
            # What was found so far stays; the sentence says how to go on.
            self._tell_wrong(str(error))
            self._looked_for = generation
            return
        self._tell_wrong("")
        self.show_view(self.narrowed(text.strip(), query))

    def narrowed(self, text: str, query: Query) -> View:
        """The view that is open, narrowed to this and nothing else."""
        state = place(query, self.home)
        return replace(self.view, state=state, text=text, query=query)

    def _tell_wrong(self, what: str) -> None:
        where = self.query_one("#search-error", Static)
        where.display = bool(what)
        where.update(safe(what, limit=300))

    @on(Input.Submitted, "#search")
    def _keep_search(self, event: Input.Submitted) -> None:
        self._find(self.begin(), event.value)
        self.close_search()

    def close_search(self) -> None:
        """Hide the field."""
        if self.has_class("-searching"):
            field = self.query_one("#search", Input)
            self.set_class(False, "-searching")
            with field.prevent(Input.Changed):
                field.value = ""
            self._tell_wrong("")
            self.list.focus()
            self.tell_counts()
