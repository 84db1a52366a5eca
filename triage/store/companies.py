"""
Whose a customer is: as a desk names it, else by the domain of their address.

A name leads to the company written down under it, or under it as a domain. Where
nobody wrote that one down, the domain's company is meant if it has no name of its own;
else the name by itself is a company. Somebody who is several customers is their
company's whichever of them it names, the one a desk named first.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from triage.errors import NotFound
from triage.people import Company
from triage.store import codec
from triage.store.chunks import chunks, marks
from triage.store.driver import sqlite3
from triage.store.persons import persons_of
from triage.store.telling import Telling, with_company
from triage.text.domains import registered


def folded(name: str) -> str:
    """What makes two names of a company one: case and spacing tell none apart."""
    return " ".join(name.split()).casefold()


@dataclass(frozen=True, slots=True)
class Known:
    """The companies people wrote down, by what leads to them."""

    by_domain: Mapping[str, Company] = field(default_factory=dict)
    by_name: Mapping[str, Company] = field(default_factory=dict)

    def of(self, name: str, domain: str) -> Company | None:
        """Whose a customer is; id 0 where nobody wrote it down, None for nobody's."""
        here = self.by_domain.get(domain) if domain else None
        if not name.strip():
            return here or (Company(id=0, domain=domain) if domain else None)
        named = self.by_name.get(folded(name)) or self.by_domain.get(registered(name))
        if named is None and here is not None and not here.name:
            named = here
        return named or Company(id=0, name=" ".join(name.split()))


def known(read: sqlite3.Connection) -> Known:
    """Every company people wrote down."""
    return _known(company_of(row) for row in read.execute("SELECT * FROM company"))


def company_of(row: codec.Row) -> Company:
    """From a row of ``company``."""
    return Company(
        id=row["id"], domain=row["domain"], name=row["name"],
        attributes=json.loads(row["attributes"]),
    )  # fmt: skip


def written(read: sqlite3.Connection, company_id: int) -> Company:
    """The company of that id, as it was written down."""
    row = read.execute("SELECT * FROM company WHERE id = ?", (company_id,)).fetchone()
    if row is None:
        raise NotFound(f"no company {company_id}; `triage companies` lists them")
    return company_of(row)


def of_customers(
    read: sqlite3.Connection, customer_ids: Sequence[int]
) -> dict[int, Company]:
    """Whose each of these customers is; nobody's are left out."""
    people = persons_of(read, customer_ids)
    faces = _faces(read, sorted(set(people.values())))
    there = leading(read, [face for own in faces.values() for face in own])
    found: dict[int, Company] = {}
    for customer, person in people.items():
        company = of_faces(faces.get(person, ()), there)
        if company is not None:
            found[customer] = company
    return found


def of_faces(faces: Iterable[tuple[str, str]], there: Known) -> Company | None:
    """Whose somebody is of whom these names of a company and domains are told."""
    ordered = sorted(faces, key=lambda face: not face[0].strip())
    return next((one for face in ordered if (one := there.of(*face))), None)


def attributes_now(
    write: sqlite3.Connection, customer_ids: Iterable[int | None]
) -> dict[int, dict[str, Any]]:
    """What is kept with feedback of these that comes now; who has nothing, is not."""
    wanted = sorted({one for one in customer_ids if one is not None})
    if not wanted or not write.execute("SELECT 1 FROM company LIMIT 1").fetchone():
        return {}
    return {
        one: {"company": company.called, **company.attributes}
        for one, company in of_customers(write, wanted).items()
        if company.id
    }


def told(
    write: sqlite3.Connection,
    tellings: Sequence[Telling],
    people: Mapping[str, int | None],
) -> Sequence[Telling]:
    """The tellings with what is known now of the companies of who said them."""
    known = attributes_now(write, people.values())
    if not known:
        return tellings
    return [
        with_company(one, known.get(people.get(one.external_id) or 0, {}))
        for one in tellings
    ]


def _faces(
    read: sqlite3.Connection, person_ids: Sequence[int]
) -> dict[int, list[tuple[str, str]]]:
    """Names of companies and domains told of each person, by customer."""
    found: dict[int, list[tuple[str, str]]] = {}
    for chunk in chunks(person_ids):
        for row in read.execute(
            f"SELECT id AS person, id, company, domain FROM customer"
            f" WHERE id IN ({marks(chunk)})"
            " UNION SELECT p.person_id, c.id, c.company, c.domain FROM person p"
            f" JOIN customer c ON c.id = p.customer_id"
            f" WHERE p.person_id IN ({marks(chunk)}) ORDER BY 2",
            (*chunk, *chunk),
        ):
            found.setdefault(row["person"], []).append((row["company"], row["domain"]))
    return found


def leading(read: sqlite3.Connection, faces: Iterable[tuple[str, str]]) -> Known:
    """The companies written down that these lead to."""
    told = set(faces)
    domains = {domain for _, domain in told if domain}
    domains |= {domain for name, _ in told if (domain := registered(name))}
    names = {folded(name) for name, _ in told if name.strip()}
    rows: list[codec.Row] = []
    for column, values in (("domain", sorted(domains)), ("folded", sorted(names))):
        for chunk in chunks(values):
            rows += read.execute(
                f"SELECT * FROM company WHERE {column} <> ''"
                f" AND {column} IN ({marks(chunk)})",
                chunk,
            )
    return _known(map(company_of, rows))


def _known(found: Iterable[Company]) -> Known:
    these = list(found)
    return Known(
        {one.domain: one for one in these if one.domain},
        {folded(one.name): one for one in these if one.name},
    )
