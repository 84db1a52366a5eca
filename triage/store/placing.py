"""Each newcomer joins a group, and what people ruled is followed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from triage.grouping.bands import Level
from triage.grouping.clustering import Link, join
from triage.store import queue
from triage.store.chunks import chunks, marks
from triage.store.driver import sqlite3
from triage.store.newcomer import Found, Newcomer
from triage.store.rulings import ruled_on, settle_around


def place(
    write: sqlite3.Connection,
    newcomers: Sequence[Newcomer],
    copies: Mapping[int, int],
    found: Sequence[Found],
    links: Sequence[Link],
    keys: Mapping[int, int],
    level: Level,
) -> None:
    """
    Keep the matches, let newcomers join groups, follow what people ruled.

    Args:
        links: Between keys of newcomers and numbers of what is stored.
        keys: Number to key, of each newcomer that was compared.
    """
    ids = {one.number: one.feedback_id for one in newcomers}
    friends = {end for one in found for end in (one.left, one.right)}
    friends = (friends | set(copies.values())) - set(ids)
    # Compared again because an equal text went; where it belongs is known.
    here = _in_company(write, list(ids.values()))
    settled = {number for number, feedback_id in ids.items() if feedback_id in here}
    ids |= _ids(write, sorted(friends))
    groups = _machine_groups(write, friends | settled, ids)
    placed = {
        one.number: one.number
        for one in newcomers
        if one.number not in copies and one.number not in settled
    }
    # A copy follows its original; it has no voice of its own in who is alike.
    placed |= _joined(placed, links, groups, keys, level)
    placed |= {
        copy: placed.get(original, groups.get(original, original))
        for copy, original in copies.items()
        if copy not in settled
    }
    write.executemany(
        "INSERT OR REPLACE INTO match VALUES (?, ?, ?)",
        (_match_row(one, ids) for one in found),
    )
    ids |= _ids(write, sorted(set(placed.values()) - set(ids)))
    joined = [number for number, group in placed.items() if group != number]
    founders = {placed[number] for number in joined}
    write.executemany(
        "INSERT OR IGNORE INTO membership VALUES (?, ?, ?)",
        ((ids[number], ids[number], ids[number]) for number in founders),
    )
    group_of = queue.groups_of(write, [ids[number] for number in founders])
    write.executemany(
        "INSERT OR REPLACE INTO membership VALUES (?, ?, ?)",
        (
            (ids[number], ids[placed[number]], group_of[ids[placed[number]]])
            for number in joined
        ),
    )
    gone = [ids[number] for number in joined]
    for chunk in chunks(gone):
        write.execute(f"DELETE FROM queue WHERE group_id IN ({marks(chunk)})", chunk)
    members = _members_of(write, [ids[number] for number in founders])
    ruled = ruled_on(write, [*members, *(one.feedback_id for one in newcomers)])
    # A group is named by its earliest member, even where that one joins late.
    earlier = [ids[number] for number in joined if number < placed[number]]
    if ruled or earlier:
        settle_around(write, [*ruled, *earlier])
    queue.refresh_groups(write, queue.groups_of(write, gone).values())


def _joined(
    newcomers: Iterable[int],
    links: Sequence[Link],
    groups: Mapping[int, int],
    keys: Mapping[int, int],
    level: Level,
) -> dict[int, int]:
    """The group of each of these newcomers that were compared, by number."""
    number_of = {key: number for number, key in keys.items()}
    joined = join(
        [keys[number] for number in newcomers if number in keys],
        links,
        {keys.get(number, number): group for number, group in groups.items()},
        level,
    )
    # A new group is named by its earliest member.
    earliest: dict[int, int] = {}
    for key, part in joined.items():
        earliest[part] = min(earliest.get(part, number_of[key]), number_of[key])
    return {
        number_of[key]: earliest[part] if part in number_of else part
        for key, part in joined.items()
    }


def _match_row(one: Found, ids: Mapping[int, int]) -> tuple[int, int, float]:
    """A pair is kept once: the earlier in time on the left."""
    left, right = sorted((ids[one.left], ids[one.right]))
    return left, right, one.score


def _ids(write: sqlite3.Connection, numbers: Sequence[int]) -> dict[int, int]:
    found: dict[int, int] = {}
    for chunk in chunks(numbers):
        found.update(
            (row[0], row[1])
            for row in write.execute(
                f"SELECT number, id FROM feedback WHERE number IN ({marks(chunk)})",
                chunk,
            )
        )
    return found


def _machine_groups(
    write: sqlite3.Connection, numbers: set[int], ids: Mapping[int, int]
) -> dict[int, int]:
    """Number to its machine group's founding number, for what is stored already."""
    stored = {ids[number]: number for number in numbers if number in ids}
    founders: dict[int, int] = {}
    for chunk in chunks(sorted(stored)):
        founders.update(
            (stored[row[0]], row[1])
            for row in write.execute(
                "SELECT m.feedback_id, f.number FROM membership m"
                " JOIN feedback f ON f.id = m.machine_id"
                f" WHERE m.feedback_id IN ({marks(chunk)})",
                chunk,
            )
        )
    return {number: founders.get(number, number) for number in stored.values()}


def _in_company(write: sqlite3.Connection, feedback_ids: Sequence[int]) -> set[int]:
    """Those of these that the machine has put together with others."""
    found: set[int] = set()
    for chunk in chunks(feedback_ids):
        found.update(
            row[0]
            for row in write.execute(
                "SELECT m.feedback_id FROM membership m"
                f" WHERE m.feedback_id IN ({marks(chunk)}) AND EXISTS ("
                "SELECT 1 FROM membership o WHERE o.machine_id = m.machine_id"
                " AND o.feedback_id <> m.feedback_id)",
                chunk,
            )
        )
    return found


def _members_of(write: sqlite3.Connection, machine_ids: Sequence[int]) -> list[int]:
    found: list[int] = []
    for chunk in chunks(machine_ids):
        found += [
            row[0]
            for row in write.execute(
                "SELECT feedback_id FROM membership"
                f" WHERE machine_id IN ({marks(chunk)})",
                chunk,
            )
        ]
    return found
