"""WSJF: the cost of delay ÷ job size, as SAFe has it."""

from __future__ import annotations

from datetime import datetime

from triage.scoring.case import Case
from triage.scoring.formula import Formula, Input, Reckoned
from triage.scoring.inputs import estimate, figure, rounded, weight
from triage.weights import WSJF as PARTS_OF_DELAY
from triage.weights import Weights

STEPS = (1.0, 2.0, 3.0, 5.0, 8.0, 13.0, 20.0)


def reckon(case: Case, weights: Weights, as_of: datetime) -> Reckoned:
    """Three parts of the cost of delay, as weighted, over the size of the job."""
    del as_of
    found = {name: estimate(case, name) for name in (*PARTS_OF_DELAY, "job_size")}
    parts = [part for part in found.values() if part]
    lacks = tuple(name for name, part in found.items() if part is None)
    if lacks:
        return Reckoned(parts=tuple(parts), lacks=lacks)
    *delays, size = parts
    cost = sum(weights.wsjf[part.name] * part.value for part in delays)
    value = rounded(cost / size.value)
    terms = (_term(weights.wsjf[part.name], part.value) for part in delays)
    return Reckoned(
        value=value,
        parts=(
            *parts,
            *(
                weight(f"weight.{name}", told, f"what {name} counts")
                for name, told in weights.wsjf.items()
                if told != 1
            ),
        ),
        working=f"({' + '.join(terms)}) ÷ {figure(size.value)} = {figure(value)}",
    )


def _term(weight: float, value: float) -> str:
    return figure(value) if weight == 1 else f"{figure(weight)} × {figure(value)}"


def weighs(weights: Weights) -> tuple[str, ...]:
    """The weights it uses."""
    return tuple(f"wsjf.{name}" for name in weights.wsjf)


WSJF = Formula(
    name="wsjf",
    version=1,
    says=(
        "score = (business value + time criticality + risk reduction) ÷ job size,"
        " each 1, 2, 3, 5, 8, 13 or 20; each part of the sum × its weight"
    ),
    source="SAFe, after Reinertsen",
    inputs=(
        Input(
            name="business_value", says="What it is worth to us and them", steps=STEPS
        ),
        Input(
            name="time_criticality", says="How much worth waiting takes", steps=STEPS
        ),
        Input(
            name="risk_reduction", says="What it makes safer or possible", steps=STEPS
        ),
        Input(name="job_size", says="How large it is", steps=STEPS),
    ),
    reckon=reckon,
    weighs=weighs,
)
