"""A map as one picture, 1200 wide: no script, no font, no picture within it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from triage.export.page import plain
from triage.persona_map.measuring import FONT, width, wrapped
from triage.persona_map.sheet import MapArea, MapEntry, Sheet
from triage.text.display import one_line

WIDTH = 1200
_MARGIN, _GAP, _PAD = 40, 20, 18
_ACROSS = 3
_COLUMN = (WIDTH - 2 * _MARGIN - (_ACROSS - 1) * _GAP) / _ACROSS
_ROOM = _COLUMN - 2 * _PAD
_SIGN = 20
"""What stands before an entry's words."""

_QUOTES = 2
"""Quotes drawn beneath an entry, at most; the others are counted."""

_LONG = 320
"""Characters drawn of a text; a page has all of it."""

_COLOURED = """\
text {{ fill: {text}; }}
.page {{ fill: {page}; }}
.box {{ fill: {tint}; stroke: {line}; }}
.rule {{ stroke: {mark}; }}
.said {{ stroke: {line}; }}
.soft {{ fill: {soft}; }}
.warn {{ fill: {warn}; }}
.mark {{ fill: {mark}; }}
"""
_LIGHT = _COLOURED.format(
    page="#ffffff", text="#1c2126", soft="#5b6570", line="#d9dee3", tint="#f4f6f8",
    mark="#2563b0", warn="#9a4a08",
)  # fmt: skip
_DARK = _COLOURED.format(
    page="#14181c", text="#e4e8ec", soft="#a0abb5", line="#333b43", tint="#1c2228",
    mark="#7db2f0", warn="#f2b25c",
)  # fmt: skip

