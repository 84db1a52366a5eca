"""Carrying a row up and down a ranking, until it is put down with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from triage.scoring import Ranked, Ranking, above, below


@dataclass(frozen=True, slots=True)
class Carried:
    """
    A row in a person's hand.

    Attributes:
        rows: The ranking's rows in the order they would have.
        at: Where it is held now.
        start: Where it stood.
    """

    rows: tuple[Ranked, ...]
    at: int
    start: int

    @property
    def row(self) -> Ranked:
        """The one that is carried."""
        return self.rows[self.at]

    @property
    def has_moved(self) -> bool:
        """Whether it is held anywhere else than where it stood."""
        return self.at != self.start

    def moved(self, by: int) -> Carried:
        """One up or down, as far as rows with a value go."""
        to = self.at + by
        if not 0 <= to < len(self.rows):
            return self
        if self.rows[to].scored.ranks_by is None:
            return self
        rows = list(self.rows)
        rows.insert(to, rows.pop(self.at))
        return Carried(tuple(rows), to, self.start)

    def value(self, ranking: Ranking) -> float:
        """What it ranks by where it is held: between those beside it."""
        mine = self.row.scored.pain_point_id
        if self.at + 1 < len(self.rows):
            under = self.rows[self.at + 1].scored
            if under.ranks_by is not None:
                return above(ranking, mine, under.pain_point_id)
        over = self.rows[self.at - 1].scored
        return below(ranking, mine, over.pain_point_id)


def lifted(rows: Sequence[Ranked], at: int) -> Carried:
    """The row at this place, in hand."""
    return Carried(tuple(rows), at, at)
