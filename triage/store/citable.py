"""What an entry of a persona's map can cite: passages its people said, read at once."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from triage.store import codec
from triage.store.counted import PERSON
from triage.store.driver import plain, sqlite3


@dataclass(frozen=True, slots=True, kw_only=True)
class Citable:
    """
    A passage somebody underlined, or a quote of a pain point.

    Attributes:
        name: What people type: ``h3``, or ``e7`` where nobody has underlined it.
        person: Whoever said it, as ``persons.counted`` has them.
        feeling: How it was heard; "" where nobody has said.
        intensity: 1 to 3; 0 without a feeling.
    """

    name: str
    quote: str
    start: int
    end: int
    feedback_id: int
    number: int
    person: int
    author: str
    source: str
    at: datetime
    feeling: str = ""
    intensity: int = 0

    @property
    def feedback(self) -> str:
        """The id people type of what it is part of."""
        return f"f{self.number}"


_WHOSE = (
    f"f.id, f.number, {PERSON},"
    " coalesce(nullif(f.author, ''), nullif(f.email, ''), nullif(f.company, ''),"
    " 'somebody'), s.name"
)
_OF = "JOIN feedback f ON f.id = q.feedback_id JOIN source s ON s.id = f.source_id"


def citable(
    read: sqlite3.Connection, people: Collection[int], also: Collection[str] = ()
) -> list[Citable]:
    """
    What these people said that is underlined or evidence, the latest first.

    A quote whose passage is underlined is told as the highlight, once.

    Args:
        also: Names of passages to be told whoever said them.
    """
    rows = plain(read).execute(
        "SELECT 'h', q.id, q.quote, q.start, q.end, q.feeling, q.intensity,"
        f" {_WHOSE} FROM highlight q {_OF} UNION ALL"
        f" SELECT 'e', min(q.id), q.quote, q.start, q.end, '', 0, {_WHOSE}"
        f" FROM evidence q {_OF}"
        " WHERE NOT EXISTS (SELECT 1 FROM highlight h WHERE h.feedback_id ="
        " q.feedback_id AND h.start = q.start AND h.end = q.end"
        " AND h.quote = q.quote)"
        " GROUP BY q.feedback_id, q.start, q.end, q.quote"
    )
    found = [
        Citable(
            name=f"{row[0]}{row[1]}", quote=row[2], start=row[3], end=row[4],
            feeling=row[5], intensity=row[6], feedback_id=row[7], number=row[8],
            person=row[9], author=row[10], source=row[11], at=codec.from_key(row[7]),
        )
        for row in rows
        if row[9] in people or f"{row[0]}{row[1]}" in also
    ]  # fmt: skip
    return sorted(found, key=lambda one: (-one.feedback_id, one.start, one.name))
