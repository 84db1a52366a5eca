"""Texts made ready to compare, with weights as of a store of many."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from triage.grouping import blocking
from triage.grouping.normalize import normalize
from triage.grouping.scoring import Scores, score
from triage.grouping.texts import Floats, Texts, Words

COMMON = (
    "the", "a", "to", "of", "and", "is", "my", "it", "i", "in", "on", "for", "not",
    "with", "but", "all", "that", "at", "when",
)  # fmt: skip


def weighed(texts: Texts, common: float = 1.0, rare: float = 7.0) -> Floats:
    """Small words tell little, all others the same."""
    ids = Words()
    small = np.array([ids[word] for word in COMMON], np.uint32)
    return np.where(np.isin(texts.terms, small), common, rare)


def compared(left: str, right: str) -> tuple[float, float]:
    """Sameness and likeness of two texts."""
    texts = Texts.of([normalize(left), normalize(right)])
    scores = one_pair(texts, 0, 1)
    return float(scores.sameness[0]), float(scores.likeness[0])


def one_pair(texts: Texts, left: int, right: int) -> Scores:
    """The scores of one pair of these."""
    return score(texts, np.array([left]), np.array([right]), weighed(texts))


def counted(texts: Sequence[str]) -> tuple[Texts, Floats, np.ndarray]:
    """Texts, what their words tell among themselves, and in how many each is."""
    found = Texts.of(map(normalize, texts))
    _, place, count = np.unique(found.terms, return_inverse=True, return_counts=True)
    df = count[place]
    return found, blocking.weights(found.terms, df, len(found)), df
