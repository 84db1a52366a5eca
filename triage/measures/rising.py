"""Which words more people use than before, beyond what chance makes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import log

from triage.measures.adjusting import adjusted
from triage.measures.keywords import THEME
from triage.measures.tails import beyond


@dataclass(frozen=True, slots=True)
class Shifted:
    """
    How a word's use has moved.

    Attributes:
        people: How many use it lately, of ``of``; ``before`` of ``before_of`` earlier.
        g2: The log-likelihood ratio; negative where it sinks.
        p: The chance of one so large; q the same, adjusted for all words compared.
    """

    words: str
    people: int
    of: int
    before: int
    before_of: int
    g2: float
    p: float
    q: float


def log_likelihood(found: int, n: int, other: int, other_n: int) -> float:
    """
    G² of a share beside another, negative where the first is the smaller.

    Twice the log-likelihood ratio over the table of two by two (Dunning, Computational
    Linguistics 19, 1993, 61-74).
    """
    whole = n + other_n
    if not n or not other_n:
        return 0.0
    using = found + other
    told = 0.0
    for many, row, column in (
        (found, n, using), (n - found, n, whole - using),
        (other, other_n, using), (other_n - other, other_n, whole - using),
    ):  # fmt: skip
        if many:
            told += many * log(many * whole / (row * column))
    g2 = max(0.0, 2 * told)
    return g2 if found * other_n >= other * n else -g2


def shifted(
    lately: Mapping[str, int], of: int, before: Mapping[str, int], before_of: int
) -> list[Shifted]:
    """Every word that three people use, lately or before; what rises most first."""
    words = [
        one
        for one in lately.keys() | before.keys()
        if lately.get(one, 0) + before.get(one, 0) >= THEME
    ]
    told = [
        (one, log_likelihood(lately.get(one, 0), of, before.get(one, 0), before_of))
        for one in words
    ]
    chances = [beyond(abs(g2)) for _, g2 in told]
    found = [
        Shifted(one, lately.get(one, 0), of, before.get(one, 0), before_of, g2, p, q)
        for (one, g2), p, q in zip(told, chances, adjusted(chances), strict=True)
    ]
    return sorted(found, key=lambda one: (-one.g2, one.words))
