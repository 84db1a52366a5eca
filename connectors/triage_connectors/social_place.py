"""How far each stream of a network is followed, and which posts may still change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final

from triage.connector import Cursor
from triage_connectors import saved

MOST: Final = 1_000
"""Posts that are looked at again; with more than that, the newest of them."""
_SLACK: Final = 100  # more than the most, before the oldest are dropped


@dataclass(frozen=True, slots=True)
class Stream:
    """
    One stream, which is walked from its newest post back to those that are stored.

    Attributes:
        until: The newest post of the last walk that came to its end; None before it.
        newest: The newest post of a walk that is under way; None where none is.
        oldest: How far that walk has come.
        after: Where it goes on.
    """

    until: datetime | None = None
    newest: datetime | None = None
    oldest: datetime | None = None
    after: str = ""

    @classmethod
    def read(cls, values: Mapping[str, Any], now: datetime) -> Stream:
        """The stream a cursor holds."""
        until, newest, oldest = (
            saved.moment(values, name) for name in ("until", "newest", "oldest")
        )
        for at in (until, newest, oldest):
            saved.passed(at, now)
        return cls(until, newest, oldest, saved.text(values, "after"))

    def values(self) -> dict[str, str]:
        """What a cursor holds of it."""
        return {
            "until": saved.stamp(self.until),
            "newest": saved.stamp(self.newest),
            "oldest": saved.stamp(self.oldest),
            "after": self.after,
        }

    def seen(self, times: Sequence[datetime], after: str) -> Stream:
        """It, one answer further."""
        newest = max([*times, *filter(None, [self.newest])], default=None)
        oldest = min([*times, *filter(None, [self.oldest])], default=None)
        return replace(self, newest=newest, oldest=oldest, after=after)

    def ended(self, begin: datetime | None) -> Stream:
        """
        It, once a walk has shown all there is since ``begin``.

        A search that is in trouble answers that there is nothing. So a walk that met
        nothing it could have met before leaves the mark where it is.
        """
        met = begin is None or self.until is None or (
            self.oldest is not None and self.oldest <= self.until
        )  # fmt: skip
        marks = [at for at in (self.until, self.newest if met else None) if at]
        return Stream(until=max(marks, default=None))


@dataclass(slots=True)
class Place:
    """
    How far a network is followed.

    Attributes:
        known: Posts that may still change: when they were said, in seconds since 1970,
            and their version.
        checked: When they were last looked at again.
        look: The last of them that was, where that is under way.
    """

    streams: dict[str, Stream] = field(default_factory=dict)
    known: dict[str, tuple[int, str]] = field(default_factory=dict)
    checked: datetime | None = None
    look: str = ""

    @classmethod
    def left(cls, cursor: Cursor | None, names: Sequence[str], now: datetime) -> Place:
        """
        The place a cursor holds, with the streams there are today.

        Raises:
            SourceError: It is damaged, of another version, or of a time to come.
        """
        if cursor is None:
            return cls({name: Stream() for name in names})
        values = saved.parsed(cursor, ("streams", "known", "checked", "look"))
        streams = saved.table(values, "streams")
        if not all(isinstance(one, dict) for one in streams.values()):
            raise saved.damaged("streams")
        before = {name: Stream.read(one, now) for name, one in streams.items()}
        checked = saved.moment(values, "checked")
        saved.passed(checked, now)
        return cls(
            {name: before.get(name, Stream()) for name in names},
            _known(saved.table(values, "known")),
            checked,
            saved.text(values, "look"),
        )

    def cursor(self) -> Cursor:
        """Where a pull goes on."""
        streams = {name: one.values() for name, one in self.streams.items()}
        return saved.written(
            {
                "streams": streams,
                "known": self.known,
                "checked": saved.stamp(self.checked),
                "look": self.look,
            }
        )

    def knows(self, name: str, version: str) -> bool:
        """Whether a post is stored as it is now."""
        return name in self.known and self.known[name][1] == version

    def keep(self, name: str, at: datetime, version: str) -> None:
        """Remember a post that is stored."""
        self.known[name] = (int(at.timestamp()), version)

    def forget(self, before: datetime | None) -> None:
        """Drop posts that were said before, and the oldest of too many."""
        if len(self.known) > MOST + _SLACK:
            late = sorted(self.known.items(), key=lambda one: one[1][0])
            self.known = dict(late[-MOST:])
        if before is not None:
            first = before.timestamp()
            self.known = {
                name: told for name, told in self.known.items() if told[0] >= first
            }


def _known(values: Mapping[str, Any]) -> dict[str, tuple[int, str]]:
    for pair in values.values():
        if (
            not isinstance(pair, list)
            or [type(one) for one in pair] != [int, str]
            or abs(pair[0]) > 10**11
        ):
            raise saved.damaged("known")
    return {name: (at, version) for name, (at, version) in values.items()}
