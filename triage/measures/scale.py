"""The scale a rating is on: where it begins and ends, and its boxes."""

from __future__ import annotations

MOST_STEPS = 11
"""More steps than these are no boxes anybody ticks."""


def ends(scale: str) -> tuple[float, float] | None:
    """
    Where a scale begins and ends; None where it is none.

    >>> ends("0-10"), ends("")
    ((0.0, 10.0), None)
    """
    low, _, high = scale.partition("-")
    try:
        found = float(low), float(high)
    except ValueError:
        return None
    return found if found[0] < found[1] else None


def top_box(scale: str) -> float | None:
    """
    The least rating in the top two boxes; in the top one, of fewer than five.

    None where the scale is not told, or has more than eleven steps.

    >>> top_box("1-5"), top_box("0-1"), top_box("0-100")
    (4.0, 1.0, None)
    """
    found = ends(scale)
    if found is None or found[1] - found[0] + 1 > MOST_STEPS:
        return None
    low, high = found
    return high - 1 if high - low + 1 >= 5 else high


def middle(scale: str) -> float | None:
    """Half-way between the ends."""
    found = ends(scale)
    return None if found is None else sum(found) / 2
