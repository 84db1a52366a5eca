"""Ours and what somebody would write in an hour, asked the same week of the same year."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from bench.surges.simulation import Floats, Ints, Year
from triage.measures.trend import BEFORE, LATELY, Level, Stream, trends

Alerts = npt.NDArray[np.bool_]
Watch = Callable[[Year, int], Alerts]

TEN = BEFORE + LATELY


def _levels(year: Year, week: int) -> list[Level]:
    span = slice(week - TEN + 1, week + 1)
    came = year.counts[:, :, span].sum(0).tolist()
    share = year.pulled[:, span].astype(float).tolist()
    streams = {
        source: Stream(tuple(came[source]), tuple(share[source]))
        for source in range(len(came))
    }
    heard = {
        of: dict(enumerate(told))
        for of, told in enumerate(year.counts[:, :, span].tolist())
    }
    return [one.level for one in trends(heard, streams).values()]


class Ours:
    """Both of our levels of one week, worked out once."""

    def __init__(self) -> None:
        self._known: tuple[int, int, list[Level]] = (0, -1, [])

    def _told(self, year: Year, week: int) -> list[Level]:
        if self._known[:2] != (id(year), week):
            self._known = (id(year), week, _levels(year, week))
        return self._known[2]

    def surge(self, year: Year, week: int) -> Alerts:
        """What is told as a surge."""
        told = self._told(year, week)
        return np.array([one is Level.SURGE for one in told])

    def perhaps(self, year: Year, week: int) -> Alerts:
        """What is told as a surge or as one perhaps."""
        told = self._told(year, week)
        return np.array([one in {Level.SURGE, Level.PERHAPS} for one in told])


def _weekly(year: Year, week: int) -> tuple[Ints, Ints]:
    """This week's counts, and those of the eight before."""
    counts = year.counts.sum(1)
    return counts[:, week], counts[:, week - BEFORE : week]


def letter(year: Year, week: int) -> Alerts:
    """The rule to the letter: the median of eight, Poisson's tail, q < 0.01."""
    from scipy import stats  # in the folder of peers alone

    now, before = _weekly(year, week)
    usual = np.median(before, axis=1)
    tail = stats.poisson.sf(now - 1, usual)
    q = stats.false_discovery_control(np.clip(tail, 0, 1), method="bh")
    return np.asarray((now >= 5) & (now >= 2 * usual) & (q < 0.01))


def ratio(year: Year, week: int) -> Alerts:
    """Twice the median of eight weeks, and five at least."""
    now, before = _weekly(year, week)
    return np.asarray((now >= 5) & (now >= 2 * np.median(before, axis=1)))


def z_score(year: Year, week: int) -> Alerts:
    """Three standard deviations of eight weeks above their mean, and five at least."""
    now, before = _weekly(year, week)
    spread = np.maximum(before.std(axis=1, ddof=1), 1e-9)
    return np.asarray((now >= 5) & ((now - before.mean(axis=1)) / spread > 3))


def cusum(year: Year, week: int) -> Alerts:
    """What lies above the mean of weeks 10 to 2 ago, summed over three; 5 sigma."""
    counts = year.counts.sum(1)
    usual = counts[:, week - 10 : week - 2].mean(axis=1)
    usual = np.maximum(usual, 0.5)
    # Half way between the usual rate and its triple, as Poisson's likelihood has it.
    slack = usual * 2 / np.log(3)
    whole = np.zeros(len(usual))
    for one in range(week - 2, week + 1):
        whole = np.maximum(0, whole + counts[:, one] - slack)
    return np.asarray((counts[:, week] >= 5) & (whole > 5 * np.sqrt(usual)))


def told_all(year: Year, week: int) -> Alerts:
    """Whoever was told each true rate, season, outage and alpha; then as ours."""
    from scipy import stats  # in the folder of peers alone

    there = (year.mixture[:, :, None] * year.pulled[None]).sum(1)
    means: Floats = year.rates[:, None] * year.season[None] * there
    counts = year.counts.sum(1)
    found = []
    for many in (1, LATELY):
        span = slice(week - many + 1, week + 1)
        mean, now = means[:, span].sum(1), counts[:, span].sum(1)
        if year.alpha:
            size = many / year.alpha
            tail = stats.nbinom.sf(now - 1, size, size / (size + mean))
        else:
            tail = stats.poisson.sf(now - 1, mean)
        found.append((tail, (now >= 5) & (now >= 2 * mean)))
    (one, is_one), (two, is_two) = found
    tail = np.minimum(1, 2 * np.minimum(one, two))
    # The chance of five or more is what can be told before anything is counted.
    compared = means[:, week - 1 : week + 1].sum(1) >= 2
    q = np.ones(len(tail))
    q[compared] = stats.false_discovery_control(tail[compared], method="bh")
    return np.asarray(np.where(two < one, is_two, is_one) & (q < 0.01))
