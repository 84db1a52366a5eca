"""MoSCoW: must, should, could, won't this time; and whether the musts leave room."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType

from triage.model import PainStatus
from triage.scoring.case import Case
from triage.scoring.formula import Formula, Reckoned
from triage.scoring.scored import Origin, Part
from triage.weights import Weights

RANKS: Mapping[str, int] = MappingProxyType(
    {"must": 4, "should": 3, "could": 2, "wont": 1}
)

MOST_MUST = 0.6
"""Of the effort planned that musts may take (DSDM)."""

_NAMED = 5
"""So many that have no effort are named."""


def reckon(case: Case, weights: Weights, as_of: datetime) -> Reckoned:
    """The label as a rank."""
    del weights, as_of
    label = case.pain_point.moscow
    if label not in RANKS:
        return Reckoned(lacks=("moscow",))
    who = case.settings.get("moscow")
    part = Part(
        name="moscow", value=float(RANKS[label]), origin=Origin.PERSON, says=label,
        by=who.by if who else "", at=who.at if who else None,
    )  # fmt: skip
    return Reckoned(
        value=float(RANKS[label]), parts=(part,), working=f"{label} = {RANKS[label]}"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class MoscowCheck:
    """
    How the effort of what is open spreads over the labels.

    Attributes:
        effort: Person-months by label, won't included.
        counts: How many pain points have each label.
        unsized: Those planned for this time without an effort, by id: they are in no
            share.
        unlabelled: How many open ones have no label.
    """

    effort: Mapping[str, float] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)
    unsized: tuple[int, ...] = ()
    unlabelled: int = 0

    @property
    def planned(self) -> float:
        """Person-months of must, should and could: what won't is not of this time."""
        return sum(self.effort[label] for label in ("must", "should", "could"))

    def share(self, label: str) -> float | None:
        """Of the effort planned; None where there is none, or it is not planned."""
        if label == "wont" or not self.planned:
            return None
        return self.effort[label] / self.planned

    @property
    def holds(self) -> bool | None:
        """Whether musts take no more than they may; None where nothing is sized."""
        must = self.share("must")
        return None if must is None else must <= MOST_MUST

    @property
    def says(self) -> str:
        """What musts take, and which are planned without an effort."""
        must = f"musts take {self.share('must') or 0:.0%} of the effort planned"
        said = {
            None: "nothing planned has an effort yet: no telling what musts take",
            True: f"{must}, of {MOST_MUST:.0%} at most",
            False: f"{must}: more than {MOST_MUST:.0%}",
        }[self.holds]
        if not self.unsized:
            return said
        names = ", ".join(f"p{one}" for one in self.unsized[:_NAMED])
        more = len(self.unsized) - _NAMED
        return f"{said}; without an effort: {names}" + (
            f" and {more:,} more" if more > 0 else ""
        )


def moscow_check(cases: Iterable[Case]) -> MoscowCheck:
    """The check of these that are open: on effort, not on how many they are."""
    effort = dict.fromkeys(RANKS, 0.0)
    counts: Counter[str] = Counter()
    unsized: list[int] = []
    for case in cases:
        point = case.pain_point
        if point.status is not PainStatus.OPEN:
            continue
        counts[point.moscow if point.moscow in RANKS else ""] += 1
        if point.moscow not in RANKS:
            continue
        if point.effort is not None:
            effort[point.moscow] += point.effort
        elif point.moscow != "wont":
            unsized.append(point.id)
    return MoscowCheck(
        effort=effort,
        counts={label: counts[label] for label in RANKS},
        unsized=tuple(sorted(unsized)),
        unlabelled=counts[""],
    )


MOSCOW = Formula(
    name="moscow",
    version=1,
    says="must 4, should 3, could 2, won't this time 1, as a person labelled it",
    source="DSDM",
    inputs=(),
    reckon=reckon,
)
