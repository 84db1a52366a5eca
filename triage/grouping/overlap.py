"""Words two texts share, word for word, for many pairs of texts at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from triage.grouping.texts import Floats, Ids, Ints, Texts, offsets, spans, sums

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """
    The different words of one side of every pair, pair after pair.

    Attributes:
        text: Index of each pair's text.
        bounds: Where each pair's words begin and end; pairs + 1 long.
        pair: The pair each word belongs to.
        term: Each word's id.
        weight: What each word tells.
        met: Index on the *left* side of the word it meets; for a word of the left,
            its own; -1 for a word the other side lacks. Misspelt words join later.
    """

    text: Ints
    bounds: Ints
    pair: Ints
    term: Ids
    weight: Floats
    met: Ints

    def mass(self, of: Flags | None = None) -> Floats:
        """What the words of each pair tell together; of those flagged, if given."""
        weight = self.weight if of is None else self.weight * of
        return sums(weight, self.pair, len(self.text))

    @property
    def alone(self) -> Flags:
        """Which words the other side lacks."""
        return self.met < 0


def overlap(texts: Texts, left: Ints, right: Ints, weight: Floats) -> tuple[Side, Side]:
    """
    Return both sides of these pairs of texts, with the words that are in both.

    Args:
        left: Index of each pair's left text; ``right`` likewise.
        weight: What each of ``texts.terms`` tells.
    """
    ours, theirs = _side(texts, left, weight), _side(texts, right, weight)
    our_keys, their_keys = _keys(ours), _keys(theirs)
    if len(our_keys) and len(their_keys):
        # Words stand in order of id, so both lists of keys are sorted.
        at = np.searchsorted(their_keys, our_keys)
        at[at == len(their_keys)] = 0
        both = np.flatnonzero(their_keys[at] == our_keys)
        ours.met[both] = both
        theirs.met[at[both]] = both
    return ours, theirs


def _side(texts: Texts, text: Ints, weight: Floats) -> Side:
    length = texts.bounds[text + 1] - texts.bounds[text]
    entry = spans(texts.bounds[text], length)
    return Side(
        text=text,
        bounds=offsets(length),
        pair=np.repeat(np.arange(len(text)), length),
        term=texts.terms[entry],
        weight=weight[entry],
        met=np.full(len(entry), -1, np.int64),
    )


def _keys(side: Side) -> Ints:
    return (side.pair << 32) | side.term
