"""A feedback on its way into a group, and what it was found to be like."""

from __future__ import annotations

from dataclasses import dataclass, field

from triage.grouping.normalize import fingerprint, normalize
from triage.grouping.scoring import Points, Text
from triage.store import codec


@dataclass(slots=True)
class Newcomer:
    number: int
    feedback_id: int
    text: Text
    print: int
    rare: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Found:
    """A scored pair of numbers; ``left`` is the newcomer."""

    left: int
    right: int
    points: Points


def newcomer(row: codec.Row) -> Newcomer:
    said = f"{row['title']}\n{row['body']}" if row["title"] else row["body"]
    normal = normalize(said)
    return Newcomer(
        number=row["number"],
        feedback_id=row["id"],
        text=Text.of(normal),
        print=fingerprint(normal),
    )
