"""Draws docs/screens, the main screens of the demo: ``python tests/tui/pictures.py``."""

from __future__ import annotations

import asyncio
import os
import re
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape
from pathlib import Path

CHECKOUT = Path(__file__).parents[2]
sys.path[:0] = [str(CHECKOUT / "tests"), str(CHECKOUT), str(CHECKOUT / "connectors")]

from rich.cells import cell_len  # noqa: E402
from rich.segment import Segment  # noqa: E402
from rich.style import Style  # noqa: E402
from textual.color import Color  # noqa: E402

from triage.demo.build import build  # noqa: E402
from triage.tui.app import TriageApp  # noqa: E402
from triage.workspace import Workspace  # noqa: E402
from tui.backlog import go, picture  # noqa: E402
from tui.desk import NOW, Desk  # noqa: E402

FOLDER = CHECKOUT / "docs" / "screens"
SIZE = (120, 36)
THEMES = ("dusk", "daylight", "okabe_ito")
SCREENS: dict[str, tuple[str, tuple[str, ...]]] = {
    "inbox": ("inbox", ("j",) * 3),
    "group": ("inbox", ("ctrl+d", *("j",) * 6, "O")),
    "pain-point": ("pain-points", ("enter", "j")),
    "backlog": ("backlog", ("]", "k")),
    "plot": ("backlog", ("]", "v")),
    "numbers": ("numbers", ("+",)),
    "dashboard": ("dashboard", ()),
    "empathy-map": ("personas", ("enter", "tab", "tab")),
}
"""Where each begins, and the keys that lead on from there."""

_WIDE, _HIGH, _FONT = 9.0, 20.0, 15.0
_EDGE = 12.0
_BLOCKS = {glyph: eighths / 8 for eighths, glyph in enumerate("▁▂▃▄▅▆▇█", 1)}
_RUN = re.compile(r"\S+(?: \S+)*")
_SAME = re.compile(r"(.)\1*")


@dataclass(frozen=True)
class Cell:
    """Where something stands, in cells."""

    column: int
    line: int

    @property
    def x(self) -> float:
        """In the picture's own units."""
        return _EDGE + self.column * _WIDE

    @property
    def y(self) -> float:
        """In the picture's own units."""
        return _EDGE + self.line * _HIGH


def svg(app: TriageApp) -> str:
    """The screen in front as a picture that asks for no font from anywhere."""
    wide, high = (
        size * each + 2 * _EDGE
        for size, each in zip(app.size, (_WIDE, _HIGH), strict=True)
    )
    ground = Color.parse(app.current_theme.background or "black").hex6
    begin = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide:g} {high:g}"'
        f' font-size="{_FONT:g}" font-family="ui-monospace, Menlo, Consolas,'
        " 'DejaVu Sans Mono', 'Liberation Mono', monospace\">"
    )
    lines = [
        begin,
        f'<rect width="{wide:g}" height="{high:g}" rx="8" fill="{ground}"/>',
    ]
    for number, strip in enumerate(app.screen._compositor.render_strips()):
        column = 0
        for segment in strip:
            lines += _segment(segment, Cell(column, number), ground.casefold())
            column += cell_len(segment.text)
    return "\n".join([*lines, "</svg>", ""])


def _segment(segment: Segment, at: Cell, ground: str) -> Iterator[str]:
    style = segment.style or Style()
    ink, paper = (
        colour.get_truecolor().hex.casefold() if colour else ground
        for colour in (style.color, style.bgcolor)
    )
    if style.reverse:
        ink, paper = paper, ink
    size = cell_len(segment.text)
    if paper != ground:
        yield _rect(at.x, at.y, size * _WIDE, _HIGH, paper)
    if size != len(segment.text) or not set(segment.text) & _DRAWN:
        for run in _RUN.finditer(segment.text):
            before = cell_len(segment.text[: run.start()])
            yield _text(run.group(), Cell(at.column + before, at.line), ink, style)
        return
    for same in _SAME.finditer(segment.text):
        if same[1] in _DRAWN:
            cell = Cell(at.column + same.start(), at.line)
            yield _drawn(same[1], len(same[0]), cell, ink)
    rest = "".join(" " if glyph in _DRAWN else glyph for glyph in segment.text)
    for run in _RUN.finditer(rest):
        yield _text(run.group(), Cell(at.column + run.start(), at.line), ink, style)


