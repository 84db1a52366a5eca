"""What a score is made from: a pain point, who was heard on it, what people set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from triage.model import PainPoint
from triage.planning import Estimate


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """
    One quote as scores count it.

    Attributes:
        feedback_id: Its feedback, whose key follows the moment it was received.
        person: Who counts as one; ``company`` is folded, "" where it is not known.
        segments: Names of the segments its feedback is in.
        revenue: A month, of the company, as it was told with the feedback.
    """

    evidence_id: int
    feedback_id: int
    person: str
    company: str
    importance: int
    observed: bool
    segments: tuple[str, ...] = ()
    revenue: float = 0.0


@dataclass(frozen=True, slots=True)
class Setting:
    """Who set a column of a pain point last, and when."""

    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """
    One pain point as it was at a moment.

    Attributes:
        heard: Every quote, by id.
        settings: Who set which of its columns last: severity, effort, confidence …
        linked: How many roadmap items are linked to it.
    """

    pain_point: PainPoint
    heard: tuple[Heard, ...] = ()
    estimates: tuple[Estimate, ...] = ()
    settings: Mapping[str, Setting] = field(default_factory=dict)
    linked: int = 0
