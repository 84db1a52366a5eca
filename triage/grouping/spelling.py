"""Words only one text of a pair has that still say the same: misspelt, or synonyms."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

from triage.grouping import meanings
from triage.grouping.overlap import Side
from triage.grouping.texts import Floats, Ints, offsets, spans

LIKE_LONG, LIKE_SHORT = 0.60, 0.66
"""Likeness (optimal string alignment) from which two words are one misspelt."""

LIKE_TWINS = 0.70
"""The same between two words that are about equally common: “export”, “import”."""

_AS_COMMON = 1.0
"""Difference of weight below which two words are about equally common."""

_SHORTEST, _SHORT = 3, 4
"""Letters of the shortest word recognised misspelt; up to which a word is short."""

_LONGER = 2
"""Letters one spelling may have more than the other."""

SYNONYM = 0.9
"""What another word for the same counts as; a misspelling that likely is likelier."""


def reconcile(
    ours: Side, theirs: Side, names: Mapping[int, str]
) -> tuple[Floats, Floats, Floats]:
    """
    Let misspelt words and synonyms meet; opposites never do.

    Each word is used once, the likest first.

    Returns:
        How like its partner each word of the left is, 0 where it met none or is the
        same; the right likewise; and of each pair, what its opposites tell.

    Args:
        names: Words by id, at least those only one side has.
    """
    likeness = np.zeros(len(ours.term)), np.zeros(len(theirs.term))
    mine = np.flatnonzero(ours.alone)
    yours = np.flatnonzero(theirs.alone)
    opposed = np.zeros(len(ours.text))
    if not len(mine) or not len(yours):
        return *likeness, opposed
    one, other = _beside(ours.pair[mine], theirs.pair[yours], len(ours.text))
    one, other = mine[one], yours[other]
    words = ours.term[one], theirs.term[other]
    like = np.maximum(
        _likeness(ours, theirs, one, other, names), SYNONYM * meanings.same(*words)
    )
    opposite = np.flatnonzero(meanings.opposite(*words))
    like[opposite] = 0
    told = np.minimum(ours.weight[one], theirs.weight[other])[opposite]
    np.maximum.at(opposed, ours.pair[one[opposite]], told)
    found = np.flatnonzero(like)
    one, other, like = one[found], other[found], like[found]
    # The likest first, then in an order that neither side decides.
    apart = np.abs(ours.weight[one] - theirs.weight[other])
    mixed = ours.term[one].astype(np.int64) + theirs.term[other]
    order = np.lexsort((mixed, apart, -like))
    taken: set[int] = set()
    given: set[int] = set()
    for left, right, sure in zip(
        one[order].tolist(), other[order].tolist(), like[order].tolist(), strict=True
    ):
        if left not in taken and right not in given:
            taken.add(left)
            given.add(right)
            ours.met[left] = theirs.met[right] = left
            likeness[0][left] = likeness[1][right] = sure
    return *likeness, opposed


def _beside(ours: Ints, theirs: Ints, pairs: int) -> tuple[Ints, Ints]:
    """Indices of each of ours beside each of theirs in the same pair."""
    count = np.bincount(theirs, minlength=pairs)
    repeat = count[ours]
    return (
        np.repeat(np.arange(len(ours)), repeat),
        spans(offsets(count)[ours], repeat),
    )


def _likeness(
    ours: Side, theirs: Side, one: Ints, other: Ints, names: Mapping[int, str]
) -> Floats:
    """How like these words are, 0 where they are two words."""
    mine, my_place = np.unique(ours.term[one], return_inverse=True)
    yours, your_place = np.unique(theirs.term[other], return_inverse=True)
    my_names = [names[term] for term in mine.tolist()]
    your_names = [names[term] for term in yours.tolist()]
    long = np.fromiter(map(len, my_names), np.int64, len(my_names))[my_place]
    wide = np.fromiter(map(len, your_names), np.int64, len(your_names))[your_place]
    like = np.zeros(len(one))
    able = np.flatnonzero(
        (np.abs(long - wide) <= _LONGER) & (np.minimum(long, wide) >= _SHORTEST)
    )
    if not len(able):
        return like
    # The same two words meet in many pairs of texts, and are compared once.
    words, place = np.unique(
        my_place[able] * len(yours) + your_place[able], return_inverse=True
    )
    found = process.cpdist(
        [my_names[word] for word in (words // len(yours)).tolist()],
        [your_names[word] for word in (words % len(yours)).tolist()],
        scorer=OSA.normalized_similarity, score_cutoff=LIKE_LONG, dtype=np.float64,
    )[place]  # fmt: skip
    short = np.minimum(long, wide)[able] <= _SHORT
    twins = np.abs(ours.weight[one] - theirs.weight[other])[able] < _AS_COMMON
    least = np.where(short, LIKE_SHORT, LIKE_LONG)
    least = np.where(twins, np.maximum(least, LIKE_TWINS), least)
    like[able] = np.where(found >= least, found, 0.0)
    return like
