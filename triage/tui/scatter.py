"""
Points on two axes, drawn of characters; pure text, so it can be read.

Each point carries a short name beside it where there is room; points in one cell show
how many they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log10
from statistics import median

POINT = "●"
OTHERS = "○"
MIDDLE = "·"
"""Lines through the middle of all there is: half lies on either side."""

_GAP = 1


@dataclass(frozen=True, slots=True)
class Dot:
    """
    One point of a plot.

    Attributes:
        is_here: Whether it is the one under the cursor.
    """

    x: float
    y: float
    name: str
    is_here: bool = False


Cell = tuple[str, str]
"""Some text and its style: "", "muted", "accent" or "here"."""


def scatter(dots: Sequence[Dot], width: int, height: int) -> list[list[Cell]]:
    """
    The dots in so many cells, from the top line down; each line in runs of one style.

    An axis on which the largest is a hundred times the least is drawn by powers of ten,
    so that what is small is not all in one corner.
    """
    if width < 1 or height < 1:
        return []
    canvas = [[" "] * width for _ in range(height)]
    styles = [[""] * width for _ in range(height)]
    if dots:
        across = _places([dot.x for dot in dots], width - 1)
        up = _places([dot.y for dot in dots], height - 1)
        _middles(canvas, styles, across, up)
        _dots(canvas, styles, dots, across, up)
    return [_runs(*line) for line in zip(canvas, styles, strict=True)]


def is_by_powers(values: Sequence[float]) -> bool:
    """Whether an axis of these goes by powers of ten."""
    least = min(values, default=0.0)
    return least > 0 and max(values) / least >= 100


def _places(values: Sequence[float], last: int) -> list[int]:
    """The cell of each value, from 0 to ``last``."""
    told = [log10(one) for one in values] if is_by_powers(values) else list(values)
    low = min(0.0, *told) if not is_by_powers(values) else min(told)
    span = max(told) - low
    return [round((one - low) / span * last) if span else last // 2 for one in told]


def _middles(
    canvas: list[list[str]],
    styles: list[list[str]],
    across: Sequence[int],
    up: Sequence[int],
) -> None:
    height, width = len(canvas), len(canvas[0])
    column, line = round(median(across)), height - 1 - round(median(up))
    for y in range(0, height, 2):
        canvas[y][column], styles[y][column] = MIDDLE, "muted"
    for x in range(0, width, 2):
        canvas[line][x], styles[line][x] = MIDDLE, "muted"


def _dots(
    canvas: list[list[str]],
    styles: list[list[str]],
    dots: Sequence[Dot],
    across: Sequence[int],
    up: Sequence[int],
) -> None:
    height = len(canvas)
    together: dict[tuple[int, int], list[Dot]] = {}
    for dot, x, y in zip(dots, across, up, strict=True):
        together.setdefault((height - 1 - y, x), []).append(dot)
    taken = set(together)
    # Whoever is under the cursor is named first; then in the order they came.
    for (y, x), some in sorted(
        together.items(), key=lambda one: not any(dot.is_here for dot in one[1])
    ):
        here = next((dot for dot in some if dot.is_here), None)
        canvas[y][x] = POINT if here or len(some) == 1 else OTHERS
        styles[y][x] = "here" if here else "accent"
        more = f" +{len(some) - 1}" if len(some) > 1 else ""
        _name(canvas[y], styles[y], x, (here or some[0]).name + more, here, taken, y)


def _name(
    line: list[str],
    styles: list[str],
    x: int,
    name: str,
    here: Dot | None,
    taken: set[tuple[int, int]],
    y: int,
) -> None:
    """Write a name at the right of its point, or at its left, where nothing stands."""
    for start in (x + 1 + _GAP, x - _GAP - len(name)):
        room = range(start - _GAP, start + len(name) + _GAP)
        if start < 0 or start + len(name) > len(line):
            continue
        if any((y, one) in taken and one != x for one in room):
            continue
        for offset, letter in enumerate(name):
            line[start + offset] = letter
            styles[start + offset] = "here" if here else "muted"
            taken.add((y, start + offset))
        return


def _runs(letters: Sequence[str], styles: Sequence[str]) -> list[Cell]:
    runs: list[Cell] = []
    for letter, style in zip(letters, styles, strict=True):
        if runs and runs[-1][1] == style:
            runs[-1] = (runs[-1][0] + letter, style)
        else:
            runs.append((letter, style))
    return runs
