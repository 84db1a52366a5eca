"""
The one door for front ends.

Reading, deciding, pulling and regrouping are files of their own; a front end holds a
``Workspace`` and asks it. Times are aware, ids are what people type (``f12``, ``g12``,
``p3``, ``r2``) or the keys that listings carry.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from triage import config
from triage.store.database import Database
from triage.store.driver import explained
from triage.store.evidence import Counts
from triage.store.journal import Entry
from triage.store.precedents import Precedents
from triage.store.views import (
    BatchView,
    CustomerView,
    Group,
    Guess,
    KeptMatch,
    Member,
    Outcome,
    PainView,
    Plan,
    Quarantined,
    QueueRow,
    Quote,
    RoadmapView,
    SourceView,
    Suggestion,
    ToneCount,
)
from triage.workspace.backlog import Backlog, RestoreCounts
from triage.workspace.deciding import Deciding
from triage.workspace.hearing import Hearing
from triage.workspace.pulling import Pulling
from triage.workspace.reading import Reading
from triage.workspace.regrouping import Regrouping

__all__ = [
    "BatchView",
    "Counts",
    "CustomerView",
    "Entry",
    "Group",
    "Guess",
    "KeptMatch",
    "Member",
    "Outcome",
    "PainView",
    "Plan",
    "Quarantined",
    "QueueRow",
    "Quote",
    "RestoreCounts",
    "RoadmapView",
    "SourceView",
    "Suggestion",
    "ToneCount",
    "Workspace",
    "explained",
]


class Workspace(Reading, Hearing, Deciding, Pulling, Regrouping, Backlog):
    """
    One workspace file, its settings, and everything a person can ask or decide.

    Safe to use from several threads: each reads through a connection of its own.
    """

    def __init__(
        self,
        path: Path,
        *,
        create: bool = True,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.path = path
        self.config = config.load(path)
        self.db = Database(path, create=create, clock=clock)
        self.clock = clock
        self.precedents = Precedents()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self.db.close()

    def backup(self, target: Path) -> None:
        """Write a consistent copy while others work."""
        self.db.backup(target)
