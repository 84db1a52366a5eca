"""How alike two texts are as paraphrases: to rank suggestions, never to group."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from math import sqrt


def alike(one: Sequence[str], other: Sequence[str], idf: Mapping[str, float]) -> float:
    """
    Return 0 to 1: what both say, as a share of what the fuller one says.

    The mean of two such shares: over terms, each weighing the root of its idf, and over
    the pairs of characters within terms, which see through endings. Dividing by the
    fuller side, not by the mean of both, is what tells a paraphrase from a part. The
    order of ``one`` and ``other`` changes nothing, nor does the order of terms.

    To have it for many pairs at once, keep per text its term ids (sorted, repeats
    kept) with ``sqrt(idf)`` summed, and its character pairs as sorted codes with their
    number: both shares are then an intersection of sorted arrays and one division.

    Args:
        one: Terms of a text, in any order, repeats kept: ``normalize.tokens``.
        other: Terms of the other text.
        idf: How much each term tells, above 0; a term it lacks tells nothing.
    """
    ours, theirs = Counter(one), Counter(other)

    def mass(terms: Counter[str]) -> float:
        # A sum in the order of reading would differ in its last bit from the other way.
        return sum(sorted(sqrt(idf.get(term, 0.0)) * n for term, n in terms.items()))

    words = _share(mass(ours & theirs), mass(ours), mass(theirs))
    pieces, others = Counter(_pairs(one)), Counter(_pairs(other))
    letters = _share((pieces & others).total(), pieces.total(), others.total())
    return (words + letters) / 2


def _share(both: float, ours: float, theirs: float) -> float:
    fuller = max(ours, theirs)
    return both / fuller if fuller else 0.0


def _pairs(terms: Sequence[str]) -> Iterator[str]:
    """Two neighbouring characters each, the edges of a term counting as one."""
    for term in terms:
        edged = f" {term} "
        for at in range(len(edged) - 1):
            yield edged[at : at + 2]
