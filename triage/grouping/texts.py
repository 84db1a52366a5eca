"""Normalised texts as arrays of word ids, so that many are compared at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np
import numpy.typing as npt

from triage.grouping.normalize import tokens

Ids = npt.NDArray[np.uint32]
Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


class Words(dict[str, int]):
    """
    Word to its 32-bit id, which is the same in every process and every engine.

    Two words of one id are one in a hundred thousand; they make a text no likelier to
    be found than one common word more, and what is *shown* is always the text's own.
    """

    def __missing__(self, word: str) -> int:
        number = crc32(word.encode("utf-8", "surrogatepass"))
        self[word] = number
        return number


@dataclass(frozen=True, slots=True, eq=False)
class Texts:
    """
    Texts as the ids of their words.

    Attributes:
        normal: The normalised texts.
        words: Ids of the words of all texts, one text after the other, repeats kept.
        starts: Where each text's words begin, and at last where they end; n + 1 long.
        terms: The different words of each text, in order of id.
        bounds: The same as ``starts``, for ``terms``.
        place: For each of ``words`` its index in ``terms``.
        spelt: Words by id, of the texts that are ``apart``, taken apart into words.
    """

    normal: list[str]
    words: Ids
    starts: Ints
    terms: Ids
    bounds: Ints
    place: Ints
    spelt: dict[int, str]
    apart: npt.NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.normal)

    @classmethod
    def of(cls, normal: Iterable[str]) -> Texts:
        """The texts these normalised strings are."""
        ids = Words()
        known = ids.__getitem__
        texts = list(normal)
        lists = [list(map(known, tokens(text))) for text in texts]
        found = cls.known(texts, [np.array(one, np.uint32) for one in lists])
        found.spelt.update((number, word) for word, number in ids.items())
        found.apart[:] = True
        return found

    @classmethod
    def known(cls, normal: list[str], words: Sequence[Ids]) -> Texts:
        """The texts whose words' ids are known already."""
        starts = offsets([len(one) for one in words])
        flat = np.concatenate(words) if words else np.zeros(0, np.uint32)
        text = np.repeat(np.arange(len(words), dtype=np.int64), np.diff(starts))
        keys, place = np.unique((text << 32) | flat, return_inverse=True)
        bounds = np.searchsorted(keys >> 32, np.arange(len(words) + 1))
        return cls(
            normal=normal,
            words=flat,
            starts=starts,
            terms=(keys & 0xFFFFFFFF).astype(np.uint32),
            bounds=bounds.astype(np.int64),
            place=place.astype(np.int64),
            spelt={},
            apart=np.zeros(len(normal), np.bool_),
        )

    def names(self, which: Ints) -> Mapping[int, str]:
        """Words by id, at least those of these texts."""
        for text in which[~self.apart[which]].tolist():
            ids = self.words[self.starts[text] : self.starts[text + 1]].tolist()
            self.spelt.update(zip(ids, tokens(self.normal[text]), strict=True))
        self.apart[which] = True
        return self.spelt

    def and_also(self, others: Texts) -> Texts:
        """These texts and then those."""
        return Texts(
            normal=[*self.normal, *others.normal],
            words=np.concatenate([self.words, others.words]),
            starts=np.concatenate([self.starts, others.starts[1:] + len(self.words)]),
            terms=np.concatenate([self.terms, others.terms]),
            bounds=np.concatenate([self.bounds, others.bounds[1:] + len(self.terms)]),
            place=np.concatenate([self.place, others.place + len(self.terms)]),
            spelt=self.spelt | others.spelt,
            apart=np.concatenate([self.apart, others.apart]),
        )

    def sizes(self) -> Ints:
        """How many different words each text has."""
        return self.bounds[1:] - self.bounds[:-1]


def offsets(lengths: Sequence[int] | Ints) -> Ints:
    """Where runs of these lengths begin when laid one after the other; n + 1 long."""
    total = np.zeros(len(lengths) + 1, np.int64)
    np.cumsum(lengths, out=total[1:])
    return total


def sums(weight: Floats, place: Ints, count: int) -> Floats:
    """What falls on each of ``count`` places; added in order, so always alike."""
    return np.asarray(np.bincount(place, weights=weight, minlength=count), np.float64)


def spans(starts: Ints, lengths: Ints) -> Ints:
    """The indices of all these runs, one run after the other."""
    ends = np.cumsum(lengths)
    total = int(ends[-1]) if len(ends) else 0
    shift = np.repeat(starts - (ends - lengths), lengths)
    return np.asarray(np.arange(total) + shift, np.int64)
