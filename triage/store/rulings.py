"""Groups as machine and people together have it: rulings settled over kept matches."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from triage.grouping.bands import GROUPED
from triage.grouping.clustering import Link, settle
from triage.model import Verdict
from triage.store import queue
from triage.store.chunks import among, chunks, marks
from triage.store.driver import sqlite3


def settle_around(write: sqlite3.Connection, feedback_ids: Sequence[int]) -> None:
    """Group anew everything these, or a ruling that names them, hold together."""
    machine = _closure(write, feedback_ids)
    members = list(machine)
    numbers = _numbers(write, members)
    by_number = {number: feedback_id for feedback_id, number in numbers.items()}
    verdicts = _verdicts(write, members)
    known = set(numbers)
    parts = settle(
        list(by_number),
        _links(write, machine, numbers),
        [
            _pair(numbers, ends)
            for ends in verdicts[Verdict.SAME]
            if known.issuperset(ends)
        ],
        {
            _pair(numbers, ends)
            for ends in verdicts[Verdict.DIFFERENT]
            if known.issuperset(ends)
        },
    )
    before = set(queue.groups_of(write, members).values())
    sizes: dict[int, int] = defaultdict(int)
    for part in parts.values():
        sizes[part] += 1
    company: dict[int, int] = defaultdict(int)
    for machine_id in machine.values():
        company[machine_id] += 1
    for chunk in chunks(members):
        write.execute(
            f"DELETE FROM membership WHERE feedback_id IN ({marks(chunk)})", chunk
        )
    write.executemany(
        "INSERT INTO membership VALUES (?, ?, ?)",
        (
            (member, machine[member], by_number[parts[numbers[member]]])
            for member in members
            if sizes[parts[numbers[member]]] > 1 or company[machine[member]] > 1
        ),
    )
    after = {by_number[part] for part in parts.values()}
    queue.refresh_groups(write, before | after)


def leave(write: sqlite3.Connection, feedback_ids: Sequence[int]) -> list[int]:
    """
    Take these out of what the machine put together; those this leaves alone.

    What stays behind keeps together as far as its own matches hold it: as it would
    be, had these never been there. What people ruled goes on to hold.
    """
    before = queue.groups_of(write, feedback_ids)
    machine: dict[int, int] = {}
    for group in set(_machine_groups(write, feedback_ids).values()):
        machine |= dict.fromkeys(_members(write, group), group)
    for feedback_id in feedback_ids:
        machine.pop(feedback_id, None)
    for chunk in chunks(feedback_ids):
        write.execute(
            f"DELETE FROM membership WHERE feedback_id IN ({marks(chunk)})", chunk
        )
    numbers = _numbers(write, list(machine))
    by_number = {number: feedback_id for feedback_id, number in numbers.items()}
    parts = settle(list(by_number), _links(write, machine, numbers), (), frozenset())
    sizes = Counter(parts.values())
    write.executemany(
        "UPDATE membership SET machine_id = ? WHERE feedback_id = ?",
        ((by_number[parts[numbers[member]]], member) for member in machine),
    )
    settle_around(write, [*machine, *ruled_on(write, feedback_ids)])
    queue.refresh_groups(write, {*before, *before.values()})
    return [member for member in machine if sizes[parts[numbers[member]]] == 1]


def ruled_on(read: sqlite3.Connection, feedback_ids: Sequence[int]) -> list[int]:
    """Those of these that a ruling names."""
    return sorted(among(read, "ruling", ("left_id", "right_id"), feedback_ids))


def _closure(write: sqlite3.Connection, feedback_ids: Sequence[int]) -> dict[int, int]:
    """Feedback id to machine group, for all that same-rulings connect to these."""
    machine: dict[int, int] = {}
    front = set(feedback_ids)
    while front:
        groups = set(_machine_groups(write, sorted(front)).values())
        met = {member: group for group in groups for member in _members(write, group)}
        machine.update(met)
        ends = [
            end for pair in _verdicts(write, list(met))[Verdict.SAME] for end in pair
        ]
        front = set(ends) - set(machine)
    return machine


def _machine_groups(
    write: sqlite3.Connection, feedback_ids: Sequence[int]
) -> dict[int, int]:
    found = {feedback_id: feedback_id for feedback_id in feedback_ids}
    for chunk in chunks(feedback_ids):
        found.update(
            (row[0], row[1])
            for row in write.execute(
                "SELECT feedback_id, machine_id FROM membership"
                f" WHERE feedback_id IN ({marks(chunk)})",
                chunk,
            )
        )
    return found


def _members(write: sqlite3.Connection, machine_id: int) -> list[int]:
    rows = write.execute(
        "SELECT feedback_id FROM membership WHERE machine_id = ?", (machine_id,)
    )
    return [row[0] for row in rows] or [machine_id]


def _numbers(write: sqlite3.Connection, feedback_ids: Sequence[int]) -> dict[int, int]:
    found: dict[int, int] = {}
    for chunk in chunks(feedback_ids):
        found.update(
            (row[0], row[1])
            for row in write.execute(
                f"SELECT id, number FROM feedback WHERE id IN ({marks(chunk)})", chunk
            )
        )
    return found


def _verdicts(
    write: sqlite3.Connection, feedback_ids: Sequence[int]
) -> dict[Verdict, set[tuple[int, int]]]:
    found: dict[Verdict, set[tuple[int, int]]] = {verdict: set() for verdict in Verdict}
    for chunk in chunks(feedback_ids):
        for column in ("left_id", "right_id"):
            for row in write.execute(
                "SELECT left_id, right_id, verdict FROM ruling"
                f" WHERE {column} IN ({marks(chunk)})",
                chunk,
            ):
                found[Verdict(row["verdict"])].add((row["left_id"], row["right_id"]))
    return found


def _links(
    write: sqlite3.Connection, machine: dict[int, int], numbers: dict[int, int]
) -> Iterable[Link]:
    """What the machine grouped them by: sure matches and exact copies."""
    for chunk in chunks(list(machine)):
        for row in write.execute(
            "SELECT left_id, right_id, score FROM match WHERE score >= ?"
            f" AND left_id IN ({marks(chunk)})",
            (GROUPED, *chunk),
        ):
            left, right = row["left_id"], row["right_id"]
            if machine.get(left) == machine.get(right):
                yield Link(numbers[left], numbers[right], row["score"])
    first: dict[tuple[int, int], int] = {}
    for chunk in chunks(list(machine)):
        for row in write.execute(
            "SELECT number, feedback_id, fingerprint FROM normal"
            f" WHERE feedback_id IN ({marks(chunk)}) ORDER BY number",
            chunk,
        ):
            copy = (machine[row["feedback_id"]], row["fingerprint"])
            founder = first.setdefault(copy, row["number"])
            if founder != row["number"]:
                yield Link(founder, row["number"], 100.0)


def _pair(numbers: dict[int, int], ends: tuple[int, int]) -> tuple[int, int]:
    one, other = numbers[ends[0]], numbers[ends[1]]
    return (one, other) if one < other else (other, one)
