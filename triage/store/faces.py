"""Who there is: people with the customers they are, where they spoke, how often."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from triage.errors import NotFound
from triage.store import companies, persons
from triage.store.chunks import chunks, marks
from triage.store.driver import sqlite3
from triage.store.people_views import Face, Person

_SPOKE = (
    "EXISTS (SELECT 1 FROM feedback f WHERE f.customer_id = c.id"
    " AND f.kind = 'feedback')"
)


def person(read: sqlite3.Connection, customer_id: int) -> Person:
    """The person a customer is."""
    found = people(read, [persons.person_of(read, customer_id)])
    if not found:
        raise NotFound(f"no customer c{customer_id}; `triage customers` lists them")
    return found[0]


def people(read: sqlite3.Connection, person_ids: Sequence[int]) -> list[Person]:
    """These people, in this order; one that is gone is left out."""
    of: dict[int, list[int]] = {one: [one] for one in person_ids}
    for chunk in chunks(person_ids):
        for row in read.execute(
            "SELECT person_id, customer_id FROM person"
            f" WHERE person_id IN ({marks(chunk)}) ORDER BY customer_id",
            chunk,
        ):
            if row["customer_id"] != row["person_id"]:
                of[row["person_id"]].append(row["customer_id"])
    faces = _faces(read, [one for own in of.values() for one in own])
    there = companies.leading(
        read, [(face.company, face.domain) for face in faces.values()]
    )
    return [
        Person(
            id=one,
            faces=own,
            whose=companies.of_faces(
                ((face.company, face.domain) for face in own), there
            ),
        )
        for one in person_ids
        if (own := tuple(faces[key] for key in of[one] if key in faces))
    ]


def listed(
    read: sqlite3.Connection, *, words: str = "", domain: str = "", limit: int = 0
) -> list[int]:
    """
    Who ever said anything, whoever came last first; by person.

    Args:
        words: Part of a name, an address or a company's name.
        domain: The registered domain of an address.
    """
    where = [_SPOKE]
    if words:
        where.append(
            "(instr(lower(c.name), :words) OR instr(lower(c.email), :words)"
            " OR instr(lower(c.company), :words))"
        )
    if domain:
        where.append("c.domain = :domain")
    rows = read.execute(
        "SELECT DISTINCT coalesce((SELECT person_id FROM person WHERE customer_id"
        f" = c.id), c.id) AS person FROM customer c WHERE {' AND '.join(where)}"
        " ORDER BY c.id DESC LIMIT :limit",
        {"words": words.casefold(), "domain": domain, "limit": limit or -1},
    )
    return [row["person"] for row in rows]


def _faces(read: sqlite3.Connection, customer_ids: Sequence[int]) -> dict[int, Face]:
    spoke: dict[int, list[tuple[str, int]]] = defaultdict(list)
    rows = []
    for chunk in chunks(customer_ids):
        these = marks(chunk)
        rows += read.execute(
            f"SELECT * FROM customer WHERE id IN ({these})", chunk
        ).fetchall()
        for row in read.execute(
            "SELECT f.customer_id, s.name, count(*) FROM feedback f"
            " JOIN source s ON s.id = f.source_id WHERE f.kind = 'feedback'"
            f" AND f.customer_id IN ({these}) GROUP BY 1, 2 ORDER BY 3 DESC, 2",
            chunk,
        ):
            spoke[row[0]].append((row[1], row[2]))
    return {
        row["id"]: Face(
            id=row["id"], name=row["name"], email=row["email"], company=row["company"],
            domain=row["domain"], sources=tuple(spoke[row["id"]]),
        )
        for row in rows
    }  # fmt: skip
