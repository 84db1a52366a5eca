"""
Pull, commit page and cursor together, group what is new; told as events.

``pulling`` is one run over one source, ``aside`` a thread for it, ``lanes`` several
at once, ``watching`` what goes on for ever; ``backoff`` says when to try again.
"""

from __future__ import annotations

from triage.sync.events import (
    Attached,
    Began,
    Ended,
    Failed,
    Fetched,
    Grouped,
    Moved,
    Skipped,
    SyncEvent,
    Woken,
)
from triage.sync.lanes import Job, together
from triage.sync.newcomers import group_pending
from triage.sync.pulling import Pull, fail, pull
from triage.sync.watching import Rhythm, watch

__all__ = [
    "Attached",
    "Began",
    "Ended",
    "Failed",
    "Fetched",
    "Grouped",
    "Job",
    "Moved",
    "Pull",
    "Rhythm",
    "Skipped",
    "SyncEvent",
    "Woken",
    "fail",
    "group_pending",
    "pull",
    "together",
    "watch",
]
