"""
The one door for front ends.

Reading, deciding, pulling, sending and regrouping are files of their own; a front end
holds a ``Workspace`` and asks it. Times are aware, ids are what people type (``f12``,
``g12``, ``p3``, ``r2``, ``d4``) or the keys that listings carry.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from triage import config
from triage.store.askers import Asker, ToldView
from triage.store.citable import Citable
from triage.store.counts import Counts
from triage.store.database import Database
from triage.store.deliveries import Delivery
from triage.store.driver import explained
from triage.store.journal import Entry
from triage.store.outbox import DraftView
from triage.store.people_views import (
    CompanyView,
    CustomerView,
    Face,
    Likeness,
    Person,
)
from triage.store.persona_views import NoteView, PersonaView
from triage.store.precedents import Precedents
from triage.store.session_views import SessionView
from triage.store.views import (
    BatchView,
    BudgetView,
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
    TagCount,
    ToneCount,
)
from triage.workspace.alikeness import Alikeness
from triage.workspace.backlog import Backlog, RestoreCounts
from triage.workspace.briefing import Briefing, BriefWishes
from triage.workspace.citing import Citing
from triage.workspace.competitors import Competitors, CompetitorView, Placed
from triage.workspace.consenting import Consenting
from triage.workspace.dashboard import Dashboards
from triage.workspace.drafting import ReplyRules
from triage.workspace.estimating import Estimating
from triage.workspace.filing import Filing
from triage.workspace.guides import Guides
from triage.workspace.labelling import Labelling
from triage.workspace.listening import ListeningWeek, Listens
from triage.workspace.measuring import Measuring
from triage.workspace.metrics import Metrics
from triage.workspace.moving import Moving
from triage.workspace.outbox import Outbox
from triage.workspace.patterns import Patterns
from triage.workspace.people import People
from triage.workspace.personas import Personas
from triage.workspace.plans import Finds, Unmapped
from triage.workspace.pulling import Pulling
from triage.workspace.ranking import Ranks
from triage.workspace.reaching import Way
from triage.workspace.reading import Reading
from triage.workspace.regrouping import Regrouping
from triage.workspace.sessions import Sessions
from triage.workspace.status import Status
from triage.workspace.stories import Stories
from triage.workspace.telling import Drafted, Telling, ToTell
from triage.workspace.trends import Trends
from triage.workspace.viewing import Viewing, ViewSize

__all__ = [
    "Asker",
    "BatchView",
    "BriefWishes",
    "BudgetView",
    "Citable",
    "CompanyView",
    "CompetitorView",
    "Counts",
    "CustomerView",
    "Delivery",
    "DraftView",
    "Drafted",
    "Entry",
    "Face",
    "Group",
    "Guess",
    "KeptMatch",
    "Likeness",
    "ListeningWeek",
    "Member",
    "NoteView",
    "Outcome",
    "PainView",
    "Person",
    "PersonaView",
    "Placed",
    "Plan",
    "Quarantined",
    "QueueRow",
    "Quote",
    "ReplyRules",
    "RestoreCounts",
    "RoadmapView",
    "SessionView",
    "SourceView",
    "Suggestion",
    "TagCount",
    "ToTell",
    "ToldView",
    "ToneCount",
    "Unmapped",
    "ViewSize",
    "Way",
    "Workspace",
    "explained",
]


class Workspace(
    Reading,
    Ranks,
    Measuring,
    Trends,
    Metrics,
    Patterns,
    Status,
    Viewing,
    Labelling,
    Competitors,
    Stories,
    Sessions,
    Personas,
    Guides,
    Citing,
    Alikeness,
    Estimating,
    People,
    Pulling,
    Filing,
    Telling,
    Outbox,
    Consenting,
    Listens,
    Regrouping,
    Backlog,
    Briefing,
    Dashboards,
    Moving,
):
    """
    One workspace file, its settings, and everything a person can ask or decide.

    Safe to use from several threads: each reads through a connection of its own.
    """

    def __init__(
        self,
        path: Path,
        *,
        create: bool = True,
        read_only: bool = False,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.path = path
        self.config = config.load(path)
        self.db = Database(path, create=create, read_only=read_only, clock=clock)
        self.clock = clock
        self.precedents = Precedents()
        self.finds = Finds()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def read_only(self) -> bool:
        """Whether every decision is refused."""
        return self.db.read_only

    def release(self) -> None:
        """Let go of what this thread opened: it is about to end."""
        self.db.release()

    def close(self) -> None:
        """Let go of the file."""
        self.db.close()

    def keep_theme(self, name: str) -> Path:
        """Write down how the app is to look from now on; the file it stands in."""
        path = config.keep_theme(self.config.path, name)
        self.config = replace(self.config, theme=name)
        return path

    def backup(self, target: Path) -> None:
        """Write a consistent copy while others work."""
        self.db.backup(target)
