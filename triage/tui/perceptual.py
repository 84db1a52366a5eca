"""
Where competitors stand beside us in two aspects, drawn of characters.

We are in the middle. To the right and up they are better, to the left and down worse;
each axis goes from -1, all say worse, to 1, all say better. Whoever too few people
compared is not drawn, and named below.
"""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len

from triage.tui.scatter import OTHERS, POINT, Cell
from triage.tui.words import fit
from triage.workspace import Placed

US = "us"
_LINE, _UPRIGHT, _MIDDLE = "─", "│", "┼"


def runs(
    placed: Sequence[Placed], across: str, up: str, width: int, height: int
) -> list[list[Cell]]:
    """
    The map in so many cells, from the top line down; each line in runs of one style.

    The last lines say what the axes are and who is not drawn, and why.
    """
    notes = _notes(placed, across, up, width)
    rows = max(3, height - len(notes))
    canvas = [[" "] * width for _ in range(rows)]
    styles = [["muted"] * width for _ in range(rows)]
    middle, centre = rows // 2, width // 2
    for x in range(width):
        canvas[middle][x] = _LINE
    for y in range(rows):
        canvas[y][centre] = _UPRIGHT
    canvas[middle][centre] = _MIDDLE
    _put(canvas, styles, middle, centre + 2, f" {US} ", "here")
    _dots(canvas, styles, [one for one in placed if one.is_placed])
    drawn = [_run(*line) for line in zip(canvas, styles, strict=True)]
    return [*drawn, *([(note, "muted")] for note in notes)]


def drawn(
    placed: Sequence[Placed], across: str, up: str, width: int, height: int
) -> list[str]:
    """The same as plain lines, for a pipe."""
    lines = runs(placed, across, up, width, height)
    return ["".join(text for text, _ in line).rstrip() for line in lines]


def _dots(
    canvas: list[list[str]], styles: list[list[str]], placed: Sequence[Placed]
) -> None:
    rows, width = len(canvas), len(canvas[0])
    together: dict[tuple[int, int], list[Placed]] = {}
    for one in placed:
        across, up = one.across.place or 0.0, one.up.place or 0.0
        x = round((across + 1) / 2 * (width - 1))
        y = round((1 - up) / 2 * (rows - 1))
        together.setdefault((y, x), []).append(one)
    for (y, x), some in together.items():
        canvas[y][x] = POINT if len(some) == 1 else OTHERS
        styles[y][x] = "accent"
    taken = set(together)
    for (y, x), some in together.items():
        name = _called(some)
        # Beside its point, else on a line above or below it.
        for row, start in (
            (y, x + 2), (y, x - 1 - cell_len(name)), (y - 1, x + 2), (y + 1, x + 2),
            (y - 1, x - 1 - cell_len(name)),
            (y + 1, x - 1 - cell_len(name)),
        ):  # fmt: skip
            cells = {(row, start + place) for place in range(-1, cell_len(name) + 1)}
            fits = 0 <= row < rows and 0 <= start <= width - cell_len(name)
            if fits and not (cells & taken):
                _put(canvas, styles, row, start, name, "")
                taken |= cells
                break


def _called(some: Sequence[Placed]) -> str:
    names = ", ".join(
        f"{fit(one.name, 20).rstrip()} {min(one.across.n, one.up.n)}"
        for one in some[:2]
    )
    return f"{names} +{len(some) - 2}" if len(some) > 2 else names


def _put(
    canvas: list[list[str]],
    styles: list[list[str]],
    y: int,
    x: int,
    text: str,
    style: str,
) -> None:
    for letter in text:
        size = cell_len(letter)
        for place in range(x, x + max(1, size)):
            if 0 <= place < len(canvas[y]):
                # What is two cells wide leaves nothing in the second.
                canvas[y][place] = letter if place == x else ""
                styles[y][place] = style
        x += max(1, size)


def _notes(placed: Sequence[Placed], across: str, up: str, width: int) -> list[str]:
    few = [one.name for one in placed if not one.is_placed]
    told = [f"→ they are better in {across}   ↑ they are better in {up}"]
    if few:
        told.append(f"too few people to say: {', '.join(few)}")
    if not placed:
        told.append(f"nobody compared {across} or {up} yet")
    return [fit(one, width).rstrip() for one in told]


def _run(letters: Sequence[str], styles: Sequence[str]) -> list[Cell]:
    found: list[Cell] = []
    for letter, style in zip(letters, styles, strict=True):
        if found and found[-1][1] == style:
            found[-1] = (found[-1][0] + letter, style)
        else:
            found.append((letter, style))
    return found
