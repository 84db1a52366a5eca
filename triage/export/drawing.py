"""Charts as inline SVG: no script, no picture, colours from the page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import log1p

from triage.export.page import plain
from triage.export.wording import number

_WIDTH, _HEIGHT = 720, 340
_LEFT, _RIGHT, _TOP, _BOTTOM = 56, 16, 14, 42
_NAMED = 12
"""Points with a number beside them; the others tell their name when pointed at."""


@dataclass(frozen=True, slots=True)
class Dot:
    """One pain point in a plot; ``name`` is the number it has in the ranking."""

    effort: float
    value: float
    name: str
    title: str


def plot(dots: Sequence[Dot]) -> str:
    """Value over effort, both on scales that leave room for what is small."""
    across = _Scale(max(dot.effort for dot in dots), _LEFT, _WIDTH - _RIGHT)
    up = _Scale(max(dot.value for dot in dots), _HEIGHT - _BOTTOM, _TOP)
    opened = (
        f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT}" width="{_WIDTH}" height="{_HEIGHT}"'
        ' role="img" aria-label="Value over effort">'
    )
    drawn = "".join([*_grid(across, up), *_dots(dots, across, up)])
    return f"{opened}{drawn}</svg>"


def sparkline(counts: Sequence[int]) -> str:
    """Counts by week, oldest first; the last has a dot."""
    most = max(counts, default=0)
    if not most:
        return ""
    step = 70 / max(1, len(counts) - 1)
    points = [(2 + i * step, 18 - 15 * count / most) for i, count in enumerate(counts)]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    x, y = points[-1]
    told = ", ".join(map(str, counts))
    return (
        '<svg viewBox="0 0 76 21" width="76" height="21" role="img"'
        f' aria-label="By week: {told}"><title>{told}</title>'
        f'<polyline class="spark" points="{line}"/>'
        f'<circle class="last" cx="{x:.1f}" cy="{y:.1f}" r="2.2"/></svg>'
    )


def bars(
    values: Sequence[int],
    says: str,
    *,
    parts: Sequence[int] = (),
    split: int = 0,
    small: bool = False,
) -> str:
    """
    A bar for each count, in whatever room it is given.

    Args:
        says: All of it as a sentence, for who sees no picture.
        parts: As many of each count are of a kind that stands out.
        split: So many bars lie before a line; 0 for none.
    """
    top, step = max(1, *values), 600 / max(1, len(values))
    drawn = []
    for place, (value, part) in enumerate(
        zip(values, parts or (0,) * len(values), strict=True)
    ):
        for name, count in (("bar", value), ("part", part)):
            if name == "bar" or count:
                high = count / top * 100
                drawn.append(
                    f'<rect class="{name}" x="{(place + 0.1) * step:.1f}"'
                    f' y="{100 - high:.1f}" width="{step * 0.8:.1f}"'
                    f' height="{high:.1f}"/>'
                )
    if split:
        at = f"{split * step:.1f}"
        drawn.append(f'<line class="rule" x1="{at}" x2="{at}" y1="0" y2="100"/>')
    kind = "bars small" if small else "bars"
    return (
        f'<svg class="{kind}" role="img" viewBox="0 0 600 100"'
        f' preserveAspectRatio="none" aria-label="{plain(says, 2_000)}">'
        f"{''.join(drawn)}</svg>"
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Scale:
    """From 0 to ``most`` on these pixels, logarithmic, so that small ones are apart."""

    most: float
    start: int
    end: int

    def at(self, value: float) -> float:
        share = log1p(max(0.0, value)) / log1p(self.most) if self.most > 0 else 0.0
        return self.start + share * (self.end - self.start)

    def ticks(self, apart: int) -> Iterator[float]:
        last: float | None = None
        for value in _round_numbers(self.most):
            place = self.at(value)
            if last is None or abs(place - last) >= apart:
                yield value
                last = place


def _round_numbers(most: float) -> Iterator[float]:
    yield 0.0
    size = 1.0
    while size <= most:
        yield from (size * step for step in (1, 2, 5) if size * step <= most)
        size *= 10


def _grid(across: _Scale, up: _Scale) -> Iterator[str]:
    bottom, right = _HEIGHT - _BOTTOM, _WIDTH - _RIGHT
    for value in up.ticks(26):
        y = up.at(value)
        yield (
            f'<line class="grid" x1="{_LEFT}" x2="{right}" y1="{y:.1f}" y2="{y:.1f}"/>'
            f'<text x="{_LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">'
            f"{number(value)}</text>"
        )
    for value in across.ticks(48):
        x = across.at(value)
        yield (
            f'<text x="{x:.1f}" y="{bottom + 18}" text-anchor="middle">'
            f"{number(value)}</text>"
        )
    yield (
        f'<text x="{right}" y="{_HEIGHT - 6}" text-anchor="end">'
        "effort, person-months →</text>"
    )


def _dots(dots: Sequence[Dot], across: _Scale, up: _Scale) -> Iterator[str]:
    taken: set[tuple[int, int]] = set()
    for position, dot in enumerate(dots):
        x, y = across.at(dot.effort), up.at(dot.value)
        yield (
            f'<circle class="dot" cx="{x:.1f}" cy="{y:.1f}" r="6">'
            f"<title>{plain(dot.title)}</title></circle>"
        )
        place = round(x / 24), round(y / 14)
        if position < _NAMED and place not in taken:
            taken.add(place)
            is_right = x > _WIDTH - _RIGHT - 40
            at = x - 10 if is_right else x + 10
            end = ' text-anchor="end"' if is_right else ""
            yield (
                f'<text class="name" x="{at:.1f}" y="{y + 4:.1f}"{end}>'
                f"{plain(dot.name)}</text>"
            )
