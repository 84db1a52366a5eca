"""A feedback on its way into a group, and what it was found to be like."""

from __future__ import annotations

from dataclasses import dataclass

from triage.grouping.normalize import fingerprint, normalize
from triage.store import codec


@dataclass(frozen=True, slots=True)
class Newcomer:
    number: int
    feedback_id: int
    normal: str
    print: int


@dataclass(frozen=True, slots=True)
class Found:
    """A scored pair of numbers, in either order; one at least is a newcomer."""

    left: int
    right: int
    sameness: float
    score: float


def newcomer(row: codec.Row) -> Newcomer:
    normal = normalize(said(row["title"], row["body"]))
    return Newcomer(
        number=row["number"],
        feedback_id=row["id"],
        normal=normal,
        print=fingerprint(normal),
    )


def said(title: str, body: str) -> str:
    """What is compared of a feedback."""
    return f"{title}\n{body}" if title else body
