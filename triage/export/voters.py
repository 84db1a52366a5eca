"""Who asked for something and can be told apart by an address."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from triage.export.backlog import BacklogRow

_ADDRESS = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@[\w-]+(\.[\w-]+)+", re.ASCII)


@dataclass(frozen=True, slots=True)
class Voter:
    """One person, and when they first said it."""

    email: str
    name: str
    at: datetime


def address(text: str) -> str:
    """The address, where it is one; a cell that began otherwise could be a formula."""
    told = text.strip()
    return told if _ADDRESS.fullmatch(told) and told[0].isalnum() else ""


def voters(row: BacklogRow) -> list[Voter]:
    """Each address once, the earliest first; what is no address votes for nothing."""
    found: dict[str, Voter] = {}
    for said in row.feedback:
        email = address(said.email)
        if email:
            found.setdefault(
                email.casefold(), Voter(email, said.author, said.received_at)
            )
    return list(found.values())
