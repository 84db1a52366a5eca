"""Calls counted against what a service allows, so that it need not refuse one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Protocol

from triage.connector import Budget

LONGEST = 60
"""Seconds of one count at most: calls are kept by the stretch they were made in."""
FINEST = 10
"""Stretches of a short time: of calls in a minute, one is kept by six seconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """
    What was asked of a service lately.

    Attributes:
        calls: How many, by stretch since the epoch; how long a stretch is, its budget
            says.
        said_left: What the service said last is left, at ``said_at``.
        said_of: Of how many, in its word; None where it never said.
    """

    calls: Mapping[int, int] = field(default_factory=dict)
    said_left: int | None = None
    said_of: int | None = None
    said_at: datetime | None = None

    def left(self, budget: Budget, now: datetime) -> int:
        """Calls that may be made now; what the service said counts if it is fewer."""
        counted = (self.said_of or budget.calls) - sum(self._lately(budget, now))
        if self.said_left is None or not self._is_said_lately(budget, now):
            return max(0, counted)
        assert self.said_at is not None
        since = _stretch(budget, self.said_at)
        # Those of the same stretch were made before it said so, or are few.
        after = sum(many for stretch, many in self.calls.items() if stretch > since)
        return max(0, min(counted, self.said_left - after))

    def free_at(self, budget: Budget, now: datetime) -> datetime:
        """When there is a call to make again; ``now`` where there is one."""
        if self.left(budget, now):
            return now
        # Each stretch's calls are free again one after another, the oldest first.
        stretches = sorted(one for one in self.calls if one > _first(budget, now))
        for stretch in stretches:
            at = _over(budget, stretch)
            if self.left(budget, at):
                return at
        return _over(budget, _stretch(budget, now))

    def with_call(self, budget: Budget, now: datetime) -> Spent:
        """One more call made now; those too old to count are forgotten."""
        first, this = _first(budget, now), _stretch(budget, now)
        kept = {one: many for one, many in self.calls.items() if one > first}
        return replace(self, calls={**kept, this: kept.get(this, 0) + 1})

    def _lately(self, budget: Budget, now: datetime) -> list[int]:
        first = _first(budget, now)
        return [many for stretch, many in self.calls.items() if stretch > first]

    def _is_said_lately(self, budget: Budget, now: datetime) -> bool:
        if self.said_at is None:
            return False
        return (now - self.said_at).total_seconds() < budget.seconds


class Ledger(Protocol):
    """Where calls are counted, beyond this process where it can."""

    def change(self, name: str, make: Callable[[Spent], Spent]) -> Spent:
        """What is kept under a name, made another in one go; the new one."""
        ...

    def look(self, name: str) -> Spent:
        """What is kept under a name."""
        ...


class Passing:
    """Counts for as long as this process lasts."""

    def __init__(self) -> None:
        self._kept: dict[str, Spent] = {}

    def change(self, name: str, make: Callable[[Spent], Spent]) -> Spent:
        """As ``Ledger.change``."""
        self._kept[name] = made = make(self.look(name))
        return made

    def look(self, name: str) -> Spent:
        """As ``Ledger.look``."""
        return self._kept.get(name, Spent())


def _seconds(budget: Budget) -> int:
    """Seconds of a stretch: short where the time is, or much of it would be lost."""
    return max(1, min(LONGEST, int(budget.seconds) // FINEST))


def _stretch(budget: Budget, at: datetime) -> int:
    return int(at.timestamp()) // _seconds(budget)


def _first(budget: Budget, now: datetime) -> int:
    """The last stretch that counts no more; one in part counts whole."""
    return int(now.timestamp() - budget.seconds) // _seconds(budget) - 1


def _over(budget: Budget, stretch: int) -> datetime:
    """When the calls of a stretch count no more."""
    end = (stretch + 1) * _seconds(budget) + budget.seconds
    return datetime.fromtimestamp(end, UTC)
