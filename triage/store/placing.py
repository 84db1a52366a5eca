"""Each newcomer joins a group, and what people ruled is followed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from triage.grouping.clustering import Link, join
from triage.store import codec, queue
from triage.store.chunks import chunks, marks
from triage.store.driver import sqlite3
from triage.store.newcomer import Found, Newcomer
from triage.store.rulings import ruled_on, settle_around


def place(
    write: sqlite3.Connection,
    newcomers: Sequence[Newcomer],
    copies: Mapping[int, int],
    found: Sequence[Found],
) -> None:
    """Keep the matches, let newcomers join groups, follow what people ruled."""
    ids = {one.number: one.feedback_id for one in newcomers}
    numbers = list(ids)
    friends = set(copies.values()) | {one.right for one in found}
    # Compared again because an equal text went; where it belongs is known.
    here = _in_company(write, list(ids.values()))
    settled = {number for number, feedback_id in ids.items() if feedback_id in here}
    ids |= _ids(write, sorted(friends - set(ids)))
    groups = _machine_groups(write, friends | settled, ids)
    # A copy follows its original; it has no voice of its own in who is alike.
    placed = join(
        [one for one in numbers if one not in copies and one not in settled],
        [Link(one.left, one.right, one.points.sameness) for one in found],
        groups,
    )
    placed |= {
        copy: placed.get(original, groups.get(original, original))
        for copy, original in copies.items()
        if copy not in settled
    }
    write.executemany(
        "INSERT OR REPLACE INTO match VALUES (?, ?, ?, ?)",
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


def _match_row(one: Found, ids: Mapping[int, int]) -> tuple[int, int, float, str]:
    """A pair is kept once: the earlier in time on the left, its words with it."""
    left, right = ids[one.left], ids[one.right]
    reason = one.points.reason()
    if left > right:
        left, right = right, left
        reason["left"], reason["right"] = reason["right"], reason["left"]
    return left, right, round(one.points.score, 2), codec.to_json(reason)


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
