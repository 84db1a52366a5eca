"""What services told of their own accord: kept before it is answered."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from triage.connector import Push
from triage.store import codec
from triage.store.driver import sqlite3

KEPT = timedelta(days=30)
"""How long a delivery is remembered, so that one told again is known."""

AT_ONCE = 50
"""What is fetched in one go."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """
    Deliveries of one source that are not done.

    Attributes:
        ids: Of the deliveries, in order of arrival.
        about: What to fetch, each once.
    """

    ids: tuple[int, ...]
    about: tuple[str, ...]


def keep(write: sqlite3.Connection, source: str, push: Push, now: datetime) -> bool:
    """Keep a delivery; False where it was told before."""
    write.execute("DELETE FROM push WHERE done_at < ?", (codec.to_text(now - KEPT),))
    kept = write.execute(
        "INSERT OR IGNORE INTO push (source, delivery, about, at) VALUES (?, ?, ?, ?)",
        (source, push.delivery, json.dumps(list(push.about)), codec.to_text(now)),
    )
    return kept.rowcount > 0


def waiting(read: sqlite3.Connection, source: str) -> Waiting | None:
    """The first of what is to be fetched from a source; None where nothing is."""
    rows = read.execute(
        "SELECT id, about FROM push WHERE source = ? AND done_at IS NULL"
        " ORDER BY id LIMIT ?",
        (source, AT_ONCE),
    ).fetchall()
    if not rows:
        return None
    about = dict.fromkeys(one for row in rows for one in json.loads(row["about"]))
    return Waiting(tuple(row["id"] for row in rows), tuple(about))


def done(write: sqlite3.Connection, ids: Sequence[int], now: datetime) -> None:
    """What these told of is stored."""
    write.executemany(
        "UPDATE push SET done_at = ? WHERE id = ?",
        ((codec.to_text(now), one) for one in ids),
    )
