"""What one of the demo's people did at a moment."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from triage.demo.dice import Dice


@dataclass(frozen=True, slots=True)
class Deed:
    """What somebody did at a moment."""

    at: datetime
    by: str
    act: Callable[[], object]


def some_days_ago(
    today: datetime, days: float, by: str, act: Callable[[], object]
) -> Deed:
    """At the hour that somebody had for such things that day."""
    hour = Dice(f"hour of {by} {days}").between(8.5, 17.5)
    midnight = (today - timedelta(days=days)).replace(
        hour=0, minute=0, second=0, microsecond=0
    )
    return Deed(midnight + timedelta(hours=hour), by, act)
