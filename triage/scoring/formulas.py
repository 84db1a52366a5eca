"""Every formula there is, by name, in the order they are offered."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from triage.errors import UsageError
from triage.scoring.case import Case
from triage.scoring.demand import DEMAND
from triage.scoring.drivers import DRIVERS
from triage.scoring.formula import Formula, Input
from triage.scoring.ice import ICE
from triage.scoring.inputs import COLUMNS, column, estimate
from triage.scoring.kano import KANO
from triage.scoring.moscow import MOSCOW
from triage.scoring.opportunity import OPPORTUNITY
from triage.scoring.rice import RICE
from triage.scoring.scored import Part
from triage.scoring.urgency import URGENCY
from triage.scoring.wsjf import WSJF

__all__ = [
    "FORMULAS",
    "Formula",
    "Input",
    "formula_named",
    "input_named",
    "set_by_people",
]

FORMULAS: Mapping[str, Formula] = MappingProxyType(
    {
        one.name: one
        for one in (
            DEMAND, RICE, ICE, WSJF, OPPORTUNITY, KANO, MOSCOW, URGENCY, DRIVERS,
        )
    }
)  # fmt: skip


def formula_named(name: str) -> Formula:
    """
    The formula of that name.

    Raises:
        UsageError: There is none; it names those there are.
    """
    found = FORMULAS.get(name)
    if found is None:
        raise UsageError(f"no formula is called {name!r}; there are {_all()}")
    return found


def input_named(name: str) -> Input | None:
    """The input an estimate of this name is of; None where no formula asks for it."""
    return next(
        (told for one in FORMULAS.values() for told in one.inputs if told.takes(name)),
        None,
    )


def set_by_people(case: Case) -> tuple[Part, ...]:
    """Whatever people set on it: inputs in the order of the formulas, then places."""
    names = {one.name for one in case.estimates}
    order = [told for one in FORMULAS.values() for told in one.inputs]

    def place(name: str) -> tuple[int, str]:
        first = (n for n, told in enumerate(order) if told.takes(name))
        return next(first, len(order)), name

    parts = [
        column(case, name) if name in COLUMNS else estimate(case, name)
        for name in sorted(names | set(COLUMNS), key=place)
    ]
    return tuple(part for part in parts if part)


def _all() -> str:
    *most, last = FORMULAS
    return f"{', '.join(most)} and {last}"
