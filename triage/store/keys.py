"""Keys that follow time: the moment received, made unique."""

from __future__ import annotations

from collections.abc import Sequence

from triage.store.chunks import chunks
from triage.store.driver import sqlite3

_WINDOW = 1_000_000
"""Keys a burst of one moment may spread over: the second it happened in."""


def free_keys(write: sqlite3.Connection, moments: Sequence[int]) -> list[int]:
    """
    For each moment, the first free key at or after it.

    A source that tells only days gives thousands of feedback one moment; each takes
    the next free microsecond, found once per moment and counted on from there.
    """
    occupied = _existing(write, list(dict.fromkeys(moments)))
    after: dict[int, int] = {}
    taken: set[int] = set()
    keys: list[int] = []
    for moment in moments:
        key = after.get(moment)
        if key is None:
            key = _first_free(write, moment) if moment in occupied else moment
        while key in taken:
            key += 1
        taken.add(key)
        after[moment] = key + 1
        keys.append(key)
    # Two moments may run into one another's burst; only then is each key asked for.
    clashes = _existing(write, keys)
    while clashes:
        for index, key in enumerate(keys):
            if key in clashes:
                free = key + 1
                while free in taken or _existing(write, [free]):
                    free += 1
                taken.add(free)
                keys[index] = free
        clashes = _existing(write, keys)
    return keys


def _first_free(write: sqlite3.Connection, moment: int) -> int:
    """
    A free key soon after a moment that is taken, whose neighbour before is taken.

    Found in steps that double and then halve: a burst of 100,000 costs 34 questions.
    """
    reach = 1
    while _existing(write, [moment + reach]):
        reach *= 2
    taken, free = moment + reach // 2, moment + reach
    while free - taken > 1:
        middle = (taken + free) // 2
        if _existing(write, [middle]):
            taken = middle
        else:
            free = middle
    return free


def _existing(write: sqlite3.Connection, keys: Sequence[int]) -> set[int]:
    found: set[int] = set()
    for chunk in chunks(keys):
        marks = ",".join("?" * len(chunk))
        found.update(
            row[0]
            for row in write.execute(
                f"SELECT id FROM feedback WHERE id IN ({marks})", chunk
            )
        )
    return found
