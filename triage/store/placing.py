"""Each newcomer joins a group, and what people ruled is followed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet

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
    since: int,
) -> None:
    """
    Keep the matches, let newcomers join groups, follow what people ruled.

    Args:
        since: Groups whose earliest member has a greater number were made in this run
            and may still come together.
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
    unseen = {group for group in groups.values() if group > since}
    links = [*links, *_kept_links(write, ids, groups, unseen)]
    # A copy follows its original; it has no voice of its own in who is alike.
    alone = set(ids) - set(groups) - set(copies)
    joined = _joined(alone & set(keys), links, groups, keys, level, unseen)
    placed = {number: joined.get(number, number) for number in alone}
    merged = {
        group: joined[number]
        for number, group in groups.items()
        if joined.get(number, group) != group
    }
    placed |= {
        copy: placed.get(original, joined.get(original, original))
        for copy, original in copies.items()
        if copy not in settled
    }
    write.executemany(
        "INSERT OR REPLACE INTO match VALUES (?, ?, ?, ?)",
        (_match_row(one, ids) for one in found),
    )
    named = {*placed.values(), *merged, *merged.values()}
    ids |= _ids(write, sorted(named - set(ids)))
    stays = _merge(write, ids, merged)
    arrived = [number for number, group in placed.items() if group != number]
    founders = {placed[number] for number in arrived}
    write.executemany(
        "INSERT OR IGNORE INTO membership VALUES (?, ?, ?)",
        ((ids[number], ids[number], ids[number]) for number in founders),
    )
    group_of = queue.groups_of(write, [ids[number] for number in founders])
    write.executemany(
        "INSERT OR REPLACE INTO membership VALUES (?, ?, ?)",
        (
            (ids[number], ids[placed[number]], group_of[ids[placed[number]]])
            for number in arrived
        ),
    )
    gone = [ids[number] for number in arrived]
    for chunk in chunks(gone):
        write.execute(f"DELETE FROM queue WHERE group_id IN ({marks(chunk)})", chunk)
    members = _members_of(write, [ids[number] for number in founders])
    ruled = ruled_on(write, [*members, *(one.feedback_id for one in newcomers)])
    # A group is named by its earliest member, even where that one joins late.
    earlier = [ids[number] for number in arrived if number < placed[number]]
    if ruled or earlier or stays:
        settle_around(write, [*ruled, *earlier, *stays])
    queue.refresh_groups(write, queue.groups_of(write, gone).values())


def _kept_links(
    write: sqlite3.Connection,
    ids: Mapping[int, int],
    groups: Mapping[int, int],
    unseen: AbstractSet[int],
) -> list[Link]:
    """What is known between stored feedback whose groups may still come together."""
    number_of = {ids[number]: number for number in groups}
    loose = [ids[number] for number, group in groups.items() if group in unseen]
    found = []
    for chunk in chunks(loose):
        for ours, theirs in (("left_id", "right_id"), ("right_id", "left_id")):
            found += [
                Link(number_of[row[0]], number_of[row[1]], row[2])
                for row in write.execute(
                    f"SELECT {ours}, {theirs}, sameness FROM match"
                    f" WHERE {ours} IN ({marks(chunk)})",
                    chunk,
                )
                if row[1] in number_of
            ]
    return found


def _joined(
    newcomers: AbstractSet[int],
    links: Sequence[Link],
    groups: Mapping[int, int],
    keys: Mapping[int, int],
    level: Level,
    unseen: AbstractSet[int],
) -> dict[int, int]:
    """The group of each of these newcomers and of what is stored, by number."""
    number_of = {key: number for number, key in keys.items()}
    joined = join(
        [keys[number] for number in newcomers],
        links,
        {keys.get(number, number): group for number, group in groups.items()},
        level,
        unseen,
    )
    # A new group is named by its earliest member.
    earliest: dict[int, int] = {}
    for key, part in joined.items():
        number = number_of.get(key, key)
        earliest[part] = min(earliest.get(part, number), number)
    return {
        number_of.get(key, key): earliest[part] if part in number_of else part
        for key, part in joined.items()
    }


def _merge(
    write: sqlite3.Connection, ids: Mapping[int, int], merged: Mapping[int, int]
) -> list[int]:
    """Let whole machine groups come together; returns the ids of those that stay."""
    for gone, kept in merged.items():
        for group in (gone, kept):
            write.execute(
                "INSERT OR IGNORE INTO membership VALUES (?, ?, ?)",
                (ids[group], ids[group], ids[group]),
            )
        write.execute(
            "UPDATE membership SET machine_id = ? WHERE machine_id = ?",
            (ids[kept], ids[gone]),
        )
    return [ids[kept] for kept in merged.values()]


def _match_row(one: Found, ids: Mapping[int, int]) -> tuple[int, int, float, float]:
    """A pair is kept once: the earlier in time on the left."""
    left, right = sorted((ids[one.left], ids[one.right]))
    return left, right, one.score, one.sameness


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
