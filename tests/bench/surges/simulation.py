"""
Two thousand pain points heard for a year, with surges planted in every fifth.

How often each is heard a week is lognormal, its middle 0.7 and its sigma 1.4, from 0.05
to 50: 77 % less than twice, 8 % more than five times, one in two hundred more than 25.
Four sources bring half, a quarter, 15 and 10 % of it, each pain point by a mixture of
its own. For all of them there is a dip to half in two weeks, a peak to 1.6 in two
others and 5 % from week to week; three of four sources bring nothing for one or two
weeks. A surge triples one pain point for three weeks.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

LONG = 3
"""Weeks a surge lasts."""

TIMES = 3.0
SURGING = 0.2
FIRST = 12
"""The first week a surge may begin in; before it there is too little to compare."""

_SHARES = np.array([0.5, 0.25, 0.15, 0.1])


@dataclass(frozen=True, slots=True)
class Year:
    """
    What was heard.

    Attributes:
        rates: How often each pain point is usually heard a week.
        counts: By pain point, source and week.
        pulled: By source and week, whether anything was.
        season: How much was said of everything, by week.
        alpha: Variance is mean + alpha·mean².
        begins: The week a surge begins in; -1 for none.
    """

    rates: Floats
    counts: Ints
    pulled: npt.NDArray[np.bool_]
    season: Floats
    alpha: float
    begins: Ints
    mixture: Floats = field(repr=False)

    def surging(self, week: int) -> npt.NDArray[np.bool_]:
        """Which surge in this week."""
        ago = week - self.begins
        return (self.begins >= 0) & (ago >= 0) & (ago < LONG)

    def after(self, week: int) -> npt.NDArray[np.bool_]:
        """Which surged a week or two ago: neither quiet nor a surge."""
        ago = week - self.begins
        return (self.begins >= 0) & (ago >= LONG) & (ago < LONG + 2)


def year(
    seed: int,
    alpha: float,
    *,
    pain_points: int = 2000,
    weeks: int = 52,
    is_midweek: bool = False,
    surging: float = SURGING,
) -> Year:
    """
    A year of a seed.

    Args:
        alpha: 0 is plain Poisson.
        is_midweek: Whether surges begin anywhere in a week, not with it.
    """
    chance = np.random.default_rng(seed)
    rates = np.clip(0.7 * np.exp(1.4 * chance.standard_normal(pain_points)), 0.05, 50)
    mixture = chance.dirichlet(_SHARES * 4, pain_points)
    season = np.exp(0.05 * chance.standard_normal(weeks))
    season[weeks // 2 : weeks // 2 + 2] *= 0.5
    season[weeks * 3 // 4 : weeks * 3 // 4 + 2] *= 1.6
    pulled = np.ones((len(_SHARES), weeks), np.bool_)
    for source in range(len(_SHARES) - 1):
        begins = int(chance.integers(FIRST, weeks - 4))
        pulled[source, begins : begins + int(chance.integers(1, 3))] = False
    surges = chance.random(pain_points) < surging
    begins_in = chance.integers(FIRST, weeks - 4, pain_points)
    times = np.ones((pain_points, weeks))
    into = chance.random(pain_points) if is_midweek else np.zeros(pain_points)
    for which in np.flatnonzero(surges):
        begin = int(begins_in[which])
        times[which, begin : begin + LONG] = TIMES
        times[which, begin] -= (TIMES - 1) * into[which]
    restless = (
        chance.gamma(1 / alpha, alpha, (pain_points, weeks))
        if alpha
        else np.ones((pain_points, weeks))
    )
    mean = (rates[:, None] * season * times * restless)[:, None, :]
    counts = chance.poisson(mean * mixture[:, :, None] * pulled[None])
    return Year(
        rates, counts, pulled, season, alpha, np.where(surges, begins_in, -1), mixture
    )
