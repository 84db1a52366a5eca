"""Who is quoted for pain points: what each speaks of most, and what is told of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any

from triage.store.counted import PERSON
from triage.store.driver import plain, sqlite3
from triage.store.narrowing import COLUMNS

TOLD = ("plan", "segment", "country", "channel", "version", "product", "os", "language")
"""Fields of a query by which people may be told apart; each is of their last quote."""

_LANGUAGE = "(SELECT t.language FROM tone_now t WHERE t.feedback_id = f.id)"


@dataclass(frozen=True, slots=True)
class Speaker:
    """
    Somebody who is quoted.

    Attributes:
        person: As ``persons.counted`` has it.
        pain_point: What they are quoted for most; of several, the first.
        told: Their values of ``TOLD``, only those there are.
    """

    person: int
    pain_point: int
    told: dict[str, str]


def speakers(read: sqlite3.Connection) -> list[Speaker]:
    """Everybody who is quoted for a pain point, each once."""
    columns = ", ".join(
        _LANGUAGE if name == "language" else COLUMNS[name] for name in TOLD
    )
    most: dict[int, Counter[int]] = defaultdict(Counter)
    last: dict[int, tuple[Any, ...]] = {}
    for point, person, *told in plain(read).execute(
        f"SELECT e.pain_point_id, {PERSON}, {columns}"
        " FROM evidence e JOIN feedback f ON f.id = e.feedback_id ORDER BY f.id, e.id"
    ):
        most[person][point] += 1
        last[person] = tuple(told)
    return [
        Speaker(
            person,
            points.most_common(1)[0][0],
            {
                name: str(value)
                for name, value in zip(TOLD, last[person], strict=True)
                if value not in {None, ""}
            },
        )
        for person, points in most.items()
    ]
