"""What an entry of a persona's map can cite: passages its people said, read at once."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from triage.store import codec, persons
from triage.store.driver import sqlite3


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
    "f.id, f.number, {person},"
    " coalesce(nullif(f.author, ''), nullif(f.email, ''), nullif(f.company, ''),"
    " 'somebody'), s.name"
)
_OF = "JOIN feedback f ON f.id = q.feedback_id JOIN source s ON s.id = f.source_id"


def citable(read: sqlite3.Connection, people: Collection[int]) -> list[Citable]:
    """
    What these people said that is underlined or evidence, the latest first.

    A quote whose passage is underlined is told as the highlight, once.
    """
    whose = _WHOSE.format(person=persons.counted("f"))
    plain = read.cursor()
    # Tens of thousands of rows whose columns have names take far longer.
    plain.row_factory = None
    rows = plain.execute(
        f"SELECT 'h', q.id, q.quote, q.feeling, q.intensity, {whose} FROM highlight q"
        f" {_OF} UNION ALL"
        f" SELECT 'e', min(q.id), q.quote, '', 0, {whose} FROM evidence q {_OF}"
        " WHERE NOT EXISTS (SELECT 1 FROM highlight h WHERE h.feedback_id ="
        " q.feedback_id AND h.start = q.start AND h.end = q.end)"
        " GROUP BY q.feedback_id, q.start, q.end"
    )
    found = [
        Citable(
            name=f"{kind}{key}", quote=quote, feeling=feeling, intensity=intensity,
            feedback_id=feedback, number=number, person=person, author=author,
            source=source, at=codec.from_key(feedback),
        )
        for kind, key, quote, feeling, intensity, feedback, number, person, author,
            source in rows
        if person in people
    ]  # fmt: skip
    return sorted(found, key=lambda one: (-one.feedback_id, one.name))
