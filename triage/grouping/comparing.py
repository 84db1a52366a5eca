"""What two texts share and what each has alone, in figures a person can check."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from rapidfuzz import fuzz, process

from triage.grouping.overlap import Flags, Side, overlap
from triage.grouping.spelling import reconcile
from triage.grouping.swapping import Swaps, swapped
from triage.grouping.texts import Floats, Ints, Texts, sums

ALIKE, COVERED = 0.25, 0.40
"""IDF cosine, and share of the lighter text that is in both, from which a pair may say
the same; below are three in a thousand of those that do."""

_TINY = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """
    Pairs of texts compared word by word.

    Attributes:
        ours: The left text's words; those without a partner are ``alone``.
        theirs: The right text's.
        between: What stands between the same two neighbours in both.
        beside: What stands beside one same neighbour.
        figures: The figures scored, by name; each an array, one value a pair.
        likeness: IDF cosine, 0 to 1: how much both are about the same, whatever words
            and order they say it in.
    """

    ours: Side
    theirs: Side
    between: Swaps
    beside: Swaps
    figures: dict[str, Floats]
    likeness: Floats


FIGURES = {
    "covering": "share of the worse covered text that the other says too",
    "spelling": "share of the better covered text, misspellings by their likeness",
    "order": "likeness of the letters, words sorted (token_sort_ratio)",
    "shared": "mass of the words both say (log)",
    "conflict": "mass of words each has and the other lacks, the lighter side (log)",
    "clash": "weight of the most telling such word, on the side where it tells less",
    "swapped": "mass of words that stand in one another's place (log)",
    "beside": "the same where only one neighbour is the same (log)",
    "opposed": "what the most telling opposites tell, as export and import",
}
"""What is scored of a pair, and what each figure says."""

RISING = frozenset(("covering", "spelling", "order", "shared"))
FALLING = frozenset(("conflict", "clash", "swapped", "beside", "opposed"))
"""Figures more of which can only make a pair surer, and only less sure."""


def compare(texts: Texts, left: Ints, right: Ints, weight: Floats) -> Comparison:
    """
    Compare pairs of texts; every figure is the same from either side.

    Args:
        left: Index of each pair's left text; ``right`` likewise.
        weight: What each of ``texts.terms`` tells (``blocking.weights``).
    """
    ours, theirs = overlap(texts, left, right, weight)
    our_mass, their_mass = ours.mass(), theirs.mass()
    alike = _cosine(ours, theirs)
    names = texts.names(np.unique(np.concatenate([left, right])))
    our_like, their_like, opposed = reconcile(ours, theirs, names)
    between, beside = swapped(texts, ours, theirs, names)
    our_rest, their_rest = ours.mass(ours.alone), theirs.mass(theirs.alone)
    covers = _share(our_rest, our_mass), _share(their_rest, their_mass)
    spelt = (
        _share(our_rest + _lost(ours, our_like), our_mass),
        _share(their_rest + _lost(theirs, their_like), their_mass),
    )
    conflict = np.minimum(our_rest, their_rest)
    pairs = len(left)
    figures = {
        "covering": np.minimum(*covers),
        "spelling": np.maximum(*spelt),
        "order": _letters(texts, left, right),
        "shared": np.log1p(np.minimum(our_mass - our_rest, their_mass - their_rest)),
        "conflict": np.log1p(conflict),
        "clash": np.minimum(_most(ours), _most(theirs)),
        "swapped": np.log1p(between.of_pairs(pairs)),
        "beside": np.log1p(beside.of_pairs(pairs)),
        "opposed": opposed,
    }
    return Comparison(ours, theirs, between, beside, figures, alike)


def glance(
    texts: Texts, left: Ints, right: Ints, weight: Floats
) -> tuple[Floats, Floats, Flags]:
    """
    Return IDF cosine, share of the fuller text in both, and which are worth comparing.

    A look at the words that are in both costs a fraction of comparing.
    """
    ours, theirs = overlap(texts, left, right, weight)
    alike = _cosine(ours, theirs)
    our_mass, their_mass, both = ours.mass(), theirs.mass(), ours.mass(~ours.alone)
    covering = both / (np.maximum(our_mass, their_mass) + _TINY)
    worth = (alike >= ALIKE) & (both >= COVERED * np.minimum(our_mass, their_mass))
    return alike, covering, worth


def _cosine(ours: Side, theirs: Side) -> Floats:
    pairs = len(ours.text)
    squares = ours.weight**2
    both = sums(squares * ~ours.alone, ours.pair, pairs)
    scale = sums(squares, ours.pair, pairs) * sums(theirs.weight**2, theirs.pair, pairs)
    return np.asarray(both / np.sqrt(scale + _TINY))


def _share(rest: Floats, mass: Floats) -> Floats:
    return 1 - rest / (mass + _TINY)


def _lost(side: Side, likeness: Floats) -> Floats:
    """What misspelt words tell less for being misspelt."""
    lost = side.weight * (1 - likeness) * (likeness > 0)
    return sums(lost, side.pair, len(side.text))


def _most(side: Side) -> Floats:
    """The most that one word tells which the other side lacks."""
    found = np.zeros(len(side.text))
    alone = side.alone
    np.maximum.at(found, side.pair[alone], side.weight[alone])
    return found


def _letters(texts: Texts, left: Ints, right: Ints) -> Floats:
    if not len(left):
        return np.zeros(0)
    return process.cpdist(
        [texts.normal[text] for text in left.tolist()],
        [texts.normal[text] for text in right.tolist()],
        scorer=fuzz.token_sort_ratio, dtype=np.float64,
    ) / 100  # fmt: skip
