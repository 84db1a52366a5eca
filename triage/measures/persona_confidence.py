"""How far a persona may be trusted, by a rule a person can check by hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

ENOUGH = 12
"""
People from whom on hardly anything new is heard.

Guest, Bunce and Johnson found so in 60 interviews (Field Methods 18, 2006, 59-82).
"""

FEW_PEOPLE = 5
"""Fewer than these say little of everybody else."""

RECENT = timedelta(days=90)
"""How long ago the last was heard at most, for good confidence."""

STALE = timedelta(days=180)
"""How long ago the last was heard at most, for fair confidence."""

REVIEW = timedelta(days=90)
"""After how long somebody should look again whether a persona still holds."""


class Level(StrEnum):
    """How far a persona may be trusted; from the least to the most."""

    NONE = "none"
    LOW = "low"
    FAIR = "fair"
    GOOD = "good"


@dataclass(frozen=True, slots=True)
class Confidence:
    """
    How far a persona may be trusted.

    Attributes:
        wants: What it lacks for the next level, each a phrase; none for the highest.
    """

    level: Level
    wants: tuple[str, ...] = ()


def confidence(
    *,
    people: int,
    channels: int,
    entries: int,
    observed: int,
    last: datetime | None,
    now: datetime,
) -> Confidence:
    """
    The highest level of which every condition holds.

    ======  ========  ==========  ======================  ==============
    level   people    channels    of the entries          last heard
    ======  ========  ==========  ======================  ==============
    none    nobody
    low     1
    fair    5         1           a third is observed     180 days ago
    good    12        2           half is observed        90 days ago
    ======  ========  ==========  ======================  ==============

    Without any entry no share of them is observed.

    >>> from datetime import UTC
    >>> noon = datetime(2026, 3, 2, 12, tzinfo=UTC)
    >>> confidence(people=7, channels=3, entries=4, observed=2, last=noon,
    ...            now=noon).level
    <Level.FAIR: 'fair'>
    """
    if not people:
        return Confidence(Level.NONE, ("somebody its query finds",))
    age = None if last is None else now - last
    reached = Level.LOW
    for level, many, ways, share, oldest in (
        (Level.FAIR, FEW_PEOPLE, 1, 1 / 3, STALE),
        (Level.GOOD, ENOUGH, 2, 1 / 2, RECENT),
    ):
        wants = []
        if people < many:
            wants.append(f"{many} people, not {people}")
        if channels < ways:
            wants.append(f"{ways} channels, not {channels}")
        part = "half" if share == 0.5 else "a third"
        if not entries:
            wants.append("entries on its map")
        elif observed < share * entries:
            wants.append(f"{part} of its entries observed, not {observed} of {entries}")
        if age is None or age > oldest:
            wants.append(f"somebody heard in the last {oldest.days} days")
        if wants:
            return Confidence(reached, tuple(wants))
        reached = level
    return Confidence(reached)


def is_due(made: datetime | None, reviewed: datetime | None, now: datetime) -> bool:
    """Whether the last look at it, or its making, is longer ago than ``REVIEW``."""
    since = reviewed or made
    return since is not None and now - since > REVIEW
