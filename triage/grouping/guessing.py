"""Which pain point a text may belong to, with the quote and the words that say so."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from triage.grouping.evidence_index import Comparison, EvidenceIndex

LEAST = 0.04
"""The likeness below which a guess is noise and is not made."""

TELLING = 5
"""Words shown as the reason of a guess, at most."""

_HARDLY = 0.06
"""A word that adds less than this share of a likeness is no reason for it."""

_ALIKE = 0.5
"""Share of a word's pieces that quotes must have for it to be a form of theirs."""


@dataclass(frozen=True, slots=True)
class Nearness:
    """
    How near a text is to a pain point.

    Attributes:
        likeness: 0 to 1; a cosine, and no probability.
        quote: The nearest of its quotes.
        words: Words of the text that speak for it, the most telling first.
    """

    pain_point: int
    likeness: float
    quote: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Guessed:
    """
    What can be said of a text's place.

    Attributes:
        likeness: Every pain point's, the highest first.
        nearest: The best of them; none where nothing is like the text.
    """

    likeness: tuple[float, ...]
    nearest: tuple[Nearness, ...]

    @property
    def margin(self) -> float:
        """How much more the first is like the text than the second; 0 to 1."""
        first, second, *_ = (*self.likeness, 0.0, 0.0)
        return first - second


def guess(
    index: EvidenceIndex, text: str, limit: int = 3, *, feedback: int = 0
) -> Guessed:
    """
    The pain points a text is most like, nearest first; ties in order of their ids.

    Args:
        index: Every quote to compare with.
        text: As a customer wrote it.
        limit: How many at most.
        feedback: Whose quotes to leave out, because they are the text's own words.
    """
    compared = index.compare(text, index.by_feedback.get(feedback, ()))
    order = np.lexsort((index.pain_points, -compared.likeness))
    return Guessed(
        tuple(compared.likeness[order].tolist()),
        tuple(
            _nearness(index, text, compared, int(home))
            for home in order[:limit]
            if compared.likeness[home] >= LEAST
        ),
    )


def _nearness(
    index: EvidenceIndex, text: str, compared: Comparison, home: int
) -> Nearness:
    mine = index.of(int(index.pain_points[home]))
    best = mine.start + int(np.argmax(compared.quotes[mine]))
    return Nearness(
        pain_point=int(index.pain_points[home]),
        likeness=float(compared.likeness[home]),
        quote=index.quotes[best].text,
        words=_telling(index, text, compared, mine),
    )


def _telling(
    index: EvidenceIndex, text: str, compared: Comparison, mine: slice
) -> tuple[str, ...]:
    """Words by what they and their pieces add to the likeness to some quotes."""
    inside = (compared.rows >= mine.start) & (compared.rows < mine.stop)
    added = np.bincount(
        compared.terms[inside],
        compared.shares[inside],
        minlength=len(compared.numbers),
    )
    by_number = dict(zip(compared.numbers.tolist(), added.tolist(), strict=True))

    def worth(word: str) -> float:
        whole, *pieces = index.vocabulary.parts(word)
        told = [0.0 if one is None else by_number.get(one, 0.0) for one in pieces]
        if whole is not None and whole in by_number:
            return 0.0 if index.is_common(whole) else by_number[whole] + sum(told)
        # Another form of a word is alike in most of its pieces, or it is another word.
        alike = sum(one > 0 for one in told) >= _ALIKE * len(told)
        return sum(told) if alike else 0.0

    enough = _HARDLY * float(added.sum())
    found = {word: worth(word) for word in index.vocabulary.read(text).words}
    ranked = sorted(found, key=lambda word: -found[word])
    return tuple(word for word in ranked[:TELLING] if found[word] > enough)
