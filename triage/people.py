"""Who is one person and whose they are, as people said and sources told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from triage.model import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRuling:
    """A person's word about two customers, the smaller id left: one, or two people."""

    id: int
    left_id: int
    right_id: int
    verdict: Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """
    Whose a customer is, as people wrote it down.

    Attributes:
        domain: What its people's addresses end in; "" where only its name is known.
        name: As desks name it; "" where only its domain is known.
        attributes: Plan, revenue (a month), segment and others, as they are now.
    """

    id: int
    domain: str = ""
    name: str = ""
    attributes: Mapping[str, Any] = field(default_factory=dict)

    @property
    def called(self) -> str:
        """Its name, or else its domain."""
        return self.name or self.domain


def person_named(person_id: int | None, number: int) -> str:
    """Who counts as one: a known person, or the very feedback of that number."""
    return f"f{number}" if person_id is None else f"c{person_id}"


def company_named(company: str, context: Mapping[str, Any]) -> str:
    """A company as the source told it, else as it was known then; folded."""
    kept = company or context.get("company")
    return " ".join(kept.split()).casefold() if isinstance(kept, str) else ""


def revenue_told(context: Mapping[str, Any]) -> float:
    """Monthly revenue among all that came with a feedback; 0 where it is not."""
    for name in ("monthly_revenue", "mrr", "revenue"):
        told = context.get(name)
        if isinstance(told, int | float) and not isinstance(told, bool) and told >= 0:
            return float(told)
    return 0.0
