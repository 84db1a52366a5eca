"""
Which customers are one person, as people ruled; alone, a customer is one.

Derived from ``person_ruling``: customers that rulings of “same” lead to, one after the
other, are one person, known by the id of the earliest. Feedback keeps the customer its
source told of, so whoever speaks later is who they were joined with at once, and
undoing leaves what was.
"""

from __future__ import annotations

from collections.abc import Sequence

from triage.model import Verdict
from triage.people import PersonRuling
from triage.store.chunks import chunks, marks
from triage.store.driver import sqlite3


def of(table: str) -> str:
    """SQL for the person behind ``customer_id`` of a table; NULL where nobody is."""
    return (
        "coalesce((SELECT person_id FROM person"
        f" WHERE customer_id = {table}.customer_id), {table}.customer_id)"
    )


def counted(table: str) -> str:
    """SQL for who counts as one of feedback: a person, or the feedback itself."""
    return f"coalesce({of(table)}, -{table}.id)"


def person_of(read: sqlite3.Connection, customer_id: int) -> int:
    """The person a customer is."""
    return persons_of(read, [customer_id])[customer_id]


def persons_of(read: sqlite3.Connection, customer_ids: Sequence[int]) -> dict[int, int]:
    """The person each of these customers is."""
    found = {one: one for one in customer_ids}
    for chunk in chunks(customer_ids):
        found.update(
            (row[0], row[1])
            for row in read.execute(
                "SELECT customer_id, person_id FROM person"
                f" WHERE customer_id IN ({marks(chunk)})",
                chunk,
            )
        )
    return found


def customers_of(read: sqlite3.Connection, customer_id: int) -> list[int]:
    """All the customers that are the person this one is, the earliest first."""
    rows = read.execute(
        "SELECT customer_id FROM person WHERE person_id ="
        " (SELECT person_id FROM person WHERE customer_id = ?) ORDER BY customer_id",
        (customer_id,),
    )
    return [row[0] for row in rows] or [customer_id]


def rulings_among(
    read: sqlite3.Connection, customer_ids: Sequence[int]
) -> list[PersonRuling]:
    """Every ruling that names any of these, the earliest first."""
    found: dict[int, PersonRuling] = {}
    for chunk in chunks(customer_ids):
        for column in ("left_id", "right_id"):
            for row in read.execute(
                f"SELECT * FROM person_ruling WHERE {column} IN ({marks(chunk)})", chunk
            ):
                found[row["id"]] = PersonRuling(
                    id=row["id"], left_id=row["left_id"], right_id=row["right_id"],
                    verdict=Verdict(row["verdict"]),
                )  # fmt: skip
    return [found[key] for key in sorted(found)]


def ruled_on(read: sqlite3.Connection) -> set[int]:
    """Every customer a ruling names, or named and may name again."""
    return {
        end
        for row in read.execute(
            "SELECT json_extract(after, '$.left_id'), json_extract(after, '$.right_id')"
            " FROM change WHERE table_name = 'person_ruling' AND before IS NULL"
        )
        for end in row
    }
