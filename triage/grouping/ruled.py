"""How the machine's opinions fared where a person ruled: arithmetic over rulings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

PROPOSERS = {
    "grouped": "put together without asking",
    "near": "suggested as nearly the same",
    "about": "suggested as about the same",
    "none": "not suggested at all",
}
"""Who says that two are the same, and what that is called."""

ENOUGH = 20
"""Rulings below which a share says nothing."""

TARGETS = (0.95, 0.995)
"""Shares of what is put together that one may want to be right."""


@dataclass(frozen=True, slots=True)
class Ruled:
    """
    A pair a person ruled on, as the machine sees it.

    Attributes:
        proposer: One of ``PROPOSERS``.
        score: What the proposer goes by, 0 to 100: likeness for "about", else sameness.
        same: Whether the person called them the same; only related is not.
    """

    proposer: str
    score: float
    same: bool


@dataclass(frozen=True, slots=True)
class Threshold:
    """
    From where on a proposer would have been right often enough.

    Attributes:
        target: The share wanted, 0 to 1.
        score: The lowest score that holds it; None where none does.
        n: Rulings that reach the score.
        same: Those of them a person called the same.
    """

    target: float
    score: float | None
    n: int = 0
    same: int = 0


@dataclass(frozen=True, slots=True)
class Standing:
    """
    How one proposer fared.

    Attributes:
        n: Pairs it proposed that a person ruled on.
        same: Those of them called the same.
        every_same: All pairs called the same, whoever proposed them.
        thresholds: One for each of ``TARGETS``.
    """

    proposer: str
    n: int
    same: int
    every_same: int
    thresholds: tuple[Threshold, ...]

    @property
    def is_enough(self) -> bool:
        """Whether its shares say anything."""
        return self.n >= ENOUGH

    @property
    def precision(self) -> float | None:
        """Share called the same of what it proposed; None where nobody ruled."""
        return self.same / self.n if self.n else None

    @property
    def recall(self) -> float | None:
        """Share it proposed of what was called the same; None where nothing was."""
        return self.same / self.every_same if self.every_same else None


def standings(ruled: Sequence[Ruled]) -> list[Standing]:
    """How each proposer fared over these rulings."""
    every_same = sum(one.same for one in ruled)
    found = []
    for proposer in PROPOSERS:
        own = [one for one in ruled if one.proposer == proposer]
        found.append(
            Standing(
                proposer=proposer,
                n=len(own),
                same=sum(one.same for one in own),
                every_same=every_same,
                thresholds=tuple(threshold(own, target) for target in TARGETS),
            )
        )
    return found


def threshold(ruled: Iterable[Ruled], target: float) -> Threshold:
    """The lowest score from which at least ``ENOUGH`` hold the target."""
    best = Threshold(target, None)
    n = same = 0
    ranked = sorted(ruled, key=lambda one: -one.score)
    # Rulings of one score pass together or not at all.
    for score, level in groupby(ranked, key=lambda one: one.score):
        told = [one.same for one in level]
        n, same = n + len(told), same + sum(told)
        if n >= ENOUGH and same >= target * n:
            best = Threshold(target, score, n, same)
    return best
