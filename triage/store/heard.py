"""What one customer said and what became of it; what was said in one conversation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from triage.model import Feedback, PainPoint
from triage.store import decided, faces, persons, queries
from triage.store.chunks import chunks, marks
from triage.store.driver import sqlite3
from triage.store.people_views import CustomerView
from triage.store.views import Outcome


def of_customer(
    read: sqlite3.Connection, customer_id: int, *, limit: int, before: int | None = None
) -> list[Feedback]:
    """What this person said, newest first; only what came before a key, if told."""
    people = persons.customers_of(read, customer_id)
    return _said(
        read,
        f"SELECT id FROM feedback WHERE customer_id IN ({marks(people)})"
        " AND kind = 'feedback' AND id < coalesce(?, id + 1) ORDER BY id DESC LIMIT ?",
        (*people, before, limit or -1),
    )


def count_of(
    read: sqlite3.Connection, customer_id: int, *, before: int | None = None
) -> int:
    """How often this person said anything; only before a key, if told."""
    people = persons.customers_of(read, customer_id)
    row = read.execute(
        f"SELECT count(*) FROM feedback WHERE customer_id IN ({marks(people)})"
        " AND kind = 'feedback' AND id < coalesce(?, id + 1)",
        (*people, before),
    ).fetchone()
    return int(row[0])


def of_thread(
    read: sqlite3.Connection, source: str, thread: str, *, limit: int
) -> list[Feedback]:
    """
    The latest of what customers and our side wrote in one thread, oldest first.

    The thread is the source's own; "" is no thread, and has nothing.
    """
    latest = _said(
        read,
        "SELECT f.id FROM feedback f JOIN source s ON s.id = f.source_id"
        " WHERE f.thread = ? AND f.thread <> '' AND s.name = ?"
        " AND f.kind IN ('feedback', 'agent') ORDER BY f.id DESC LIMIT ?",
        (thread, source, limit or -1),
    )
    return latest[::-1]


def outcomes(read: sqlite3.Connection, said: Sequence[Feedback]) -> list[Outcome]:
    """What became of each of these, in their order."""
    ids = [one.id for one in said]
    stands = queries.dispositions(read, ids)
    shows = _shown_by(read, ids)
    return [
        Outcome(
            feedback=one,
            disposition=stands.get(one.id),
            pain_points=tuple(shows.get(one.id, ())),
        )
        for one in said
    ]


def customer(read: sqlite3.Connection, customer_id: int, *, limit: int) -> CustomerView:
    """One customer with what they said last, newest first; all of it for 0."""
    found = faces.person(read, customer_id)
    return CustomerView(
        id=found.id,
        name=found.name,
        email=found.email,
        company=found.desk,
        count=found.count,
        faces=found.faces,
        whose=found.whose,
        outcomes=tuple(outcomes(read, of_customer(read, found.id, limit=limit))),
    )


def named(read: sqlite3.Connection, name: str, *, limit: int = 6) -> list[int]:
    """
    Customers of this address or name; else those whose name has it in it.

    Whoever never said anything a customer says is nobody here.
    """
    spoke = (
        " AND EXISTS (SELECT 1 FROM feedback f WHERE f.customer_id = c.id"
        " AND f.kind = 'feedback') ORDER BY c.id LIMIT ?"
    )
    for where in (
        "c.key = 'mailto:' || :name",
        "lower(c.name) = :name",
        "instr(lower(c.name), :name) > 0",
    ):
        rows = read.execute(
            f"SELECT c.id FROM customer c WHERE {where}{spoke.replace('?', ':limit')}",
            {"name": name.casefold(), "limit": limit},
        ).fetchall()
        if rows:
            return _each_once(read, [row[0] for row in rows])
    return []


def _each_once(read: sqlite3.Connection, customer_ids: Sequence[int]) -> list[int]:
    """Of customers that are one person, the first."""
    people = persons.persons_of(read, customer_ids)
    once: dict[int, int] = {}
    for one in customer_ids:
        once.setdefault(people[one], one)
    return list(once.values())


def _said(
    read: sqlite3.Connection, keys: str, bound: tuple[object, ...]
) -> list[Feedback]:
    ids = [row[0] for row in read.execute(keys, bound)]
    found = queries.feedback_many(read, ids)
    return [found[key] for key in ids if key in found]


def _shown_by(
    read: sqlite3.Connection, ids: Sequence[int]
) -> dict[int, list[PainPoint]]:
    """Which pain points each is evidence of, each once."""
    pairs: dict[tuple[int, int], None] = {}
    for chunk in chunks(ids):
        for row in read.execute(
            "SELECT feedback_id, pain_point_id FROM evidence"
            f" WHERE feedback_id IN ({marks(chunk)}) ORDER BY id",
            chunk,
        ):
            pairs[row["feedback_id"], row["pain_point_id"]] = None
    points = {key: decided.pain_point(read, key) for _, key in pairs}
    found: dict[int, list[PainPoint]] = defaultdict(list)
    for feedback_id, key in pairs:
        found[feedback_id].append(points[key])
    return found
