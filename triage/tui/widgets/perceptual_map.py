"""A perceptual map as a widget, laid out for whatever room there is."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.widget import Widget

from triage.tui.perceptual import runs
from triage.workspace import Placed

_STYLES = {"": "", "muted": "$muted", "accent": "$accent", "here": "bold $foreground"}


class PerceptualMap(Widget):
    """Where competitors stand beside us in two aspects; ``show`` says which."""

    DEFAULT_CSS = "PerceptualMap { height: 1fr; padding: 0 1; }"

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._placed: Sequence[Placed] = ()
        self._axes = ("", "")

    def show(self, placed: Sequence[Placed], across: str, up: str) -> None:
        """Show these from now on, as ``Workspace.perceptual_map`` gives them."""
        self._placed, self._axes = placed, (across, up)
        self.refresh()

    def render(self) -> Content:
        """The map, what its axes are, and who is not in it."""
        if not all(self._axes) or self.size.width < 1:
            return Content("")
        width, height = self.size.width, self.size.height
        return Content("\n").join(
            Content.assemble(*((text, _STYLES[style]) for text, style in line))
            for line in runs(self._placed, *self._axes, width, height)
        )