_DRAWN = {*_BLOCKS, "▌", "│", "▒"}
"""Glyphs that meet across cells, which no font gets right in every viewer."""


def _drawn(glyph: str, many: int, cell: Cell, ink: str) -> str:
    if glyph == "│":
        return _rect(cell.x + _WIDE / 2, cell.y, 1, _HIGH, ink)
    if glyph == "▌":
        return _rect(cell.x, cell.y, _WIDE / 2, _HIGH, ink)
    share = _BLOCKS.get(glyph, 1.0)
    faint = ' opacity="0.5"' if glyph == "▒" else ""
    above = _HIGH * (1 - share)
    return _rect(cell.x, cell.y + above, _WIDE * many, _HIGH - above, ink, faint)


def _rect(
    x: float, y: float, wide: float, high: float, fill: str, more: str = ""
) -> str:
    return (
        f'<rect x="{x:g}" y="{y:g}" width="{wide:g}" height="{high:g}"'
        f' fill="{fill}" shape-rendering="crispEdges"{more}/>'
    )


def _text(text: str, cell: Cell, ink: str, style: Style) -> str:
    looks = ""
    if style.bold:
        looks += ' font-weight="bold"'
    if style.italic:
        looks += ' font-style="italic"'
    if style.underline:
        looks += ' text-decoration="underline"'
    return (
        f'<text x="{cell.x:g}" y="{cell.y + _FONT:g}" fill="{ink}"{looks}'
        f' textLength="{cell_len(text) * _WIDE:g}" lengthAdjust="spacingAndGlyphs">'
        f"{escape(text, quote=False)}</text>"
    )


def words(picture_of: str) -> list[str]:
    """What can be read in a picture, in order: ids and places may differ."""
    return re.findall(r"<text[^>]*>([^<]*)</text>", picture_of)


def demo(path: Path) -> Workspace:
    """The demo as it is at a moment that does not pass, dana at the keys."""
    workspace = Workspace(path, clock=lambda: NOW)
    workspace.config = replace(workspace.config, by="dana", keys={})
    build(workspace, NOW)
    return workspace


async def draw(workspace: Workspace, themes: Sequence[str] = THEMES) -> dict[str, str]:
    """Every picture by the name of its file."""
    found = {}
    for name, (area, keys) in SCREENS.items():
        for theme in themes:
            app = TriageApp(workspace, theme=theme, start=area)
            async with app.run_test(size=SIZE) as pilot:
                desk = Desk(app, pilot)
                await go(desk)
                await go(desk, *keys)
                await _settle(desk)
                found[f"{name}-{theme.replace('_', '-')}.svg"] = svg(app)
    return found


async def _settle(desk: Desk) -> None:
    """Wait until what is looked up beside the screen has come."""
    before = ""
    while (now := await picture(desk)) != before:
        before = now
        await asyncio.sleep(0.6)


def main() -> None:
    """Draw them all anew."""
    os.environ |= {"TZ": "UTC", "TEXTUAL_ANIMATIONS": "none"}
    os.environ.pop("NO_COLOR", None)
    time.tzset()
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["TRIAGE_HOME"] = folder
        with demo(Path(folder) / "demo.db") as workspace:
            for name, drawn in asyncio.run(draw(workspace)).items():
                (FOLDER / name).write_text(drawn, encoding="utf-8")
                sys.stdout.write(f"{name} {len(drawn) // 1024} KB\n")


if __name__ == "__main__":
    main()
