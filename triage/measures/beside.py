"""Where a competitor stands beside us, as people said: better, worse or the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt

from triage.research import Stance

FEWEST = 3
"""People from which a place beside us is told at all."""


@dataclass(frozen=True, slots=True)
class Beside:
    """
    How many people said that they do it better, worse or the same.

    >>> Beside(better=3, worse=1, same=0).place
    0.5
    """

    better: int = 0
    worse: int = 0
    same: int = 0

    @property
    def n(self) -> int:
        """How many people said anything."""
        return self.better + self.worse + self.same

    @property
    def place(self) -> float | None:
        """
        (better - worse) / n: from -1, they are worse, to 1, they are better.

        None where fewer than ``FEWEST`` people said anything; 0 is where we stand.
        """
        return (self.better - self.worse) / self.n if self.n >= FEWEST else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """
        The 95 % interval of the place, within -1 and 1; None where there is none.

        The adjusted Wald interval of a net score: three answers more, of which 0.75
        say better and 0.75 worse (Bonett and Price, Journal of Educational and
        Behavioral Statistics 37 (2012), 479-488, in the form of Sauro and Lewis).
        """
        if self.n < FEWEST:
            return None
        n = self.n + 3
        up, down = (self.better + 0.75) / n, (self.worse + 0.75) / n
        middle = up - down
        half = 1.96 * sqrt((up + down - middle * middle) / n)
        return max(-1.0, middle - half), min(1.0, middle + half)


def beside(stances: Iterable[Stance]) -> Beside:
    """One stance of each person."""
    many = Counter(stances)
    return Beside(many[Stance.BETTER], many[Stance.WORSE], many[Stance.SAME])
