"""
Who said it: the same address is one customer, or the same name at one source.

Where each person says one thing alone, as in a store that takes one review of an app
from each, a name is many people's: there each telling is somebody of their own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from triage.store.chunks import chunks
from triage.store.driver import sqlite3
from triage.store.persons import ruled_on
from triage.store.telling import Telling
from triage.text.domains import company_domain

K = TypeVar("K")


def known(
    write: sqlite3.Connection, source_id: int, tellings: Sequence[Telling]
) -> dict[str, int]:
    """External id to customer; whoever says what other sources know says it alone."""
    said = {told.external_id: told.values for told in tellings}
    alone = {told.external_id: told.external_id for told in tellings if told.also}
    return named(write, source_id, said, alone)


def named(
    write: sqlite3.Connection,
    source_id: int,
    said: Mapping[K, Mapping[str, Any]],
    alone: Mapping[K, str],
) -> dict[K, int]:
    """
    The customer of each by author, email and company; who names nobody has none.

    Args:
        alone: External ids of those who say nothing else at their source.
    """
    keys: dict[K, str] = {}
    faces: dict[str, tuple[str, str, str]] = {}
    for one, values in said.items():
        if values["email"]:
            key = f"mailto:{values['email'].casefold()}"
        elif values["author"]:
            key = (
                f"{source_id}#{alone[one]}"
                if one in alone
                else f"{source_id}:{values['author']}"
            )
        else:
            continue
        keys[one] = key
        name, _, company = faces.get(key, ("", "", ""))
        faces[key] = (
            values["author"] or name, values["email"], values["company"] or company,
        )  # fmt: skip
    write.executemany(
        "INSERT INTO customer (key, name, email, company, domain)"
        " VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (key) DO UPDATE SET"
        " name = CASE WHEN excluded.name = '' THEN name ELSE excluded.name END,"
        " company = CASE WHEN excluded.company = '' THEN company"
        " ELSE excluded.company END"
        " WHERE excluded.name <> name OR excluded.company <> company",
        ((key, *face, company_domain(face[1])) for key, face in faces.items()),
    )
    ids: dict[str, int] = {}
    for chunk in chunks(list(faces)):
        for row in write.execute(
            f"SELECT key, id FROM customer WHERE key IN ({','.join('?' * len(chunk))})",
            chunk,
        ):
            ids[row["key"]] = row["id"]
    return {one: ids[key] for one, key in keys.items()}


def only_in(write: sqlite3.Connection, batch_id: int) -> set[int]:
    """Everybody a batch names, or had named otherwise before."""
    return {
        row[0]
        for row in write.execute(
            "SELECT customer_id FROM feedback WHERE batch_id = :b"
            " UNION SELECT f.customer_id FROM revision r"
            "  JOIN feedback f ON f.id = r.feedback_id WHERE r.batch_id = :b"
            " UNION SELECT json_extract(before, '$.customer_id') FROM revision"
            "  WHERE batch_id = :b",
            {"b": batch_id},
        )
        if row[0] is not None
    }


def forget(write: sqlite3.Connection, customer_ids: set[int]) -> None:
    """
    Who said nothing that is kept is forgotten; the others are named by what is.

    Whom a person ever ruled on stays: they speak again as who they were joined with.
    """
    revised = {
        row[0]
        for row in write.execute(
            "SELECT DISTINCT json_extract(before, '$.customer_id') FROM revision"
        )
    }
    write.executemany(
        "DELETE FROM customer WHERE id = ?1"
        " AND NOT EXISTS (SELECT 1 FROM feedback WHERE customer_id = ?1)",
        ((one,) for one in customer_ids - revised - ruled_on(write)),
    )
    latest = (
        "coalesce((SELECT {0} FROM feedback WHERE customer_id = ?1 AND {0} <> ''"
        " ORDER BY number DESC LIMIT 1), '')"
    )
    write.executemany(
        f"UPDATE customer SET name = {latest.format('author')},"
        f" company = {latest.format('company')} WHERE id = ?1",
        ((one,) for one in customer_ids),
    )
