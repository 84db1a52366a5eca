"""What somebody said and what of it is quoted, an hour after the one before."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from factories import NOON
from triage.model import Channel, Evidence, Feedback, Importance, Kind

Said = tuple[Evidence, Feedback]


def said(
    number: int, customer: int | None, importance: int = 1, *, observed: bool = True,
    company: str = "", **context: Any,
) -> Said:  # fmt: skip
    """One quote of one feedback; ``customer`` is None where nobody knows who it was."""
    feedback = Feedback(
        id=number * 1000, number=number, source="mail", external_id=str(number),
        channel=Channel.EMAIL, kind=Kind.FEEDBACK, title="", body="words",
        received_at=NOON + timedelta(hours=number), customer_id=customer,
        company=company, context=context,
    )  # fmt: skip
    evidence = Evidence(
        id=number, pain_point_id=1, feedback_id=feedback.id, quote="words", start=0,
        end=5, importance=Importance(importance), observed=observed,
    )  # fmt: skip
    return evidence, feedback
