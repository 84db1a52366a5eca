"""Words that stand in one another's place in otherwise equal text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from rapidfuzz import fuzz, process

from triage.grouping.overlap import Flags, Side
from triage.grouping.texts import Floats, Ints, Texts, offsets, spans, sums

RUN = 8
"""Words replaced in one place, at most; more is another sentence, not another word."""

_OTHER, _SAME = 0.5, 0.85
"""Likeness of two runs up to which they are other words; from which, one misspelt."""

_BEGIN, _END = 4094, 4095
"""Neighbours of the first and the last word; a text has fewer words than that."""

_BEFORE, _AFTER, _BOTH = 0xFFF000, 0xFFF, 0xFFFFFF
"""Which neighbours name a place."""


@dataclass(frozen=True, slots=True, eq=False)
class Swaps:
    """
    Runs that stand in one another's place, as parallel arrays.

    Attributes:
        pair: The pair of texts.
        left: Index in ``Texts.words`` where the left run begins; ``right`` likewise.
        left_length: Words in it; ``right_length`` likewise.
        mass: What the lighter run tells, less the likelier it is a misspelling.
    """

    pair: Ints
    left: Ints
    left_length: Ints
    right: Ints
    right_length: Ints
    mass: Floats

    def of_pairs(self, count: int) -> Floats:
        """What is swapped in each pair."""
        return sums(self.mass, self.pair, count)


@dataclass(frozen=True, slots=True, eq=False)
class _Runs:
    """
    Words in a row that the other side lacks.

    ``before`` and ``after`` are the neighbours' places among the words of the left.
    """

    pair: Ints
    start: Ints
    length: Ints
    before: Ints
    after: Ints
    mass: Floats


def swapped(
    texts: Texts, ours: Side, theirs: Side, names: Mapping[int, str]
) -> tuple[Swaps, Swaps]:
    """
    Return what stands between the same two neighbours, and beside the same one.

    “export to PDF” and “export to CSV” speak of different things. Beside one same
    neighbour only, a swap is likely: the next word may be misspelt or swapped too.
    """
    mine, yours = _runs(texts, ours, ours.bounds), _runs(texts, theirs, ours.bounds)
    places = [_places(mine, yours, which) for which in (_BOTH, _BEFORE, _AFTER)]
    other = _otherness(texts, mine, yours, places, names)
    between, after, before = (
        _swaps(mine, yours, one, two, differ)
        for (one, two), differ in zip(places, other, strict=True)
    )
    # The neighbour that shows more; counting both would count most runs twice.
    count = len(ours.text)
    rather = after.of_pairs(count) >= before.of_pairs(count)
    return between, _together(
        _only(after, rather[after.pair]), _only(before, ~rather[before.pair])
    )


def _runs(texts: Texts, side: Side, left_bounds: Ints) -> _Runs:
    length = texts.starts[side.text + 1] - texts.starts[side.text]
    word = spans(texts.starts[side.text], length)
    pair = np.repeat(np.arange(len(length)), length)
    # From a word's place in the text to its place among the side's different words.
    own = texts.place[word] - texts.bounds[side.text][pair] + side.bounds[pair]
    met = side.met[own]
    alone = met < 0
    edges = offsets(length)[:-1][length > 0]
    first = np.zeros(len(word), np.bool_)
    first[edges] = True
    last = np.roll(first, -1)
    begin = np.flatnonzero(alone & (first | ~np.roll(alone, 1)))
    end = np.flatnonzero(alone & (last | ~np.roll(alone, -1)))
    short = end - begin < RUN
    begin, end = begin[short], end[short]
    count = end - begin + 1
    met -= left_bounds[pair]
    return _Runs(
        pair=pair[begin],
        start=word[begin],
        length=count,
        before=np.where(first[begin], _BEGIN, met[begin - 1]),
        after=np.where(last[end], _END, met[(end + 1) % max(1, len(met))]),
        mass=sums(
            side.weight[own[spans(begin, count)]],
            np.repeat(np.arange(len(begin)), count),
            len(begin),
        ),
    )


def _places(mine: _Runs, yours: _Runs, neighbours: int) -> tuple[Ints, Ints]:
    """Runs of both sides that have these neighbours in common, as parallel indices."""
    my_keys, my_runs = _heaviest(mine, neighbours)
    your_keys, your_runs = _heaviest(yours, neighbours)
    _, one, other = np.intersect1d(
        my_keys, your_keys, assume_unique=True, return_indices=True
    )
    return my_runs[one], your_runs[other]


def _otherness(
    texts: Texts,
    mine: _Runs,
    yours: _Runs,
    places: Sequence[tuple[Ints, Ints]],
    names: Mapping[int, str],
) -> list[Floats]:
    """How surely the runs in each place are other words, 0 to 1, not one misspelt."""
    pairs = np.concatenate([(one << 32) | other for one, other in places])
    distinct, place = np.unique(pairs, return_inverse=True)
    if not len(distinct):
        return [np.zeros(0) for _ in places]
    like = process.cpdist(
        _said(texts, mine, distinct >> 32, names),
        _said(texts, yours, distinct & 0xFFFFFFFF, names),
        scorer=fuzz.ratio, dtype=np.float64,
    ) / 100  # fmt: skip
    found = np.clip((_SAME - like) / (_SAME - _OTHER), 0, 1)[place]
    return np.split(found, offsets([len(one) for one, _ in places])[1:-1])


def _swaps(mine: _Runs, yours: _Runs, one: Ints, other: Ints, differ: Floats) -> Swaps:
    mass = np.minimum(mine.mass[one], yours.mass[other]) * differ
    found = Swaps(
        pair=mine.pair[one],
        left=mine.start[one],
        left_length=mine.length[one],
        right=yours.start[other],
        right_length=yours.length[other],
        mass=mass,
    )
    return _only(found, mass > 0)


def _heaviest(runs: _Runs, neighbours: int) -> tuple[Ints, Ints]:
    """Each place that is named by these neighbours, and the heaviest run there."""
    place = (runs.pair << 24) | (((runs.before << 12) | runs.after) & neighbours)
    order = np.lexsort((runs.length, -runs.mass, place))
    keys, first = np.unique(place[order], return_index=True)
    return keys, order[first]


def _said(
    texts: Texts, runs: _Runs, which: Ints, names: Mapping[int, str]
) -> list[str]:
    return [
        "".join(map(names.__getitem__, texts.words[start : start + length].tolist()))
        for start, length in zip(
            runs.start[which].tolist(), runs.length[which].tolist(), strict=True
        )
    ]


def _only(swaps: Swaps, which: Flags) -> Swaps:
    return Swaps(*(getattr(swaps, name)[which] for name in Swaps.__slots__))


def _together(one: Swaps, other: Swaps) -> Swaps:
    return Swaps(
        *(
            np.concatenate([getattr(one, name), getattr(other, name)])
            for name in Swaps.__slots__
        )
    )
