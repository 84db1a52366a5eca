"""Where the feed was left: for each app and storefront, the newest that is known."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final, Self

from triage.connector import Cursor
from triage_connectors.saved import damaged, parsed, passed, table, written

NOTHING: Final = -1
"""Before any review."""


@dataclass(slots=True)
class Left:
    """
    A place to resume.

    Attributes:
        marks: When the newest review known is of, by app, then storefront; in seconds
            since 1970, as the feed tells no more.
        full: App and storefront whose first walk ended where the feed does.
        lost: App, storefront, from and until when reviews are missing, in days.

    The last two are told once a pull is over, and kept until then.
    """

    marks: dict[str, dict[str, int]] = field(default_factory=dict)
    full: list[tuple[str, str]] = field(default_factory=list)
    lost: list[tuple[str, str, str, str]] = field(default_factory=list)

    def mark(self, app: str, country: str) -> int:
        """When the newest known of an app in a storefront is of; NOTHING for none."""
        return self.marks.get(app, {}).get(country, NOTHING)

    def cursor(self) -> Cursor:
        """Return this place as text."""
        told: dict[str, Any] = {
            "apps": {
                app: dict(sorted(marks.items()))
                for app, marks in sorted(self.marks.items())
            }
        }
        if self.full:
            told["full"] = [list(one) for one in self.full]
        if self.lost:
            told["lost"] = [list(one) for one in self.lost]
        return written(told)

    @classmethod
    def at(cls, cursor: Cursor | None, now: datetime) -> Self:
        """The place a cursor names; SourceError where it is not one of ours."""
        if cursor is None:
            return cls()
        saved = parsed(cursor, ("apps",))
        left = cls()
        apps = table(saved, "apps")
        for app in apps:
            for country, told in table(apps, app).items():
                mark = _seconds(told, country)
                passed(datetime.fromtimestamp(mark, UTC), now)
                left.marks.setdefault(app, {})[country] = mark
        left.full = [(app, country) for app, country in _rows(saved, "full", 2)]
        left.lost = [
            (one[0], one[1], one[2], one[3]) for one in _rows(saved, "lost", 4)
        ]
        return left


def day(seconds: int) -> str:
    """The day a moment is of."""
    return f"{datetime.fromtimestamp(seconds, UTC):%F}"


def _seconds(told: Any, country: str) -> int:
    # More than that no calendar can say.
    if type(told) is not int or not 0 <= told < 2**37:
        raise damaged(country)
    return told


def _rows(saved: dict[str, Any], name: str, size: int) -> list[list[str]]:
    rows = saved.get(name, [])
    if not isinstance(rows, list):
        raise damaged(name)
    for row in rows:
        is_row = isinstance(row, list) and len(row) == size
        if not is_row or not all(isinstance(one, str) for one in row):
            raise damaged(name)
    return rows
