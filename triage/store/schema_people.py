"""The tables of people and companies: what people ruled on both, and what follows."""

from __future__ import annotations

from triage.store.driver import sqlite3
from triage.text.domains import company_domain

_STATEMENTS = (
    # A person's word about two customers, the smaller id left.
    """
    CREATE TABLE person_ruling (
        id INTEGER PRIMARY KEY,
        left_id INTEGER NOT NULL REFERENCES customer(id),
        right_id INTEGER NOT NULL REFERENCES customer(id),
        verdict TEXT NOT NULL CHECK (verdict IN ('same', 'different')),
        UNIQUE (left_id, right_id)
    ) STRICT
    """,
    "CREATE INDEX person_ruling_right ON person_ruling(right_id)",
    # Only customers that are one with others have a row; alone, each is a person.
    """
    CREATE TABLE person (
        customer_id INTEGER PRIMARY KEY,
        person_id INTEGER NOT NULL
    ) STRICT
    """,
    "CREATE INDEX person_customers ON person(person_id)",
    """
    CREATE TABLE company (
        id INTEGER PRIMARY KEY,
        domain TEXT NOT NULL DEFAULT '',
        name TEXT NOT NULL DEFAULT '',
        folded TEXT NOT NULL DEFAULT '',
        attributes TEXT NOT NULL DEFAULT '{}'
    ) STRICT
    """,
    "CREATE UNIQUE INDEX company_domain ON company(domain) WHERE domain <> ''",
    "CREATE UNIQUE INDEX company_folded ON company(folded) WHERE folded <> ''",
    # The registered domain of the address; "" at a public provider.
    "ALTER TABLE customer ADD COLUMN domain TEXT NOT NULL DEFAULT ''",
    # What somebody said is counted without reading it.
    "DROP INDEX feedback_customer",
    "CREATE INDEX feedback_customer ON feedback(customer_id, kind)",
)

_THEN = (
    "CREATE INDEX customer_domain ON customer(domain) WHERE domain <> ''",
    "CREATE INDEX customer_company ON customer(company) WHERE company <> ''",
)


def bring(write: sqlite3.Connection) -> None:
    """Make the tables, and tell the domain of every address there is."""
    for statement in _STATEMENTS:
        write.execute(statement)
    told = write.execute("SELECT id, email FROM customer WHERE email <> ''").fetchall()
    write.executemany(
        "UPDATE customer SET domain = ? WHERE id = ?",
        ((domain, row[0]) for row in told if (domain := company_domain(row[1]))),
    )
    for statement in _THEN:
        write.execute(statement)
