"""What a text is compared by: words, pairs of words and pieces of words, numbered."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from itertools import count, pairwise

import numpy as np
import numpy.typing as npt

from triage.grouping.normalize import normalize, tokens

Numbers = npt.NDArray[np.int64]

WORD, PAIR, PIECE = range(3)
"""The families of terms; a term's number, modulo three, is its family."""

FAMILIES = 3

PIECE_LENGTH = 4
"""Characters of a piece; four alone do as well as three to five together."""

_STRANGE = FAMILIES << 40
"""Numbers from here on are of terms no quote has; a multiple keeps the families."""


@dataclass(frozen=True, slots=True)
class Wording:
    """
    One text as numbers of terms.

    Attributes:
        words: Its words in order, for display.
        numbers: Of every word, every pair of neighbours and every piece, repeats kept.
    """

    words: tuple[str, ...]
    numbers: Numbers


class _Numbering(dict[Hashable, int]):
    """The terms of one family; a new one is given the next number when looked up."""

    def __init__(self, next_place: Iterator[int], family: int) -> None:
        self._next_place = next_place
        self._family = family

    def __missing__(self, term: Hashable) -> int:
        number = self[term] = next(self._next_place) * FAMILIES + self._family
        return number

    def known(
        self, terms: Iterable[Hashable], strange: dict[Hashable, int]
    ) -> Iterator[int]:
        """The numbers of terms; one never met gets a number in ``strange`` only."""
        for term in terms:
            found = self.get(term)
            if found is None:
                fresh = _STRANGE + len(strange) * FAMILIES + self._family
                found = strange.setdefault((self._family, term), fresh)
            yield found


class Vocabulary:
    """
    Gives every term a number, the same for as long as it lives.

    A quote is read once: its wording is kept, so that an index built anew after one
    decision does not read the others again. Learning is for one thread at a time;
    reading is for any number beside it.
    """

    def __init__(self) -> None:
        places = count()
        self._words = _Numbering(places, WORD)
        self._pairs = _Numbering(places, PAIR)
        self._pieces = _Numbering(places, PIECE)
        self._cut: dict[str, list[int]] = {}
        self._learnt: dict[str, Wording] = {}

    def __len__(self) -> int:
        return len(self._words) + len(self._pairs) + len(self._pieces)

    def learn(self, text: str) -> Wording:
        """The wording of a quote; terms not met before get a number."""
        known = self._learnt.get(text)
        if known is None:
            words = tokens(normalize(text))
            numbers = [self._words[word] for word in words]
            numbers += [self._pairs[pair] for pair in pairwise(words)]
            for word in words:
                pieces = self._cut.get(word)
                if pieces is None:
                    pieces = [self._pieces[piece] for piece in cut(word)]
                    self._cut[word] = pieces
                numbers += pieces
            known = Wording(tuple(words), np.array(numbers, np.int64))
            self._learnt[text] = known
        return known

    def read(self, text: str) -> Wording:
        """The wording of any text; what no quote has is numbered for this text only."""
        words = tokens(normalize(text))
        strange: dict[Hashable, int] = {}
        numbers = [*self._words.known(words, strange)]
        numbers += self._pairs.known(pairwise(words), strange)
        for word in words:
            numbers += self._cut.get(word) or self._pieces.known(cut(word), strange)
        return Wording(tuple(words), np.array(numbers, np.int64))

    def parts(self, word: str) -> list[int | None]:
        """The numbers of a word and of its pieces; None for what no quote has."""
        return [self._words.get(word), *map(self._pieces.get, cut(word))]


def cut(word: str) -> list[str]:
    """Its runs of four characters, the edges counting as one each."""
    edged = f" {word} "
    last = max(1, len(edged) - PIECE_LENGTH + 1)
    return [edged[at : at + PIECE_LENGTH] for at in range(last)]
