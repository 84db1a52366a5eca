"""Every quote of every pain point as a vector, so that any text can be compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from triage.grouping.wording import FAMILIES, Numbers, Vocabulary

Floats = npt.NDArray[np.float64]

FAMILY_WEIGHTS = np.array((0.5, 0.25, 0.8))
"""How much words, pairs and pieces count; a third more or less does little."""

NEAREST = 0.5
"""What the nearest quote counts beside all quotes together, which count 1."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """
    A quote and what it is evidence of.

    Attributes:
        feedback: Who said it; 0 for what a person wrote: a pain point's title.
        group: Feedback that says the same as others has one group.
    """

    pain_point: int
    text: str
    feedback: int = 0
    group: int = 0


@dataclass(frozen=True, slots=True)
class Comparison:
    """
    One text beside every quote.

    Attributes:
        likeness: To each pain point, 0 to 1, in the order of ``pain_points``.
        quotes: To each quote, 0 to 1, in the order of the index; 0 where left out.
        numbers: Terms of the text that some quote has, each once.
        shares: What each posting of those terms adds.
        terms: The position in ``numbers`` each posting belongs to.
        rows: The quote each posting belongs to.
    """

    likeness: Floats
    quotes: Floats
    numbers: Numbers
    shares: Floats
    terms: Numbers
    rows: Numbers


class EvidenceIndex:
    """
    Quotes by pain point, made comparable with any text.

    A text is a vector over its words, pairs of neighbouring words and pieces of words
    (four characters, edges included, which see through endings). A term weighs
    ``(1 + ln tf) * (ln((1 + P) / (1 + p)) + 1)``, where ``P`` is the number of pain
    points and ``p`` that of those with the term in any quote: inverse document
    frequency (Spärck Jones 1972) counted over pain points, so that what people say
    about many things tells little, however rare it is otherwise. Each family of terms
    is brought to its share of ``FAMILY_WEIGHTS``, then the vector to length 1; words no
    quote has make a text longer, and so less like anything.

    The likeness of a text ``q`` to a pain point is
    ``(cos(q, sum of its quotes) + NEAREST * max cos(q, quote)) / (1 + NEAREST)``:
    Rocchio's centroid (1971), and the nearest neighbour for what is said in many ways.

    Nothing changes once it is built; any number of threads may ask.

    Attributes:
        quotes: In the order of their pain points.
        pain_points: (P,) every pain point with a quote, ascending.
    """

    def __init__(
        self, quotes: Sequence[Quoted], vocabulary: Vocabulary | None = None
    ) -> None:
        self.quotes = tuple(sorted(quotes, key=lambda one: one.pain_point))
        # An empty one is false, and still the one to fill.
        self.vocabulary = Vocabulary() if vocabulary is None else vocabulary
        told = np.array([one.pain_point for one in self.quotes], np.int64)
        self.pain_points, self._first = np.unique(told, return_index=True)
        self._homes: Numbers = np.searchsorted(self.pain_points, told).astype(np.int64)
        learnt = [self.vocabulary.learn(one.text).numbers for one in self.quotes]
        self._size = len(self.vocabulary)
        self._weigh(learnt)

    def compare(self, text: str, without: Sequence[int] = ()) -> Comparison:
        """
        One text beside every quote, as if those at ``without`` did not exist.

        Left-out quotes count neither for a pain point nor for how common a term is;
        only the lengths of the other quotes are as with them.
        """
        left = np.zeros(len(self.quotes), bool)
        left[list(without)] = True
        numbers, counts = np.unique(
            self.vocabulary.read(text).numbers, return_counts=True
        )
        known = numbers // FAMILIES < self._size
        columns = numbers[known] // FAMILIES
        at, terms = _ranges(self._starts[columns], self._starts[columns + 1])
        rows = self._rows[at]
        built = self._icf(self._known_to[columns])
        icf = np.full(len(numbers), self._icf(np.zeros(1))[0])
        icf[known] = self._icf(self._kept_by(columns, terms, rows, left))
        one_row = np.zeros(len(numbers), np.int64)
        own = _unit((1 + np.log(counts)) * icf, numbers % FAMILIES, one_row, 1)
        shares = self._values[at] * (own[known] * icf[known] / built)[terms]
        quotes = np.bincount(rows, shares, minlength=len(self.quotes)).astype(
            np.float64
        )
        quotes[left] = 0.0
        return Comparison(
            self._likeness(quotes, left), quotes, numbers[known], shares, terms, rows
        )

    def of(self, pain_point: int) -> slice:
        """Where the quotes of a pain point stand in ``quotes``."""
        home = int(np.searchsorted(self.pain_points, pain_point))
        ends = [*self._first.tolist(), len(self.quotes)]
        return slice(ends[home], ends[home + 1])

    def is_common(self, term: int) -> bool:
        """Whether so many pain points know a term that it says nothing about one."""
        return bool(
            self._known_to[term // FAMILIES] > max(1, len(self.pain_points) / 4)
        )

    @cached_property
    def by_feedback(self) -> dict[int, list[int]]:
        """Positions of the quotes of each feedback."""
        return _positions([one.feedback for one in self.quotes])

    @cached_property
    def by_group(self) -> dict[int, list[int]]:
        """Positions of the quotes of each group of feedback."""
        return _positions([one.group for one in self.quotes])

    def _weigh(self, learnt: Sequence[Numbers]) -> None:
        """The vectors, kept as a list of postings for each term."""
        many, points = len(learnt), len(self.pain_points)
        rows = np.repeat(np.arange(many), [len(numbers) for numbers in learnt])
        every = np.concatenate([*learnt, np.empty(0, np.int64)])
        # Sorted by term, then by quote.
        keys, counts = np.unique(every * max(1, many) + rows, return_counts=True)
        numbers, self._rows = keys // max(1, many), keys % max(1, many)
        columns = numbers // FAMILIES
        self._starts = np.searchsorted(columns, np.arange(self._size + 1))
        cells = columns * max(1, points) + self._homes[self._rows]
        # Quotes stand in the order of their pain points, so cells ascend too.
        opens = np.diff(cells, prepend=-1) > 0
        self._known_to = np.bincount(columns[opens], minlength=self._size)
        self._values = _unit(
            (1 + np.log(counts)) * self._icf(self._known_to[columns]),
            numbers % FAMILIES, self._rows, many,
        )  # fmt: skip
        cell = np.cumsum(opens) - 1
        sums = np.bincount(cell, self._values)
        # How much each quote is like all quotes of its pain point, itself among them.
        self._to_home = np.bincount(
            self._rows, self._values * sums[cell], minlength=many
        )
        self._squares = np.bincount(self._homes, self._to_home, minlength=points)

    def _icf(self, known_to: npt.NDArray[np.generic]) -> Floats:
        ratio = (1 + len(self.pain_points)) / (1 + known_to.astype(np.float64))
        return np.asarray(np.log(ratio) + 1)

    def _kept_by(
        self,
        columns: Numbers,
        terms: Numbers,
        rows: Numbers,
        left: npt.NDArray[np.bool],
    ) -> Numbers:
        """To how many pain points each term is known by quotes not left out."""
        if not left.any():
            return self._known_to[columns]
        kept = ~left[rows]
        cells = terms[kept] * len(self.pain_points) + self._homes[rows[kept]]
        opens = np.diff(cells, prepend=-1) > 0
        return np.bincount(terms[kept][opens], minlength=len(columns))

    def _likeness(self, quotes: Floats, left: npt.NDArray[np.bool]) -> Floats:
        if not len(quotes):
            return np.zeros(0)
        together = np.bincount(self._homes, quotes)
        squares = self._squares.copy()
        for home in np.unique(self._homes[left]):
            gone = np.flatnonzero(left & (self._homes == home))
            squares[home] += self._square_of(gone) - 2 * self._to_home[gone].sum()
        # What is left of a sum all of whose quotes are gone is rounding.
        length = np.sqrt(np.maximum(squares, 1e-9))
        nearest = np.maximum.reduceat(quotes, self._first)
        return np.asarray((together / length + NEAREST * nearest) / (1 + NEAREST))

    def _square_of(self, rows: npt.NDArray[np.intp]) -> float:
        """The squared length of the sum of some quotes' vectors."""
        order, starts = self._by_row
        at, _ = _ranges(starts[rows], starts[rows + 1])
        postings = order[at]
        _, column = np.unique(self._columns[postings], return_inverse=True)
        sums = np.bincount(column, self._values[postings])
        return float((sums**2).sum())

    @cached_property
    def _by_row(self) -> tuple[Numbers, Numbers]:
        order = np.argsort(self._rows, kind="stable")
        return order, np.searchsorted(
            self._rows[order], np.arange(len(self.quotes) + 1)
        )

    @cached_property
    def _columns(self) -> Numbers:
        return np.repeat(np.arange(self._size), np.diff(self._starts))


def _ranges(starts: Numbers, ends: Numbers) -> tuple[Numbers, Numbers]:
    """Every number from each start to before its end, and which start it is from."""
    lengths = ends - starts
    which = np.repeat(np.arange(len(starts)), lengths)
    before = np.cumsum(lengths) - lengths
    return np.arange(lengths.sum()) - before[which] + starts[which], which


def _unit(values: Floats, families: Numbers, rows: Numbers, many: int) -> Floats:
    """Families brought to their share within each row, then rows to length 1."""
    places = rows * FAMILIES + families
    squares = np.bincount(places, values**2, minlength=many * FAMILIES)
    present = (squares > 0).reshape(many, FAMILIES)
    lengths = np.sqrt((present * FAMILY_WEIGHTS**2).sum(axis=1))
    norms = np.sqrt(squares[places])
    return np.asarray(values * FAMILY_WEIGHTS[families] / norms / lengths[rows])


def _positions(keys: Sequence[int]) -> dict[int, list[int]]:
    """Where each key stands; 0, which is nobody's, left out."""
    found: dict[int, list[int]] = {}
    for at, key in enumerate(keys):
        if key:
            found.setdefault(key, []).append(at)
    return found
