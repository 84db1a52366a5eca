"""Companies with how many of their people spoke, and how much they said."""

from __future__ import annotations

from collections.abc import Iterable

from triage.people import Company
from triage.store import companies, faces, persons
from triage.store.companies import Known, folded
from triage.store.driver import sqlite3
from triage.store.people_views import CompanyView, Person
from triage.text.domains import registered

Key = int | tuple[str, str]


def listed(read: sqlite3.Connection) -> list[CompanyView]:
    """Every company, whoever has most people first; also those nobody spoke for."""
    there = companies.known(read)
    counts: dict[Key, tuple[Company, int, int]] = {
        one.id: (one, 0, 0)
        for one in (*there.by_domain.values(), *there.by_name.values())
    }
    for company, people, said in (*_alone(read, there), *_joined(read)):
        key = key_of(company)
        first, before, heard = counts.get(key, (company, 0, 0))
        counts[key] = (first, before + people, heard + said)
    views = [
        CompanyView(company=company, people=people, feedback=said)
        for company, people, said in counts.values()
    ]
    return sorted(
        views, key=lambda one: (-one.people, -one.feedback, folded(one.company.called))
    )


def people_of(read: sqlite3.Connection, company: Company) -> list[Person]:
    """Everybody of a company who ever said anything, whoever said most first."""
    found = faces.people(read, sorted(_candidates(read, company)))
    ours = [
        one
        for one in found
        if one.count and one.whose and key_of(one.whose) == key_of(company)
    ]
    return sorted(ours, key=lambda one: (-one.count, one.id))


def key_of(company: Company) -> Key:
    """What makes two companies one: being written down as one, else name or domain."""
    if company.id:
        return company.id
    return ("name", folded(company.name)) if company.name else ("at", company.domain)


def _alone(
    read: sqlite3.Connection, there: Known
) -> Iterable[tuple[Company, int, int]]:
    """Customers who are nobody else, by the company named and the domain."""
    for row in read.execute(
        "SELECT company, domain, count(*) AS people, sum(said) AS said FROM ("
        " SELECT c.company, c.domain, (SELECT count(*) FROM feedback f"
        "  WHERE f.customer_id = c.id AND f.kind = 'feedback') AS said"
        " FROM customer c WHERE (c.company <> '' OR c.domain <> '')"
        " AND c.id NOT IN (SELECT customer_id FROM person)"
        ") WHERE said > 0 GROUP BY company, domain"
    ):
        company = there.of(row["company"], row["domain"])
        if company is not None:
            yield company, row["people"], row["said"]


def _joined(read: sqlite3.Connection) -> Iterable[tuple[Company, int, int]]:
    """Customers who are one with others, each person once."""
    ids = [row[0] for row in read.execute("SELECT DISTINCT person_id FROM person")]
    for one in faces.people(read, ids):
        if one.whose is not None and one.count:
            yield one.whose, 1, one.count


def _candidates(read: sqlite3.Connection, company: Company) -> set[int]:
    """Whoever may belong to a company, by any of their names for it."""
    names = {folded(one) for one in (company.name, company.domain) if one}
    told = "SELECT DISTINCT company FROM customer WHERE company <> ''"
    found: set[int] = set()
    for (spelling,) in read.execute(told).fetchall():
        if folded(spelling) in names or registered(spelling) == company.domain != "":
            found |= _ids(read, "company", spelling)
    if company.domain:
        found |= _ids(read, "domain", company.domain)
    return set(persons.persons_of(read, sorted(found)).values())


def _ids(read: sqlite3.Connection, column: str, value: str) -> set[int]:
    rows = read.execute(f"SELECT id FROM customer WHERE {column} = ?", (value,))
    return {row[0] for row in rows}
