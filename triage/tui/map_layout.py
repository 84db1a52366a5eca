"""An empathy map as lines of cells: a grid where there is room, else sections."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from triage.empathy import Area
from triage.tui.map_places import ACROSS, AREAS, ASKED, Entries, MapEntry, Place
from triage.tui.words import fit, row_text
from triage.tui.wrap import wrap

_SHARES = (3, 3, 2)
"""How a grid's rows share its height; what describes the persona itself has less."""

_MOST = 3
"""Lines of one entry in a grid; beside it stands the whole of the one chosen."""

_LONG = 6
"""Lines of the entry that is open in a section."""

_SHOWN = 600
"""Characters of an entry that are laid out."""

_EDGE = 4
"""Cells before an entry's words: the bar of the cursor, its sign."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A run of text in one style, and where a click on it leads."""

    text: str
    style: str
    place: Place | None = None


Cells = list[Cell]

Draw = Callable[[int], list[Cells]]
"""The lines of the entry with this number."""


# A grid


def grid(entries: Entries, at: Place, width: int, height: int) -> list[Cells]:
    """Three rows of three areas, each under a heading of its own."""
    gap = 3
    widths = [(width - (ACROSS - 1) * gap) // ACROSS] * ACROSS
    widths[-1] += width - sum(widths) - (ACROSS - 1) * gap
    made: list[Cells] = []
    for row, high in enumerate(_heights(height)):
        areas = AREAS[row * ACROSS : (row + 1) * ACROSS]
        columns = [
            _column(area, entries.get(area, ()), at, room, high)
            for area, room in zip(areas, widths, strict=True)
        ]
        for parts in zip(*columns, strict=True):
            line: Cells = []
            for number, part in enumerate(parts):
                line += [Cell(" │ ", "line"), *part] if number else part
            made.append(line)
    return made


def _heights(height: int) -> Iterator[int]:
    upper = [height * share // sum(_SHARES) for share in _SHARES[:-1]]
    yield from upper
    yield height - sum(upper)


def _column(
    area: Area, entries: Sequence[MapEntry], at: Place, width: int, height: int
) -> list[Cells]:
    here = at.area is area
    made = [_heading(area, entries, width, here=here)]
    room = max(1, height - 2)
    if not entries:
        made += _nothing(area, width)
    else:
        at_index = at.index if here else 0

        def draw(index: int) -> list[Cells]:
            chosen = here and index == at.index
            place = Place(area, index)
            return _entry(place, entries[index], width, _MOST, here=chosen)

        made += _in_sight(draw, len(entries), at_index, width, room, area)
    blank = Cell(" " * width, "text", Place(area, 0))
    return (made + [[blank]] * height)[:height]


def _heading(
    area: Area, entries: Sequence[MapEntry], width: int, *, here: bool
) -> Cells:
    told = f"{area.upper()} {len(entries) or ''}".rstrip()
    rule = "─" * max(0, width - 3 - len(told))
    place = Place(area, 0)
    return [
        Cell("▌ " if here else "  ", "bar", place),
        Cell(told, "here" if here else "head", place), Cell(f" {rule}", "line", place),
    ]  # fmt: skip


def _nothing(area: Area, width: int) -> list[Cells]:
    """What an empty area asks stands where its answers will."""
    place = Place(area, 0)
    told = _wrapped(ASKED[area], width - 2, _MOST)
    return [[Cell(fit(f"  {line}", width), "dim", place)] for line in told]


def _in_sight(
    draw: Draw, many: int, index: int, width: int, room: int, area: Area
) -> list[Cells]:
    """As many whole entries as fit, the one chosen among them, and how many do not."""
    # Only what may be seen is laid out: hundreds of entries take longer than a key may.
    draw = cache(draw)
    first = _first(draw, many, index, room)
    made: list[Cells] = []
    if first:
        made.append([Cell(fit(f"  ▲ {first} more", width), "dim", Place(area, 0))])
        room -= 1
    for number in range(first, many):
        left = many - number
        need = len(draw(number)) + (1 if left > 1 else 0)
        if need > room and number > index:
            place = Place(area, number)
            made.append([Cell(fit(f"  ▼ {left} more", width), "dim", place)])
            return made
        # The one chosen is cut before it is left out.
        made += draw(number)[: max(1, room)]
        room -= len(draw(number))
    return made


def _first(draw: Draw, many: int, index: int, room: int) -> int:
    """The first entry in sight such that the one chosen is, too."""
    # A line for what is above, one for what is below.
    need = len(draw(index)) + (1 if index + 1 < many else 0)
    first = index
    while first > 0 and need + 1 < room:
        more = need + len(draw(first - 1)) + (1 if first > 1 else 0)
        if more > room:
            break
        need += len(draw(first - 1))
        first -= 1
    return first


def _entry(
    place: Place, one: MapEntry, width: int, most: int, *, here: bool
) -> list[Cells]:
    room = max(4, width - _EDGE)
    told = _wrapped(row_text(one.text, _SHOWN), room, most)
    style = ("cursor" if here else "text") + ("" if one.observed else "-inferred")
    sign = "observed" if one.observed else "inferred"
    made: list[Cells] = []
    for number, text in enumerate(told):
        made.append(
            [
                Cell("▌ " if here else "  ", "bar", place),
                Cell(f"{'' if number else one.sign:<2}", sign, place),
                Cell(fit(text, room), style, place),
            ]
        )
    return made


def _wrapped(text: str, room: int, most: int) -> list[str]:
    found = ["".join(piece.text for piece in line) for line in wrap(text, room)]
    if len(found) <= most:
        return found
    kept = found[: most - 1]
    rest = " ".join(one.strip() for one in found[most - 1 :])
    return [*kept, fit(rest, room)]


# Sections


def sections(entries: Entries, at: Place, width: int, height: int) -> list[Cells]:
    """A line for each area, and under the one the cursor is in its entries."""
    room = max(3, height - len(AREAS))
    made: list[Cells] = []
    for area in AREAS:
        found = entries.get(area, ())
        if area is not at.area:
            made.append(_closed(area, found, width))
            continue
        made.append(_open_heading(area, found))
        made += _open(area, found, at, width, room)
    return (made + [[Cell(" " * width, "text")]] * height)[:height]


def _closed(area: Area, entries: Sequence[MapEntry], width: int) -> Cells:
    place = Place(area, 0)
    told = f"▸ {area.upper():<12}"
    many = f"{len(entries) or '–':>3}  "
    made = [Cell(told, "head", place), Cell(many, "dim", place)]
    room = width - len(told) - len(many)
    first = "  ".join(f"{one.sign} {row_text(one.text, 80)}" for one in entries[:4])
    return [*made, Cell(fit(first or ASKED[area], room), "dim", place)]


def _open_heading(area: Area, entries: Sequence[MapEntry]) -> Cells:
    place = Place(area, 0)
    seen = sum(one.observed for one in entries)
    told = f"{seen} observed, {len(entries) - seen} inferred" if entries else ""
    return [
        Cell(f"▾ {area.upper():<12}", "here", place),
        Cell(f"{len(entries) or '–':>3}  ", "head", place), Cell(told, "dim", place),
    ]  # fmt: skip


def _open(
    area: Area, entries: Sequence[MapEntry], at: Place, width: int, room: int
) -> list[Cells]:
    if not entries:
        return _nothing(area, width)

    def draw(index: int) -> list[Cells]:
        one, here, place = entries[index], index == at.index, Place(area, index)
        told = _entry(place, one, width, _LONG if here else 1, here=here)
        under = [
            [Cell("▌ ", "bar", place), Cell("  ", "dim", place),
             Cell(fit(line, width - _EDGE), "dim", place)]
            for line in (one.under if here else ())
        ]  # fmt: skip
        return told + under[: max(0, room - len(told) - 2)]

    return _in_sight(draw, len(entries), at.index, width, room, area)
