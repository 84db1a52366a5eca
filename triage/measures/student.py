"""Student's t, to all digits there are."""

from __future__ import annotations

from functools import cache
from math import atan, cos, pi, sin, sqrt, tan


@cache
def quantile(freedom: int, inside: float = 0.95) -> float:
    """
    The t between whose negative and itself lies a share ``inside``.

    The finite sums of Abramowitz and Stegun (26.7.3 and 26.7.4), turned round by
    halving; whole degrees of freedom only.

    >>> round(quantile(4), 4), round(quantile(9), 4)
    (2.7764, 2.2622)
    """
    low, high = 0.0, pi / 2
    for _ in range(60):
        angle = (low + high) / 2
        if _within(angle, freedom) < inside:
            low = angle
        else:
            high = angle
    return tan((low + high) / 2) * sqrt(freedom)


def within(t: float, freedom: int) -> float:
    """The share that lies between ``-t`` and ``t``."""
    return _within(atan(t / sqrt(freedom)), freedom)


def _within(angle: float, freedom: int) -> float:
    turn = cos(angle) ** 2
    is_odd = freedom % 2
    term = cos(angle) if is_odd else 1.0
    total = 0.0
    for step in range(freedom // 2):
        total += term
        term *= turn * (2 * step + 1 + is_odd) / (2 * step + 2 + is_odd)
    total *= sin(angle)
    return 2 / pi * (angle + total) if is_odd else total
