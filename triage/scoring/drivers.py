"""Drivers: one's own drivers of value, weighted, as a share of all there could be."""

from __future__ import annotations

from datetime import datetime

from triage.scoring.case import Case
from triage.scoring.formula import Formula, Input, Reckoned
from triage.scoring.inputs import estimate, figure, rounded, weight
from triage.weights import Weights

HIGHEST = 5.0


def reckon(case: Case, weights: Weights, as_of: datetime) -> Reckoned:
    """Each driver × its weight, in percent of the most there could be."""
    del as_of
    most = sum(HIGHEST * told for told in weights.drivers.values() if told > 0)
    if not most:
        return Reckoned(lacks=("driver.*",))
    found = {name: estimate(case, f"driver.{name}") for name in weights.drivers}
    parts = tuple(part for part in found.values() if part)
    lacks = tuple(f"driver.{name}" for name, part in found.items() if part is None)
    if lacks:
        return Reckoned(parts=parts, lacks=lacks)
    told = tuple(zip(weights.drivers.values(), parts, strict=True))
    value = rounded(100 * sum(counts * part.value for counts, part in told) / most)
    sum_ = " + ".join(f"{figure(w)} × {figure(part.value)}" for w, part in told)
    return Reckoned(
        value=value,
        parts=(
            *parts,
            *(
                weight(f"weight.{name}", counts, f"what {name} counts")
                for name, counts in weights.drivers.items()
            ),
        ),
        working=f"100 × ({sum_}) ÷ {figure(most)} = {figure(value)}",
    )


def weighs(weights: Weights) -> tuple[str, ...]:
    """The weights it uses."""
    return tuple(f"driver.{name}" for name in weights.drivers)


DRIVERS = Formula(
    name="drivers",
    version=1,
    says=(
        "score = 100 × sum of weight × driver ÷ the most that could be; drivers 0 to 5,"
        " named and weighted in the settings; the most is every positive weight × 5"
    ),
    source="After Productboard",
    inputs=(
        Input(name="driver.*", says="One of your own drivers of value", high=HIGHEST),
    ),
    reckon=reckon,
    weighs=weighs,
)
