"""How fast long work goes, and how long it will take, as people say it."""

from __future__ import annotations

import time
from collections.abc import Callable

SURE = 1.5
"""Seconds before a rate means anything, and so before time left is told."""


class Pace:
    """
    One piece of long work.

    Args:
        clock: Seconds that only go forward.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._began = clock()

    @property
    def seconds(self) -> float:
        """How long it has taken so far."""
        return self._clock() - self._began

    def told(self, done: int | None, share: float | None) -> str:
        """
        ``1,234/s, 40 %, 2 min left``, as far as it is known.

        Args:
            done: How many so far; None where nothing is counted.
            share: How much of all, 0 to 1; None where nobody knows.
        """
        parts = []
        if done and self.seconds > 0.2:
            parts.append(f"{done / self.seconds:,.0f}/s")
        if share is not None:
            parts.append(f"{min(1.0, max(0.0, share)):.0%}".replace("%", " %"))
            if self.seconds >= SURE and 0.01 < share < 1:
                parts.append(f"{spell(self.seconds * (1 - share) / share)} left")
        return ", ".join(parts)


def spell(seconds: float) -> str:
    """A span of time, as exactly as anybody needs it: ``40 s``, ``2 min``, ``3 h``."""
    if seconds < 90:
        return f"{max(1, round(seconds)):,} s"
    if seconds < 90 * 60:
        return f"{round(seconds / 60):,} min"
    return f"{round(seconds / 3600):,} h"
