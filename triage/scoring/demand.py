"""Demand: who needs it, each person once, no company without bound; per effort."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import inf

from triage.scoring.case import Case, Heard
from triage.scoring.formula import Formula, Input, Reckoned
from triage.scoring.inputs import column, figure, rounded, usual, weight
from triage.scoring.scored import Origin, Part
from triage.scoring.voices import account, latest, segment_of
from triage.text.counting import counted
from triage.weights import Weights

SEVERITY = Input(
    name="severity", says="1 cosmetic to 5 work is lost", low=1, high=5,
    steps=(1, 2, 3, 4, 5), needed=False,
)  # fmt: skip
CONFIDENCE = Input(
    name="confidence", says="How sure we are", high=1, needed=False, unit="share"
)
EFFORT = Input(name="effort", says="Person-months", needed=False, unit="months")


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """
    What people need, added up.

    Attributes:
        value: Each company by no more than the cap.
        uncapped: Without a cap.
        low: Counting only what customers said themselves; ``high`` what was inferred
            in full; both capped.
        over: What the companies above the cap would add, by name; most first.
    """

    value: float
    uncapped: float
    low: float
    high: float
    over: tuple[tuple[str, float], ...] = ()


def demand(voices: Sequence[Heard], weights: Weights) -> Demand:
    """
    What these voices, one a person, add up to.

    A voice is segment weight × importance, × ``weights.inferred`` where somebody
    inferred it; a company adds ``weights.company_cap`` at most.
    """
    observed: dict[str, float] = defaultdict(float)
    inferred: dict[str, float] = defaultdict(float)
    for one in voices:
        told = observed if one.observed else inferred
        told[account(one)] += segment_of(one, weights)[1] * one.importance
    cap = weights.company_cap or inf
    # Sorted, for a sum of fractions is the same only in one order.
    names = sorted({*observed, *inferred})
    whole = {
        name: observed.get(name, 0.0) + weights.inferred * inferred.get(name, 0.0)
        for name in names
    }
    full = [observed.get(name, 0.0) + inferred.get(name, 0.0) for name in names]
    over = [(name, value) for name, value in whole.items() if value > cap]
    return Demand(
        value=sum(min(cap, value) for value in whole.values()),
        uncapped=sum(whole.values()),
        low=sum(min(cap, observed.get(name, 0.0)) for name in names),
        high=sum(min(cap, value) for value in full),
        over=tuple(sorted(over, key=lambda one: (-one[1], one[0]))),
    )


def reckon(case: Case, weights: Weights, as_of: datetime) -> Reckoned:
    """Demand × severity × confidence ÷ effort; what nobody set counts as 1."""
    del as_of
    voices = latest(case.heard)
    found = demand(voices, weights)
    severity, confidence, effort = (
        column(case, name) or usual(name, 1.0)
        for name in ("severity", "confidence", "effort")
    )
    factor = severity.value * confidence.value / effort.value
    value = rounded(found.value * factor)
    return Reckoned(
        value=value,
        low=rounded(found.low * factor),
        high=rounded(found.high * factor),
        parts=(
            _part(voices, found, weights), severity, confidence, effort,
            *_weights(voices, found, weights),
        ),
        working=(
            f"{figure(found.value)} × {figure(severity.value)}"
            f" × {figure(confidence.value)} ÷ {figure(effort.value)} = {figure(value)}"
        ),
    )  # fmt: skip


def _part(voices: Sequence[Heard], found: Demand, weights: Weights) -> Part:
    by_segment = Counter(segment_of(one, weights)[0] for one in voices)
    who = [counted(len(voices), "person", "people")]
    who += [
        f"{by_segment[one.name]:,} of them {one.name}"
        for one in weights.segments
        if by_segment[one.name]
    ]
    is_capped = found.uncapped != found.value
    if is_capped:
        whose, would = found.over[0]
        kind, _, name = whose.partition(" ")
        more = f" and {len(found.over) - 1} more" if len(found.over) > 1 else ""
        who.append(
            f"{name if kind == 'company' else 'one of them'}{more} capped at"
            f" {figure(weights.company_cap)} of {figure(would)}"
        )
    return Part(
        name="demand",
        value=rounded(found.value),
        origin=Origin.EVIDENCE,
        says=", ".join(who),
        evidence=tuple(sorted(one.evidence_id for one in voices)),
        uncapped=rounded(found.uncapped) if is_capped else None,
    )


def _weights(
    voices: Sequence[Heard], found: Demand, weights: Weights
) -> Iterator[Part]:
    """The weights that made a difference to it."""
    chosen = {segment_of(one, weights)[0] for one in voices}
    for one in weights.segments:
        if one.name in chosen and one.weight != 1:
            yield weight(
                f"segment.{one.name}", one.weight, f"what a voice of {one.name} counts"
            )
    if any(not one.observed and one.importance for one in voices):
        yield weight(
            "inferred", weights.inferred, "what counts of what was inferred, not said"
        )
    if found.over:
        yield weight(
            "company_cap", weights.company_cap, "what one company adds at most"
        )


def weighs(weights: Weights) -> tuple[str, ...]:
    """The weights it uses."""
    cap = ("company_cap",) if weights.company_cap else ()
    return (*(f"segment.{one.name}" for one in weights.segments), "inferred", *cap)


DEMAND = Formula(
    name="demand",
    version=2,
    says=(
        "score = demand × severity × confidence ÷ effort; demand = sum over companies"
        " of what their people need, at most the cap each: a person's latest importance"
        " × the weight of their segment, inferred ones × the weight of inferred;"
        " without a company each person is one; unset severity, confidence, effort 1"
    ),
    source="Triage",
    inputs=(SEVERITY, CONFIDENCE, EFFORT),
    reckon=reckon,
    weighs=weighs,
)
