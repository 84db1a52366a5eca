"""How people fare at a task: whether they get it done, and how long it takes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from triage.measures.averages import GeometricMeasure
from triage.measures.figure import Measure, Origin, Unit
from triage.measures.retention import yes_or_no
from triage.measures.shares import ShareMeasure

DONE, SECONDS = "task_success", "time_on_task"
"""What a session or a column tells: yes or no, and seconds (or ``2:30``)."""

FEW_TRIED = 5
"""A round of usability has five people or so; the interval says what that is worth."""


def done(context: Mapping[str, Any]) -> bool | None:
    """Whether a task was done; None where that is not told."""
    return yes_or_no(context[DONE]) if DONE in context else None


def seconds(context: Mapping[str, Any]) -> float | None:
    """
    How long it took, above 0; None where that is not told, or it was not all done.

    >>> seconds({"time_on_task": "2:30"}), seconds({"time_on_task": 40})
    (150.0, 40.0)
    """
    if DONE in context and not done(context):
        return None
    minutes, _, rest = str(context.get(SECONDS, "")).rpartition(":")
    try:
        found = 60 * float(minutes or 0) + float(rest)
    except ValueError:
        return None
    return found if 0 < found < float("inf") else None


SUCCESS: Measure = ShareMeasure(
    name="task done", origin=Origin.TASK, method="share, Wilson", unit=Unit.SHARE,
    formula="task-done-1", least=FEW_TRIED, holds=bool,
)  # fmt: skip

TIME: Measure = GeometricMeasure(
    name="time on task", origin=Origin.TASK, method="geometric mean",
    unit=Unit.SECONDS, formula="task-time-1", least=FEW_TRIED,
    note="of those who got it done",
)  # fmt: skip
