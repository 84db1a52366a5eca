"""One tile of the dashboard: a title, a sentence, a figure, how it was counted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.widget import Widget

from triage.dashboard import Ranges, Row, Rows, Spots, Tile, Weeks
from triage.text.display import one_line
from triage.tui import charts
from triage.tui.words import fit
from triage.tui.wrap import wrap

_COLUMNS_HIGH, _MAP_HIGH = 4, 9
_NAMED = 26
"""Cells of a row's name at most, beside a whisker."""

_BAR, _SHORT_BAR = 14, 6
"""Cells of a bar at most, and at least where the name stands beside it."""


class TileCard(Widget, can_focus=True):
    """Draws itself for whatever width it gets; as high as what it says."""

    DEFAULT_CSS = """
    TileCard { height: auto; padding: 0 1; border: round $panel; }
    TileCard:focus { border: round $accent; }
    """

    class Opened(Message):
        """Somebody wants to know more of it."""

        def __init__(self, tile: Tile) -> None:
            super().__init__()
            self.tile = tile

    def __init__(self, tile: Tile) -> None:
        super().__init__(id=f"tile-{tile.name}")
        self.tile = tile

    def show(self, tile: Tile) -> None:
        """Show this from now on."""
        self.tile = tile
        self.refresh(layout=True)

    def on_click(self, event: events.Click) -> None:
        """A second click opens what the first pointed at."""
        if event.chain == 2:
            self.post_message(self.Opened(self.tile))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as it has."""
        del container, viewport
        return self.high(width)

    def high(self, width: int) -> int:
        """How many lines it has where there are so many cells in each."""
        return sum(1 for _ in self._lines(width))

    def render(self) -> Content:
        """Everything, in lines."""
        return Content("\n").join(self._lines(self.size.width))

    def _lines(self, width: int) -> Iterator[Content]:
        tile = self.tile
        yield Content.assemble((fit(one_line(tile.title), width), "bold"))
        yield from _sentences(tile.said, width, "")
        yield from _figure(tile, width)
        for note in tile.notes:
            yield from _sentences(note, width, "$muted")


def _sentences(text: str, width: int, style: str) -> Iterator[Content]:
    for line in wrap(one_line(text, 1000), max(1, width)):
        yield Content.assemble(("".join(piece.text for piece in line), style))


def _figure(tile: Tile, width: int) -> Iterator[Content]:
    match tile.figure:
        case Weeks() as weeks if weeks.mondays:
            yield from _weeks(weeks, width)
        case Ranges() as ranges:
            yield from _ranges(ranges, width)
        case Rows() as rows:
            yield from _rows(rows, width)
        case Spots() as spots:
            yield from _spots(spots, width)


def _weeks(weeks: Weeks, width: int) -> Iterator[Content]:
    binned = charts.bins(range(len(weeks.values)), width)
    points = [charts.Point(_together(weeks, places)) for places in binned]
    highest = max((one.value for one in points if one.value is not None), default=0)
    drawn = charts.columns(
        points, low=0, high=charts.rounded_up(highest), width=width,
        height=_COLUMNS_HIGH,
    )  # fmt: skip
    for line in drawn:
        yield Content.assemble((line, "$accent"))
    first, last = (f"{one.day} {one:%b}" for one in (weeks.mondays[0],
                                                     weeks.mondays[-1]))  # fmt: skip
    reach = charts.reach(len(points), width)
    gap = " " * max(2, reach - len(first) - len(last))
    yield Content.assemble((fit(first + gap + last, width), "$muted"))


def _together(weeks: Weeks, places: Sequence[int]) -> float | None:
    told = [weeks.values[one] for one in places]
    counted = [one for one in told if one is not None]
    return float(sum(counted)) if counted else None


def _ranges(ranges: Ranges, width: int) -> Iterator[Content]:
    name = min(
        _NAMED, max((cell_len(one_line(row.name)) for row in ranges.rows), default=0)
    )
    said = max((cell_len(one_line(row.said)) for row in ranges.rows), default=0)
    room = width - name - said - 4
    for row in ranges.rows:
        line = [(fit(one_line(row.name), name), "$muted"), ("  ", "")]
        if room >= 8:
            line += [*_whisker(row.value, row.interval, ranges, room), ("  ", "")]
        line.append((fit(one_line(row.said), width - name - 4 - max(0, room)), ""))
        yield Content.assemble(*line)


def _whisker(
    value: float | None,
    interval: tuple[float, float] | None,
    ranges: Ranges,
    room: int,
) -> Iterator[tuple[str, str]]:
    """``─────═══●══─────``: the scale, the interval, the value."""

    def cell(one: float) -> int:
        share = (one - ranges.low) / ((ranges.high - ranges.low) or 1)
        return round(min(1.0, max(0.0, share)) * (room - 1))

    line = ["─"] * room
    styles = ["$muted"] * room
    if interval is not None:
        for place in range(cell(interval[0]), cell(interval[1]) + 1):
            line[place], styles[place] = "═", "$accent"
    if value is not None:
        line[cell(value)], styles[cell(value)] = "●", "bold $foreground"
    yield from zip(line, styles, strict=True)


def _rows(rows: Rows, width: int) -> Iterator[Content]:
    """Columns where there is room; else each name stands above what is said of it."""
    told = [(one_line(row.name), one_line(row.said), row) for row in rows.rows]
    name = max((cell_len(named) for named, _, _ in told), default=0)
    said = max((cell_len(words) for _, words, _ in told), default=0)
    has_bars = any(row.share is not None for row in rows.rows)
    most = min(_BAR, width // 5) if has_bars else 0
    bar = min(most, max(0, width - name - said - 3))
    is_narrow = name + 2 + said > width or bar < min(most, _SHORT_BAR)
    for named, words, row in told:
        if is_narrow:
            yield Content.assemble((fit(named, width), _style(row, "")))
            line, taken = [("  ", "")], 2
            bar = most
        else:
            line, taken = [(fit(named, name), ""), ("  ", "")], name + 2
        if bar:
            filled = max(1, round(row.share * bar)) if row.share else 0
            line += [(fit(charts.BAR * filled, bar), _style(row, "$accent")), (" ", "")]
            taken += bar + 1
        line.append((fit(words, width - taken), _style(row, "$muted")))
        yield Content.assemble(*line)
    if rows.more:
        yield Content.assemble((fit(f"and {rows.more:,} more", width), "$muted"))


def _style(row: Row, usual: str) -> str:
    return "bold $warning" if row.stands_out else usual


def _spots(spots: Spots, width: int) -> Iterator[Content]:
    """The middle is us; what lies right and above, they do better."""
    yield Content.assemble(
        (fit(f"↑ they do better: {one_line(spots.up, 40)}", width), "$muted")
    )
    across, down = width // 2, _MAP_HIGH // 2
    letters = [["·" if x == across or y == down else " " for x in range(width)]
               for y in range(_MAP_HIGH)]  # fmt: skip
    letters[down][across] = "◆"
    for spot in spots.spots:
        name = one_line(spot.name, 16)
        x = round((spot.x + 1) / 2 * (width - 1))
        y = round((1 - spot.y) / 2 * (_MAP_HIGH - 1))
        start = x + 2 if x + 2 + len(name) <= width else max(0, x - 1 - len(name))
        if all(letter in " ·" for letter in letters[y][start : start + len(name)]):
            letters[y][start : start + len(name)] = name
        letters[y][x] = "●"
    for line in letters:
        yield Content.assemble(
            *((one, "$muted" if one == "·" else "$accent" if one in "●◆" else "")
              for one in line)
        )  # fmt: skip
    yield Content.assemble(
        (
            fit(
                f"they do better: {one_line(spots.across, 40)} →   ◆ us".rjust(width),
                width,
            ),
            "$muted",
        )
    )
