"""Opportunity: what matters and is not satisfied, per segment, as Ulwick has it."""

from __future__ import annotations

from datetime import datetime

from triage.planning import Estimate
from triage.scoring.case import Case
from triage.scoring.formula import Formula, Input, Reckoned
from triage.scoring.inputs import estimate, estimated, figure, rounded
from triage.scoring.scored import Part
from triage.weights import Weights


def opportunity(importance: float, satisfaction: float) -> float:
    """
    Ulwick's score, 0 to 20, of the shares that answer 4 or 5 of 5.

    >>> opportunity(0.9, 0.3), opportunity(0.9, 0.9)
    (15.0, 9.0)
    """
    return rounded(10 * (importance + max(importance - satisfaction, 0.0)))


def reckon(case: Case, weights: Weights, as_of: datetime) -> Reckoned:
    """The highest segment's score; plain answers count where no segment is named."""
    del weights, as_of
    parts: list[Part] = []
    lacks: list[str] = []
    scores: dict[str, float] = {}
    workings: list[str] = []
    for segment in _segments(case):
        tail = f".{segment}" if segment else ""
        asked = estimated(case, f"respondents{tail}")
        importance = estimate(case, f"importance{tail}", _of(asked))
        satisfaction = estimate(case, f"satisfaction{tail}", _of(asked))
        parts += [one for one in (importance, satisfaction) if one]
        if importance is None or satisfaction is None:
            named = (("importance", importance), ("satisfaction", satisfaction))
            missing = [name for name, part in named if part is None]
            lacks += [f"{name}{tail}" for name in missing]
            workings.append(f"{segment} lacks {missing[0]}")
            continue
        scores[segment] = opportunity(importance.value, satisfaction.value)
        workings.append(_working(segment, importance.value, satisfaction.value))
    if not scores:
        return Reckoned(parts=tuple(parts), lacks=tuple(lacks))
    return Reckoned(
        value=max(scores.values()), parts=tuple(parts), working="; ".join(workings)
    )


def _segments(case: Case) -> list[str]:
    """The segments asked, by name; [""] where none is named."""
    heads = ("importance", "satisfaction")
    told = (one.name.partition(".") for one in case.estimates)
    return sorted({tail for head, _, tail in told if tail and head in heads}) or [""]


def _of(asked: Estimate | None) -> str:
    return f"share of {figure(asked.value)} respondents" if asked else ""


def _working(segment: str, importance: float, satisfaction: float) -> str:
    value = opportunity(importance, satisfaction)
    sum_ = (
        f"10 × ({figure(importance)} + max({figure(importance)}"
        f" − {figure(satisfaction)}, 0)) = {figure(value)}"
    )
    return f"{segment}: {sum_}" if segment else sum_


_IMPORTANCE = "Share that answers 4 or 5 of 5 to: how important is it"
_SATISFACTION = "Share that answers 4 or 5 of 5 to: how satisfied are you"
OPPORTUNITY = Formula(
    name="opportunity",
    version=1,
    says=(
        "score = 10 × (importance + max(importance − satisfaction, 0)), both the share"
        " that answers 4 or 5 of 5; the highest segment's, segments are never pooled"
    ),
    source="Ulwick (2002)",
    inputs=(
        Input(name="importance", says=_IMPORTANCE, high=1, unit="share"),
        Input(name="satisfaction", says=_SATISFACTION, high=1, unit="share"),
        Input(
            name="respondents", says="How many were asked", low=1, needed=False,
            unit="count",
        ),
        *(
            Input(name=f"{name}.*", says=f"{says}, in a segment", low=low, high=high,
                  needed=False, unit=unit)
            for name, says, low, high, unit in (
                ("importance", _IMPORTANCE, 0, 1, "share"),
                ("satisfaction", _SATISFACTION, 0, 1, "share"),
                ("respondents", "How many were asked", 1, None, "count"),
            )
        ),
    ),
    reckon=reckon,
)  # fmt: skip
