"""Who is one person, said anew where a ruling changed; only they are touched."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from triage.model import Verdict
from triage.people import PersonRuling
from triage.store import queue
from triage.store.chunks import chunks, marks
from triage.store.driver import sqlite3
from triage.store.persons import customers_of, persons_of, rulings_among


def settle_around(write: sqlite3.Connection, customer_ids: Iterable[int]) -> None:
    """Say anew who is one person among these and all that rulings lead to."""
    touched = _reached(write, customer_ids)
    before = persons_of(write, sorted(touched))
    after = joined(sorted(touched), rulings_among(write, sorted(touched)))
    sizes: dict[int, int] = {}
    for person in after.values():
        sizes[person] = sizes.get(person, 0) + 1
    write.executemany(
        "DELETE FROM person WHERE customer_id = ?", ((one,) for one in after)
    )
    write.executemany(
        "INSERT INTO person VALUES (?, ?)",
        ((one, person) for one, person in after.items() if sizes[person] > 1),
    )
    moved = [one for one in after if after[one] != before[one]]
    queue.refresh_groups(write, _groups_of(write, moved))


def _reached(write: sqlite3.Connection, customer_ids: Iterable[int]) -> set[int]:
    """These, whoever was one with them, and whoever rulings of “same” lead to."""
    reached: set[int] = set()
    front = set(customer_ids)
    while front:
        reached |= front
        met = {one for known in front for one in customers_of(write, known)}
        for ruling in rulings_among(write, sorted(front)):
            if ruling.verdict is Verdict.SAME:
                met |= {ruling.left_id, ruling.right_id}
        front = met - reached
    return reached


def joined(
    customer_ids: Sequence[int], rulings: Iterable[PersonRuling]
) -> dict[int, int]:
    """Each of these to the earliest of all it is one with."""
    parent = {one: one for one in customer_ids}

    def first(one: int) -> int:
        while parent[one] != one:
            parent[one] = parent[parent[one]]
            one = parent[one]
        return one

    for ruling in rulings:
        if ruling.verdict is Verdict.SAME:
            low, high = sorted((first(ruling.left_id), first(ruling.right_id)))
            parent[high] = low
    return {one: first(one) for one in customer_ids}


def _groups_of(write: sqlite3.Connection, customer_ids: Sequence[int]) -> set[int]:
    """The groups these spoke in with others; alone, who said it counts for nothing."""
    found: set[int] = set()
    for chunk in chunks(customer_ids):
        found.update(
            row[0]
            for row in write.execute(
                "SELECT DISTINCT m.group_id FROM feedback f"
                " JOIN membership m ON m.feedback_id = f.id"
                f" WHERE f.customer_id IN ({marks(chunk)})",
                chunk,
            )
        )
    return found
