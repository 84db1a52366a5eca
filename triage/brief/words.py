"""How a brief puts things: counts, figures, moves, effects; locale-free."""

from __future__ import annotations

from datetime import date, datetime

from triage.brief.brief import BriefPain
from triage.brief.effect import Effect
from triage.brief.metrics import Metric
from triage.measures import FEW
from triage.text.counting import counted

_MONTHS = (
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
)  # fmt: skip


def people(many: int) -> str:
    """``3 people``."""
    return counted(many, "person", "people")


def companies(many: int) -> str:
    """``2 companies``."""
    return counted(many, "company", "companies")


def day(at: datetime | date) -> str:
    """``3 Mar 2026``, in every locale alike."""
    return f"{at.day} {_MONTHS[at.month - 1]} {at.year}"


def number(value: float, digits: int = 2) -> str:
    """So many digits after the point at most."""
    told = f"{value:,.{digits}f}"
    told = told.rstrip("0").rstrip(".") if digits else told
    return "0" if told == "-0" else told


def percent(value: float) -> str:
    """``42 %``."""
    return f"{round(value * 100)} %"


def figure(one: Metric) -> str:
    """``42 % (35 to 49 %)``, or that there are too few."""
    if one.value is None or one.interval is None:
        return "too few to say"
    low, high = one.interval
    if one.percent:
        return f"{percent(one.value)} ({round(low * 100)} to {percent(high)})"
    told = [number(value, one.digits) for value in (one.value, low, high)]
    return "{} ({} to {})".format(*told)


def change(one: Metric) -> str:
    """Against the period before: how far, and whether that may be chance."""
    value, interval = one.change.value, one.change.interval
    if value is None or interval is None:
        return "too few to compare"
    if not one.change.is_sure:
        return "may be chance"
    word = "up" if value > 0 else "down"
    if one.percent:
        return f"{word} {round(abs(value) * 100)} points"
    return f"{word} {number(abs(value), one.digits)}"


def heard(pain: BriefPain) -> str:
    """``31 people in 9 companies``."""
    told = people(pain.people)
    return f"{told} in {companies(pain.companies)}" if pain.companies else told


def after(effect: Effect) -> str:
    """Feedback before and after, with people and what to think of it."""
    if not effect.days:
        return f"What customers said since: {effect.verdict}."
    weeks = effect.days // 7
    span = counted(weeks, "week")
    return (
        f"{_rate(effect.before, weeks)} a week in the {span} before"
        f" ({effect.before} from {people(effect.people_before)}),"
        f" {_rate(effect.after, weeks)} a week in the {span} after"
        f" ({effect.after} from {people(effect.people_after)}): {effect.verdict}."
    )


def rated(effect: Effect) -> str:
    """The mean rating before and after; "" where nobody rated anything."""
    if not effect.days or not any(effect.rated):
        return ""
    if effect.ratings is None:
        return (
            f"Ratings ({effect.scale}): {effect.rated[0]} before and"
            f" {effect.rated[1]} after, too few to say; {FEW} of each would do."
        )
    told = f"{number(effect.ratings[0])} before, {number(effect.ratings[1])} after"
    verdict = "may be chance"
    if effect.change.is_sure and effect.change.interval is not None:
        low, high = effect.change.interval
        verdict = f"a change of {number(low)} to {number(high)}, not by chance"
    return (
        f"Mean rating ({effect.scale}) of everything: {told}"
        f" (n {effect.rated[0]:,} and {effect.rated[1]:,}): {verdict}."
    )


def _rate(many: int, weeks: int) -> str:
    return number(round(many / weeks, 1))
