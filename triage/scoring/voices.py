"""Who was heard on a pain point: each person once, by their latest word."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from triage.measures import company_of, person_of, revenue_of
from triage.model import Evidence, Feedback
from triage.scoring.case import Heard
from triage.weights import Weights


def heard(
    evidence: Evidence, feedback: Feedback, segments: tuple[str, ...] = ()
) -> Heard:
    """A quote as scores count it."""
    return Heard(
        evidence_id=evidence.id,
        feedback_id=feedback.id,
        person=person_of(feedback),
        company=company_of(feedback),
        importance=int(evidence.importance),
        observed=evidence.observed,
        segments=segments,
        revenue=revenue_of(feedback),
    )


def latest(said: Iterable[Heard]) -> tuple[Heard, ...]:
    """
    Each person's latest word, by person; duplicates never add demand.

    The later feedback counts, then the later quote, in whatever order they come.
    """
    found: dict[str, Heard] = {}
    for one in said:
        before = found.get(one.person)
        if before is None or _time(one) >= _time(before):
            found[one.person] = one
    return tuple(found[person] for person in sorted(found))


@dataclass(frozen=True, slots=True, kw_only=True)
class Crowd:
    """
    Distinct people heard.

    Attributes:
        importance: Sum of their latest importance, unweighted.
        revenue: Monthly, of their companies, each once by the most it was told as;
            who has no known company is one of their own.
    """

    people: int
    companies: int
    importance: int
    revenue: float


def crowd(voices: Iterable[Heard]) -> Crowd:
    """Whom these voices, one a person, are of."""
    told = tuple(voices)
    revenue: dict[str, float] = {}
    for one in told:
        name = account(one)
        revenue[name] = max(revenue.get(name, 0.0), one.revenue)
    return Crowd(
        people=len(told),
        companies=len({one.company for one in told if one.company}),
        importance=sum(one.importance for one in told),
        revenue=round(sum(revenue.values()), 2),
    )


def account(voice: Heard) -> str:
    """The company a voice counts for; of who has none, themselves."""
    return f"company {voice.company}" if voice.company else f"person {voice.person}"


def segment_of(voice: Heard, weights: Weights) -> tuple[str, float]:
    """The segment it counts by and its weight: the highest of its; ("", 1) for none."""
    mine = [one for one in weights.segments if one.name in voice.segments]
    best = max(mine, key=lambda one: one.weight, default=None)
    return (best.name, best.weight) if best else ("", 1.0)


def _time(one: Heard) -> tuple[int, int]:
    return one.feedback_id, one.evidence_id
