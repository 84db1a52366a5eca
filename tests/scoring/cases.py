"""Pain points for tests of scores: who was heard, and what people set."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from factories import NOON
from triage.model import PainPoint
from triage.planning import Estimate
from triage.scoring import FORMULAS, Case, Heard, Scored
from triage.weights import Weights


def a_voice(number: int, person: str = "", importance: int = 1, **told: Any) -> Heard:
    """One quote, an hour after the one with the number before."""
    values: dict[str, Any] = {
        "evidence_id": number,
        "feedback_id": key(hours=number),
        "person": person or f"c{number}",
        "company": "",
        "importance": importance,
        "observed": True,
    }
    return Heard(**(values | told))


def key(**ago: float) -> int:
    """The id of a feedback received so long after noon."""
    return int((NOON + timedelta(**ago)).timestamp()) * 1_000_000


def estimates(**values: float) -> tuple[Estimate, ...]:
    """What Ada estimated; ``__`` in a name stands for a dot."""
    return tuple(
        Estimate(
            id=number, pain_point_id=1, name=name.replace("__", "."),
            value=value, evidence=(number,), reason=f"why {name}", at=NOON, by="ada",
        )
        for number, (name, value) in enumerate(values.items(), 1)
    )  # fmt: skip


def a_case(
    *voices: Heard,
    number: int = 1,
    estimates: tuple[Estimate, ...] = (),
    **columns: Any,
) -> Case:
    """A pain point with these voices; its columns as given."""
    return Case(
        pain_point=PainPoint(id=number, title="It hurts", created_at=NOON, **columns),
        heard=voices,
        estimates=estimates,
    )


def scored(formula: str, case: Case, weights: Weights | None = None) -> Scored:
    """What a formula makes of it at noon the day after."""
    at = NOON + timedelta(days=1)
    return FORMULAS[formula].of(case, weights or Weights(), at)
