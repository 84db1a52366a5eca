"""A chart: what it shows, columns over weeks, and how high and from when to when."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from textual.content import Content
from textual.widget import Widget

from triage.measures import FEW
from triage.tui import charts
from triage.tui.words import fit

_AXIS = 6
"""Cells at the left for the ends of the axis, and a space."""


@dataclass(frozen=True, slots=True)
class Series:
    """
    What one chart shows.

    Attributes:
        note: Said beside the title, dim.
        point: The figure of some weeks, by their places; of one where there is room.
        low: Where the axis begins.
        high: Where it ends; 0 for just above the highest.
        says: How a figure of the axis is written.
    """

    title: str
    note: str
    mondays: Sequence[date]
    point: Callable[[Sequence[int]], charts.Point]
    low: float
    high: float
    says: Callable[[float], str]


class Chart(Widget):
    """One series; it lays itself out for whatever room it gets."""

    DEFAULT_CSS = "Chart { height: 1fr; padding: 0 1 0 0; }"

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.series: Series | None = None
        self.waiting = False

    def show(self, series: Series) -> None:
        """Show this from now on."""
        self.series, self.waiting = series, False
        self.refresh()

    def wait(self) -> None:
        """Show the shape of a chart until its figures are there."""
        self.waiting = True
        self.refresh()

    def render(self) -> Content:
        """Title, columns, weeks."""
        room = max(1, self.size.width - _AXIS)
        height = max(1, self.size.height - 3)
        if self.series is None:
            ground = " " * _AXIS + charts.NOTHING * (room * 2 // 3)
            shape = "\n" * height + ground if self.waiting else ""
            return Content.assemble((shape, "$muted"))
        series = self.series
        weeks = charts.bins(range(len(series.mondays)), room)
        points = [series.point(one) for one in weeks]
        highest = max((one.value for one in points if one.value is not None), default=0)
        high = series.high or charts.rounded_up(highest)
        drawn = charts.columns(
            points, low=series.low, high=high, width=room, height=height
        )
        ends = {0: series.says(high), height - 1: series.says(series.low)}
        lines = [self._title(series, len(weeks[-1]) if weeks else 0, points)]
        for number, line in enumerate(drawn):
            axis = ends.get(number, "").rjust(_AXIS - 1) + " "
            lines.append(Content.assemble((axis, "$muted"), (line, "$accent")))
        reach = charts.reach(len(points), room)
        lines.append(Content.assemble((self._weeks(series.mondays, reach), "$muted")))
        return Content("\n").join(lines)

    def _title(
        self, series: Series, weeks: int, points: Sequence[charts.Point]
    ) -> Content:
        notes = [series.note] if series.note else []
        if weeks > 1:
            notes.append(f"{weeks} weeks a column")
        if any(one.value is not None and one.is_vague for one in points):
            notes.append(f"{charts.VAGUE} of fewer than {FEW}")
        said = fit(f"  {' · '.join(notes)}", self.size.width - len(series.title))
        return Content.assemble((series.title, "bold"), (said, "$muted"))

    def _weeks(self, mondays: Sequence[date], reach: int) -> str:
        """When the first column is, and the last, under them."""
        if not mondays:
            return ""
        first, last = (f"{one.day} {one:%b}" for one in (mondays[0], mondays[-1]))
        if mondays[0].year != mondays[-1].year:
            first += f" {mondays[0].year}"
        gap = " " * max(2, reach - len(first) - len(last))
        return fit(" " * _AXIS + first + gap + last, self.size.width)
