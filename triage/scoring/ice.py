"""ICE: impact × confidence × ease, each 1 to 10, multiplied."""

from __future__ import annotations

from datetime import datetime
from math import prod

from triage.scoring.case import Case
from triage.scoring.formula import Formula, Input, Reckoned
from triage.scoring.inputs import estimate, figure, rounded
from triage.weights import Weights

_NAMES = ("ice_impact", "ice_confidence", "ease")


def reckon(case: Case, weights: Weights, as_of: datetime) -> Reckoned:
    """The product of three estimates, all of them needed."""
    del weights, as_of
    found = {name: estimate(case, name) for name in _NAMES}
    parts = tuple(part for part in found.values() if part)
    lacks = tuple(name for name, part in found.items() if part is None)
    if lacks:
        return Reckoned(parts=parts, lacks=lacks)
    value = rounded(prod(part.value for part in parts))
    sum_ = " × ".join(figure(part.value) for part in parts)
    return Reckoned(value=value, parts=parts, working=f"{sum_} = {figure(value)}")


ICE = Formula(
    name="ice",
    version=1,
    says="score = impact × confidence × ease, each 1 to 10; a product, no mean",
    source="Sean Ellis",
    inputs=(
        Input(name="ice_impact", says="How much it changes", low=1, high=10),
        Input(name="ice_confidence", says="How sure we are", low=1, high=10),
        Input(name="ease", says="How easy it is", low=1, high=10),
    ),
    reckon=reckon,
)
