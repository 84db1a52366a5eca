"""
Columns drawn of characters, an eighth of a cell fine; pure text, so it can be read.

Our own rather than textual-plotext, which was tried: its last release (1.0.1, November
2024) holds plotext below version 6; what it draws comes as escape codes in colours of
its own, which follow no theme and stay in colour where none are wanted; and its canvas
of Braille has no stand-in in ASCII. It would have cost 18 ms to import.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

EIGHTHS = " ▁▂▃▄▅▆▇█"

BAR = "▇"
"""A cell of a bar that lies, with others above and below."""

NOTHING = "·"
"""Stands on the ground where nothing was counted: no figure is not a low one."""

VAGUE = "▒"
"""Fills, by whole cells, what rests on too few to be told more finely."""


@dataclass(frozen=True, slots=True)
class Point:
    """
    One figure of a chart.

    Attributes:
        value: None where there is none.
        is_vague: Whether it rests on few.
    """

    value: float | None
    is_vague: bool = False


def spark(values: Sequence[int], width: int) -> str:
    """
    One line of bars from 0 to the highest, in at most ``width`` cells.

    An eighth stays free above, so that lines upon lines do not run together.
    """
    held = [sum(bin_) for bin_ in bins(values, width)]
    top = max(held, default=0)
    if not top:
        return NOTHING * len(held)
    return "".join(EIGHTHS[max(1, round(7 * one / top))] if one else NOTHING
                   for one in held)  # fmt: skip


def bins(values: Sequence[int], width: int) -> list[Sequence[int]]:
    """The values in as many equal parts, the last ones whole, as there is room for."""
    if not values or width <= 0:
        return []
    size = ceil(len(values) / width)
    short = len(values) % size
    first = [values[:short]] if short else []
    return first + [
        values[start : start + size] for start in range(short, len(values), size)
    ]


def columns(
    points: Sequence[Point], *, low: float, high: float, width: int, height: int
) -> list[str]:
    """
    Columns side by side, from the top line down.

    Args:
        points: At most ``width``.
        low: Where columns begin.
        high: Where they are full.
        height: Lines.
    """
    step, gap = _step(len(points), width)
    lines = [""] * height
    for point in points:
        cells = _column(point, low, high, height)
        for line, cell in enumerate(cells):
            wide = cell if cell == NOTHING else cell * (step - gap)
            lines[line] += wide.ljust(step)
    return [line[:width].ljust(width) for line in lines]


def _column(point: Point, low: float, high: float, height: int) -> list[str]:
    """One column, a cell wide, from the top."""
    if point.value is None:
        return [" "] * (height - 1) + [NOTHING]
    share = min(1.0, (point.value - low) / (high - low or 1))
    # What is there is seen, however little it is.
    if point.is_vague:
        full = max(1, round(share * height))
        return [" "] * (height - full) + [VAGUE] * full
    eighths = max(1, round(share * height * 8))
    return [
        EIGHTHS[max(0, min(8, eighths - 8 * above))]
        for above in range(height - 1, -1, -1)
    ]


def _step(many: int, width: int) -> tuple[int, int]:
    """Cells from one column to the next, and how many of them stay free."""
    step = max(1, min(7, width // max(1, many)))
    return step, (0 if step == 1 else 1)


def reach(many: int, width: int) -> int:
    """Cells that so many columns take."""
    step, gap = _step(many, width)
    return many * step - gap


def rounded_up(value: float) -> float:
    """The next round figure: the top of an axis."""
    if value <= 0:
        return 1.0
    power = 1.0
    while power * 10 < value:
        power *= 10
    while power >= value and power > 1:
        power /= 10
    return next(
        one * power for one in (1, 2, 3, 4, 5, 6, 8, 10) if one * power >= value
    )
