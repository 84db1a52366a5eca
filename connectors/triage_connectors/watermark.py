"""Up to where changes are stored, for services that tell them by the time of change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from triage.connector import Cursor
from triage_connectors import saved

NAMES: Final = ("until", "seen")
MOST: Final = 5000
"""Versions that are kept; of what changed at once in greater numbers, some is asked
for again, which changes nothing."""


@dataclass(frozen=True, slots=True)
class Watermark:
    """
    How far a walk by time of change has come.

    A service tells what changed at one moment in more than one page, and some of it
    late. So the next walk begins a stretch before the last, and what it tells once more
    is known by its version: nothing is missed, and no call is made for it again.

    Attributes:
        until: The latest change that is stored; None before the first.
        seen: Versions by name, of what changed no longer than a stretch before it.
    """

    until: datetime | None = None
    seen: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    @classmethod
    def read(cls, values: Mapping[str, Any], now: datetime) -> Watermark:
        """
        The watermark among a cursor's values, as ``saved.parsed`` gives them.

        Raises:
            SourceError: It is damaged, or of a time to come.
        """
        until = saved.moment(values, "until")
        saved.passed(until, now)
        seen = saved.table(values, "seen")
        for pair in seen.values():
            if (
                not isinstance(pair, list)
                or len(pair) != 2
                or not all(isinstance(one, str) for one in pair)
            ):
                raise saved.damaged("seen")
        return cls(until, {name: (at, how) for name, (at, how) in seen.items()})

    def values(self) -> dict[str, Any]:
        """What a cursor keeps of it; ``saved.written`` makes a cursor of it."""
        return {
            "until": saved.stamp(self.until),
            "seen": {name: list(pair) for name, pair in self.seen.items()},
        }

    def cursor(self, **more: Any) -> Cursor:
        """The cursor of it and of what else a connector keeps."""
        return saved.written({**self.values(), **more})

    def begins(self, stretch: timedelta) -> datetime | None:
        """Where the next walk begins; None for the very start."""
        return self.until - stretch if self.until else None

    def knows(self, name: str, version: str) -> bool:
        """Whether that was stored as it is now."""
        return name in self.seen and self.seen[name][1] == version

    def after(
        self, changes: Iterable[tuple[str, datetime, str]], stretch: timedelta
    ) -> Watermark:
        """
        Return it moved on over what is stored now.

        Args:
            changes: Name, time of change and version of each.
            stretch: How far before the end the next walk will begin.
        """
        told = {name: (saved.stamp(at), how) for name, at, how in changes}
        if not told:
            return self
        seen = {**self.seen, **told}
        until = max(
            moment for at, _ in seen.values() if (moment := datetime.fromisoformat(at))
        )
        if self.until is not None:
            until = max(until, self.until)
        first = saved.stamp(until - stretch)
        late = sorted(
            (pair for pair in seen.items() if pair[1][0] >= first),
            key=lambda pair: pair[1],
        )
        return Watermark(until, dict(late[-MOST:]))
