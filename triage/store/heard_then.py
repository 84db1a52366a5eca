"""
Who said what was quoted, and whose they were, as it was told at a moment.

A feedback says what it says now, unless its source has told it anew since, or has it
no more: what scores count of it is kept then (table ``retold``).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from triage.model import Verdict
from triage.people import PersonRuling
from triage.store import codec
from triage.store.driver import sqlite3
from triage.store.past import Past
from triage.store.person_rulings import joined
from triage.store.retold import REPLACED

_SAID = (
    "SELECT id, number, customer_id, company, context FROM feedback"
    " WHERE id IN (SELECT value FROM json_each(:these))"
)
_RETOLD = (
    "SELECT feedback_id AS id, number, customer_id, company, context"
    f" FROM ({REPLACED}) WHERE feedback_id IN (SELECT value FROM json_each(:these))"
)


@dataclass(frozen=True, slots=True)
class Said:
    """What scores count of a feedback; ``person_id`` None where nobody is known."""

    id: int
    number: int
    person_id: int | None
    company: str
    context: Mapping[str, Any]


def said(
    read: sqlite3.Connection,
    feedback_ids: Iterable[int],
    past: Past,
    at: datetime | None,
) -> dict[int, Said]:
    """These feedback by key, as they were told at a moment; None is now."""
    bound = {"these": codec.to_json(sorted(set(feedback_ids)))}
    rows = read.execute(_SAID, bound).fetchall()
    if at is not None:
        # Of one feedback, the telling that was replaced next after the moment.
        rows += read.execute(_RETOLD, bound | {"at": codec.to_text(at)}).fetchall()
    people = _people(read, past)
    contexts: dict[str, Mapping[str, Any]] = {}
    found: dict[int, Said] = {}
    for key, number, customer, company, told in rows:
        context = contexts.get(told)
        if context is None:
            context = contexts[told] = json.loads(told)
        person = customer if customer is None else people.get(customer, customer)
        found[key] = Said(key, number, person, company, context)
    return found


def _people(read: sqlite3.Connection, past: Past) -> Mapping[int, int]:
    """The person of each customer that was one with others."""
    if not past.differs("person_ruling"):
        return {row[0]: row[1] for row in read.execute("SELECT * FROM person")}
    rulings = [
        PersonRuling(
            id=row["id"], left_id=row["left_id"], right_id=row["right_id"],
            verdict=Verdict(row["verdict"]),
        )
        for row in past.table(read, "person_ruling")
    ]  # fmt: skip
    ends = {end for one in rulings for end in (one.left_id, one.right_id)}
    return joined(sorted(ends), rulings)
