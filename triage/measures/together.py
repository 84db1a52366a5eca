"""Which pain points are spoken of by the same people, beyond what is chance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import TypeVar

from triage.measures.adjusting import adjusted
from triage.measures.keywords import THEME
from triage.measures.tails import drawn

Person = TypeVar("Person", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Pair:
    """
    Two pain points.

    Attributes:
        people: How many spoke of both; ``left_people`` and ``right_people`` of each.
        expected: How many would, had the one nothing to do with the other.
        p: The chance of so many or more; q the same, adjusted for all pairs.
    """

    left: int
    right: int
    people: int
    left_people: int
    right_people: int
    expected: float
    p: float
    q: float

    @property
    def lift(self) -> float:
        """How many times what is expected."""
        return self.people / self.expected


@dataclass(frozen=True, slots=True)
class Together:
    """
    Pairs, the least likely first.

    Attributes:
        people: How many spoke of anything.
        compared: How many pairs could have three people.
    """

    pairs: tuple[Pair, ...]
    people: int
    compared: int


def together(spoke: Mapping[Person, Collection[int]]) -> Together:
    """
    Every two pain points that three people spoke of.

    Fisher's exact test to one side, adjusted (Benjamini and Hochberg) for all pairs of
    pain points that three people spoke of each, whether or not anybody spoke of both.

    Args:
        spoke: Pain points by person.
    """
    each: Counter[int] = Counter()
    both: Counter[tuple[int, int]] = Counter()
    for points in spoke.values():
        known = sorted(set(points))
        each.update(known)
        both.update(combinations(known, 2))
    n = len(spoke)
    often = sum(many >= THEME for many in each.values())
    compared = often * (often - 1) // 2
    themes = [(pair, many) for pair, many in both.items() if many >= THEME]
    chances = [
        drawn(many, each[left], each[right], n) for (left, right), many in themes
    ]
    found = [
        Pair(
            left, right, many, each[left], each[right],
            each[left] * each[right] / n, p, q,
        )
        for ((left, right), many), p, q in zip(
            themes, chances, adjusted(chances, compared), strict=True
        )
    ]  # fmt: skip
    found.sort(key=lambda one: (one.p, -one.people, one.left, one.right))
    return Together(tuple(found), n, compared)
