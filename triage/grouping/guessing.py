"""Which pain point a text may belong to: how near it is to what is already evidence."""

from __future__ import annotations

import heapq
import math
from collections.abc import Mapping, Sequence

NEAREST = 3
"""Pieces of evidence whose likeness is averaged; beats the single nearest."""


def likeness(
    said: Sequence[str],
    quotes: Sequence[tuple[Sequence[str], str]],
    idf: Mapping[str, float],
) -> tuple[float, str]:
    """
    Mean IDF cosine of the nearest quotes, 0 to 1, and the nearest quote's words.

    Args:
        said: Distinct terms of the text.
        quotes: Distinct terms of each quote, and its words for display.
    """
    own = set(said)
    size = _norm(own, idf)
    scored = [(_cosine(own, size, set(terms), idf), words) for terms, words in quotes]
    nearest = heapq.nlargest(NEAREST, scored)
    return sum(score for score, _ in nearest) / len(nearest), nearest[0][1]


def _cosine(
    own: set[str], size: float, other: set[str], idf: Mapping[str, float]
) -> float:
    scale = size * _norm(other, idf)
    if not scale:
        return 0.0
    return sum(idf[term] ** 2 for term in own & other) / scale


def _norm(terms: set[str], idf: Mapping[str, float]) -> float:
    return math.sqrt(sum(idf[term] ** 2 for term in terms))
