"""What people set on a pain point, each with who, when, why and from which quotes."""

from __future__ import annotations

from triage.planning import Estimate
from triage.scoring.case import Case
from triage.scoring.scored import Origin, Part

COLUMNS = ("severity", "confidence", "effort", "reach", "impact")
"""Inputs that are columns of a pain point; their estimates say what they rest on."""


def estimated(case: Case, name: str) -> Estimate | None:
    """The estimate of this name; None where nobody made one."""
    return next((one for one in case.estimates if one.name == name), None)


def column(case: Case, name: str, says: str = "") -> Part | None:
    """
    What somebody set as a column; None where it is empty.

    Who and why is the estimate's where both say the same, else who set the column last.
    """
    value = getattr(case.pain_point, name)
    if value is None:
        return None
    told = estimated(case, name)
    if told is not None and told.value == value:
        return _told(told, name, says)
    who = case.settings.get(name)
    return Part(
        name=name, value=float(value), origin=Origin.PERSON, says=says,
        by=who.by if who else "", at=who.at if who else None,
    )  # fmt: skip


def estimate(case: Case, name: str, says: str = "") -> Part | None:
    """What somebody estimated; None where nobody did."""
    told = estimated(case, name)
    return None if told is None else _told(told, name, says)


def usual(name: str, value: float) -> Part:
    """What a formula takes where nobody set the input."""
    return Part(
        name=name, value=value, origin=Origin.DEFAULT,
        says=f"not set, so {figure(value)}",
    )  # fmt: skip


def weight(name: str, value: float, says: str) -> Part:
    """A weight of the settings."""
    return Part(name=name, value=value, origin=Origin.SETTINGS, says=says)


def rounded(value: float) -> float:
    """A score as it is kept: four digits behind the point."""
    return round(value, 4)


def figure(value: float) -> str:
    """A number in a working: "1,200", "0.8", at most four digits behind the point."""
    return f"{rounded(value) + 0.0:,.15g}"


def _told(told: Estimate, name: str, says: str) -> Part:
    return Part(
        name=name, value=told.value, origin=Origin.PERSON, says=says, by=told.by,
        at=told.at, evidence=told.evidence, reason=told.reason,
    )  # fmt: skip
