"""How sure we are that two texts say the same, in terms a person can check."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process
from rapidfuzz.distance import Levenshtein

GATE_SHARED = 0.3
GATE_TOKEN_SET = 70.0
"""A pair below both is no match whatever else; most candidates end here, in C++."""

_SHOWN = 40
"""Words of each kind kept with a match."""

VERSION = "words-1"
"""Names this scoring; a new one regroups."""

_PLENTY = 40.0
"""Shared mass, about six rare words, from which a text says enough to be recognised."""

_SIMILAR = 0.74
"""Levenshtein similarity from which two words count as one misspelt."""


@dataclass(frozen=True, slots=True)
class Text:
    """A normalised text with its distinct terms."""

    normal: str
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Alignment:
    """
    What two texts share and what each has alone, in information (IDF mass).

    Attributes:
        left: Mass of the left text; ``right`` likewise.
        left_only: Mass of what the other lacks, misspellings forgiven by likeness.
        conflict: The smaller of the masses of whole words only one side has: where
            *each* has telling words the other lacks, they speak of different things.
    """

    left: float
    right: float
    left_only: float
    right_only: float
    conflict: float
    shared_terms: tuple[str, ...]
    left_terms: tuple[str, ...]
    right_terms: tuple[str, ...]

    @property
    def cover(self) -> float:
        """Share of the better covered text that the other says too, 0 to 1."""
        return max(self._covers)

    @property
    def cover_least(self) -> float:
        """Share of the worse covered text that the other says too, 0 to 1."""
        return min(self._covers)

    @property
    def shared(self) -> float:
        """Mass both say."""
        return min(self.left - self.left_only, self.right - self.right_only)

    @property
    def _covers(self) -> tuple[float, float]:
        left = 1 - self.left_only / self.left if self.left else 0.0
        right = 1 - self.right_only / self.right if self.right else 0.0
        return left, right


def gate(
    left: Sequence[str], right: Sequence[str], shared: npt.NDArray[np.float32]
) -> npt.NDArray[np.bool_]:
    """Which of these pairs of normalised texts can still be a match."""
    if not len(left):
        return np.zeros(0, np.bool_)
    token_set = process.cpdist(
        left, right, scorer=fuzz.token_set_ratio, score_cutoff=50, dtype=np.float32,
        workers=_workers(len(left)),
    )  # fmt: skip
    return ((shared >= GATE_SHARED) | (token_set >= GATE_TOKEN_SET)) & (token_set > 0)


def score(
    left: Sequence[Text], right: Sequence[Text], idf: Mapping[str, float]
) -> tuple[npt.NDArray[np.float64], list[Points]]:
    """Score pairs of texts: 0 to 100, the same from either side, and why."""
    if not left:
        return np.zeros(0), []
    order = process.cpdist(
        [text.normal for text in left], [text.normal for text in right],
        scorer=fuzz.token_sort_ratio, dtype=np.float64, workers=_workers(len(left)),
    ) / 100  # fmt: skip
    points = [
        points_of(align(one, other, idf), float(alike))
        for one, other, alike in zip(left, right, order, strict=True)
    ]
    return np.array([point.score for point in points]), points


@dataclass(frozen=True, slots=True)
class Points:
    """
    The terms a score is the sum of, in log-odds; each can be said in a sentence.

    Fitted to 12,000 labelled pairs of edited feedback in 20 languages, then rounded;
    at ``clustering.GROUPED`` 995 of 1,000 such pairs are true.
    """

    alignment: Alignment
    words: float
    order: float
    conflict: float
    brevity: float

    @property
    def total(self) -> float:
        """Their sum."""
        return -7.0 + self.words + self.order + self.conflict + self.brevity

    @property
    def score(self) -> float:
        """0 to 100."""
        return 100 / (1 + math.exp(-self.total))

    def reason(self) -> dict[str, Any]:
        """What a screen shows: words shared and not, and the parts of the score."""
        return {
            "shared": list(self.alignment.shared_terms[:_SHOWN]),
            "left": list(self.alignment.left_terms[:_SHOWN]),
            "right": list(self.alignment.right_terms[:_SHOWN]),
            "points": {
                "words": round(self.words, 2),
                "order": round(self.order, 2),
                "conflict": round(self.conflict, 2),
                "brevity": round(self.brevity, 2),
                "total": round(self.total, 2),
            },
            "version": VERSION,
        }


def points_of(aligned: Alignment, order: float) -> Points:
    """
    The score's terms: words both say, their order and spelling, words that clash.

    Where little is said at all, a short text inside a longer one is no proof: “love
    this film” is in thousands of them. Brevity weighs what the longer says beyond it.
    """
    little = max(0.0, 1 - aligned.shared / _PLENTY)
    return Points(
        alignment=aligned,
        words=6.8 * aligned.cover,
        order=5.4 * order,
        conflict=-0.6 * math.log1p(aligned.conflict),
        brevity=-4.0 * little * (1 - aligned.cover_least),
    )


def align(left: Text, right: Text, idf: Mapping[str, float]) -> Alignment:
    """What both say, and what only one of them says, after forgiving misspellings."""
    left_set, right_set = set(left.terms), set(right.terms)
    left_rest = [term for term in left.terms if term not in right_set]
    right_rest = [term for term in right.terms if term not in left_set]
    left_only = sum(idf[term] for term in left_rest)
    right_only = sum(idf[term] for term in right_rest)
    if left_rest and right_rest:
        for term, other, likeness in _misspelt(left_rest, right_rest):
            left_only -= idf[term] * likeness
            right_only -= idf[other] * likeness
            left_rest.remove(term)
            right_rest.remove(other)
    return Alignment(
        left=sum(idf[term] for term in left_set),
        right=sum(idf[term] for term in right_set),
        left_only=left_only,
        right_only=right_only,
        conflict=min(
            sum(idf[term] for term in left_rest), sum(idf[term] for term in right_rest)
        ),
        shared_terms=tuple(term for term in left.terms if term not in left_rest),
        left_terms=tuple(left_rest),
        right_terms=tuple(right_rest),
    )


def _misspelt(
    left: Sequence[str], right: Sequence[str]
) -> list[tuple[str, str, float]]:
    """Pairs of leftover words that are one word misspelt, each word used once."""
    found = []
    for term in left:
        length = len(term)
        if length < 4:
            continue
        for other in right:
            if abs(len(other) - length) > 2 or len(other) < 4:
                continue
            likeness = Levenshtein.normalized_similarity(
                term, other, score_cutoff=_SIMILAR
            )
            if likeness:
                found.append((likeness, term, other))
    # Best first, then by spelling: the same whichever text is on the left.
    found.sort(key=lambda one: (-one[0], *sorted(one[1:])))
    used: set[str] = set()
    pairs = []
    for likeness, term, other in found:
        if term not in used and other not in used:
            used |= {term, other}
            pairs.append((term, other, likeness))
    return pairs


def _workers(count: int) -> int:
    # Threads cost more than they bring below a few thousand pairs.
    return 2 if count >= 2000 else 1
