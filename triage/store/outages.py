"""Weeks in which a source was not pulled, or says that something is missing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from triage.store import codec
from triage.store.driver import sqlite3

_DAY = 86_400 * 1_000_000

LONG = _DAY
"""Microseconds between two pulls that nobody need explain."""


@dataclass(frozen=True, slots=True)
class Outage:
    """
    A while in which a source was not pulled, or of which it can give nothing.

    Attributes:
        begin: The last pull that went well before; ``end`` the next one, or now.
        why: In words.
    """

    source_id: int
    source: str
    begin: datetime
    end: datetime
    why: str


def outages(
    read: sqlite3.Connection, since: datetime, now: datetime, usual: int = LONG
) -> list[Outage]:
    """
    Every while between two pulls of a source that is longer than a day and than usual.

    Sources that were only ever imported have none.

    Args:
        usual: Microseconds between pulls that are never an outage.
    """
    found: list[Outage] = []
    went, failed = _pulls(read, since)
    for source_id, name, gap, gap_at in read.execute(
        "SELECT id, name, gap, gap_at FROM source ORDER BY name"
    ):
        well = went.get(source_id)
        if not well:
            continue
        apart = [later - sooner for sooner, later in pairwise(well)]
        longest = max(usual, 3 * sorted(apart)[len(apart) // 2] if apart else usual)
        for sooner, later in pairwise([*well, codec.to_key(now)]):
            told_gap = gap and gap_at and sooner < _key(gap_at) <= later
            if later <= codec.to_key(since):
                continue
            if later - sooner > longest or told_gap:
                why = gap if told_gap else _why(failed[source_id], sooner, later)
                found.append(
                    Outage(
                        source_id, name, codec.from_key(sooner), codec.from_key(later),
                        why,
                    )
                )  # fmt: skip
    return found


def shares(
    found: Sequence[Outage],
    came: Mapping[int, Sequence[int]],
    *,
    first: Mapping[int, int],
    begin: int,
    width: int,
) -> dict[int, list[float]]:
    """
    How much of each week of each source was there to be counted, 0 to 1.

    A week is less than whole where its source was away in it, and so little came that
    nothing of it was brought later, either; and where it is before all that it told.

    Args:
        came: By source and week.
        first: The first key of each source.
        begin: The first key of the first week; each is ``width`` wide.
    """
    told: dict[int, list[float]] = {}
    for source_id, counts in came.items():
        whole = [
            0.0 if begin + (week + 1) * width <= first[source_id] else 1.0
            for week in range(len(counts))
        ]
        away = [0] * len(counts)
        for one in found:
            if one.source_id == source_id:
                for week in range(len(counts)):
                    low = begin + week * width
                    away[week] += max(
                        0,
                        min(low + width, codec.to_key(one.end))
                        - max(low, codec.to_key(one.begin)),
                    )
        steady = sorted(
            many
            for many, gone, share in zip(counts, away, whole, strict=True)
            if share and not gone
        )
        usual = steady[len(steady) // 2] if steady else 0
        for week, gone in enumerate(away):
            there = 1 - min(width, gone) / width
            if gone and counts[week] < usual * (1 + there) / 2:
                whole[week] = min(whole[week], there)
        told[source_id] = whole
    return told


def _pulls(
    read: sqlite3.Connection, since: datetime
) -> tuple[dict[int, list[int]], dict[int, list[tuple[int, str]]]]:
    """When each source was pulled well, and when not and why; also the last time."""
    went: dict[int, list[int]] = defaultdict(list)
    failed: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for source_id, started_at, finished_at, failure in read.execute(
        "SELECT source_id, started_at, finished_at, failure FROM batch"
        " WHERE label = 'sync' AND (started_at >= ? OR id IN (SELECT max(id) FROM batch"
        " WHERE label = 'sync' AND failure = '' AND started_at < ? GROUP BY source_id))"
        " ORDER BY id",
        (codec.to_text(since), codec.to_text(since)),
    ):
        if failure:
            failed[source_id].append((_key(started_at), failure))
        elif finished_at:
            went[source_id].append(_key(finished_at))
    return {source: sorted(told) for source, told in went.items()}, failed


def _why(failed: Sequence[tuple[int, str]], sooner: int, later: int) -> str:
    """What the last pull in between failed for."""
    told = [failure for at, failure in failed if sooner < at < later]
    return f"pulls failed: {told[-1]}" if told else "nobody pulled it"


def _key(at: str) -> int:
    return codec.to_key(codec.must_be_time(at))
