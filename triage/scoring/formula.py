"""A formula: its words, its inputs, and what it makes of one pain point."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from math import inf

from triage.scoring.case import Case
from triage.scoring.inputs import estimated
from triage.scoring.scored import Part, Scored
from triage.weights import Weights

PLACE = "place."
"""What an estimate is called that places a pain point in a formula's ranking."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """
    What a formula asks people for.

    Attributes:
        name: As ``triage estimate`` takes it. One that ends in ``.*`` stands for a
            name for each segment, driver or pair of answers.
        low: Least value; ``high`` the greatest, None where there is none.
        steps: The only values there are; none where any between is one.
        tails: The only names there are behind ``.*``; none where any is one.
        needed: Whether there is no score without it.
        unit: "share", "months" (more than none), "count" (whole), "flag", "day"
            (seconds since 1970, UTC) or "".
    """

    name: str
    says: str
    low: float = 0.0
    high: float | None = None
    steps: tuple[float, ...] = ()
    tails: tuple[str, ...] = ()
    needed: bool = True
    unit: str = ""

    def takes(self, name: str) -> bool:
        """Whether an estimate of this name is one of it."""
        if not self.name.endswith(".*"):
            return name == self.name
        head, _, tail = name.partition(".")
        return (
            f"{head}.*" == self.name and bool(tail) and tail in (self.tails or (tail,))
        )

    def holds(self, value: float) -> bool:
        """Whether the value is on its scale."""
        if self.steps:
            return value in self.steps
        if self.unit == "count" and not value.is_integer():
            return False
        is_low = value <= 0 if self.unit == "months" else value < self.low
        return not is_low and value <= (inf if self.high is None else self.high)

    @property
    def scale(self) -> str:
        """What it may be, in words: "1 to 10", "3, 2, 1, 0.5 or 0.25"."""
        if self.unit == "day":
            return "a day"
        if self.steps:
            *most, last = (f"{step:g}" for step in self.steps)
            return f"{', '.join(most)} or {last}"
        if self.unit == "months":
            return "more than 0"
        if self.high is None:
            return f"{self.low:g} or more"
        return f"{self.low:g} to {self.high:g}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reckoned:
    """What a formula makes of a case, before it is signed; fields as ``Scored`` has."""

    value: float | None = None
    low: float | None = None
    high: float | None = None
    parts: tuple[Part, ...] = ()
    lacks: tuple[str, ...] = ()
    working: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Formula:
    """
    One way to say what a pain point is worth.

    Attributes:
        version: Counts its changes; raise it with every change of what it gives.
        says: The formula in words.
        source: Whose it is.
        inputs: What people are asked for.
        reckon: What it makes of a case by weights, at a moment.
        weighs: Names of the weights of the settings it uses, as ``stability`` has.
    """

    name: str
    version: int
    says: str
    source: str
    inputs: tuple[Input, ...]
    reckon: Callable[[Case, Weights, datetime], Reckoned]
    weighs: Callable[[Weights], tuple[str, ...]] = field(default=lambda _: ())

    @property
    def title(self) -> str:
        """Name and version: "rice-1"."""
        return f"{self.name}-{self.version}"

    @property
    def hash(self) -> str:
        """Twelve digits that change with every letter of what it says."""
        return sha256(f"{self.title}: {self.says}".encode()).hexdigest()[:12]

    def of(self, case: Case, weights: Weights, as_of: datetime) -> Scored:
        """What one pain point is worth; its value None where an input is missing."""
        return next(self.each([case], weights, as_of))

    def each(
        self, cases: Iterable[Case], weights: Weights, as_of: datetime
    ) -> Iterator[Scored]:
        """The same of many, one by one; none of them moves another."""
        mine, theirs = self.hash, weights.hash
        for case in cases:
            made = self.reckon(case, weights, as_of)
            yield Scored(
                pain_point_id=case.pain_point.id,
                formula=self.name,
                version=self.version,
                formula_hash=mine,
                weights_hash=theirs,
                as_of=as_of,
                value=made.value,
                low=made.low,
                high=made.high,
                parts=made.parts,
                lacks=made.lacks,
                working=made.working,
                placed=estimated(case, PLACE + self.name),
            )
