"""What a person can decide; each call is one step, undoable for ever."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from triage.config import Config
from triage.errors import NotFound, UsageError
from triage.model import (
    Disposition,
    Evidence,
    Extent,
    Feedback,
    Horizon,
    Importance,
    PainPoint,
    Priority,
    RoadmapItem,
    RoadmapLink,
    RoadmapStatus,
    State,
    Verdict,
)
from triage.operations import estimating, groups, pain_points, roadmap, triage
from triage.operations.pain_points import Span, text_of
from triage.step import Step
from triage.store import decided, journal, queries, queue, weighing
from triage.store import groups as stored_groups
from triage.store.database import Database
from triage.store.journal import Entry
from triage.store.views import Group


class Deciding:
    """
    Verbs: accept decline archive spam snooze reopen merge split capture attach detach
    weigh edit prioritise plan reschedule link unlink undo redo.

    ``feedback`` is always a sequence; what a key does to a group is done to its
    members. Every verb returns the journal's entry, None where nothing had to change.
    """

    db: Database
    config: Config
    clock: Callable[[], datetime]

    def do(self, step: Step) -> Entry | None:
        """Apply a step and keep it; the only way anything is ever decided."""
        if not step.changes:
            return None
        with self.db.write() as write:
            # Read once it is this one's turn: later steps have later moments.
            at = self.clock()
            weighing.keep(write, self.config.weights, at)
            return journal.entry(write, journal.do(write, step, self.config.by, at))

    def undo(self, step: int | None = None) -> Entry | None:
        """Take back the last step, or the one named; None when there is none."""
        with self.db.write() as write:
            at = self.clock()
            weighing.keep(write, self.config.weights, at)
            return journal.undo(write, at, step)

    def redo(self) -> Entry | None:
        """Do again what was undone last; None when there is nothing."""
        with self.db.write() as write:
            at = self.clock()
            weighing.keep(write, self.config.weights, at)
            return journal.redo(write, at)

    # Where feedback stands

    def decline(self, feedback: Sequence[Feedback], reason: str) -> Entry | None:
        """Declined, with a reason."""
        return self.do(triage.decline(feedback, self._now(feedback), reason))

    def decline_reasons(self) -> tuple[str, ...]:
        """What a decline offers: the workspace's own reasons, then the usual ones."""
        return triage.reasons(self.config.reasons)

    def archive(self, feedback: Sequence[Feedback]) -> Entry | None:
        """Read, and nothing to do."""
        return self.do(triage.archive(feedback, self._now(feedback)))

    def spam(self, feedback: Sequence[Feedback]) -> Entry | None:
        """Not from a customer."""
        return self.do(triage.spam(feedback, self._now(feedback)))

    def snooze(
        self,
        feedback: Sequence[Feedback],
        until: datetime | None = None,
        *,
        on_evidence: bool = False,
    ) -> Entry | None:
        """
        Out of sight until a moment to come, and sooner where new evidence wakes them.

        With ``on_evidence`` whatever arrives from now on in their group or thread
        wakes them; without a moment, nothing else does.
        """
        if until is not None and until <= self.clock():
            raise UsageError(f"{until:%Y-%m-%d %H:%M} is not in the future")
        last = queries.last_number(self.db.read()) if on_evidence else None
        now = self._now(feedback)
        return self.do(triage.snooze(feedback, now, until, wakes_after=last))

    def reopen(self, feedback: Sequence[Feedback]) -> Entry | None:
        """Back to the inbox."""
        return self.do(triage.reopen(feedback, self._now(feedback)))

    def accept(
        self,
        feedback: Sequence[Feedback],
        pain_point: int | str,
        *,
        span: Span | None = None,
        importance: Importance = Importance.NICE_TO_HAVE,
        observed: bool = True,
        statement: str = "",
    ) -> Entry | None:
        """
        Make feedback evidence of a pain point: an id, or the title of a new one.

        ``span`` quotes part of the first feedback; the others are quoted whole.
        """
        if not feedback:
            raise UsageError("nothing to accept; name feedback, for example f12")
        is_new = isinstance(pain_point, str)
        with self.db.write() as write:
            point = (
                PainPoint(
                    id=journal.reserve(write, "pain_point"),
                    title=pain_point.strip(),
                    statement=statement,
                    created_at=self.clock(),
                )
                if isinstance(pain_point, str)
                else decided.pain_point(write, pain_point)
            )
            known = set() if is_new else _quotes_of(write, point.id)
            first_id = journal.reserve(write, "evidence", len(feedback))
        # A rating without words has nothing to quote, but stands with its group.
        worded = [one for one in feedback if text_of(one).strip()] or feedback
        quotes = [
            pain_points.quote(
                first_id + index, said, point.id,
                span if said.id == feedback[0].id else None,
                importance=importance, observed=observed,
                at=self.clock(), by=self.config.by,
            )
            for index, said in enumerate(worded)
        ]  # fmt: skip
        evidence = [one for one in quotes if (one.feedback_id, one.quote) not in known]
        step = pain_points.accept(
            feedback, self._now(feedback), point, evidence, is_new=is_new
        )
        return self.do(step)

    def finish(self, feedback: Sequence[Feedback]) -> Entry | None:
        """
        Accept feedback with the quotes taken from it, and no more.

        The first has been quoted; those that say the same with it become evidence,
        whole, of the same pain points.
        """
        read = self.db.read()
        leading = decided.evidence_of(read, feedback[0].id) if feedback else []
        if not leading:
            raise UsageError("nothing of it is quoted yet; accept it with a quote")
        points = [
            decided.pain_point(read, key)
            for key in dict.fromkeys(one.pain_point_id for one in leading)
        ]
        lacking = [
            (one, point)
            for one in feedback[1:]
            for linked in (
                {e.pain_point_id for e in decided.evidence_of(read, one.id)},
            )
            for point in points
            if point.id not in linked and text_of(one).strip()
        ]
        first_id = self.reserve("evidence", len(lacking))
        evidence = [
            pain_points.quote(
                first_id + index, one, point.id, None, importance=leading[0].importance,
                observed=True, at=self.clock(), by=self.config.by,
            )
            for index, (one, point) in enumerate(lacking)
        ]  # fmt: skip
        return self.do(
            pain_points.finish(feedback, self._now(feedback), points, evidence)
        )

    def same_again(self, group: Group) -> Entry | None:
        """
        Give those who joined a decided group since the decision the others have.

        Where the others are evidence, the newcomers become evidence of the same
        pain point.
        """
        now = self.clock()
        # Whoever has slept enough waits in the inbox again.
        awake = [
            m.disposition is None or m.disposition.standing(now) is State.INBOX
            for m in group.members
        ]
        waiting = [m.feedback for m, up in zip(group.members, awake, strict=True) if up]
        ruled = [m for m, up in zip(group.members, awake, strict=True) if not up]
        if not waiting or not ruled:
            raise UsageError(f"{group.short} has no earlier decision to repeat")
        latest = ruled[-1]
        if latest.disposition and latest.disposition.state is State.ACCEPTED:
            linked = decided.evidence_of(self.db.read(), latest.feedback.id)
            if linked:
                return self.accept(waiting, linked[-1].pain_point_id)
        like = latest.disposition
        assert like is not None
        if like.wakes_after is not None:
            like = replace(like, wakes_after=queries.last_number(self.db.read()))
        return self.do(triage.same_again(waiting, self._now(waiting), like))

    def wake(self) -> int:
        """Bring back to the inbox whatever was snoozed until now; how many."""
        if self.db.read_only:
            return 0
        slept = queue.sleepers(self.db.read(), self.clock())
        if slept:
            with self.db.write() as write:
                queue.refresh(write, slept)
        return len(slept)

    # What says the same

    def merge(
        self, moved: Sequence[Feedback], into: Sequence[Feedback]
    ) -> Entry | None:
        """These, and all that is grouped with them, say the same as those."""
        parts: dict[int, list[Feedback]] = {}
        homes = queue.groups_of(self.db.read(), [one.id for one in moved])
        for one in moved:
            parts.setdefault(homes[one.id], []).append(one)
        rulings = self._rulings([*moved, *into])
        first_id = self.reserve("ruling", len(parts))
        return self.do(groups.merge(list(parts.values()), into, rulings, first_id))

    def split(self, taken: Sequence[Feedback]) -> Entry | None:
        """These do not say the same as the rest of their group."""
        group = stored_groups.group(
            self.db.read(), stored_groups.group_id_of(self.db.read(), taken[0].id)
        )
        chosen = {one.id for one in taken}
        rest = [m.feedback for m in group.members if m.feedback.id not in chosen]
        if not rest:
            raise UsageError(f"{group.short} has nobody else to split from")
        first_id = self.reserve("ruling", groups.rulings_needed(len(taken), len(rest)))
        return self.do(
            groups.split(taken, rest, self._rulings([*taken, *rest]), first_id)
        )

    def set_apart(
        self,
        one: Sequence[Feedback],
        other: Sequence[Feedback],
        verdict: Verdict = Verdict.DIFFERENT,
    ) -> Entry | None:
        """Two groups are different, or only related: never suggest them again."""
        return self.do(
            groups.set_apart(
                one, other, self._rulings([*one, *other]), self.reserve("ruling", 1),
                verdict,
            )
        )  # fmt: skip

    def capture(self, title: str, **columns: Any) -> PainPoint:
        """A new pain point without evidence; what was made."""
        from triage.scoring import checked_columns

        checked_columns(columns, self.config.weights)
        point = PainPoint(
            id=self.reserve("pain_point", 1), title=title.strip(),
            created_at=self.clock(), **columns,
        )  # fmt: skip
        self.do(pain_points.captured(point))
        return point

    def edit(self, pain_point: PainPoint, **columns: Any) -> Entry | None:
        """Set some columns of a pain point; the others stay."""
        from triage.scoring import checked_columns

        checked_columns(columns, self.config.weights)
        estimates = decided.estimates(self.db.read(), pain_point.id)
        after = replace(pain_point, **columns)
        return self.do(estimating.edit(pain_point, after, estimates))

    def prioritise(self, pain_point: PainPoint, priority: Priority) -> Entry | None:
        """How soon."""
        return self.do(pain_points.prioritise(pain_point, priority))

    def attach(
        self,
        feedback: Feedback,
        pain_point: PainPoint,
        span: Span | None = None,
        *,
        importance: Importance = Importance.NICE_TO_HAVE,
        observed: bool = True,
    ) -> Entry | None:
        """One more quote, without moving the feedback."""
        evidence = pain_points.quote(
            self.reserve("evidence", 1), feedback, pain_point.id, span,
            importance=importance, observed=observed, at=self.clock(),
            by=self.config.by,
        )  # fmt: skip
        return self.do(pain_points.attach(feedback, pain_point, evidence))

    def detach(self, evidence: Evidence) -> Entry | None:
        """A quote no longer counts."""
        point = decided.pain_point(self.db.read(), evidence.pain_point_id)
        return self.do(pain_points.detach(evidence, point))

    def weigh(
        self,
        evidence: Evidence,
        importance: Importance,
        *,
        observed: bool | None = None,
    ) -> Entry | None:
        """How much it matters to the one who said it."""
        point = decided.pain_point(self.db.read(), evidence.pain_point_id)
        said = evidence.observed if observed is None else observed
        return self.do(pain_points.weigh(evidence, point, importance, observed=said))

    def plan(
        self, title: str, horizon: Horizon = Horizon.LATER, **columns: Any
    ) -> RoadmapItem:
        """Something new on the roadmap; what was made."""
        item = RoadmapItem(
            id=self.reserve("roadmap_item", 1), title=title.strip(), horizon=horizon,
            **columns,
        )  # fmt: skip
        self.do(roadmap.plan(item))
        return item

    def reschedule(
        self,
        item: RoadmapItem,
        *,
        horizon: Horizon | None = None,
        status: RoadmapStatus | None = None,
        **columns: str,
    ) -> Entry | None:
        """When, and how far it has come; title, owner, target, tracker, key, url."""
        row = decided.roadmap_row(self.db.read(), item.id)
        # What its tracker called it is no decision; what else it was, a person saw.
        before = replace(item, key=row.key, url=row.url)
        after = replace(
            before, horizon=horizon or item.horizon, status=status or item.status,
            **{name: value.strip() for name, value in columns.items()},  # type: ignore[arg-type]
        )  # fmt: skip
        return self.do(roadmap.reschedule(before, after))

    def link(
        self, pain_point: PainPoint, item: RoadmapItem, extent: Extent = Extent.FULL
    ) -> Entry | None:
        """This item would settle that pain point."""
        if decided.link_between(self.db.read(), pain_point.id, item.id):
            return None
        link = RoadmapLink(
            id=self.reserve("roadmap_link", 1), pain_point_id=pain_point.id,
            roadmap_item_id=item.id, extent=extent,
        )  # fmt: skip
        return self.do(roadmap.link(pain_point, item, link))

    def unlink(self, pain_point: PainPoint, item: RoadmapItem) -> Entry | None:
        """It would not, after all."""
        link = decided.link_between(self.db.read(), pain_point.id, item.id)
        if link is None:
            raise NotFound(f"{pain_point.short} is not linked to {item.short}")
        return self.do(roadmap.unlink(pain_point, item, link))

    def _now(self, feedback: Sequence[Feedback]) -> dict[int, Disposition]:
        return queries.dispositions(self.db.read(), [one.id for one in feedback])

    def _rulings(self, feedback: Sequence[Feedback]) -> groups.Rulings:
        return queries.rulings_among(self.db.read(), [one.id for one in feedback])

    def reserve(self, table: str, count: int) -> int:
        """The first of ``count`` new ids of a decision table, for a step to use."""
        with self.db.write() as write:
            return journal.reserve(write, table, count)


def _quotes_of(read: Any, pain_point_id: int) -> set[tuple[int, str]]:
    view = decided.pain_views(read, [pain_point_id])[0]
    return {(quote.feedback.id, quote.evidence.quote) for quote in view.quotes}
