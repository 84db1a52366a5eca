"""The figures of a dashboard as inline SVG: colours from the page, no script."""

from __future__ import annotations

from collections.abc import Iterator

from triage.dashboard.tiles import Range, Ranges, Spots, Weeks
from triage.export.drawing import bars
from triage.export.page import plain

_WIDE, _HIGH = 200, 14
_SIDE, _EDGE = 360, 34


def weeks(figure: Weeks, says: str) -> str:
    """A bar for each week; nothing where nothing can be said of one."""
    return bars([one or 0 for one in figure.values], says, parts=figure.parts)


def whisker(row: Range, figure: Ranges) -> str:
    """A value as a dot on its scale, and its interval as a line through it."""
    drawn = [f'<line class="grid" x1="0" x2="{_WIDE}" y1="7" y2="7"/>']
    if row.interval is not None:
        low, high = (_place(one, figure) for one in row.interval)
        drawn.append(
            f'<rect class="range" x="{low:.1f}" y="4" width="{max(2, high - low):.1f}"'
            ' height="6" rx="3"/>'
        )
    if row.value is not None:
        x = _place(row.value, figure)
        drawn.append(f'<circle class="dot" cx="{x:.1f}" cy="7" r="4.5"/>')
    return _small("".join(drawn), row.said)


def bar(share: float, says: str, *, stands_out: bool = False) -> str:
    """A bar that lies, as long as a share of the most."""
    kind = "part" if stands_out else "bar"
    long = max(2.0, min(1.0, share) * _WIDE) if share else 0.0
    return _small(
        f'<rect class="{kind}" x="0" y="3" width="{long:.1f}" height="8" rx="2"/>', says
    )


def spots(figure: Spots) -> str:
    """A map: two axes through the middle, which is us, and who lies where."""
    return (
        f'<svg viewBox="0 0 {_SIDE} {_SIDE}" width="{_SIDE}" height="{_SIDE}"'
        f' role="img" aria-label="{plain(figure.across)}, {plain(figure.up)}">'
        f"{''.join(_spots(figure))}</svg>"
    )


def _spots(figure: Spots) -> Iterator[str]:
    middle, room = _SIDE / 2, _SIDE / 2 - _EDGE
    ends = f'x1="{_EDGE}" x2="{_SIDE - _EDGE}"', f'y1="{_EDGE}" y2="{_SIDE - _EDGE}"'
    yield f'<line class="grid" {ends[0]} y1="{middle}" y2="{middle}"/>'
    yield f'<line class="grid" {ends[1]} x1="{middle}" x2="{middle}"/>'
    yield (
        f'<text x="{_SIDE - 4}" y="{_SIDE - 8}" text-anchor="end">'
        f"they do better: {plain(figure.across, 40)} →</text>"
        f'<text x="4" y="16">↑ they do better: {plain(figure.up, 40)}</text>'
        f'<circle class="last" cx="{middle}" cy="{middle}" r="5"/>'
        f'<text class="name" x="{middle + 9}" y="{middle + 4}">us</text>'
    )
    for spot in figure.spots:
        x, y = middle + spot.x * room, middle - spot.y * room
        is_right = x > _SIDE - 90
        at, end = (x - 10, ' text-anchor="end"') if is_right else (x + 10, "")
        yield (
            f'<circle class="dot" cx="{x:.1f}" cy="{y:.1f}" r="6">'
            f"<title>{plain(spot.name)}: {plain(spot.said)}</title></circle>"
            f'<text class="name" x="{at:.1f}" y="{y + 4:.1f}"{end}>'
            f"{plain(spot.name, 24)}</text>"
        )


def _place(value: float, figure: Ranges) -> float:
    share = (value - figure.low) / ((figure.high - figure.low) or 1)
    return 5 + min(1.0, max(0.0, share)) * (_WIDE - 10)


def _small(drawn: str, says: str) -> str:
    return (
        f'<svg class="row" viewBox="0 0 {_WIDE} {_HIGH}" width="{_WIDE}"'
        f' height="{_HIGH}" role="img" aria-label="{plain(says)}">{drawn}</svg>'
    )
