"""The few views a screen has, as tabs with how much is in each."""

from __future__ import annotations

from collections.abc import Mapping

from triage.tui.screen import TriageScreen
from triage.tui.widgets.lines import OneLine, Part


class ViewTabs(TriageScreen):
    """Keys turn them round; a click turns to one."""

    @property
    def view(self) -> str:
        """The name of the one that is shown."""
        raise NotImplementedError

    def sizes(self) -> Mapping[str, int]:
        """How much is in each, by its name, in their order."""
        raise NotImplementedError

    def turn_to(self, name: str) -> None:
        """Show another one."""
        raise NotImplementedError

    def tell_views(self, title: str) -> None:
        """Name them in the line of tabs."""
        parts: list[Part] = [(f"{title}   ", "bold $foreground")]
        for name, size in self.sizes().items():
            label = f"{name.capitalize()} {size:,}" if size else name.capitalize()
            style = "bold underline $accent" if name == self.view else "$muted"
            parts += [(label, style, f"view:{name}"), ("   ", "")]
        self.query_one("#tabs", OneLine).say(parts, self.elsewhere())

    def action_next_view(self) -> None:
        """To the right."""
        self._turn(1)

    def action_previous_view(self) -> None:
        """To the left."""
        self._turn(-1)

    def asked(self, name: str) -> None:
        """A click on a tab turns to it."""
        self.turn_to(name.removeprefix("view:"))

    def _turn(self, by: int) -> None:
        names = list(self.sizes())
        self.turn_to(names[(names.index(self.view) + by) % len(names)])
