"""Which figures follow from what is told: of a rating, a wait, a renewal, a task."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from triage.measures.averages import MeanMeasure, MedianMeasure
from triage.measures.ces import ces
from triage.measures.csat import csat
from triage.measures.figure import Change, Counts, Figure, Measure, Origin, Unit
from triage.measures.net import Interval
from triage.measures.nps import nps
from triage.measures.retention import retention
from triage.measures.reviews import reviews
from triage.measures.usability import SUCCESS, TIME


class Gauge(NamedTuple):
    """
    What values are of; the order of these is that of the figures.

    Attributes:
        metric: nps, csat, ces or stars; of other origins the name of what is told.
        scale: As "0-10"; "" where there is none.
    """

    origin: Origin
    metric: str
    scale: str = ""


FIRST_ANSWER = Gauge(Origin.ANSWER, "first answer")
SOLVED = Gauge(Origin.ANSWER, "solved")
RETENTION = Gauge(Origin.ACCOUNT, "retention")
TASK_DONE = Gauge(Origin.TASK, "done")
TASK_TIME = Gauge(Origin.TASK, "time")

_ORIGINS = list(Origin)
_SURVEYS = ("nps", "csat", "ces")

Heard = Mapping[Gauge, Counts]
"""Everything that was told, counted."""


def measures_of(
    gauge: Gauge, counts: Counts, way: Interval = Interval.ADJUSTED
) -> tuple[Measure, ...]:
    """Every figure that is made of such values; of CES there are three."""
    if gauge == RETENTION:
        return (retention(counts),)
    if gauge.origin is Origin.TASK:
        return (SUCCESS if gauge == TASK_DONE else TIME,)
    if gauge.origin is Origin.ANSWER:
        return (_wait(gauge),)
    if gauge.origin is Origin.REVIEW:
        return (reviews(gauge.metric, gauge.scale),)
    match gauge.metric:
        case "nps":
            return (nps(gauge.scale, way),)
        case "csat":
            return (csat(gauge.scale),)
        case "ces":
            return ces(gauge.scale, way)
    return (
        MeanMeasure(
            name=gauge.metric, origin=gauge.origin, method="mean", unit=Unit.RATING,
            formula="mean-1", scale=gauge.scale,
        ),
    )  # fmt: skip


def figures(heard: Heard, way: Interval = Interval.ADJUSTED) -> tuple[Figure, ...]:
    """All there is to say; surveys first, then reviews, waits, accounts and tasks."""
    return tuple(
        one.figure(heard[gauge])
        for gauge in in_order(heard)
        for one in measures_of(gauge, heard[gauge], way)
    )


def changes(
    now: Heard, before: Heard, way: Interval = Interval.ADJUSTED
) -> tuple[Change, ...]:
    """Each figure of either wave beside that of the other."""
    return tuple(
        one.change(now.get(gauge, {}), before.get(gauge, {}))
        for gauge in in_order({**before, **now})
        for one in measures_of(gauge, _both(now, before, gauge), way)
    )


def in_order(gauges: Iterable[Gauge]) -> list[Gauge]:
    """As they are told of."""
    return sorted(gauges, key=_place)


def _place(gauge: Gauge) -> tuple[int, int, str, str]:
    known = gauge.metric in _SURVEYS
    return (
        _ORIGINS.index(gauge.origin),
        _SURVEYS.index(gauge.metric) if known else len(_SURVEYS),
        gauge.metric,
        gauge.scale,
    )


def _both(now: Heard, before: Heard, gauge: Gauge) -> Counts:
    found = dict(before.get(gauge, {}))
    for value, many in now.get(gauge, {}).items():
        found[value] = found.get(value, 0) + many
    return found


def _wait(gauge: Gauge) -> Measure:
    return MedianMeasure(
        name=gauge.metric, origin=Origin.ANSWER, method="median", unit=Unit.SECONDS,
        formula="median-1", note="hours as they pass",
    )  # fmt: skip
