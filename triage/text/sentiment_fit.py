"""
Logistic regression on few listed columns and many slots, by accelerated descent.

A slot counts by how unevenly it is said by the two sides: the logarithm of the ratio
of its frequencies among the pleased and the displeased (Wang and Manning, 2012).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import compress
from typing import TYPE_CHECKING, Any

from triage.text.sentiment_weights import SLOTS

if TYPE_CHECKING:
    import numpy as np

    Floats = np.ndarray[Any, np.dtype[np.float64]]

_STRENGTH = 2.0
"""How far a weight may go: the inverse of the penalty on its square."""

_SEEN = 1.0
"""Added to how often each side says a slot; what is said once proves little."""

_STEPS = 150
_GUESSES = 12
_LISTED = 3
"""Columns before the slots: balance, opening, and one that is always there."""


@dataclass(frozen=True, slots=True)
class Learnt:
    """What the listed columns and every slot weigh."""

    listed: Sequence[float]
    slots: Sequence[float]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows: their listed columns, the shares of their slots, and their side."""

    listed: Sequence[tuple[float, float, float]]
    shares: Sequence[Mapping[int, float]]
    pleased: Sequence[bool]

    @property
    def rows(self) -> int:
        """How many."""
        return len(self.pleased)

    @property
    def two_sided(self) -> bool:
        """Whether there are pleased and displeased both."""
        return len(set(self.pleased)) == 2

    def only(self, which: Sequence[bool]) -> Table:
        """The rows that are marked."""
        return Table(
            list(compress(self.listed, which)),
            list(compress(self.shares, which)),
            list(compress(self.pleased, which)),
        )

    def told(self, learnt: Learnt) -> list[float]:
        """The log-odds of each row that its writer is pleased."""
        return [
            sum(one * weight for one, weight in zip(listed, learnt.listed, strict=True))
            + sum(learnt.slots[slot] * share for slot, share in shares.items())
            for listed, shares in zip(self.listed, self.shares, strict=True)
        ]


def descended(rows: Table) -> Learnt:
    """The weights that tell both sides of these rows best; each side counts half."""
    import numpy as np

    listed = np.array(rows.listed)
    counts = np.array([len(shares) for shares in rows.shares])
    row_of = np.repeat(np.arange(rows.rows), counts)
    said = np.array([at for shares in rows.shares for at in shares], dtype=np.int64)
    used, slot = np.unique(said, return_inverse=True)
    many = len(used)
    share = np.array([one for shares in rows.shares for one in shares.values()])
    sign = np.where(rows.pleased, 1.0, -1.0)
    importance = 0.5 / np.where(sign > 0, (sign > 0).sum(), (sign < 0).sum())
    uneven = _uneven(slot, sign[row_of], many)
    share = share * uneven[slot]

    def forth(at: Floats) -> Floats:
        said = np.bincount(row_of, at[_LISTED + slot] * share, minlength=rows.rows)
        return np.asarray(listed @ at[:_LISTED] + said)

    def back(pull: Floats) -> Floats:
        said = np.bincount(slot, pull[row_of] * share, minlength=many)
        return np.concatenate([listed.T @ pull, said])

    penalty = np.full(_LISTED + many, 1 / (_STRENGTH * rows.rows))
    penalty[:_LISTED] = 0.0
    # The slope changes by at most a quarter of the greatest eigenvalue.
    guess, greatest = np.ones(_LISTED + many), 1.0
    for _ in range(_GUESSES):
        guess = back(importance * forth(guess))
        greatest = float(np.linalg.norm(guess))
        guess /= greatest
    step = 1 / (0.3 * greatest + float(penalty.max()))
    now = np.zeros(_LISTED + many)
    ahead = now.copy()
    for count in range(_STEPS):
        pull = -sign * importance / (1 + np.exp(np.clip(sign * forth(ahead), -30, 30)))
        after = ahead - step * (back(pull) + penalty * ahead)
        ahead = after + (after - now) * (count / (count + 3))
        now = after
    slots = np.zeros(SLOTS)
    slots[used] = now[_LISTED:] * uneven
    return Learnt(now[:_LISTED].tolist(), slots.tolist())


def _uneven(slot: Any, sign: Floats, many: int) -> Floats:
    """How unevenly the sides say each slot."""
    import numpy as np

    sides = [
        np.bincount(slot[sign == side], minlength=many) + _SEEN for side in (1.0, -1.0)
    ]
    good, bad = (side / side.sum() for side in sides)
    return np.asarray(np.abs(np.log(good / bad)))


def shift(told: Sequence[tuple[float, bool]]) -> float:
    """What to add to log-odds so that both sides, counting half each, fit them best."""
    many = {side: sum(one is side for _, one in told) for side in (True, False)}
    if not all(many.values()):
        return 0.0
    added = 0.0
    for _ in range(_GUESSES):
        slope = bend = 0.0
        for odds, pleased in told:
            likely = 1 / (1 + math.exp(-max(-30.0, min(30.0, odds + added))))
            slope += (likely - pleased) / many[pleased]
            bend += likely * (1 - likely) / many[pleased]
        added -= slope / (bend or 1.0)
    return added
