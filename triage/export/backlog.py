"""The backlog as a value: pain points in order, each with what its place rests on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from triage.export.letting_out import LettingOut, Withheld
from triage.export.stories import Refused, acceptance_text, story_text, without_unfit
from triage.measures import weekly
from triage.model import Feedback, PainStatus, RoadmapItem
from triage.operations.leaving import Leaving
from triage.planning import Tracked
from triage.scoring import (
    FORMULAS,
    Case,
    Formula,
    Score,
    Scored,
    backlog_order,
    formula_named,
    score_of,
)
from triage.scoring.demand import DEMAND
from triage.store.views import PainView, Quote
from triage.store.weightiest import of_each, weightiest
from triage.weights import Weights

WEEKS = 9
"""Weeks a trend covers: the one that ends now, and the eight it is compared with."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class BacklogRow:
    """
    One pain point at its place.

    Attributes:
        rank: 1 for the first.
        case: What its scores are made from.
        score: Its demand and who was heard, whatever formula ranks.
        scored: What the formula that ranks makes of it.
        trend: Feedback cited, by week, oldest first; ``WEEKS`` of them.
        as_of: When the backlog was taken; the last week of the trend ends here.
    """

    rank: int
    view: PainView
    case: Case
    score: Score
    scored: Scored
    trend: tuple[int, ...]
    as_of: datetime

    @property
    def feedback(self) -> list[Feedback]:
        """What is cited, each once, oldest first."""
        said = {quote.feedback.id: quote.feedback for quote in self.view.quotes}
        return [said[key] for key in sorted(said)]

    @property
    def story(self) -> str:
        """Its user stories in sentences."""
        return story_text(self.view)

    @property
    def acceptance(self) -> str:
        """When they hold."""
        return acceptance_text(self.view)

    @property
    def usual(self) -> float:
        """Feedback in the median week of those before the last."""
        before = sorted(self.trend[:-1])
        middle = len(before) // 2
        return (before[middle - 1] + before[middle]) / 2

    def told(self, *names: str) -> list[str]:
        """What sources told under the first of these names they used, sorted."""
        found: set[str] = set()
        for feedback in self.feedback:
            for name in names:
                told = feedback.context.get(name)
                many = told if isinstance(told, list) else [told]
                words = [str(one).strip() for one in many if one not in (None, "")]
                if any(words):
                    found.update(word for word in words if word)
                    break
        return sorted(found)

    def top_quotes(self, count: int) -> list[Quote]:
        """
        The quotes that say most, from as many different people as there are.

        Most important first, then said before inferred, then newest.
        """
        best = weightiest(self.view.quotes)
        first = of_each(best)
        heard = {one.evidence.id for one in first}
        again = [one for one in best if one.evidence.id not in heard]
        return (first + again)[:count]


@dataclass(frozen=True, slots=True, kw_only=True)
class Backlog:
    """
    Everything an exporter may write.

    Attributes:
        formula: The one behind every score and the order.
        roadmap_items: All that is planned, by id, linked to a pain point or not.
        tracked: What trackers said last of that, by source and key.
        weights: What the settings weigh by.
        refused: Stories that were left out, for want of a quote.
        withheld: Quotes that were left out, for want of consent.
        is_redacted: Whether names, addresses and the like were taken out.
    """

    as_of: datetime
    formula: Formula
    rows: tuple[BacklogRow, ...]
    roadmap_items: tuple[RoadmapItem, ...]
    tracked: Mapping[tuple[str, str], Tracked] = field(default_factory=dict)
    weights: Weights = field(default_factory=Weights)
    refused: tuple[Refused, ...] = ()
    withheld: Withheld = field(default_factory=Withheld)
    is_redacted: bool = False

    def every_score(self) -> list[tuple[Scored, ...]]:
        """What each formula makes of each row; made anew but for the one that ranks."""
        cases = [row.case for row in self.rows]
        made = (
            [row.scored for row in self.rows]
            if one.title == self.formula.title
            else one.each(cases, self.weights, self.as_of)
            for one in FORMULAS.values()
        )
        return list(zip(*made, strict=True))

    @property
    def open_rows(self) -> tuple[BacklogRow, ...]:
        """Those that are neither resolved nor dismissed."""
        return tuple(
            row for row in self.rows if row.view.pain_point.status is PainStatus.OPEN
        )


def backlog_of(
    cases: Iterable[tuple[PainView, Case]],
    roadmap_items: Iterable[RoadmapItem],
    as_of: datetime,
    *,
    weights: Weights | None = None,
    formula: str = "",
    tracked: Mapping[tuple[str, str], Tracked] | None = None,
    leaving: Leaving | None = None,
) -> Backlog:
    """
    The backlog of these pain points: a person's priority first, then the formula's.

    Stories that may not leave are left out of it, and named; quotes that may not are
    counted. Scores and trends count them all: a count holds no words.

    Args:
        leaving: What those agreed to who were heard in person; without, all may leave.
        formula: Its name; the one the weights name without.

    Raises:
        UsageError: There is no such formula.
    """
    weights = weights or Weights()
    chosen = formula_named(formula or weights.formula)
    told = list(cases)
    views = [view for view, _ in told]
    letting = LettingOut(leaving or Leaving(), views)
    asked = [letting.case(view, case) for view, case in told]
    demands = list(DEMAND.each(asked, weights, as_of))
    is_demand = chosen.title == DEMAND.title
    scores = demands if is_demand else list(chosen.each(asked, weights, as_of))
    ordered = sorted(
        zip(views, asked, demands, scores, strict=True),
        key=lambda one: backlog_order(one[0].pain_point, one[3]),
    )
    moment = as_of.astimezone(UTC)
    rows: list[BacklogRow] = []
    refused: list[Refused] = []
    for rank, (view, case, demand, scored) in enumerate(ordered, 1):
        fit, unfit = without_unfit(letting.view(view), view)
        refused += unfit
        rows.append(
            BacklogRow(
                rank=rank,
                view=fit,
                case=case,
                score=score_of(case, demand),
                scored=scored,
                trend=_trend(view, moment),
                as_of=moment,
            )
        )
    return Backlog(
        as_of=moment,
        formula=chosen,
        rows=tuple(rows),
        roadmap_items=tuple(
            letting.item(item)
            for item in sorted(roadmap_items, key=lambda item: item.id)
        ),
        tracked=tracked or {},
        weights=weights,
        refused=tuple(refused),
        withheld=letting.withheld(views),
    )


def _trend(view: PainView, as_of: datetime) -> tuple[int, ...]:
    cited = {quote.feedback.id: quote.feedback.received_at for quote in view.quotes}
    moments = [_microseconds(at) for at in cited.values()]
    return tuple(weekly(moments, weeks=WEEKS, now=_microseconds(as_of)))


def _microseconds(at: datetime) -> int:
    return (at - _EPOCH) // timedelta(microseconds=1)
