"""How sure we are that two texts say the same, in terms a person can check."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA, Levenshtein

from triage.grouping.normalize import tokens

GATE_SHARED = 0.3
GATE_TOKEN_SET = 70.0
"""A pair below both is no match whatever else; most candidates end here, in C++."""

_SHOWN = 40
"""Words of each kind kept with a match."""

VERSION = "words-2"
"""Names this scoring; a new one regroups."""

_PLENTY = 50.0
"""Shared mass, about seven rare words, from which a text says enough to be known."""

_ALIKE = 87.0
"""The most that being about the same can score: just below ``clustering.GROUPED``."""

_LIKE_LONG, _LIKE_SHORT = 0.60, 0.66
"""Likeness (optimal string alignment) from which two words are one misspelt."""

_LIKE_RUN = 0.68
"""Likeness of letters from which a replaced run is a misspelling, not another word."""

_LIKE_TWINS = 0.70
"""The same between two words that are about equally common."""

_AS_COMMON = 1.0
"""Difference of IDF below which two words are about equally common."""

_SHORTEST = 3
"""Letters of the shortest word that can be recognised misspelt."""

_HOPELESS = 0.3
"""Share of the better covered text below which misspellings could not save a pair."""

_RUN = 4
"""Words replaced in one place, at most; more is another sentence, not another word."""


@dataclass(frozen=True, slots=True)
class Text:
    """
    A normalised text as words.

    Attributes:
        words: In order, repeats kept.
        terms: Each different word once.
    """

    normal: str
    words: tuple[str, ...]
    terms: tuple[str, ...]

    @classmethod
    def of(cls, normal: str) -> Text:
        """The text these normalised words make."""
        words = tuple(tokens(normal))
        return cls(normal, words, tuple(dict.fromkeys(words)))


@dataclass(frozen=True, slots=True)
class Alignment:
    """
    What two texts share and what each has alone, in information (IDF mass).

    Attributes:
        left: Mass of the left text; ``right`` likewise.
        left_only: Mass of what the other lacks, misspellings forgiven by likeness.
        conflict: The smaller of the masses of whole words only one side has: where
            *each* has telling words the other lacks, they may differ in what they say.
        likeness: IDF cosine of the two, 0 to 1: how much they are about the same,
            whatever words and order they say it in.
        swapped: Mass of words that stand in one another's place in otherwise equal
            text: “export to PDF”, “export to CSV”. These do speak of different things.
    """

    left: float
    right: float
    left_only: float
    right_only: float
    conflict: float
    swapped: float
    likeness: float
    shared_terms: tuple[str, ...]
    left_terms: tuple[str, ...]
    right_terms: tuple[str, ...]
    swaps: tuple[tuple[str, str], ...]

    def turned(self) -> Alignment:
        """The same, seen from the other side."""
        return Alignment(
            left=self.right,
            right=self.left,
            left_only=self.right_only,
            right_only=self.left_only,
            conflict=self.conflict,
            swapped=self.swapped,
            likeness=self.likeness,
            shared_terms=self.shared_terms,
            left_terms=self.right_terms,
            right_terms=self.left_terms,
            swaps=tuple((right, left) for left, right in self.swaps),
        )

    @property
    def cover(self) -> float:
        """Share of the better covered text that the other says too, 0 to 1."""
        return max(self._covers)

    @property
    def cover_least(self) -> float:
        """Share of the worse covered text that the other says too, 0 to 1."""
        return min(self._covers)

    @property
    def conflict_share(self) -> float:
        """The conflict as a share of the smaller text, 0 to 1."""
        smaller = min(self.left, self.right)
        return self.conflict / smaller if smaller else 0.0

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
) -> list[Points]:
    """Score pairs of texts: 0 to 100, the same from either side, and why."""
    if not left:
        return []
    order = process.cpdist(
        [text.normal for text in left], [text.normal for text in right],
        scorer=fuzz.token_sort_ratio, dtype=np.float64, workers=_workers(len(left)),
    ) / 100  # fmt: skip
    return [
        points_of(align(one, other, idf), float(alike))
        for one, other, alike in zip(left, right, order, strict=True)
    ]


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
    swapped: float
    brevity: float

    @property
    def total(self) -> float:
        """Their sum."""
        return (
            -7.9 + self.words + self.order + self.conflict + self.swapped + self.brevity
        )

    @property
    def sameness(self) -> float:
        """How sure it is that both say the same in nearly the same words, 0 to 100."""
        return 100 / (1 + math.exp(-self.total))

    @property
    def score(self) -> float:
        """
        What a match is kept and shown with, 0 to 100.

        Two texts about the same thing in other words are worth showing, but alike is
        never as good as the same: likeness ends where grouping begins.
        """
        return max(self.sameness, min(100 * self.alignment.likeness, _ALIKE))

    def reason(self) -> dict[str, Any]:
        """What a screen shows: words shared and not, and the parts of the score."""
        return {
            "shared": list(self.alignment.shared_terms[:_SHOWN]),
            "left": list(self.alignment.left_terms[:_SHOWN]),
            "right": list(self.alignment.right_terms[:_SHOWN]),
            "swapped": [list(pair) for pair in self.alignment.swaps[:_SHOWN]],
            "points": {
                "words": round(self.words, 2),
                "order": round(self.order, 2),
                "conflict": round(self.conflict, 2),
                "swapped": round(self.swapped, 2),
                "brevity": round(self.brevity, 2),
                "total": round(self.total, 2),
            },
            "sameness": round(self.sameness, 2),
            "likeness": round(100 * self.alignment.likeness, 2),
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
        words=10.7 * aligned.cover,
        order=3.7 * order,
        conflict=-0.3 * math.log1p(aligned.conflict) - 5.0 * aligned.conflict_share,
        swapped=-1.3 * math.log1p(aligned.swapped),
        brevity=-8.0 * little * (1 - aligned.cover_least),
    )


def align(left: Text, right: Text, idf: Mapping[str, float]) -> Alignment:
    """What both say, and what only one of them says, after forgiving misspellings."""
    # Where several alignments cost the same, which one is found depends on the side
    # it is looked at from; so it is always looked at from one.
    if right.normal < left.normal:
        return _align(right, left, idf).turned()
    return _align(left, right, idf)


def _align(left: Text, right: Text, idf: Mapping[str, float]) -> Alignment:
    left_set, right_set = set(left.terms), set(right.terms)
    left_rest = [term for term in left.terms if term not in right_set]
    right_rest = [term for term in right.terms if term not in left_set]
    # Summed in the order of the words: a set has another order in every process, and
    # so another last digit.
    left_mass = sum(idf[term] for term in left.terms)
    right_mass = sum(idf[term] for term in right.terms)
    both = sum(idf[term] for term in left.terms if term in right_set)
    misspelt: set[str] = set()
    if left_rest and right_rest and both >= _HOPELESS * min(left_mass, right_mass):
        misspelt = _misspelt(left_rest, right_rest, idf)
        left_rest = [term for term in left_rest if term not in misspelt]
        right_rest = [term for term in right_rest if term not in misspelt]
    left_only = sum(idf[term] for term in left_rest)
    right_only = sum(idf[term] for term in right_rest)
    swapped, swaps = _swapped(left.words, right.words, idf, misspelt)
    return Alignment(
        left=left_mass,
        right=right_mass,
        left_only=left_only,
        right_only=right_only,
        conflict=min(left_only, right_only),
        swapped=swapped,
        likeness=_cosine(left.terms, right.terms, idf),
        shared_terms=tuple(term for term in left.terms if term not in left_rest),
        left_terms=tuple(left_rest),
        right_terms=tuple(right_rest),
        swaps=swaps,
    )


def _cosine(
    left: Sequence[str], right: Sequence[str], idf: Mapping[str, float]
) -> float:
    also = set(right)
    scale = math.sqrt(
        sum(idf[term] ** 2 for term in left) * sum(idf[term] ** 2 for term in right)
    )
    return (
        sum(idf[term] ** 2 for term in left if term in also) / scale if scale else 0.0
    )


def _misspelt(
    left: Sequence[str], right: Sequence[str], idf: Mapping[str, float]
) -> set[str]:
    """
    Leftover words that are one word misspelt, each used once, the likest first.

    Where both are about as common, they may well be two words: “export”, “import”.
    """
    by_length: dict[int, list[str]] = defaultdict(list)
    for other in right:
        if len(other) >= _SHORTEST:
            by_length[len(other)].append(other)
    found = []
    for term in left:
        length = len(term)
        if length < _SHORTEST:
            continue
        least = _LIKE_LONG if length > 4 else _LIKE_SHORT
        for near in range(length - 2, length + 3):
            for other in by_length.get(near, ()):
                likeness = OSA.normalized_similarity(term, other, score_cutoff=least)
                if likeness and (
                    likeness >= _LIKE_TWINS or abs(idf[term] - idf[other]) >= _AS_COMMON
                ):
                    found.append((likeness, term, other))
    # Best first, then by spelling, so that no order of arguments matters.
    found.sort(key=lambda one: (-one[0], one[1], one[2]))
    used: set[str] = set()
    for _, term, other in found:
        if term not in used and other not in used:
            used |= {term, other}
    return used


def _swapped(
    left: Sequence[str],
    right: Sequence[str],
    idf: Mapping[str, float],
    misspelt: AbstractSet[str],
) -> tuple[float, tuple[tuple[str, str], ...]]:
    """Mass and words of short runs that differ where the texts around them agree."""
    mass = 0.0
    swaps = []
    for step in Levenshtein.opcodes(left, right):
        if step.tag != "replace":
            continue
        ours = [w for w in left[step.src_start : step.src_end] if w not in misspelt]
        theirs = [
            w for w in right[step.dest_start : step.dest_end] if w not in misspelt
        ]
        if not ours or not theirs or max(len(ours), len(theirs)) > _RUN:
            continue
        if fuzz.ratio("".join(ours), "".join(theirs)) >= 100 * _LIKE_RUN:
            continue
        mass += min(sum(idf[word] for word in ours), sum(idf[word] for word in theirs))
        swaps.append((" ".join(ours), " ".join(theirs)))
    return mass, tuple(swaps)


def _workers(count: int) -> int:
    # Threads cost more than they bring below a few thousand pairs.
    return 2 if count >= 2000 else 1
