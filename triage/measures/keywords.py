"""Which words tell one part of what was said from the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from math import log
from typing import TypeVar

THEME = 3
"""Fewer people than these make no theme."""

_WHOLE = 0.8
"""Of those who use a word: when so many use it in one phrase, the phrase says it."""

Part = TypeVar("Part", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Keyword:
    """
    A word or a phrase of two.

    Attributes:
        people: How many of the part use it.
        weight: Its class-based TF-IDF.
    """

    words: str
    people: int
    weight: float


def keywords(
    parts: Mapping[Part, Mapping[str, int]], most: int
) -> dict[Part, list[Keyword]]:
    """
    The most telling words of each part, the heaviest first.

    Class-based TF-IDF, tf · log(1 + A / f): tf is how often a word is in the part, f in
    all of them, A the mean number of words of a part (Grootendorst, BERTopic,
    arXiv:2203.05794, 2022). Counted are people who use it, so nobody weighs twice.

    Args:
        parts: How many people of each use which words.
        most: Told of each; none that fewer than three people use.
    """
    whole: Counter[str] = Counter()
    for told in parts.values():
        whole.update(told)
    average = whole.total() / len(parts) if parts else 0.0
    found: dict[Part, list[Keyword]] = {}
    for part, told in parts.items():
        ranked = sorted(
            (
                Keyword(words, people, people * log(1 + average / whole[words]))
                for words, people in told.items()
                if people >= THEME
            ),
            key=lambda one: (-one.weight, one.words),
        )
        found[part] = _once(ranked, told)[:most]
    return found


def _once(ranked: list[Keyword], told: Mapping[str, int]) -> list[Keyword]:
    """Without words that a phrase says, nor phrases that add nothing to their words."""
    said: set[str] = set()
    for one in ranked:
        if " " in one.words:
            said.update(
                word
                for word in one.words.split()
                if one.people >= _WHOLE * told.get(word, 0)
            )
    return [one for one in ranked if one.words not in said]
