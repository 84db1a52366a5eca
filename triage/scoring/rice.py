"""RICE: reach × impact × confidence ÷ effort, as Intercom has it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from triage.scoring.case import Case
from triage.scoring.formula import Formula, Input, Reckoned
from triage.scoring.inputs import column, figure, rounded
from triage.scoring.scored import Origin, Part
from triage.text.counting import counted
from triage.weights import Weights

QUARTER = timedelta(days=90)
"""What was said this long before counts where nobody says how many it reaches."""

LEAST_EFFORT = 0.5
"""Person-months; less counts as this much."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def reckon(case: Case, weights: Weights, as_of: datetime) -> Reckoned:
    """Reach as people say or else from the evidence; the rest from people alone."""
    del weights
    reach = column(case, "reach") or heard_lately(case, as_of)
    impact, confidence = column(case, "impact"), column(case, "confidence")
    effort = column(case, "effort", _effort_says(case.pain_point.effort))
    parts = tuple(one for one in (reach, impact, confidence, effort) if one)
    if impact is None or confidence is None or effort is None:
        has = {one.name for one in parts}
        lacks = (n for n in ("impact", "confidence", "effort") if n not in has)
        return Reckoned(parts=parts, lacks=tuple(lacks))
    months = max(LEAST_EFFORT, effort.value)
    value = rounded(reach.value * impact.value * confidence.value / months)
    return Reckoned(
        value=value,
        parts=parts,
        working=(
            f"{figure(reach.value)} × {figure(impact.value)}"
            f" × {figure(confidence.value)} ÷ {figure(months)} = {figure(value)}"
        ),
    )


def heard_lately(case: Case, as_of: datetime) -> Part:
    """Distinct people heard in the quarter before a moment."""
    since, until = _key(as_of - QUARTER), _key(as_of)
    late = [one for one in case.heard if since < one.feedback_id <= until]
    people = {one.person for one in late}
    return Part(
        name="reach",
        value=float(len(people)),
        origin=Origin.EVIDENCE,
        says=f"{counted(len(people), 'person', 'people')} heard in the last 90 days",
        evidence=tuple(sorted(one.evidence_id for one in late)),
    )


def _effort_says(effort: float | None) -> str:
    if effort is None or effort >= LEAST_EFFORT:
        return ""
    return f"{figure(effort)} counts as {figure(LEAST_EFFORT)}, the least there is"


def _key(at: datetime) -> int:
    """Where in time a feedback's id stands: microseconds since 1970."""
    return (at - _EPOCH) // timedelta(microseconds=1)


RICE = Formula(
    name="rice",
    version=1,
    says=(
        "score = reach × impact × confidence ÷ effort; reach in people per quarter,"
        " where nobody set it the distinct people heard in the 90 days before;"
        " effort in person-months, below 0.5 counts as 0.5"
    ),
    source="Intercom (McBride 2016)",
    inputs=(
        Input(name="reach", says="People per quarter", needed=False),
        Input(
            name="impact", steps=(3, 2, 1, 0.5, 0.25),
            says="3 massive, 2 high, 1 medium, 0.5 low, 0.25 minimal",
        ),
        Input(name="confidence", says="How sure we are", high=1, unit="share"),
        Input(name="effort", says="Person-months", unit="months"),
    ),
    reckon=reckon,
)  # fmt: skip
