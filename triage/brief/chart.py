"""Counts in order of time as one inline picture, without script or style."""

from __future__ import annotations

from html import escape

from triage.brief.blocks import Bars
from triage.text.display import one_line

_WIDTH, _HEIGHT = 600.0, 100.0
_GAP = 0.2
"""Of the room of a bar, what is left empty."""


def svg(bars: Bars) -> str:
    """A bar for each count, in whatever room it is given; its label is a sentence."""
    top = max(1, *bars.values)
    step = _WIDTH / max(1, len(bars.values))
    parts = bars.parts or (0,) * len(bars.values)
    drawn = []
    for place, (value, part) in enumerate(zip(bars.values, parts, strict=True)):
        left, wide = (place + _GAP / 2) * step, step * (1 - _GAP)
        drawn.append(_rect("bar", left, wide, value / top * _HEIGHT))
        if part:
            drawn.append(_rect("part", left, wide, part / top * _HEIGHT))
    if bars.split:
        at = _told(bars.split * step)
        drawn.append(f'<line class="rule" x1="{at}" x2="{at}" y1="0" y2="100"/>')
    label = escape(one_line(bars.says, 2_000))
    kind = ' class="small"' if bars.small else ""
    return (
        f'<svg{kind} role="img" viewBox="0 0 {_told(_WIDTH)} {_told(_HEIGHT)}"'
        f' preserveAspectRatio="none" aria-label="{label}">{"".join(drawn)}</svg>'
    )


def _rect(name: str, left: float, wide: float, high: float) -> str:
    return (
        f'<rect class="{name}" x="{_told(left)}" y="{_told(_HEIGHT - high)}"'
        f' width="{_told(wide)}" height="{_told(high)}"/>'
    )


def _told(value: float) -> str:
    return f"{value:.1f}"
