"""How far the transactions of a Request Tracker are stored, by their numbers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from triage.connector import Cursor
from triage_connectors import saved

LATE: Final = timedelta(minutes=2)
"""How long a transaction may take from its number to being there for others."""
MOST: Final = 2000
"""Numbers that are kept; of more at once, some are asked for again."""


@dataclass(frozen=True, slots=True)
class Place:
    """
    How far a walk has come.

    Numbers only grow, but one may be given to a change that is not there yet while a
    later one is. So the next walk begins some minutes before the last, and what is
    stored already is known by its number.

    Attributes:
        floor: No number up to this will ever be asked for again.
        until: When the latest that is stored was made.
        seen: When those above the floor that are stored were made, by number.
    """

    floor: int = 0
    until: datetime | None = None
    seen: tuple[tuple[int, datetime], ...] = ()

    @classmethod
    def read(cls, cursor: Cursor | None, now: datetime) -> Place:
        """
        Return where a cursor stands; the very start for none.

        Raises:
            SourceError: It is damaged, or of a time to come.
        """
        if cursor is None:
            return cls()
        told = saved.parsed(cursor, ("floor", "until", "seen"))
        until = saved.moment(told, "until")
        saved.passed(until, now)
        seen = []
        for number, at in saved.table(told, "seen").items():
            made = saved.moment({"seen": at}, "seen")
            if not number.isdecimal() or made is None:
                raise saved.damaged("seen")
            seen.append((int(number), made))
        return cls(saved.count(told, "floor"), until, tuple(seen))

    def cursor(self) -> Cursor:
        """Return it as it is stored."""
        return saved.written(
            {
                "floor": self.floor,
                "until": saved.stamp(self.until),
                "seen": {str(number): saved.stamp(at) for number, at in self.seen},
            }
        )

    @property
    def known(self) -> frozenset[int]:
        """The numbers above the floor that are stored."""
        return frozenset(number for number, _ in self.seen)

    def after(self, stored: Iterable[tuple[int, datetime]]) -> Place:
        """Return it moved on over what is stored now."""
        seen = sorted({**dict(self.seen), **dict(stored)}.items())
        if not seen:
            return self
        until = max(at for _, at in seen)
        if self.until is not None:
            until = max(until, self.until)
        settled = [number for number, at in seen if at < until - LATE]
        settled += [number for number, _ in seen[:-MOST]]
        floor = max([self.floor, *settled])
        return Place(floor, until, tuple(one for one in seen if one[0] > floor))
