"""Where a pull of a forum was left: its newest posts, and how its topics stood."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from triage.connector import Cursor
from triage_connectors import saved

RECENT: Final = 1000
"""Posts whose versions are remembered, and topics."""

_NAMES: Final = ("known", "recent", "topics", "walk")


@dataclass(frozen=True, slots=True)
class Walk:
    """
    A walk from the newest post back to what is known.

    Attributes:
        top: The newest post when it began; 0 where none is under way.
        before: Posts with a lower number follow.
        inclusive: Whether this forum's ``before`` tells that post once more, as older
            forums do: there a page may be short, or empty, with more to follow.
        found: Versions of the newest posts it met.
        missing: Versions of remembered posts that it did not meet yet.
    """

    top: int = 0
    before: int = 0
    inclusive: bool = False
    found: Mapping[str, str] = field(default_factory=dict)
    missing: Mapping[str, str] = field(default_factory=dict)

    def met(self, versions: Mapping[str, str]) -> Walk:
        """The same after some more posts."""
        newest = sorted({**self.found, **versions}.items(), key=_number)[-RECENT:]
        missing = {
            name: told for name, told in self.missing.items() if name not in versions
        }
        return replace(self, found=dict(newest), missing=missing)


@dataclass(frozen=True, slots=True)
class Place:
    """
    What is stored already.

    Attributes:
        known: The newest post of the last walk that is through.
        recent: Versions of the newest posts by number.
        topics: How topics with the latest activity stood, by number.
    """

    known: int = 0
    recent: Mapping[str, str] = field(default_factory=dict)
    topics: Mapping[str, str] = field(default_factory=dict)
    walk: Walk = field(default_factory=Walk)

    def through(self, low: int) -> Place:
        """The same with its walk done, which went down to that number."""
        below = {
            name: one for name, one in self.walk.missing.items() if int(name) < low
        }
        newest = sorted({**below, **self.walk.found}.items(), key=_number)[-RECENT:]
        top = max(self.known, self.walk.top)
        return replace(self, known=top, recent=dict(newest), walk=Walk())

    def stood(self, topics: Mapping[str, str]) -> Place:
        """The same with topics as they are now."""
        others = [one for one in self.topics.items() if one[0] not in topics]
        return replace(self, topics=dict([*others, *topics.items()][-RECENT:]))

    def cursor(self) -> Cursor:
        """The cursor that leads here."""
        walk = self.walk
        return saved.written(
            {
                "known": self.known,
                "recent": dict(self.recent),
                "topics": dict(self.topics),
                "walk": {
                    "top": walk.top,
                    "before": walk.before,
                    "inclusive": int(walk.inclusive),
                    "found": dict(walk.found),
                    "missing": dict(walk.missing),
                },
            }
        )


def left(cursor: Cursor | None) -> Place:
    """Where a pull was left; SourceError where the cursor is none of ours."""
    if cursor is None:
        return Place()
    values = saved.parsed(cursor, _NAMES)
    walk = saved.table(values, "walk")
    return Place(
        known=saved.count(values, "known"),
        recent=_versions(values, "recent"),
        topics=_versions(values, "topics"),
        walk=Walk(
            top=saved.count(walk, "top"),
            before=saved.count(walk, "before"),
            inclusive=bool(saved.count(walk, "inclusive")),
            found=_versions(walk, "found"),
            missing=_versions(walk, "missing"),
        ),
    )


def _versions(values: Mapping[str, Any], name: str) -> dict[str, str]:
    told = saved.table(values, name)
    if not all(key.isdecimal() and isinstance(one, str) for key, one in told.items()):
        raise saved.damaged(name)
    return told


def _number(pair: tuple[str, str]) -> int:
    return int(pair[0])
