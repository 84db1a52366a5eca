"""Urgency: what presses now, a sum of terms and coefficients, as in taskwarrior."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from triage.model import Priority
from triage.scoring.case import Case
from triage.scoring.formula import Formula, Input, Reckoned
from triage.scoring.inputs import estimate, figure, rounded
from triage.scoring.scored import Origin, Part
from triage.scoring.voices import latest
from triage.text.counting import counted
from triage.weights import Weights

FLAGS = ("blocking", "blocked", "active", "waiting")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_YEAR = 365.0
_FEW = (0.0, 0.8, 0.9, 1.0)
"""What none, one, two and more of something count."""


def due_term(days_over: float) -> float:
    """
    0.2 until two weeks ahead, rising evenly to 1 a week over.

    >>> round(due_term(-14), 3), round(due_term(0), 3), due_term(7)
    (0.2, 0.733, 1.0)
    """
    return min(1.0, max(0.2, 0.2 + 0.8 * (days_over + 14) / 21))


def reckon(case: Case, weights: Weights, as_of: datetime) -> Reckoned:
    """The sum of what presses; 0 where nothing does."""
    terms = [
        (part, weights.urgency.get(part.name, 0.0)) for part in _terms(case, as_of)
    ]
    value = rounded(sum(part.value * counts for part, counts in terms))
    told = " + ".join(
        f"{part.name} {figure(part.value)} × {figure(counts)}" for part, counts in terms
    )
    return Reckoned(
        value=value,
        parts=tuple(part for part, _ in terms),
        working=f"{told or '0'} = {figure(value)}",
    )


def _terms(case: Case, as_of: datetime) -> Iterator[Part]:
    """The terms that are not nothing, each 0 to 1."""
    point = case.pain_point
    if point.priority is not Priority.NONE:
        who = case.settings.get("priority")
        yield Part(
            name=f"priority.{point.priority.name.lower()}", value=1.0,
            origin=Origin.PERSON, by=who.by if who else "", at=who.at if who else None,
        )  # fmt: skip
    yield from _days(case, as_of)
    for name in FLAGS:
        part = estimate(case, name)
        if part is not None and part.value:
            yield part
    if point.created_at is not None:
        days = max(0.0, (as_of - point.created_at) / timedelta(days=1))
        yield _counted("age", min(1.0, days / _YEAR), f"{days:.0f} of 365 days")
    people = len(latest(case.heard))
    for name, many, says in (
        ("tags", len(point.tags), ("tag", "tags")),
        ("annotations", people, ("person heard", "people heard")),
    ):
        if many:
            yield _counted(name, _FEW[min(many, 3)], counted(many, *says))
    if case.linked:
        plans = counted(case.linked, "roadmap item", "roadmap items")
        yield _counted("project", 1.0, plans)


def _days(case: Case, as_of: datetime) -> Iterator[Part]:
    due = estimate(case, "due")
    if due is not None:
        over = (as_of - day_of(due.value)) / timedelta(days=1)
        yield _termed(due, due_term(over), f"due {day_of(due.value):%Y-%m-%d}")
    scheduled = estimate(case, "scheduled")
    if scheduled is not None and day_of(scheduled.value) < as_of:
        since = day_of(scheduled.value)
        yield _termed(scheduled, 1.0, f"may be begun since {since:%Y-%m-%d}")


def day_of(value: float) -> datetime:
    """The moment an estimate of a day means: seconds since 1970, UTC."""
    return _EPOCH + timedelta(seconds=value)


def _termed(told: Part, term: float, says: str) -> Part:
    return Part(
        name=told.name, value=term, origin=Origin.PERSON, says=says, by=told.by,
        at=told.at, evidence=told.evidence, reason=told.reason,
    )  # fmt: skip


def _counted(name: str, term: float, says: str) -> Part:
    return Part(name=name, value=term, origin=Origin.EVIDENCE, says=says)


def weighs(weights: Weights) -> tuple[str, ...]:
    """The weights it uses."""
    return tuple(f"urgency.{name}" for name in weights.urgency)


URGENCY = Formula(
    name="urgency",
    version=1,
    says=(
        "score = sum of term × coefficient; due 0.2 two weeks ahead to 1 a week over,"
        " scheduled 1 once its day has come, age of 365 days, tags and people heard"
        " (annotations) 0.8, 0.9, 1 for one, two, more, on the roadmap (project) 1,"
        " priority, active, blocking, blocked, waiting 1"
    ),
    source="taskwarrior",
    inputs=(
        Input(name="due", says="When it must be there", needed=False, unit="day"),
        Input(
            name="scheduled", says="When it may be begun", needed=False, unit="day"
        ),
        *(
            Input(name=name, says=says, high=1, steps=(0, 1), needed=False, unit="flag")
            for name, says in (
                ("blocking", "Others wait for it"),
                ("blocked", "It waits for another"),
                ("active", "Somebody is at it"),
                ("waiting", "Nothing can be done for now"),
            )
        ),
    ),
    reckon=reckon,
    weighs=weighs,
)  # fmt: skip
