"""What is estimated, told as a story, promised and planned elsewhere; frozen nouns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """
    One number a person put on a pain point, and what it rests on.

    Attributes:
        name: Which input of a formula: "reach", "effort", "ease"; or "place.rice",
            the value by which a person has it placed in that formula's ranking.
        evidence: Ids of the quotes it was taken from; none where it is a guess.
        reason: Why this number, in a sentence; "" where nobody said.
    """

    id: int
    pain_point_id: int
    name: str
    value: float
    evidence: tuple[int, ...] = ()
    reason: str = ""
    at: datetime | None = None
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One acceptance criterion: given what, when what happens, then what holds."""

    given: str
    when: str
    then: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """
    A user story of a pain point: as a role I want this so that; shown as ``s1``.

    Attributes:
        context: Where and how it holds: place, device, hurry, other software.
        evidence: Ids of the quotes it is told from.
        assumption: Whether it is told without any, knowingly.
    """

    id: int
    pain_point_id: int
    role: str
    want: str
    benefit: str
    context: str = ""
    criteria: tuple[Criterion, ...] = ()
    evidence: tuple[int, ...] = ()
    assumption: bool = False
    at: datetime | None = None
    by: str = ""

    @property
    def short(self) -> str:
        """The id people type."""
        return f"s{self.id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """What somebody who asked was told to expect; its feedback says who asked."""

    id: int
    pain_point_id: int
    feedback_id: int
    text: str
    at: datetime | None = None
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """
    That somebody who asked was told what has become of it.

    Attributes:
        how: In which way, in a person's word: "reply", "email", "phoned".
        draft_id: The draft that tells it; told once that is sent. None where a person
            says it was told in another way.
    """

    id: int
    pain_point_id: int
    feedback_id: int
    how: str
    draft_id: int | None = None
    at: datetime | None = None
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tracked:
    """
    Something planned at a tracker, as it said itself when it was last asked.

    Attributes:
        source: Name of the source that tells it.
        key: What it is called there, for ever.
        state: Its status in the tracker's word.
        status: A ``RoadmapStatus``; "" where nobody has said what that word means.
        seen_at: When it was asked last.
        gone_at: When it was found to be there no more; None while it is.
    """

    source: str
    key: str
    title: str
    state: str
    status: str
    url: str = ""
    owner: str = ""
    target: str = ""
    updated_at: datetime | None = None
    seen_at: datetime | None = None
    gone_at: datetime | None = None
