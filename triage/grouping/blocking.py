"""Which pairs are worth comparing: those that share rare words."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

INDEXED = 48
"""Rarest terms of a text that lead others to it."""

LOOKED_UP = 20
"""Rarest terms of a text by which it looks for others."""

_FEW_TEXTS = 500

FLOOR = 0.1
"""Share of a text's rare mass below which no pair ever scored as a match."""

TOP = 12
"""Candidates kept for each text, those sharing most."""

Numbers = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Candidates:
    """
    Pairs worth scoring, as parallel arrays.

    Attributes:
        query: Index of the new text in its batch.
        number: The other text's number.
        shared: Share of the new text's rare mass found in the other, 0 to 1.
    """

    query: Numbers
    number: Numbers
    shared: npt.NDArray[np.float32]


def cap(total: int) -> int:
    """The most texts a word may be in to lead to candidates; grows with the store."""
    return max(500, total // 300)


def weight(df: int, total: int) -> float:
    """
    Inverse document frequency: what a word in ``df`` of ``total`` texts tells.

    Among few texts a word two of them share would seem common; so few count as more.
    """
    return math.log(1 + max(total, _FEW_TEXTS) / max(1, df))


def rare_terms(terms: Sequence[str], df: Mapping[str, int], total: int) -> list[str]:
    """
    Return the terms a text is indexed by, rarest first, at most ``INDEXED``.

    A text of common words only keeps its three rarest, or it would never be found.
    """
    ordered = sorted(dict.fromkeys(terms), key=lambda term: (df[term], term))
    most = cap(total)
    rare = [term for term in ordered[:INDEXED] if df[term] <= most]
    return rare if len(rare) >= 3 else ordered[:3]


def telling_terms(rare: Sequence[str], df: Mapping[str, int]) -> list[str]:
    """
    Return the terms a text looks for others by, rarest first, at most ``LOOKED_UP``.

    A word nobody else has, a misspelling perhaps, leads nowhere.
    """
    return [term for term in rare if df[term] > 1][:LOOKED_UP]


def candidates(
    wanted: Sequence[Sequence[str]],
    own: Sequence[int],
    postings: Mapping[str, Numbers],
    df: Mapping[str, int],
    total: int,
    top: int = TOP,
    batch: Sequence[int] = (),
) -> Candidates:
    """
    Return for each text the known ones that share most of its rare mass.

    Args:
        wanted: Telling terms of each new text.
        own: Its number.
        batch: Numbers of every new text, where these are not all; of two new texts
            only the earlier is a candidate of the later, so a pair comes once.
        postings: Numbers of the texts each term is indexed in, this batch included.
    """
    lists, lengths, weights, texts = [], [], [], []
    for index, terms in enumerate(wanted):
        for term in terms:
            found = postings.get(term)
            if found is None or len(found) == 0:
                continue
            lists.append(found)
            lengths.append(len(found))
            weights.append(weight(df[term], total) ** 2)
            texts.append(index)
    if not lists:
        return _none()
    repeat = np.array(lengths)
    query = np.repeat(np.array(texts, np.int64), repeat)
    number = np.concatenate(lists).astype(np.int64)
    mass = np.repeat(np.array(weights, np.float32), repeat)
    mine = np.array(own, np.int64)[query]
    # A text whose words changed keeps its number, so others may be known after it.
    known = number > mine
    known[known] = ~np.isin(number[known], np.array([*own, *batch], np.int64))
    known |= number < mine
    query, number, mass = query[known], number[known], mass[known]
    if len(query) == 0:
        return _none()
    key = (query << 32) | number
    order = np.argsort(key, kind="stable")
    key, mass = key[order], mass[order]
    first = np.flatnonzero(np.diff(key, prepend=key[0] - 1))
    shared = np.add.reduceat(mass, first)
    query, number = key[first] >> 32, key[first] & 0xFFFFFFFF
    full = np.zeros(len(wanted), np.float32)
    np.add.at(full, np.array(texts), np.array(weights, np.float32))
    shared = (shared / full[query]).astype(np.float32)
    enough = shared >= FLOOR
    query, number, shared = query[enough], number[enough], shared[enough]
    best = _best_of_each(query, number, shared, top)
    return Candidates(
        query[best].astype(np.int32),
        number[best].astype(np.int32),
        shared[best].astype(np.float32),
    )


def _best_of_each(
    query: npt.NDArray[np.int64],
    number: npt.NDArray[np.int64],
    shared: npt.NDArray[np.float32],
    top: int,
) -> npt.NDArray[np.intp]:
    """Indices of the ``top`` largest of each query; ties go to the earlier text."""
    order = np.lexsort((number, -shared, query))
    starts = np.flatnonzero(np.diff(query[order], prepend=-1))
    rank = np.arange(len(order)) - np.repeat(
        starts, np.diff(np.append(starts, len(order)))
    )
    return order[rank < top]


def _none() -> Candidates:
    empty = np.zeros(0, np.int32)
    return Candidates(empty, empty, np.zeros(0, np.float32))
