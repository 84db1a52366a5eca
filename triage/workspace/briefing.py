"""What stakeholders are told of a period, gathered from all that is known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, cast

from triage.errors import UsageError
from triage.measures import person_of
from triage.model import PainStatus, RoadmapStatus
from triage.store import decided, returning
from triage.store.database import Database
from triage.store.views import PainView, RoadmapView

if TYPE_CHECKING:
    from triage.brief import (
        Asked,
        Brief,
        Effect,
        Shipped,
        Span,
        ToTell,
        Week,
    )
    from triage.export.letting_out import LettingOut
    from triage.export.redacting import Veil
    from triage.scoring import Case
    from triage.store.askers import ToldView
    from triage.workspace.consenting import Consenting
    from triage.workspace.moving import Moves
    from triage.workspace.ranking import Ranks

PERIOD = timedelta(weeks=4)
"""How long the period is, unless somebody says since when."""

TOP = 5
_SOON = {RoadmapStatus.SHIPPED, RoadmapStatus.DROPPED}


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefWishes:
    """
    What a brief is to say.

    Attributes:
        until: The first moment after its period; now unless given.
        since: Its first moment; ``PERIOD`` before unless given.
        top: How many pain points are told with their quotes.
        names: Whether people and companies are named.
        redact: Whether what tells who they are is left out of their words, too.
    """

    since: datetime | None = None
    until: datetime | None = None
    top: int = TOP
    names: bool = False
    redact: bool = False


class Briefing:
    """Asked for a brief; nothing is written."""

    db: Database
    clock: Callable[[], datetime]

    def brief(self, wishes: BriefWishes) -> Brief:
        """
        The brief of a period; the same workspace and moments give the same.

        Raises:
            UsageError: The period ends before it begins, or wishes contradict.
        """
        from triage.brief.pains import Asked

        # What is decided at this very moment is in it.
        until = wishes.until or self.clock() + timedelta(microseconds=1)
        since = wishes.since or until - PERIOD
        if since >= until:
            raise UsageError(
                f"the period ends ({until:%Y-%m-%d}) before it begins"
                f" ({since:%Y-%m-%d}); give an earlier --since"
            )
        if wishes.names and wishes.redact:
            raise UsageError("give --names or --redact, not both")
        # Kept before anything is read: a write would wait for that to end.
        cast("Ranks", self).weights()
        with returning.moment(self.db.read()):
            letting = cast("Consenting", self).letting()
            asked = Asked(
                since=since, until=until, as_of=wishes.until, names=wishes.names,
                veil=self._veil(letting) if wishes.redact else None, letting=letting,
            )  # fmt: skip
            return self._gathered(asked, wishes.top)

    def _gathered(self, asked: Asked, top: int) -> Brief:
        from triage.brief import Brief, Planned, metrics
        from triage.brief.pains import moves_of, pain_of, standings

        moves = self._moves(asked)
        ranked = standings(moves.before, moves.after, moves.moved)
        first = [
            (one, view)
            for one in ranked[:top]
            for view in self._views([one.row.case.pain_point.id])
        ]
        now, before, weeks = self._spans(asked)
        roadmap = decided.roadmap_views(self.db.read())
        shipped, to_tell = self._shipped(roadmap, asked)
        return Brief(
            since=asked.since,
            until=asked.until,
            pains=tuple(pain_of(one, view, asked) for one, view in first),
            ranked=len(ranked),
            moved=moves_of(moves.moved, asked),
            metrics=metrics(now, before),
            feedback=(now.feedback, before.feedback),
            people=(now.people, before.people),
            weeks=weeks,
            shipped=shipped,
            planned=tuple(
                Planned(
                    short=view.item.short, title=asked.redacted(view.item.title),
                    horizon=view.item.horizon, status=view.status,
                    target=asked.redacted(view.item.target), people=view.people,
                    pains=tuple(point.short for point in view.pain_points),
                )
                for view in roadmap
                if view.status not in _SOON
            ),
            to_tell=to_tell,
            formula=f"{moves.after.formula}-{moves.after.version}",
            withheld=asked.letting.withheld(view for _, view in first),
        )  # fmt: skip

    def _veil(self, letting: LettingOut) -> Veil:
        from triage.brief.pains import veiled

        read = self.db.read()
        views = map(letting.view, decided.pain_views(read))
        return veiled(views, decided.roadmap_items(read))

    def _views(self, pain_point_ids: Sequence[int]) -> list[PainView]:
        """These with their quotes, read one by one: the others may be thousands."""
        read = self.db.read()
        return [
            one for key in pain_point_ids for one in decided.pain_views(read, [key])
        ]

    def _moves(self, asked: Asked) -> Moves:
        """Both rankings in the order of the backlog, and what is different."""
        from triage.brief.pains import in_backlog_order
        from triage.scoring import rank
        from triage.scoring.moved import moved
        from triage.workspace.moving import Moves

        ranks, at = cast("Ranks", self), asked.as_of
        cases = [ranks.cases(moment) for moment in (asked.since, at)]
        before, after = (
            in_backlog_order(
                rank(
                    ranks.formula(), [case for case in told if _is_open(case)],
                    ranks.weights(moment), moment or asked.until,
                )
            )
            for told, moment in zip(cases, (asked.since, at), strict=True)
        )  # fmt: skip
        known = {case.pain_point.id: case.pain_point for case in cases[1]}
        return Moves(
            before=before, after=after,
            moved=moved(before, after, ranks.weights(at), known),
        )  # fmt: skip

    def _spans(self, asked: Asked) -> tuple[Span, Span, tuple[Week, ...]]:
        from triage.brief import Week
        from triage.brief.pains import TREND
        from triage.model import Sentiment
        from triage.store import spans
        from triage.workspace.numbers import numbers

        read, length = self.db.read(), asked.until - asked.since
        begin = min(asked.since, asked.until - timedelta(weeks=TREND - 1))
        told = numbers(spans.counts(read, begin, asked.until), now=asked.until)
        weeks = tuple(
            Week(week.monday, week.tally.n,
                 week.tally.sentiments[Sentiment.NEGATIVE])
            for week in told.weeks[-TREND:]
        )  # fmt: skip
        return (
            self._span(asked.since, asked.until),
            self._span(asked.since - length, asked.since),
            weeks,
        )

    def _span(self, since: datetime, until: datetime) -> Span:
        from triage.brief import Span
        from triage.store import spans
        from triage.workspace.numbers import Tally

        read, tally = self.db.read(), Tally()
        for one in spans.counts(read, since, until):
            tally.add(one)
        return Span(
            feedback=tally.n, people=spans.people(read, since, until),
            sentiments=tally.sentiments, ratings=tally.ratings,
        )  # fmt: skip

    def _shipped(
        self, roadmap: Sequence[RoadmapView],
        asked: Asked,
    ) -> tuple[tuple[Shipped, ...], tuple[ToTell, ...]]:  # fmt: skip
        from triage.brief import Shipped
        from triage.brief.pains import to_tell
        from triage.store import askers, shipping

        read = self.db.read()
        told_to = _states(askers.told_views(read, self.clock()), asked.until)
        moments = shipping.shipped(read, asked.until)
        found, waiting = [], []
        for item in roadmap:
            at = moments.get(item.item.id)
            if at is None or at < asked.since or item.status != RoadmapStatus.SHIPPED:
                continue
            pains = self._views([point.id for point in item.pain_points])
            found.append(
                Shipped(
                    short=item.item.short, title=asked.redacted(item.item.title),
                    at=at, effect=self.effect_of(pains, at, asked.until),
                    pains=tuple(
                        f"{asked.redacted(one.pain_point.title)}"
                        f" ({one.pain_point.short})"
                        for one in pains
                    ),
                )
            )  # fmt: skip
            waiting += [
                to_tell(one, item, told_to.get(one.pain_point.id, {}), asked)
                for one in pains
            ]
        found.sort(key=lambda one: (one.at, one.short))
        return tuple(found), tuple(one for one in waiting if one.left)

    def settled_by(self, item_id: int) -> list[PainView]:
        """The pain points a roadmap item is linked to, with their quotes."""
        return [
            view
            for one in decided.roadmap_views(self.db.read())
            if one.item.id == item_id
            for view in self._views([point.id for point in one.pain_points])
        ]

    def effect_of(
        self, pains: Sequence[PainView], at: datetime, until: datetime
    ) -> Effect:
        """What was said of these before a moment, and as long after it."""
        from triage.brief import Cited, effect
        from triage.brief.effect import span_of

        cited = [
            Cited(
                quote.feedback.id, person_of(quote.feedback),
                quote.feedback.received_at,
            )
            for view in pains
            for quote in view.quotes
        ]  # fmt: skip
        span = span_of(at, until)
        before = self._span(at - span, at).ratings
        after = self._span(at, at + span).ratings
        both = sorted(
            set(before) & set(after),
            key=lambda one: (
                -sum(before[one].values()) - sum(after[one].values()),
                one,
            ),
        )
        if not both:
            return effect(cited, at, until)
        scale = both[0]
        return effect(
            cited, at, until, scale=" ".join(scale).strip(),
            ratings=(before[scale], after[scale]),
        )  # fmt: skip


def _states(
    rows: Iterable[ToldView], until: datetime
) -> dict[int, dict[str, set[str]]]:
    """What was done before a moment, by pain point and person."""
    found: dict[int, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for one in rows:
        at = one.at
        if at is not None and at < until:
            found[one.told.pain_point_id][one.person].add(one.state)
    return found


def _is_open(case: Case) -> bool:
    return case.pain_point.status is PainStatus.OPEN
