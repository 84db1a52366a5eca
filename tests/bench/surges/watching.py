"""What watching a year week by week comes to: false alarms, and surges found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from bench.surges.peers import Watch
from bench.surges.simulation import Year

BANDS = ((0.0, 5 / 3), (5 / 3, 3.0), (3.0, 5.0), (5.0, 8.0), (8.0, 12.0), (12.0, 51.0))
"""Usual feedback a week; three times less than 5/3 is no five."""

IN_TIME = 2
"""Weeks in which a surge is to be found."""

BEGIN = 11
"""The first week that is watched."""


@dataclass(slots=True)
class Watched:
    """
    What came of it.

    Attributes:
        alerts: Told in quiet weeks and in surges; ``false`` those of quiet weeks.
        quiet: How many weeks of pain points were quiet.
        found: Surges found in time by band, and how many there were.
    """

    alerts: int = 0
    false: int = 0
    quiet: int = 0
    found: list[tuple[int, int]] = field(default_factory=list)

    @property
    def false_share(self) -> float:
        """How many of the alerts are false."""
        return self.false / self.alerts if self.alerts else 0.0

    @property
    def quiet_share(self) -> float:
        """In how many quiet weeks of a pain point there is an alert."""
        return self.false / self.quiet

    @property
    def in_reach(self) -> tuple[int, int]:
        """Found, and all there are, of those whose triple is five and more."""
        return (
            sum(one for one, _ in self.found[1:]),
            sum(many for _, many in self.found[1:]),
        )

    def and_also(self, other: Watched) -> Watched:
        """Both years as one."""
        return Watched(
            self.alerts + other.alerts, self.false + other.false,
            self.quiet + other.quiet,
            [
                (one + more, many + beside)
                for (one, many), (more, beside) in zip(
                    self.found or other.found,
                    other.found if self.found else [(0, 0)] * len(other.found),
                    strict=True,
                )
            ],
        )  # fmt: skip


def watched(year: Year, watches: Mapping[str, Watch]) -> dict[str, Watched]:
    """Each way of watching through the same year."""
    found = {name: Watched() for name in watches}
    seen = {name: np.zeros(len(year.rates), np.bool_) for name in watches}
    for week in range(BEGIN, year.counts.shape[2]):
        surging = year.surging(week)
        quiet = ~surging & ~year.after(week)
        in_time = surging & (week - year.begins < IN_TIME)
        for name, watch in watches.items():
            alerts = watch(year, week)
            one = found[name]
            one.alerts += int((alerts & (quiet | surging)).sum())
            one.false += int((alerts & quiet).sum())
            one.quiet += int(quiet.sum())
            seen[name] |= alerts & in_time
    for name, one in found.items():
        one.found = _by_band(year, seen[name])
    return found


def _by_band(year: Year, seen: np.typing.NDArray[np.bool_]) -> list[tuple[int, int]]:
    surged = year.begins >= 0
    told: list[tuple[int, int]] = []
    for low, high in BANDS:
        among = surged & (year.rates >= low) & (year.rates < high)
        told.append((int((seen & among).sum()), int(among.sum())))
    return told


def summed(years: Sequence[Watched]) -> Watched:
    """Several years as one."""
    whole = Watched()
    for one in years:
        whole = whole.and_also(one)
    return whole
