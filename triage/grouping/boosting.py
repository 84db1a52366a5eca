"""Tables that only rise or only fall, learned from labelled pairs step by step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from triage.grouping.overlap import Flags
from triage.grouping.tables import Table
from triage.grouping.texts import Floats, Ints

ROUNDS = 300
RATE = 0.1
"""Steps taken, and the share of each that is believed (Friedman 2001, “Greedy
function approximation: a gradient boosting machine”)."""

_BINS = 32
_LEAST = 20
"""Pairs on each side of an edge, at least; fewer would be learned by heart."""

_CALM = 1.0
"""Added to each curvature, so that few pairs do not shout."""


@dataclass(frozen=True, slots=True, eq=False)
class _Figure:
    direction: int
    edges: Floats
    bins: Ints
    counts: Ints
    points: Floats


def boost(
    figures: Mapping[str, Floats], same: Flags, direction: Mapping[str, int]
) -> tuple[float, dict[str, Table]]:
    """
    Return the start and the tables whose sum predicts which pairs are the same.

    Each round adds one step to one table, where it lowers the logistic loss most; a
    step against the figure's direction is never taken, so every table is monotone.

    Args:
        figures: Values by figure, one a pair.
        same: Whether each pair says the same.
        direction: 1 for a figure that may only add, -1 for one that may only take.
    """
    start = float(np.log(same.mean() / (1 - same.mean())))
    found = {name: _binned(figures[name], same, direction[name]) for name in figures}
    odds = np.full(len(same), start)
    for _ in range(ROUNDS):
        sure = 1 / (1 + np.exp(-odds))
        slope, curve = same - sure, sure * (1 - sure)
        gain, name, at, low, high = max(
            _best_step(one, slope, curve, name) for name, one in found.items()
        )
        if gain <= 0:
            break
        one = found[name]
        step = np.where(np.arange(len(one.points)) <= at, low, high) * RATE
        one.points[:] += step
        odds += step[one.bins]
    tables = {}
    for name, one in found.items():
        # What every pair gets of a table belongs to the start.
        level = one.points[0]
        start += float(level)
        tables[name] = _tidy(one.edges, one.points - level)
    return round(start, 2), tables


def _binned(values: Floats, same: Flags, direction: int) -> _Figure:
    # Most pairs are far from the same and most swap nothing; what is rare in either
    # respect deserves as many edges.
    shares = np.linspace(0, 1, _BINS)
    cuts = np.unique(
        [
            float(f"{cut:.3g}")
            for part in (values[same], values[~same], np.unique(values.round(3)))
            for cut in np.quantile(part, shares)
        ]
    )
    edges = cuts[(cuts > values.min()) & (cuts <= values.max())]
    bins = np.searchsorted(edges, values, "right")
    counts = np.bincount(bins, minlength=len(edges) + 1)
    return _Figure(direction, edges, bins, counts, np.zeros(len(edges) + 1))


def _best_step(
    one: _Figure, slope: Floats, curve: Floats, name: str
) -> tuple[float, str, int, float, float]:
    """Gain, figure, last bin of the lower part, and what both parts get."""
    size = len(one.points)
    below = np.cumsum(np.bincount(one.bins, slope, size))
    bend = np.cumsum(np.bincount(one.bins, curve, size))
    count = np.cumsum(one.counts)
    slopes, bends = below[:-1], bend[:-1]
    low = slopes / (bends + _CALM)
    high = (below[-1] - slopes) / (bend[-1] - bends + _CALM)
    gain = slopes * low + (below[-1] - slopes) * high
    allowed = (high - low) * one.direction > 0
    allowed &= (count[:-1] >= _LEAST) & (count[-1] - count[:-1] >= _LEAST)
    if not allowed.any():
        return 0.0, name, 0, 0.0, 0.0
    gain = np.where(allowed, gain, -np.inf)
    at = int(np.argmax(gain))
    return float(gain[at]), name, at, float(low[at]), float(high[at])


def _tidy(edges: Floats, points: Floats) -> Table:
    """The same steps in two decimals, without edges where nothing changes."""
    rounded = np.round(points, 2)
    changes = np.flatnonzero(np.diff(rounded))
    return Table(
        edges=tuple(edges[changes].tolist()),
        points=tuple(rounded[np.append(changes, len(points) - 1)].tolist()),
    )
