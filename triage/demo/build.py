"""A workspace in use: the demo company's feedback, and what its PM has decided."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from triage import sync
from triage.connector import Cursor, Incoming, Page
from triage.demo.decisions import Decision, decisions
from triage.demo.incoming import sources
from triage.demo.plans import PAIN_POINTS, ROADMAP, PlannedPain
from triage.errors import UsageError
from triage.model import Feedback, PainPoint, State
from triage.operations import pain_points
from triage.operations.pain_points import Span, text_of
from triage.store import queries
from triage.sync import Pull
from triage.workspace import Workspace

if TYPE_CHECKING:
    from triage.transport import Http


def build(workspace: Workspace, today: datetime) -> None:
    """Fill an empty workspace; the same ``today`` gives the same one."""
    if workspace.counts()["feedback"]:
        raise UsageError(
            f"{workspace.path} holds feedback already; give the demo a file of its own"
        )
    asyncio.run(_pull(workspace, today))
    _decide(workspace, today)


@dataclass(frozen=True, slots=True)
class _Told:
    """The demo's own connector: what a source would tell, all at once."""

    summary: ClassVar[str] = "The demo company's feedback"
    incoming: Sequence[Incoming]

    async def pull(self, http: Http, cursor: Cursor | None) -> AsyncIterator[Page]:
        """Yield everything in one page."""
        del http, cursor
        yield Page(self.incoming, None)


async def _pull(workspace: Workspace, today: datetime) -> None:
    for name, incoming in sources(today).items():
        run = Pull(
            source=name,
            connector_name="demo",
            connector=_Told(incoming),
            http=None,
            label="demo",
            resume=False,
        )
        async for _ in sync.pull(workspace.db, run):
            pass
    for _ in workspace.group_pending():
        pass


def _decide(workspace: Workspace, today: datetime) -> None:
    made: dict[tuple[str, ...], list[Decision]] = defaultdict(list)
    for decision in decisions(today):
        if decision.pain:
            made["accept", decision.pain].append(decision)
        elif decision.state is State.SNOOZED:
            until = decision.until or today
            made["snooze", until.isoformat()].append(decision)
        else:
            made[decision.state, decision.reason].append(decision)
    for (verb, *_), alike in made.items():
        if verb != "accept":
            _move(workspace, alike)
    points = {pain.key: _capture(workspace, pain) for pain in PAIN_POINTS}
    for (verb, key), alike in made.items():
        if verb == "accept":
            _accept(workspace, points[key], alike)
    for planned in ROADMAP:
        item = workspace.plan(
            planned.title, planned.horizon, tracker=planned.tracker,
            key=planned.tracker_key, status=planned.status,
        )  # fmt: skip
        for pain, extent in planned.settles:
            workspace.link(points[pain], item, extent)


def _move(workspace: Workspace, alike: Sequence[Decision]) -> None:
    feedback = [_feedback(workspace, decision) for decision in alike]
    first = alike[0]
    state = first.state
    if state is State.DECLINED:
        workspace.decline(feedback, first.reason)
    elif state is State.SNOOZED and first.until:
        workspace.snooze(feedback, first.until)
    elif state is State.SPAM:
        workspace.spam(feedback)
    else:
        workspace.archive(feedback)


def _capture(workspace: Workspace, pain: PlannedPain) -> PainPoint:
    return workspace.capture(
        pain.title, statement=pain.statement, status=pain.status,
        priority=pain.priority, severity=pain.severity, effort=pain.effort,
        confidence=pain.confidence, reach=pain.reach, impact=pain.impact,
        moscow=pain.moscow, persona=pain.persona, owner=pain.owner,
        story=pain.story, acceptance=pain.acceptance, tags=pain.tags,
    )  # fmt: skip


def _accept(workspace: Workspace, point: PainPoint, alike: Sequence[Decision]) -> None:
    """One step a pain point, each quote signed and dated as it was taken."""
    feedback = [_feedback(workspace, decision) for decision in alike]
    first_id = workspace.reserve("evidence", len(alike))
    evidence = [
        pain_points.quote(
            first_id + index, said, point.id, _span(said, decision.quote),
            importance=decision.importance, observed=True, at=decision.at,
            by=decision.by,
        )
        for index, (said, decision) in enumerate(zip(feedback, alike, strict=True))
    ]  # fmt: skip
    workspace.do(pain_points.accept(feedback, {}, point, evidence, is_new=False))


def _span(said: Feedback, quote: str) -> Span | None:
    start = text_of(said).find(quote) if quote else -1
    return Span(start, start + len(quote)) if start >= 0 else None


def _feedback(workspace: Workspace, decision: Decision) -> Feedback:
    found = queries.feedback_by_source(
        workspace.db.read(), decision.source, decision.external_id
    )
    assert found is not None, decision.external_id
    return found
