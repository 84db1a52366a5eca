"""What trackers say of what is planned there, kept as they said it, each change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from triage.connector import Planned
from triage.model import RoadmapStatus
from triage.planning import Tracked
from triage.store import codec
from triage.store.counts import Counts
from triage.store.driver import sqlite3

FILED = (
    "SELECT r.id, coalesce(json_extract(y.receipt, '$.external_id'), '') AS key,"
    " coalesce(json_extract(y.receipt, '$.url'), '') AS url"
    " FROM roadmap_item r JOIN draft d ON d.act = 'create' AND d.source = r.tracker"
    " AND json_extract(d.details, '$.item') = r.id"
    " JOIN delivery y ON y.draft_id = d.id AND y.state = 'sent'"
    " WHERE r.key = ''"
)
"""Plans that were created at their tracker, and what it calls them since."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StateSeen:
    """A state something planned was in, in its tracker's word, since when."""

    state: str
    status: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """
    Something planned whose state is another than it was, or was not known.

    Attributes:
        before: What was said of it last; None the first time.
        now: What is said now; ``gone_at`` is set where it is there no more.
    """

    before: Tracked | None
    now: Tracked

    @property
    def is_first(self) -> bool:
        """Whether nothing was known of it."""
        return self.before is None


def keys(read: sqlite3.Connection, source: str) -> list[str]:
    """What is linked to or was created at a tracker, in order of planning."""
    rows = read.execute(
        "SELECT id, key FROM roadmap_item WHERE tracker = :source AND key <> ''"
        f" UNION SELECT id, key FROM ({FILED} AND r.tracker = :source)"
        " WHERE key <> '' ORDER BY id",
        {"source": source},
    )
    return list(dict.fromkeys(str(row["key"]) for row in rows))


def meant(planned: Planned, statuses: Mapping[str, str]) -> str:
    """
    What a state means: as the person says, else as the tracker does; "" if neither.

    Args:
        statuses: A person's ``RoadmapStatus`` by the tracker's word, in any case.
    """
    told = {word.strip().casefold(): status for word, status in statuses.items()}
    status = told.get(planned.state.strip().casefold(), planned.status)
    return status if status in set(RoadmapStatus) else ""


def save(
    write: sqlite3.Connection,
    source: str,
    told: Iterable[Planned],
    statuses: Mapping[str, str],
    now: datetime,
    *,
    asked: Sequence[str] = (),
) -> tuple[Counts, list[Move]]:
    """
    Keep what a tracker says now; how much of it is new, and what has moved.

    Args:
        asked: The keys it was asked for: what it left out is gone there.
    """
    counts, moves = Counts(), []
    seen = set()
    for planned in told:
        seen.add(planned.key)
        before = of(write, source, planned.key)
        after = _tracked(source, planned, meant(planned, statuses), now)
        _put(write, after)
        is_other = before is None or _standing(before) != _standing(after)
        if is_other:
            write.execute(
                "INSERT INTO tracked_state (source, key, state, status, at)"
                " VALUES (?, ?, ?, ?, ?)",
                (source, after.key, after.state, after.status, codec.to_text(now)),
            )
            moves.append(Move(before=before, now=after))
        counts.new += before is None
        counts.changed += before is not None and is_other
        counts.same += not is_other
    for key in asked:
        before = of(write, source, key)
        if key in seen or (before is not None and before.gone_at is not None):
            continue
        moves.append(Move(before=before, now=_lose(write, source, key, now)))
        counts.gone += 1
    return counts, moves


def of(read: sqlite3.Connection, source: str, key: str) -> Tracked | None:
    """What a tracker said last of one; None where it was never asked."""
    row = read.execute(
        "SELECT * FROM tracked WHERE source = ? AND key = ?", (source, key)
    ).fetchone()
    return None if row is None else codec.tracked(row)


def states(read: sqlite3.Connection, source: str, key: str) -> list[StateSeen]:
    """Each state one was seen in, the earliest first."""
    return [
        StateSeen(
            state=row["state"], status=row["status"], at=codec.must_be_time(row["at"])
        )
        for row in read.execute(
            "SELECT * FROM tracked_state WHERE source = ? AND key = ? ORDER BY id",
            (source, key),
        )
    ]


def unmapped(read: sqlite3.Connection) -> list[tuple[str, str, int]]:
    """Words nobody has given a meaning: source, word, of how many; most first."""
    rows = read.execute(
        "SELECT t.source, t.state, count(*) AS many FROM tracked t"
        " WHERE t.status = '' AND t.state <> '' AND t.gone_at IS NULL"
        " GROUP BY t.source, t.state ORDER BY many DESC, t.source, t.state"
    )
    return [(row["source"], row["state"], row["many"]) for row in rows]


def _standing(tracked: Tracked) -> tuple[str, str, bool]:
    return tracked.state, tracked.status, tracked.gone_at is None


def _tracked(source: str, told: Planned, status: str, now: datetime) -> Tracked:
    return Tracked(
        source=source, key=told.key, title=told.title, state=told.state, status=status,
        url=told.url, owner=told.owner, target=told.target, updated_at=told.updated_at,
        seen_at=now,
    )  # fmt: skip


def _lose(
    write: sqlite3.Connection,
    source: str,
    key: str,
    now: datetime,
) -> Tracked:
    """It is there no more; what was said of it stays."""
    write.execute(
        "INSERT INTO tracked (source, key, seen_at, gone_at) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (source, key) DO UPDATE SET seen_at = excluded.seen_at,"
        " gone_at = excluded.gone_at",
        (source, key, codec.to_text(now), codec.to_text(now)),
    )
    after = of(write, source, key)
    assert after is not None
    return after


def _put(write: sqlite3.Connection, tracked: Tracked) -> None:
    write.execute(
        "INSERT OR REPLACE INTO tracked (source, key, title, state, status, url, owner,"
        " target, updated_at, seen_at, gone_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL)",
        (
            tracked.source, tracked.key, tracked.title, tracked.state, tracked.status,
            tracked.url, tracked.owner, tracked.target,
            codec.to_text(tracked.updated_at), codec.to_text(tracked.seen_at),
        ),
    )  # fmt: skip
