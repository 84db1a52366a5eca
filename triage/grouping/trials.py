"""What guesses would have been worth, tried on what people have decided already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from math import sqrt

import numpy as np

from triage.grouping.evidence_index import EvidenceIndex

PRECISION = 0.95
"""Share of guesses that must hold before one is ever carried out unasked."""

CERTAINTY = 1.645
"""Standard deviations of the bound on that share: one side, 95 %."""

ENOUGH = 40
"""Trials below which a likeness is no probability, and nothing is done unasked."""

TRIALS = 600
"""The newest decisions tried; more cost time and change the figures little."""

_SHOWN = 8
"""Likenesses of a trial that are kept: what is further down has no chance."""


@dataclass(frozen=True, slots=True)
class Past:
    """
    What became of one text, of those that say the same.

    Attributes:
        group: The group it is quoted under; 0 where it was decided otherwise, and so
            belongs to no pain point.
    """

    text: str
    group: int = 0


@dataclass(frozen=True, slots=True)
class Trial:
    """
    A past text placed as if it were new.

    Attributes:
        likeness: The highest ones, falling.
        chosen: That of the pain point a person chose; None where it is none of them.
        is_right: Whether the first guess was what the person chose.
    """

    likeness: tuple[float, ...]
    chosen: float | None
    is_right: bool

    @property
    def margin(self) -> float:
        """How much more the first guess was like it than the second; 0 to 1."""
        first, second, *_ = (*self.likeness, 0.0, 0.0)
        return first - second


@dataclass(frozen=True, slots=True)
class Bar:
    """
    Guesses whose margin reaches a bar, over all trials.

    Attributes:
        margin: The bar.
        passing: Trials that reach it.
        right: Those of them that were right.
        trials: All of them.
    """

    margin: float
    passing: int
    right: int
    trials: int

    @property
    def coverage(self) -> float:
        """Share of texts that would be placed; 0 to 1."""
        return self.passing / self.trials if self.trials else 0.0

    @property
    def precision(self) -> float:
        """Share of them placed right; 0 to 1."""
        return self.right / self.passing if self.passing else 0.0

    @property
    def sure(self) -> float:
        """The least share that is believable: ``wilson`` of right among passing."""
        return wilson(self.right, self.passing)


def wilson(right: int, tried: int, deviations: float = CERTAINTY) -> float:
    """The lower bound of a share (Wilson 1927); 0 where nothing was tried."""
    if not tried:
        return 0.0
    share, square = right / tried, deviations**2
    middle = share + square / (2 * tried)
    spread = deviations * sqrt(share * (1 - share) / tried + square / (4 * tried**2))
    return (middle - spread) / (1 + square / tried)


def attempt(index: EvidenceIndex, past: Past) -> Trial:
    """
    Place one past text as if it and all that says the same had never been quoted.

    A pain point of which nothing else was said is then unknown, title and all: no
    guess can be right. Nor can it be for a text that was declined or archived.
    """
    gone = set(index.by_group.get(past.group, ()) if past.group else ())
    chosen = {index.quotes[at].pain_point for at in gone}
    for point in chosen:
        mine = range(*index.of(point).indices(len(index.quotes)))
        if not any(at not in gone and index.quotes[at].feedback for at in mine):
            gone.update(mine)
    likeness = index.compare(past.text, sorted(gone)).likeness
    order = np.lexsort((index.pain_points, -likeness))
    chances = {
        int(point): float(near)
        for point, near in zip(index.pain_points, likeness, strict=True)
        if int(point) in chosen and near > 0
    }
    return Trial(
        likeness=tuple(likeness[order[:_SHOWN]].tolist()),
        chosen=max(chances.values(), default=None),
        is_right=bool(len(order)) and int(index.pain_points[order[0]]) in chances,
    )


@dataclass(frozen=True)
class Record:
    """How guesses have fared: every trial, and what follows for the next guess."""

    trials: Sequence[Trial]

    @property
    def is_enough(self) -> bool:
        """Whether it says anything about the next guess."""
        return len(self.trials) >= ENOUGH

    @cached_property
    def bars(self) -> list[Bar]:
        """Each margin that was met, falling, with what reaches it."""
        ranked = sorted(self.trials, key=lambda one: -one.margin)
        right = list(accumulate(int(one.is_right) for one in ranked))
        return [
            Bar(one.margin, passing, right[passing - 1], len(ranked))
            for passing, one in enumerate(ranked, 1)
            if passing == len(ranked) or ranked[passing].margin < one.margin
        ]

    @cached_property
    def bar(self) -> Bar | None:
        """
        The lowest margin that holds ``PRECISION``; None where none surely does.

        It holds where the Wilson bound reaches it, so that 52 guesses must have been
        right without one wrong, 86 with one.
        """
        holding = [one for one in self.bars if one.sure >= PRECISION]
        return holding[-1] if holding and self.is_enough else None

    def confidence(self, likeness: Sequence[float]) -> list[float] | None:
        """
        The probability of each of these pain points; None before ``ENOUGH`` trials.

        A softmax over likeness, with one more choice, "none of these", of a likeness
        of its own. That and the temperature are those under which the trials were
        most probable (temperature scaling, Guo et al. 2017).

        Args:
            likeness: Of every pain point, falling.
        """
        if not self.is_enough:
            return None
        scale, nowhere = self._fitted
        odds = np.exp((np.array(likeness) - nowhere) / scale)
        return [float(one) for one in odds / (1 + odds[:_SHOWN].sum())]

    @cached_property
    def _fitted(self) -> tuple[float, float]:
        """Temperature, and the likeness of belonging nowhere."""
        told = np.zeros((len(self.trials), _SHOWN))
        for row, one in enumerate(self.trials):
            told[row, : len(one.likeness)] = one.likeness
        none = np.array([one.chosen is None for one in self.trials])
        chosen = np.array([one.chosen or 0.0 for one in self.trials])
        best = (-np.inf, 0.1, 0.0)
        for scale in np.geomspace(0.01, 0.3, 18):
            for nowhere in np.linspace(-0.3, 0.6, 37):
                # In logarithms, so that nothing overflows.
                odds = np.where(told > 0, (told - nowhere) / scale, -np.inf)
                whole = np.logaddexp(np.logaddexp.reduce(odds, axis=1), 0.0)
                won = np.where(none, 0.0, (chosen - nowhere) / scale)
                best = max(best, (float((won - whole).sum()), scale, nowhere))
        return float(best[1]), float(best[2])


def tried(index: EvidenceIndex, past: Sequence[Past]) -> Record:
    """Every one of these placed as if it were new."""
    return Record([attempt(index, one) for one in past])
