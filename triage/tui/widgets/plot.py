"""A plot: dots between two named axes, laid out for whatever room there is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from textual.content import Content
from textual.widget import Widget

from triage.tui.scatter import Dot, is_by_powers, scatter
from triage.tui.words import fit

_AXIS = 9
"""Cells at the left for the ends of the axis, and a space."""

_STYLES = {"": "", "muted": "$muted", "accent": "$accent", "here": "bold $foreground"}


@dataclass(frozen=True, slots=True)
class Plotted:
    """
    What a plot shows.

    Attributes:
        across: What goes from left to right; ``up`` from the bottom to the top.
        note: Said under it: what is not in it, and why.
        says: How a figure of an axis is written.
    """

    dots: Sequence[Dot]
    across: str
    up: str
    note: str
    says: Callable[[float], str]


class Plot(Widget):
    """One of them at a time."""

    DEFAULT_CSS = "Plot { height: 1fr; padding: 0 1 0 1; }"

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.plotted: Plotted | None = None

    def show(self, plotted: Plotted) -> None:
        """Show this from now on."""
        self.plotted = plotted
        self.refresh()

    def render(self) -> Content:
        """The axis that goes up, the dots, the axis that goes across, the note."""
        told = self.plotted
        if told is None:
            return Content("")
        width, height = self.size.width, self.size.height
        drawn = scatter(told.dots, max(1, width - _AXIS), max(1, height - 4))
        ends = {}
        if told.dots:
            ups = [dot.y for dot in told.dots]
            least = min(ups) if is_by_powers(ups) else min(0.0, *ups)
            ends = {0: told.says(max(ups)), len(drawn) - 1: told.says(least)}
        title = fit(f"{told.up}{_powers([dot.y for dot in told.dots])}", width)
        lines = [Content.assemble((title, "bold"))]
        for number, runs in enumerate(drawn):
            end = ends.get(number, "").rjust(_AXIS - 2)
            axis = fit(end, _AXIS - 2) + "│ "
            lines.append(
                Content.assemble(
                    (axis, "$muted"), *((text, _STYLES[style]) for text, style in runs)
                )
            )
        lines.append(Content.assemble((self._across(told, width), "$muted")))
        lines.append(Content.assemble((fit(told.note, width), "$muted")))
        return Content("\n").join(lines)

    def _across(self, told: Plotted, width: int) -> str:
        xs = [dot.x for dot in told.dots]
        ends = f"up to {told.says(max(xs))}" if xs else ""
        name = f"{told.across}{_powers(xs)} →"
        gap = " " * max(1, width - _AXIS - len(name) - len(ends))
        return fit(" " * _AXIS + name + gap + ends, width)


def _powers(values: Sequence[float]) -> str:
    return " (by powers of ten)" if is_by_powers(values) else ""
