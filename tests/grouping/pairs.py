"""How well groups agree with labels, counted in pairs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations


@dataclass(frozen=True, slots=True)
class Agreement:
    """
    Pairs put together, against pairs that belong together.

    Attributes:
        wrong: Pairs put together that do not belong together.
        missed: Pairs that belong together and are apart.
    """

    right: int
    wrong: tuple[tuple[str, str], ...]
    missed: tuple[tuple[str, str], ...]

    @property
    def precision(self) -> float:
        """Share of the pairs put together that belong together."""
        together = self.right + len(self.wrong)
        return self.right / together if together else 1.0

    @property
    def recall(self) -> float:
        """Share of the pairs that belong together that were put together."""
        return self.right / (self.right + len(self.missed))


def agreement(groups: Iterable[frozenset[str]], labels: Mapping[str, str]) -> Agreement:
    """Groups of names against the label of each name; unlabelled ones do not count."""
    together = {
        pair
        for group in groups
        for pair in combinations(sorted(group & labels.keys()), 2)
    }
    belong = {
        pair
        for pair in combinations(sorted(labels), 2)
        if labels[pair[0]] == labels[pair[1]]
    }
    return Agreement(
        right=len(together & belong),
        wrong=tuple(sorted(together - belong)),
        missed=tuple(sorted(belong - together)),
    )