# No variables: what draws pictures outside a browser knows none, and draws black.
_STYLE = f"""\
text {{ font-family: {FONT}; white-space: pre; }}
.rule, .said {{ stroke-width: 3; }}
.strong {{ font-weight: bold; }}
{_LIGHT}@media (prefers-color-scheme: dark) {{
{_DARK}}}
"""


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of text: how far in, how large, how far below the one before."""

    text: str
    size: float
    kind: str = ""
    indent: float = 0
    above: float = 0
    sign: str = ""
    is_said: bool = False

    @property
    def height(self) -> float:
        return self.above + self.size * 1.4


@dataclass(slots=True)
class _Canvas:
    """What is drawn, and how far down."""

    y: float = 0
    drawn: list[str] = field(default_factory=list)

    def lines(self, x: float, y: float, told: Iterable[_Line]) -> float:
        """Lines from here on down; where they end."""
        for one in told:
            y += one.height
            base = y - one.size * 0.35
            if one.sign:
                self.text(one.sign, x, base, one.size, "mark")
            if one.is_said:
                at = x + one.indent - 9
                self.drawn.append(
                    f'<line class="said" x1="{at:.1f}" x2="{at:.1f}"'
                    f' y1="{y - one.size * 1.4:.1f}" y2="{y:.1f}"/>'
                )
            self.text(one.text, x + one.indent, base, one.size, one.kind)
        return y

    def text(self, text: str, x: float, y: float, size: float, kind: str) -> None:
        """One line, set to the width that was measured whatever the face."""
        if not text:
            return
        named = f' class="{kind}"' if kind else ""
        wide = width(text, size) * (_BOLD if "strong" in kind else 1)
        # A line of marks alone has no width to be set to.
        fitted = (
            f' textLength="{wide:.1f}" lengthAdjust="spacingAndGlyphs"'
            if wide and len(text) > 1 else ""
        )  # fmt: skip
        self.drawn.append(
            f'<text{named} x="{x:.1f}" y="{y:.1f}" font-size="{size:g}"{fitted}>'
            f"{plain(text, len(text) + 8)}</text>"
        )


_BOLD = 1.08
"""How much wider the bold face is, about."""


def svg(sheet: Sheet) -> str:
    """The whole picture, as one file."""
    canvas = _Canvas(y=_MARGIN)
    canvas.y = canvas.lines(_MARGIN, canvas.y - 10, _head(sheet)) + _GAP
    for start in range(0, len(sheet.areas), _ACROSS):
        _row(canvas, sheet.areas[start : start + _ACROSS])
    if sheet.own:
        _row(canvas, sheet.own)
    canvas.y = canvas.lines(_MARGIN, canvas.y, _foot(sheet))
    high = round(canvas.y + _MARGIN)
    title = plain(sheet.title, 200)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {high}"'
        f' width="{WIDTH}" height="{high}" role="img" aria-label="{title}">\n'
        f"<title>{title}</title>\n<style>\n{_STYLE}</style>\n"
        f'<rect class="page" width="{WIDTH}" height="{high}"/>\n'
        + "\n".join(canvas.drawn)
        + "\n</svg>\n"
    )


def _row(canvas: _Canvas, areas: Sequence[MapArea]) -> None:
    """Areas side by side, each as high as the highest."""
    told = [list(_area(one)) for one in areas]
    high = max(sum(line.height for line in lines) for lines in told) + 2 * _PAD
    for place, lines in enumerate(told):
        x = _MARGIN + place * (_COLUMN + _GAP)
        canvas.drawn.append(
            f'<rect class="box" x="{x:.1f}" y="{canvas.y:.1f}" width="{_COLUMN:.1f}"'
            f' height="{high:.1f}"/>'
            f'<line class="rule" x1="{x:.1f}" x2="{x + _COLUMN:.1f}"'
            f' y1="{canvas.y:.1f}" y2="{canvas.y:.1f}"/>'
        )
        canvas.lines(x + _PAD, canvas.y + _PAD - 4, lines)
    canvas.y += high + _GAP


def _head(sheet: Sheet) -> Iterator[_Line]:
    room = WIDTH - 2 * _MARGIN
    yield from _lines(sheet.name, room, _Line("", 28, "strong"))
    yield from _lines(sheet.role, room, _Line("", 16, "soft"))
    kind = "warn" if sheet.is_assumed else "soft"
    for fact in sheet.facts:
        yield from _lines(fact, room, _Line("", 13, kind, above=2))


def _area(area: MapArea) -> Iterator[_Line]:
    yield _Line(area.title, 17, "strong")
    yield _Line(area.told, 12, "soft")
    for one in area.entries:
        yield from _entry(one)


def _entry(one: MapEntry) -> Iterator[_Line]:
    text = one.text or one.told
    kind = "" if one.text else "soft"
    yield from _lines(
        text, _ROOM, _Line("", 14, kind, indent=_SIGN, above=10, sign=one.sign)
    )
    if one.text and one.told:
        yield from _lines(one.told, _ROOM, _Line("", 12, "soft", indent=_SIGN))
    for quote in one.quotes[:_QUOTES]:
        if not quote.text:
            yield from _lines(quote.who, _ROOM, _Line("", 11.5, "soft", _SIGN))
            continue
        said = _Line("", 12.5, indent=_SIGN + 12, above=5, is_said=True)
        yield from _lines(f"“{one_line(quote.text, _LONG)}”", _ROOM, said)
        who = _Line("", 11.5, "soft", indent=_SIGN + 12, is_said=True)
        yield from _lines(quote.who, _ROOM, who)
    left = len(one.quotes) - _QUOTES
    if left > 0:
        more = f"and {left} more {'quote' if left == 1 else 'quotes'}"
        yield _Line(more, 11.5, "soft", indent=_SIGN + 12, above=4)


def _foot(sheet: Sheet) -> Iterator[_Line]:
    room = WIDTH - 2 * _MARGIN
    if sheet.pains:
        yield _Line("What its people are quoted for", 17, "strong", above=8)
    for pain in sheet.pains:
        yield from _lines(pain, room, _Line("", 13, above=3))
    if sheet.feelings:
        felt = f"Felt, as highlights have it: {sheet.feelings}."
        yield from _lines(felt, room, _Line("", 13, "soft", above=6))
    yield _Line("What speaks against it", 17, "strong", above=14)
    yield from _lines(sheet.verdict, room, _Line("", 13, "soft", above=2))
    for one in sheet.biases:
        told = f"{one.what}: {one.todo}"
        yield from _lines(
            told, room, _Line("", 13, "warn", indent=_SIGN, above=4, sign="!")
        )
    if sheet.missing:
        yield from _lines(sheet.missing, room, _Line("", 13, "warn", above=8))
    drawn = sheet.at.date().isoformat()
    yield _Line(
        f"● somebody said it · ○ somebody concluded it · drawn on {drawn}", 11.5,
        "soft", above=10,
    )  # fmt: skip


def _lines(text: str, room: float, like: _Line) -> Iterator[_Line]:
    """A text in lines like this one; only the first has its sign and room above."""
    size = like.size * (_BOLD if "strong" in like.kind else 1)
    shown = one_line(text, _LONG)
    above, sign = like.above, like.sign
    for line in wrapped(shown, room - like.indent, lambda part: width(part, size)):
        yield _Line(line, like.size, like.kind, like.indent, above, sign, like.is_said)
        above, sign = 0, ""
