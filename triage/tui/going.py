"""Which areas there are, and how one gets from one to another."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from textual.app import App

from triage.query import Query
from triage.tui.screen import TriageScreen
from triage.tui.screens import AREAS, load


class Going(App[None], inherit_bindings=False):
    """Areas keep their place while another is shown; other screens open over them."""

    def __init__(self) -> None:
        super().__init__()
        self.areas: dict[str, TriageScreen] = {}
        """Those that were shown, by name."""

    def add_areas(self) -> None:
        """Make every area reachable; each is made when it is first shown."""
        for name in AREAS:
            self.add_mode(name, self._maker(name))

    def _maker(self, name: str) -> Callable[[], TriageScreen]:
        def make() -> TriageScreen:
            self.areas[name] = load(name)()
            return self.areas[name]

        return make

    def reachable(self) -> Iterable[str]:
        """The areas there are, by name."""
        return AREAS

    def go(self, name: str) -> None:
        """Show an area, as it was left."""
        if name in AREAS:
            self.switch_mode(name)

    def open(self, name: str, *about: Any) -> None:
        """Open a screen over this one: ``open("group", group_id)``."""
        self.push_screen(load(name)(*about))

    def show_weeks(self, query: Query, weeks: int | None) -> None:
        """The weeks of what a query finds alone."""
        from triage.tui.screens.numbers import NumbersScreen

        self.pop_screen()
        numbers = self.areas["numbers"]
        assert isinstance(numbers, NumbersScreen)
        numbers.narrow(query, weeks)

    def action_go_inbox(self) -> None:
        """What waits to be read."""
        self.go("inbox")

    def action_go_pain_points(self) -> None:
        """What hurts."""
        self.go("pain-points")

    def action_go_backlog(self) -> None:
        """What to do first."""
        self.go("backlog")

    def action_go_matches(self) -> None:
        """What may say the same."""
        self.go("matches")

    def action_go_likenesses(self) -> None:
        """Who may be one person."""
        self.go("likenesses")

    def action_go_companies(self) -> None:
        """Whose customers are."""
        self.go("companies")

    def action_go_roadmap(self) -> None:
        """What is planned."""
        self.go("roadmap")

    def action_go_sources(self) -> None:
        """Where feedback comes from."""
        self.go("sources")

    def action_go_outbox(self) -> None:
        """What waits to be sent."""
        self.go("outbox")

    def action_go_personas(self) -> None:
        """Who customers are."""
        self.go("personas")

    def action_go_numbers(self) -> None:
        """What the numbers say."""
        self.go("numbers")

    def action_go_history(self) -> None:
        """Every step."""
        self.go("history")
