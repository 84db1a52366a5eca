"""A query typed as in the search field: completed, understood, counted as one types."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from textual import on
from textual.app import ComposeResult
from textual.widgets import Input, Static

from triage.errors import TriageError, UsageError
from triage.query import parsed
from triage.text.display import safe
from triage.tui.completing import QuerySuggester, Values
from triage.tui.desk import beside
from triage.tui.dialogs.dialog import Dialog

DEBOUNCE = 0.1
"""Seconds after a letter before what it finds is counted."""


class Who(Dialog[str]):
    """
    A query; an empty one is an answer too: nobody has said.

    Args:
        values: The commonest values of a field, for completing.
        count: How many a query finds, in words; called beside the screen.
    """

    DEFAULT_CSS = "Who #finds { height: auto; max-height: 3; margin-top: 1; }"

    def __init__(
        self, question: str, values: Values, count: Callable[[str], str],
        *, value: str = "",
    ) -> None:  # fmt: skip
        super().__init__(
            question,
            "enter to go on   → complete   esc to stop\n"
            "as in the search field: plan:enterprise from:ana export -rating:5",
        )
        self._count = count
        self._generation = 0
        self._field = Input(
            value, placeholder="words and fields; nothing: nobody has said yet",
            suggester=QuerySuggester(values), select_on_focus=False,
        )  # fmt: skip
        self._finds = Static("", id="finds", markup=False)

    def compose_question(self) -> ComposeResult:
        """A field, and what it finds."""
        yield self._field
        yield self._finds

    def on_mount(self) -> None:
        """What it finds as it stands."""
        self._look(self._field.value)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._look(event.value)

    def _look(self, text: str) -> None:
        self._generation += 1
        generation = self._generation
        self.set_timer(
            DEBOUNCE, lambda: beside(self, self._tell, generation, text, group="count")
        )

    async def _tell(self, generation: int, text: str) -> None:
        from triage.tui.app import TriageApp

        if generation != self._generation:
            return
        app = cast("TriageApp", self.app)
        assert isinstance(app, TriageApp)
        try:
            said = await app.desk.look(lambda: self._count(text.strip()))
        except TriageError as error:
            said = str(error)
        if generation == self._generation:
            self._finds.update(safe(said, limit=300))

    @on(Input.Submitted)
    def _keep(self, event: Input.Submitted) -> None:
        """A query nobody understands is no answer; the sentence says how to go on."""
        try:
            parsed(event.value)
        except UsageError as error:
            self._generation += 1
            self._finds.update(safe(str(error), limit=300))
            return
        self.dismiss(" ".join(event.value.split()))
