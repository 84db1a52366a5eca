"""Choices that fall the same on every machine and every Python."""

from __future__ import annotations

import random
import zlib
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """
    Choices drawn from one seed.

    Only ``Random.random`` is used: its sequence for an integer seed is fixed for ever,
    while ``choice``, ``shuffle`` and ``randint`` have changed between versions.
    """

    __slots__ = ("_random",)

    def __init__(self, seed: str) -> None:
        self._random = random.Random(zlib.crc32(seed.encode()))

    def roll(self) -> float:
        """A number from 0 up to, not including, 1."""
        return self._random.random()

    def chance(self, share: float) -> bool:
        """True in ``share`` of the cases."""
        return self.roll() < share

    def below(self, end: int) -> int:
        """A whole number from 0 up to, not including, ``end``."""
        return int(self.roll() * end)

    def between(self, low: float, high: float) -> float:
        """A number from ``low`` up to ``high``."""
        return low + self.roll() * (high - low)

    def pick(self, choices: Sequence[T]) -> T:
        """One of the choices."""
        return choices[self.below(len(choices))]

    def order(self, things: Sequence[T]) -> list[T]:
        """The things in another order."""
        keyed = sorted(range(len(things)), key=lambda i: (self.roll(), i))
        return [things[i] for i in keyed]
