"""Who is one person and whose they are, as people said; frozen dataclasses."""

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
