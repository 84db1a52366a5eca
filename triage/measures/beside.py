"""Where a competitor stands beside us, as people said: better, worse or the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

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

        That of a net score, as ``measures.net`` has it, over 100.
        """
        if self.n < FEWEST:
            return None
        from triage.measures.net import Net  # the app's first frame asks for none

        low, high = Net(self.better, self.worse, self.n).estimate().interval
        return low / 100, high / 100


def beside(stances: Iterable[Stance]) -> Beside:
    """One stance of each person."""
    many = Counter(stances)
    return Beside(many[Stance.BETTER], many[Stance.WORSE], many[Stance.SAME])
