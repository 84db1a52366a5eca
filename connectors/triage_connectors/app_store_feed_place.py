"""Where the feed was left: for each app and storefront, the newest that is known."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Self

from triage.connector import Cursor, SourceError
from triage_connectors.app_store_feed_entries import Entry
from triage_connectors.place import damaged, parsed, written

AHEAD = timedelta(days=1)
"""How far another clock may be ahead of ours."""


@dataclass(frozen=True, slots=True)
class Mark:
    """
    The newest moment known, and which reviews of it are.

    Attributes:
        at: Seconds since 1970, as the feed tells no more.
    """

    at: int
    ids: frozenset[str] = frozenset()

    def knows(self, entry: Entry) -> bool:
        """Whether an entry was there when this was written down."""
        if entry.at is None:
            return False
        at = int(entry.at.timestamp())
        return at < self.at or (at == self.at and entry.id in self.ids)

    def with_(self, entries: Iterable[Entry], now: datetime) -> Mark:
        """The mark once these are known; what is told to be of tomorrow moves none."""
        at, ids = self.at, set(self.ids)
        for entry in entries:
            if entry.at is None or entry.at > now + AHEAD:
                continue
            seconds = int(entry.at.timestamp())
            if seconds > at:
                at, ids = seconds, set()
            if seconds == at:
                ids.add(entry.id)
        return Mark(at, frozenset(ids))

    @property
    def moment(self) -> datetime:
        """When that is."""
        return datetime.fromtimestamp(self.at, UTC)


NOTHING = Mark(-1)


@dataclass(slots=True)
class Left:
    """
    A place to resume.

    Attributes:
        marks: By app, then storefront.
        full: App and storefront whose first walk ended where the feed does.
        lost: App, storefront, from and until when reviews are missing, in days.

    The last two are told once a pull is over, and kept until then.
    """

    marks: dict[str, dict[str, Mark]] = field(default_factory=dict)
    full: list[tuple[str, str]] = field(default_factory=list)
    lost: list[tuple[str, str, str, str]] = field(default_factory=list)

    def mark(self, app: str, country: str) -> Mark:
        """What is known of an app in a storefront."""
        return self.marks.get(app, {}).get(country, NOTHING)

    def cursor(self) -> Cursor:
        """Return this place as text."""
        told: dict[str, Any] = {
            "apps": {
                app: {
                    country: [mark.at, *sorted(mark.ids)]
                    for country, mark in sorted(marks.items())
                }
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
        for app, marks in _object(saved["apps"], "apps").items():
            for country, told in _object(marks, app).items():
                mark = _mark(told, country)
                if mark.moment > now + AHEAD:
                    raise SourceError(
                        f"what is known of {app} in {country} is of"
                        f" {mark.moment:%F}, which is yet to come: set this"
                        " computer's clock, or remove the source and add it again,"
                        " which changes nothing that is stored"
                    )
                left.marks.setdefault(app, {})[country] = mark
        left.full = [(app, country) for app, country in _rows(saved, "full", 2)]
        left.lost = [
            (one[0], one[1], one[2], one[3]) for one in _rows(saved, "lost", 4)
        ]
        return left


def _mark(told: Any, country: str) -> Mark:
    at, *ids = told if isinstance(told, list) and told else (None,)
    # More than that no clock can say.
    is_time = type(at) is int and -1 <= at < 2**37
    if not is_time or not all(isinstance(one, str) for one in ids):
        raise damaged(country)
    assert isinstance(at, int)
    return Mark(at, frozenset(ids))


def _object(value: Any, name: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise damaged(name)
    return value


def _rows(saved: dict[str, Any], name: str, size: int) -> list[list[str]]:
    rows = saved.get(name, [])
    if not isinstance(rows, list):
        raise damaged(name)
    for row in rows:
        is_row = isinstance(row, list) and len(row) == size
        if not is_row or not all(isinstance(one, str) for one in row):
            raise damaged(name)
    return rows
