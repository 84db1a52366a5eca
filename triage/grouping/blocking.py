"""Which pairs are worth comparing: those that share rare words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from triage.grouping import meanings
from triage.grouping.texts import Floats, Ids, Ints, Texts, offsets, spans, sums

INDEXED = 48
"""Rarest words of a text that lead others to it."""

_FEWEST = 3
"""Words a text is always indexed by, however common; or it would never be found."""

_ALWAYS = 4
"""Rarest words a text always looks for others by, however many texts they are in."""

TOP = 24
"""Others kept for each text, those sharing most."""

FLOOR = 0.2
"""Cosine of rare words below which no pair ever scored as a match."""

_READ = 500
_SMALL = 0.15
"""Texts read before any, and the share of them a small word is in."""

_MOST = 10.0
"""What a word tells that nobody else uses."""

Codes = npt.NDArray[np.uint8]
_FINE = 24
"""Codes for each factor of e; a byte tells mass to 4 %, up to what no text reaches."""

_SLICE = 256
"""Texts looked up together; ten bits of a key would hold four times as many."""

_STEPS = 256
"""Parts of a unit in which mass is counted, so that sums have no rounding order."""


def visited(total: int) -> int:
    """
    The most places in the index a text looks at, beyond its four rarest words.

    Grows with the store, where the same words lead to more: at a million texts, 800
    places find .930 of what belongs together, 5000 find .964.
    """
    return max(800, total // 200)


def cap(total: int) -> int:
    """The most texts a word may be in to lead to others; grows with the store."""
    return max(500, total // 300)


def weights(terms: Ids, df: Ints, total: int) -> Floats:
    """
    What these words tell, each in ``df`` of ``total`` texts: 10 if nobody else uses it.

    Inverse document frequency (Spärck Jones 1972), as a share of the most there can
    be, so that a score means the same among a hundred texts and among a million. Few
    texts cannot say which words are common: it is counted as if ``_READ`` texts of
    ordinary language, where small words are frequent, had been read before.
    """
    texts = total + _READ
    seen = np.maximum(1, df) + _READ * _SMALL * meanings.small(terms)
    return np.asarray(_MOST * np.log1p(texts / seen) / np.log1p(texts))


def coded(mass: Floats) -> Codes:
    """Masses as a byte each, so that those of a million texts are read at once."""
    return np.clip(np.round(_FINE * np.log1p(mass)), 0, 255).astype(np.uint8)


def _decoded(codes: Codes) -> Floats:
    return np.asarray(np.expm1(codes / _FINE) + 1e-9)


@dataclass(frozen=True, slots=True, eq=False)
class Rare:
    """
    The words each text is found by, rarest first.

    Attributes:
        entries: Indices into ``Texts.terms``, text after text.
        bounds: Where each text's begin and end; n + 1 long.
        mass: What they tell together, squared, of each text; as ``coded``.
    """

    entries: Ints
    bounds: Ints
    mass: Codes


def rare(texts: Texts, df: Ints, weight: Floats, total: int) -> Rare:
    """
    Return the words each text is indexed by.

    Args:
        df: In how many texts each of ``texts.terms`` is.
        weight: What each of them tells.
    """
    count = np.diff(texts.bounds)
    text = np.repeat(np.arange(len(texts)), count)
    order = np.lexsort((texts.terms, df, text))
    rank = np.arange(len(order)) - np.repeat(texts.bounds[:-1], count)
    keep = (rank < INDEXED) & ((df[order] <= cap(total)) | (rank < _FEWEST))
    # With three rare words found, common ones lead nowhere new.
    rarer = np.bincount(text[df <= cap(total)], minlength=len(texts))
    keep &= (df[order] <= cap(total)) | (rarer[text] < _FEWEST)
    entries = order[keep]
    return Rare(
        entries=entries,
        bounds=offsets(np.bincount(text[keep], minlength=len(texts))),
        mass=coded(sums(weight[entries] ** 2, text[keep], len(texts))),
    )


@dataclass(frozen=True, slots=True, eq=False)
class Postings:
    """
    In which texts each word is, by number.

    Attributes:
        terms: Ids, ascending.
        bounds: Where each word's numbers begin and end.
        numbers: Numbers of texts, word after word.
    """

    terms: Ids
    bounds: Ints
    numbers: Ints

    @classmethod
    def of(cls, terms: Ids, numbers: Ints) -> Postings:
        """The postings these pairs of word and text make."""
        order = np.argsort(terms, kind="stable")
        found, first = np.unique(terms[order], return_index=True)
        return cls(found, np.append(first, len(terms)), numbers[order])

    def of_terms(self, terms: Ids) -> tuple[Ints, Ints]:
        """Where the numbers of these words begin, and how many there are."""
        if not len(self.terms):
            return np.zeros(len(terms), np.int64), np.zeros(len(terms), np.int64)
        at = np.searchsorted(self.terms, terms)
        at[at == len(self.terms)] = 0
        length = np.diff(self.bounds)[at]
        length[self.terms[at] != terms] = 0
        return self.bounds[at], length


@dataclass(frozen=True, slots=True, eq=False)
class Met:
    """
    Pairs that share rare words, as parallel arrays.

    Attributes:
        query: Index of the text that looked.
        number: Number of the text it met.
    """

    query: Ints
    number: Ints


def meet(
    texts: Texts,
    numbers: Ints,
    found_by: Rare,
    weight: Floats,
    postings: Postings,
    masses: Codes,
    tell: Callable[[float], None] = lambda _: None,
) -> Met:
    """
    Return for each text the others close enough to compare, at most ``TOP``.

    Args:
        numbers: The number of each text, below 2**31; none meets itself.
        weight: What each of ``texts.terms`` tells.
        postings: May hold these texts too.
        masses: ``Rare.mass`` of every text in the postings, by number.
        tell: Told now and then how much is done, 0 to 1.
    """
    parts = []
    for start in range(0, len(texts), _SLICE):
        tell(start / len(texts))
        parts.append(_meet(texts, numbers, found_by, weight, postings, masses, start))
    parts = parts or [_nobody()]
    return Met(
        np.concatenate([part.query for part in parts]),
        np.concatenate([part.number for part in parts]),
    )


def _meet(
    texts: Texts,
    numbers: Ints,
    found_by: Rare,
    weight: Floats,
    postings: Postings,
    masses: Codes,
    start: int,
) -> Met:
    stop = min(start + _SLICE, len(texts))
    bounds = found_by.bounds[start : stop + 1]
    entries = found_by.entries[bounds[0] : bounds[-1]]
    query = np.repeat(np.arange(stop - start), np.diff(bounds))
    begin, length = postings.of_terms(texts.terms[entries])
    most = visited(len(masses))
    looked = _within_budget(query, length, bounds - bounds[0], most)
    entries, query = entries[looked], query[looked]
    begin, length = begin[looked], length[looked]
    # Text, number and mass in one integer: sorting it is all the grouping there is.
    mass = np.minimum(np.round(weight[entries] ** 2 * _STEPS), 0xFFFF).astype(np.uint64)
    head = (query.astype(np.uint64) << np.uint64(47)) | mass
    keys = np.repeat(head, length)
    keys |= postings.numbers[spans(begin, length)].astype(np.uint64) << np.uint64(16)
    if not len(keys):
        return _nobody()
    keys.sort()
    pair = keys >> np.uint64(16)
    first = np.flatnonzero(np.diff(pair, prepend=pair[0] + np.uint64(1)))
    shared = (
        np.add.reduceat((keys & np.uint64(0xFFFF)).astype(np.int64), first) / _STEPS
    )
    met = pair[first].astype(np.int64)
    query, number = met >> 31, met & 0x7FFFFFFF
    scale = _decoded(found_by.mass[query + start]) * _decoded(masses[number])
    cosine = shared / np.sqrt(scale)
    enough = (cosine >= FLOOR) & (number != numbers[query + start])
    query, number, cosine = query[enough], number[enough], cosine[enough]
    best = _best_of_each(query, number, cosine)
    return Met(query[best] + start, number[best])


def _within_budget(query: Ints, length: Ints, bounds: Ints, most: int) -> Ints:
    """Indices of the words a text looks for: its rarest, till enough is visited."""
    rank = np.arange(len(query)) - bounds[:-1][query]
    total = offsets(length)
    seen = total[1:] - total[bounds[:-1]][query]
    return np.flatnonzero((seen <= most) | (rank < _ALWAYS))


def _best_of_each(query: Ints, number: Ints, cosine: Floats) -> Ints:
    """Indices of the ``TOP`` closest to each text."""
    count = np.bincount(query, minlength=1)
    many = np.flatnonzero(count[query] > TOP)
    if not len(many):
        return np.arange(len(query))
    order = many[np.lexsort((number[many], -cosine[many], query[many]))]
    starts = offsets(count * (count > TOP))[:-1]
    rank = np.arange(len(order)) - starts[query[order]]
    kept = np.concatenate([np.flatnonzero(count[query] <= TOP), order[rank < TOP]])
    kept.sort()
    return kept


def _nobody() -> Met:
    return Met(np.zeros(0, np.int64), np.zeros(0, np.int64))
