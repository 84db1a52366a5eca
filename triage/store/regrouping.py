"""
Everything stored grouped anew at once: shown first, done whole or not at all.

Comparing holds no lock. What it found is written in one transaction, in which people's
rulings are settled over it as ever; showing it is the same transaction, taken back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from triage.errors import Conflict
from triage.grouping.bands import Level
from triage.grouping.difference import Difference, difference
from triage.grouping.scoring import worth_keeping
from triage.grouping.together import at_once
from triage.store import fit, queue
from triage.store.chunks import chunks, marks
from triage.store.database import Database
from triage.store.driver import sqlite3
from triage.store.fit import Fit
from triage.store.rulings import settle_around


@dataclass(frozen=True, slots=True)
class Anew:
    """
    What the machine makes of everything stored.

    Attributes:
        of: Number and feedback id of what was grouped, with what tells its text.
        machine: Feedback id to the earliest of its group; who is alone is left out.
        matches: Two feedback ids, the smaller first, a score and a sameness.
    """

    of: list[tuple[int, int, int]]
    machine: dict[int, int]
    matches: list[tuple[int, int, float, float]]


def regroup(db: Database, anew: Anew, made_by: Fit, *, apply: bool) -> Difference:
    """
    What having everything so would change; changed too, where ``apply``.

    Raises:
        Conflict: Feedback arrived or went while it was compared; nothing changed.
    """
    with db.write() as write:
        if _present(write) != anew.of:
            raise Conflict("feedback came or went meanwhile; do it again")
        before = _groups(write)
        write.execute("SAVEPOINT anew")
        _place(write, anew, before)
        after = _groups(write)
        if apply:
            queue.refresh_groups(
                write, _changed(before, anew.machine) | _changed(before, after)
            )
            fit.keep(write, made_by)
        else:
            write.execute("ROLLBACK TO anew")
        write.execute("RELEASE anew")
    return difference(before, after)


def compared(
    read: sqlite3.Connection,
    level: Level,
    tell: Callable[[str, float], None] = lambda _word, _share: None,
) -> Anew:
    """Everything that has been compared before, compared and grouped at once."""
    tell("reading", 0.0)
    rows = read.execute(
        "SELECT number, feedback_id, fingerprint, text FROM normal ORDER BY number"
    ).fetchall()
    first: dict[str, int] = {}
    for row in rows:
        first.setdefault(row["text"], row["feedback_id"])
    first.pop("", None)
    found = at_once(first, level, tell)
    pairs, scores, part_of = found.pairs, found.scores, found.part_of
    earliest: dict[int, int] = {}
    sizes: Counter[int] = Counter()
    for row in rows:
        if row["text"]:
            part = part_of[row["text"]]
            earliest.setdefault(part, row["feedback_id"])
            sizes[part] += 1
    kept = worth_keeping(scores, pairs.left, pairs.right)
    ids = [first[text] for text in found.distinct]
    return Anew(
        of=[(row["number"], row["feedback_id"], row["fingerprint"]) for row in rows],
        machine={
            row["feedback_id"]: earliest[part_of[row["text"]]]
            for row in rows
            if row["text"] and sizes[part_of[row["text"]]] > 1
        },
        matches=[
            (min(ids[left], ids[right]), max(ids[left], ids[right]), told, sure)
            for left, right, told, sure in zip(
                pairs.left[kept].tolist(), pairs.right[kept].tolist(),
                scores.score[kept].tolist(), scores.sameness[kept].tolist(),
                strict=True,
            )
        ],
    )  # fmt: skip


def _present(read: sqlite3.Connection) -> list[tuple[int, int, int]]:
    rows = read.execute(
        "SELECT number, feedback_id, fingerprint FROM normal ORDER BY number"
    )
    return [(row[0], row[1], row[2]) for row in rows]


def _groups(read: sqlite3.Connection) -> dict[int, int]:
    return {
        row[0]: row[1]
        for row in read.execute("SELECT feedback_id, group_id FROM membership")
    }


def _changed(before: Mapping[int, int], after: Mapping[int, int]) -> set[int]:
    """Groups that are not the same in both."""
    return {
        group
        for member in before.keys() | after.keys()
        if before.get(member) != after.get(member)
        for group in (before.get(member, member), after.get(member, member))
    }


def _place(write: sqlite3.Connection, anew: Anew, before: Mapping[int, int]) -> None:
    """The machine's groups and matches, and people's rulings settled over them."""
    write.execute("DELETE FROM match")
    write.executemany("INSERT INTO match VALUES (?, ?, ?, ?)", anew.matches)
    write.execute("DELETE FROM membership")
    write.executemany(
        "INSERT INTO membership VALUES (?, ?, ?)",
        ((member, machine, machine) for member, machine in anew.machine.items()),
    )
    # All leave the queue before rulings place any: members may stand for others now.
    for chunk in chunks(sorted(_changed(before, anew.machine))):
        write.execute(f"DELETE FROM queue WHERE group_id IN ({marks(chunk)})", chunk)
    ruled = write.execute(
        "SELECT left_id FROM ruling UNION SELECT right_id FROM ruling"
    ).fetchall()
    settle_around(write, [row[0] for row in ruled])
