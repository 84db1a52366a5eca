"""The backlog as a value: pain points in order, each with what its place rests on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from triage.measures import person_of, weekly
from triage.model import Feedback, RoadmapItem
from triage.scoring import FORMULAS, Score
from triage.store.views import PainView, Quote

WEEKS = 9
"""Weeks a trend covers: the one that ends now, and the eight it is compared with."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class BacklogRow:
    """
    One pain point at its place.

    Attributes:
        rank: 1 for the first.
        trend: Feedback cited, by week, oldest first; ``WEEKS`` of them.
        as_of: When the backlog was taken; the last week of the trend ends here.
    """

    rank: int
    view: PainView
    score: Score
    trend: tuple[int, ...]
    as_of: datetime

    @property
    def feedback(self) -> list[Feedback]:
        """What is cited, each once, oldest first."""
        said = {quote.feedback.id: quote.feedback for quote in self.view.quotes}
        return [said[key] for key in sorted(said)]

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
        best = sorted(
            self.view.quotes,
            key=lambda quote: (
                -int(quote.evidence.importance),
                not quote.evidence.observed,
                -quote.feedback.id,
                quote.evidence.id,
            ),
        )
        heard: set[str] = set()
        first: list[Quote] = []
        again: list[Quote] = []
        for quote in best:
            person = person_of(quote.feedback)
            (again if person in heard else first).append(quote)
            heard.add(person)
        return (first + again)[:count]


@dataclass(frozen=True, slots=True, kw_only=True)
class Backlog:
    """
    Everything an exporter may write.

    Attributes:
        formula: Name and version of the formula behind every score.
        formula_says: The formula in words.
        roadmap_items: All that is planned, by id, linked to a pain point or not.
    """

    as_of: datetime
    formula: str
    formula_hash: str
    formula_says: str
    rows: tuple[BacklogRow, ...]
    roadmap_items: tuple[RoadmapItem, ...]


def backlog_of(
    scored: Sequence[tuple[PainView, Score]],
    roadmap_items: Iterable[RoadmapItem],
    as_of: datetime,
) -> Backlog:
    """The backlog of these pain points, which come in its order already."""
    moment = as_of.astimezone(UTC)
    demand = FORMULAS["demand"]
    return Backlog(
        as_of=moment,
        formula=demand.title,
        formula_hash=demand.hash,
        formula_says=demand.says,
        rows=tuple(
            BacklogRow(
                rank=rank, view=view, score=score, as_of=moment,
                trend=_trend(view, moment),
            )
            for rank, (view, score) in enumerate(scored, 1)
        ),
        roadmap_items=tuple(sorted(roadmap_items, key=lambda item: item.id)),
    )  # fmt: skip


def _trend(view: PainView, as_of: datetime) -> tuple[int, ...]:
    cited = {quote.feedback.id: quote.feedback.received_at for quote in view.quotes}
    moments = [_microseconds(at) for at in cited.values()]
    return tuple(weekly(moments, weeks=WEEKS, now=_microseconds(as_of)))


def _microseconds(at: datetime) -> int:
    return (at - _EPOCH) // timedelta(microseconds=1)
