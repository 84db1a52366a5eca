"""What chances are worth when many were looked at."""

from __future__ import annotations

from collections.abc import Sequence


def adjusted(chances: Sequence[float], among: int | None = None) -> list[float]:
    """
    Each chance adjusted for all of them, in their order.

    Benjamini and Hochberg's step-up (Journal of the Royal Statistical Society B 57,
    1995, 289-300): of all that are adjusted below 0.01, no more than one in a hundred
    is expected to be there by chance.

    Args:
        among: How many were looked at, if more than are told; the others' are 1.

    >>> adjusted([0.01, 0.04, 0.03])
    [0.03, 0.04, 0.04]
    """
    many = len(chances) if among is None else max(among, len(chances))
    found = [1.0] * len(chances)
    least = 1.0
    places = sorted(range(len(chances)), key=chances.__getitem__)
    for rank in range(len(places), 0, -1):
        place = places[rank - 1]
        least = min(least, chances[place] * (many / rank))
        found[place] = least
    return found
