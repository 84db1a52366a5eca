"""How well a partition agrees with the truth, and the best a threshold could do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple


class Pair(NamedTuple):
    """Two texts by their index, and how alike an engine says they are."""

    left: int
    right: int
    score: float


@dataclass(frozen=True, slots=True)
class Quality:
    """
    Shares of pairs put together, from 0 to 1, and B-cubed, which counts texts.

    Attributes:
        precision: Of the pairs that are together, those that belong together; 1 for
            none together.
        recall: Of the pairs that belong together, those that are; 1 for none to find.
        b_cubed: F1 of the mean precision and the mean recall of a text's own cluster
            (Bagga and Baldwin 1998).
    """

    precision: float
    recall: float
    b_cubed: float

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall over pairs."""
        return _harmonic(self.precision, self.recall)


@dataclass(frozen=True, slots=True)
class Point:
    """What an engine finds at one threshold."""

    threshold: float
    quality: Quality


def quality(truth: Sequence[Hashable], found: Sequence[Hashable]) -> Quality:
    """A partition against the truth; both give each text a label."""
    grown = _Clusters(truth)
    first: dict[Hashable, int] = {}
    for index, label in enumerate(found):
        grown.join(first.setdefault(label, index), index)
    return grown.quality()


def sweep(truth: Sequence[Hashable], pairs: Iterable[Pair]) -> Iterator[Point]:
    """
    Connected components at every threshold at which they change, highest first.

    A pair counts at thresholds up to its own score.
    """
    grown = _Clusters(truth)
    yield Point(float("inf"), grown.quality())
    falling = sorted(pairs, key=lambda pair: -pair.score)
    for score, level in groupby(falling, key=lambda pair: pair.score):
        if sum(grown.join(pair.left, pair.right) for pair in level):
            yield Point(score, grown.quality())


def components(size: int, pairs: Iterable[Pair], threshold: float) -> list[int]:
    """A label for each text: its connected component at the threshold."""
    grown = _Clusters(range(size))
    for pair in pairs:
        if pair.score >= threshold:
            grown.join(pair.left, pair.right)
    return [grown.root(index) for index in range(size)]


def best(points: Iterable[Point]) -> Point:
    """The point with the best F1 over pairs."""
    return max(points, key=lambda point: point.quality.f1)


def at_precision(points: Iterable[Point], level: float) -> Point | None:
    """The point that finds most where at least this precise; None where none is."""
    precise = [point for point in points if point.quality.precision >= level]
    return max(precise, key=lambda point: point.quality.recall, default=None)


class _Clusters:
    """
    Clusters that only grow, with their agreement with the truth kept up to date.

    Joining costs what the smaller one holds. With n texts of one true label in a
    cluster, the n² of all its labels sum to its texts' shares in B-cubed and, less the
    texts themselves, to twice its right pairs.
    """

    def __init__(self, truth: Sequence[Hashable]) -> None:
        self._parent = list(range(len(truth)))
        self._labels = [Counter([label]) for label in truth]
        self._size = [1] * len(truth)
        self._squares = [1] * len(truth)
        self._true = Counter(truth)
        self._wanted = sum(n * (n - 1) // 2 for n in self._true.values())
        self._claimed = self._right = 0
        self._precisions = float(len(truth))
        self._recalls = sum(1 / self._true[label] for label in truth)

    def root(self, one: int) -> int:
        """The text that stands for this one's cluster."""
        parent = self._parent
        while parent[one] != one:
            parent[one] = parent[parent[one]]
            one = parent[one]
        return one

    def join(self, one: int, other: int) -> bool:
        """Make one cluster of the two; False where they are one already."""
        big, small = self.root(one), self.root(other)
        if big == small:
            return False
        if len(self._labels[big]) < len(self._labels[small]):
            big, small = small, big
        size = self._size
        self._claimed += size[big] * size[small]
        self._precisions -= self._squares[big] / size[big]
        self._precisions -= self._squares[small] / size[small]
        self._squares[big] += self._squares[small]
        into = self._labels[big]
        for label, count in self._labels[small].items():
            met = count * into[label]
            self._right += met
            self._squares[big] += 2 * met
            self._recalls += 2 * met / self._true[label]
            into[label] += count
        self._labels[small] = Counter()
        size[big] += size[small]
        self._precisions += self._squares[big] / size[big]
        self._parent[small] = big
        return True

    def quality(self) -> Quality:
        """How the clusters agree with the truth now."""
        texts = max(len(self._parent), 1)
        return Quality(
            precision=self._right / self._claimed if self._claimed else 1.0,
            recall=self._right / self._wanted if self._wanted else 1.0,
            b_cubed=_harmonic(self._precisions / texts, self._recalls / texts),
        )


def _harmonic(one: float, other: float) -> float:
    return 2 * one * other / (one + other) if one + other else 0.0
