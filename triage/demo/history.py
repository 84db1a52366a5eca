"""What the demo's people did, done again in the order and at the moments they did it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from triage.demo.decisions import Decision, decisions
from triage.demo.deed import Deed, some_days_ago
from triage.demo.estimates import ESTIMATES, PLACINGS, Placing, PlannedEstimate
from triage.demo.hearing import Hearing
from triage.demo.plans import PAIN_POINTS, PlannedPain
from triage.demo.roadmap import ROADMAP, WORDS, PlannedWork, Word
from triage.demo.user_stories import STORIES, PlannedStory
from triage.model import Channel, Feedback, PainPoint, PainStatus, RoadmapStatus, State
from triage.operations import pain_points
from triage.operations.pain_points import Span, text_of
from triage.store import queries
from triage.workspace import Workspace

_LATELY = timedelta(days=28)
"""Days of what was decided since then are told apart by week, before by month."""

_WRITTEN = (Channel.EMAIL, Channel.TICKET)


def relive(workspace: Workspace, today: datetime) -> None:
    """Do all of it, each by the clock and the name of then."""
    clock, config = workspace.clock, workspace.config
    try:
        done = [
            *_People(workspace, today).deeds(), *Hearing(workspace, today).deeds()
        ]  # fmt: skip
        for deed in sorted(done, key=lambda one: one.at):
            workspace.clock = partial(_held, deed.at)
            workspace.config = replace(config, by=deed.by)
            deed.act()
    finally:
        workspace.clock, workspace.config = clock, config


def _held(at: datetime) -> datetime:
    return at


class _People:
    """The demo's PMs at their workspace."""

    def __init__(self, workspace: Workspace, today: datetime) -> None:
        self._workspace = workspace
        self._today = today
        self._points: dict[str, int] = {}

    def deeds(self) -> Iterator[Deed]:
        """Everything they did up to today, as it comes."""
        yield from self._decided()
        for told in ESTIMATES:
            yield self._deed(told.days, told.by, partial(self._estimate, told))
        for placing in PLACINGS:
            yield self._deed(placing.days, placing.by, partial(self._place, placing))
        for story in STORIES:
            yield self._deed(story.days, story.by, partial(self._tell, story))
        for work in ROADMAP:
            yield from self._worked(work)
        for word in WORDS:
            yield self._deed(word.days, word.by, partial(self._say, word))

    def _deed(self, days: float, by: str, act: Callable[[], object]) -> Deed:
        return some_days_ago(self._today, days, by, act)

    def _point(self, key: str) -> PainPoint:
        return self._workspace.pain_point(self._points[key]).pain_point

    # Feedback

    def _decided(self) -> Iterator[Deed]:
        made: dict[tuple[object, ...], list[Decision]] = defaultdict(list)
        for decision in decisions(self._today):
            ago = self._today - decision.at
            week = ago.days // 7 if ago < _LATELY else 4 + ago.days // 28
            made[
                week, decision.pain, decision.state, decision.reason, decision.until
            ].append(decision)
        planned = {pain.key: pain for pain in PAIN_POINTS}
        for alike in made.values():
            last, act = alike[-1], partial(self._move, alike)
            if last.pain:
                act = partial(self._accept, alike)
                pain = planned.pop(last.pain, None)
                if pain:
                    by = pain.owner or last.by
                    yield Deed(alike[0].at, by, partial(self._capture, pain))
            yield Deed(last.at, last.by, act)

    def _move(self, alike: Sequence[Decision]) -> None:
        workspace, first = self._workspace, alike[0]
        feedback = [self._feedback(decision) for decision in alike]
        if first.state is State.DECLINED:
            workspace.decline(feedback, first.reason)
        elif first.state is State.SNOOZED and first.until:
            workspace.snooze(feedback, first.until)
        elif first.state is State.SPAM:
            workspace.spam(feedback)
        else:
            workspace.archive(feedback)

    def _capture(self, pain: PlannedPain) -> None:
        self._points[pain.key] = self._workspace.capture(
            pain.title, statement=pain.statement, priority=pain.priority,
            severity=pain.severity, moscow=pain.moscow, persona=pain.persona,
            owner=pain.owner, tags=pain.tags,
        ).id  # fmt: skip

    def _accept(self, alike: Sequence[Decision]) -> None:
        """One step, each quote signed and dated as it was taken."""
        workspace, point = self._workspace, self._point(alike[0].pain)
        feedback = [self._feedback(decision) for decision in alike]
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

    def _feedback(self, decision: Decision) -> Feedback:
        found = queries.feedback_by_source(
            self._workspace.db.read(), decision.source, decision.external_id
        )
        assert found is not None, decision.external_id
        return found

    # What hurts

    def _estimate(self, told: PlannedEstimate) -> None:
        self._workspace.estimate(
            self._point(told.pain), told.name, told.value, reason=told.why,
            evidence=self._weightiest(told.pain, told.cites),
        )  # fmt: skip

    def _place(self, placing: Placing) -> None:
        point, other = self._point(placing.pain), self._point(placing.above)
        value = self._workspace.beside(point, other, placing.formula, above=True)
        self._workspace.place(point, placing.formula, value, placing.why)

    def _tell(self, story: PlannedStory) -> None:
        cited = self._weightiest(story.pain, story.cites)
        self._workspace.tell_story(
            self._point(story.pain), replace(story.text, evidence=cited)
        )

    def _weightiest(self, key: str, many: int) -> tuple[int, ...]:
        quotes = self._workspace.pain_point(self._points[key]).quotes
        ordered = sorted(
            quotes, key=lambda one: (-one.evidence.importance, one.evidence.id)
        )
        return tuple(one.evidence.id for one in ordered[:many])

    # What is planned, and who is told

    def _worked(self, work: PlannedWork) -> Iterator[Deed]:
        yield self._deed(work.planned, work.owner, partial(self._plan, work))
        for days, status in (
            (work.begun, RoadmapStatus.IN_PROGRESS),
            (work.shipped, RoadmapStatus.SHIPPED),
        ):
            if days is not None:
                yield self._deed(days, work.owner, partial(self._go_on, work, status))

    def _plan(self, work: PlannedWork) -> None:
        item = self._workspace.plan(
            work.title, work.horizon, status=RoadmapStatus.PLANNED, owner=work.owner,
            target=work.target, tracker=work.tracker, key=work.key,
        )  # fmt: skip
        for pain, extent in work.settles:
            self._workspace.link(self._point(pain), item, extent)

    def _go_on(self, work: PlannedWork, status: RoadmapStatus) -> None:
        (item,) = (
            view.item
            for view in self._workspace.roadmap()
            if view.item.title == work.title
        )
        self._workspace.reschedule(item, status=status)
        if status is RoadmapStatus.SHIPPED:
            for pain, _ in work.settles:
                self._workspace.edit(self._point(pain), status=PainStatus.RESOLVED)

    def _say(self, word: Word) -> None:
        point = self._point(word.pain)
        askers = self._workspace.askers(point.id)
        if word.told:
            promised = [asker for asker in askers if asker.promises]
            self._workspace.mark_told(point, promised, word.text)
        else:
            writers = [one for one in askers if one.latest.feedback.channel in _WRITTEN]
            self._workspace.promise(point, writers[0], word.text)


def _span(said: Feedback, quote: str) -> Span | None:
    start = text_of(said).find(quote) if quote else -1
    return Span(start, start + len(quote)) if start >= 0 else None
