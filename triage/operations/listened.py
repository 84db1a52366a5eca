"""Listened: that somebody set time aside and heard people out, as a step."""

from __future__ import annotations

import json

from triage.errors import UsageError
from triage.operations.changes import added, moment
from triage.operations.labels import named
from triage.research import Listened
from triage.step import Step
from triage.text.counting import counted


def keep(listened: Listened, people: int) -> Step:
    """It took place; ``people`` of them were heard."""
    if not listened.feedback:
        raise UsageError("nobody was heard; nothing is kept")
    minutes = counted(max(1, round(listened.seconds / 60)), "minute")
    noted = f", {counted(listened.noted, 'note')}" if listened.noted else ""
    told = f"Listened to {counted(people, 'person', 'people')} for {minutes}{noted}"
    return Step(
        "listen",
        named(told),
        (
            added(
                "listened",
                listened.id,
                {
                    "seconds": listened.seconds,
                    "feedback": json.dumps(list(listened.feedback)),
                    "noted": listened.noted,
                    "at": moment(listened.at),
                    "by": listened.by,
                },
            ),
        ),
    )
