"""Who was listened to and who spoke: listening sessions, conversations, voices."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from triage.measures.listening import Voice
from triage.query import parsed
from triage.research import Listened, Session
from triage.store import codec, finding, researched
from triage.store.chunks import chunks
from triage.store.counted import LANGUAGE, PERSON, SAID, TONE, counted, joined
from triage.store.driver import sqlite3
from triage.store.narrowing import Bound
from triage.weights import Segment


def between(
    read: sqlite3.Connection, since: datetime, until: datetime
) -> list[Listened]:
    """Listening sessions that began in a stretch of time, the first one first."""
    return [
        researched.listened(row)
        for row in read.execute(
            "SELECT * FROM listened WHERE at >= ? AND at < ? ORDER BY at, id",
            (codec.to_text(since), codec.to_text(until)),
        )
    ]


def held(read: sqlite3.Connection, since: datetime, until: datetime) -> list[Session]:
    """Conversations and observations that took place then, the first one first."""
    return [
        researched.session(row)
        for row in read.execute(
            "SELECT * FROM session WHERE held_at >= ? AND held_at < ?"
            " ORDER BY held_at, id",
            (codec.to_text(since), codec.to_text(until)),
        )
    ]


def voices(
    read: sqlite3.Connection,
    since: datetime,
    until: datetime,
    also: Collection[int],
    segments: Sequence[Segment],
    now: datetime,
) -> list[Voice]:
    """What was said from one moment to another, and these besides; latest first."""
    bounds = {"begin": codec.to_key(since), "end": codec.to_key(until)}
    found = _voices(read, "f.id >= :begin AND f.id < :end", bounds, segments, now)
    known = {one.feedback_id for one in found}
    for chunk in chunks([key for key in also if key not in known]):
        these = {f"k{place}": key for place, key in enumerate(chunk)}
        names = ", ".join(f":{name}" for name in these)
        found += _voices(read, f"f.id IN ({names})", these, segments, now)
    return found


def _voices(
    read: sqlite3.Connection,
    where: str,
    bounds: dict[str, int],
    segments: Sequence[Segment],
    now: datetime,
) -> list[Voice]:
    bound = Bound()
    queries = [parsed(one.query) for one in segments]
    flags = "".join(f", {finding.condition(query, now, bound)}" for query in queries)
    tables = f"feedback f {TONE.format(id='f.id')}{joined(queries)}"
    rows = read.execute(
        f"SELECT f.id, {PERSON}, lower(trim(coalesce("
        "nullif(f.company, ''), f.context ->> '$.company', ''))), f.channel,"
        f" {LANGUAGE}{flags} FROM {tables} WHERE {SAID} AND {where} ORDER BY f.id DESC",
        {**bound.values, **bounds, "now": codec.to_text(now)},
    )
    names = [one.name for one in segments]
    return [
        Voice(
            key, person, company, channel, language,
            tuple(name for name, is_in in zip(names, are, strict=True) if is_in),
        )
        for key, person, company, channel, language, *are in map(tuple, rows)
    ]  # fmt: skip


def people(read: sqlite3.Connection, feedback_ids: Collection[int]) -> int:
    """How many people said these."""
    return len(set(researched.people(read, feedback_ids).values()))


def last_by_channel(read: sqlite3.Connection) -> dict[str, datetime]:
    """When each channel was last heard on at all."""
    return {
        row[0]: codec.from_key(row[1])
        for row in read.execute(
            f"SELECT f.channel, max(f.id) FROM feedback f WHERE {SAID} GROUP BY 1"
        )
    }


def last_of(
    read: sqlite3.Connection, segment: Segment, now: datetime
) -> datetime | None:
    """When anybody in a segment last spoke; None where nobody ever did."""
    wanted = counted(parsed(segment.query), now, SAID)
    row = read.execute(
        f"SELECT f.id FROM {wanted.tables} WHERE {wanted.where}"
        " ORDER BY f.id DESC LIMIT 1",
        wanted.bound,
    ).fetchone()
    return codec.from_key(row[0]) if row else None
