"""What surveys, reviews and tasks say in figures, in parts, in waves, after a ship."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, cast

from triage.config import Config
from triage.errors import UsageError
from triage.query import NOTHING, Query
from triage.query.fields import PARTS as TOLD
from triage.store.database import Database
from triage.workspace.measuring import asked

if TYPE_CHECKING:
    # What counts is loaded where somebody asks for figures.
    from triage.brief import Effect
    from triage.measures.net import Interval
    from triage.measures.price import Sensitivity
    from triage.measures.wave import Wave
    from triage.model import PainPoint, RoadmapItem
    from triage.workspace.briefing import Briefing
    from triage.workspace.measured import Measured, MeasuredPart
    from triage.workspace.personas import Personas
    from triage.workspace.reading import Reading

WEEKS = 13
"""How far back figures look, unless somebody says how far."""

PEOPLE = ("segment", "persona")
"""What saved queries say who is in; each person may be in several."""

PARTS = (
    *PEOPLE, "version", "country", "language", "source", "month", "week", "product",
    "os", "device",
)  # fmt: skip
"""What metrics can be told by, in the order they are offered."""


@dataclass(frozen=True, slots=True)
class ShippedMetrics:
    """
    What was said before something shipped, and after.

    Attributes:
        effect: Of the linked pain points: feedback and people, week by week.
        quoted: Metrics of the people quoted on those, in two waves; None too early.
        everybody: Metrics of all, in the same waves.
    """

    item: RoadmapItem
    at: datetime
    pains: tuple[PainPoint, ...]
    effect: Effect
    quoted: MeasuredPart | None = None
    everybody: MeasuredPart | None = None
    waves: tuple[Wave, ...] = ()


@dataclass(frozen=True, slots=True)
class Pricing:
    """What people said of prices in one currency; "" where none is told."""

    currency: str
    found: Sensitivity


class Metrics:
    """Asked for metrics; none of it writes."""

    db: Database
    config: Config
    clock: Callable[[], datetime]

    def metrics(
        self,
        query: Query | str = NOTHING,
        *,
        by: str = "",
        weeks: int | None = WEEKS,
        waves: tuple[Wave, Wave] | None = None,
        way: Interval | None = None,
        named: Sequence[tuple[str, str]] = (),
    ) -> Measured:
        """
        NPS, CSAT, CES, reviews, waits, retention and tasks, with n and intervals.

        Each respondent counts once a survey in each figure, by the latest answer there.

        Args:
            by: One of ``PARTS``, or any word where ``named`` is given; "" for one part.
            weeks: How far back, the one that runs included; None for all there is. Of
                months the first is told whole.
            waves: Two stretches to compare instead of ``weeks``.
            way: How intervals of net scores are made; adjusted unless given.
            named: Names and saved queries that say who is in which part: people of whom
                a query finds any word. Segments are those of the settings.
        """
        from triage.measures.net import Interval
        from triage.store import answers, rated
        from triage.workspace.measured import Gathering, Measured, places_of

        read, now = self.db.read(), self.clock()
        wanted = asked(query)
        queries = [(name, asked(one)) for name, one in named or self.named(by)]
        if by and not named and by not in PARTS:
            raise UsageError(f"metrics are told by {', '.join(PARTS)}; not by {by}")
        people = rated.people_of(read, queries, now) if queries else None
        if by in PEOPLE and not queries:
            people = {}
        spans = waves or (self._lately(weeks, by),)
        gathering = Gathering(spans, places_of(by, people))
        part = by if by in TOLD and people is None else ""
        begin, end = _keys(spans)
        for rating in rated.ratings(read, wanted, part, begin, end, now):
            gathering.rate(rating)
        for told in rated.beside(read, wanted, _names(), part, begin, end, now):
            gathering.tell(told)
        waits = [
            one for one in answers.conversations(read, wanted, begin, now)
            if one.began < end
        ]  # fmt: skip
        known = {}
        if part or people is not None:
            known = rated.placed(read, [one.began for one in waits], part)
        for one in waits:
            gathering.wait(one, *known.get(one.began, (0, "")))
        names = [name for name, _ in queries]
        return Measured(
            by=by, query=str(wanted), waves=spans, unnamed=gathering.unnamed,
            parts=tuple(gathering.parts(by, names, way or Interval.ADJUSTED)),
        )  # fmt: skip

    def named(self, by: str) -> Sequence[tuple[str, str]]:
        """Names and saved queries of the people metrics are told by."""
        if by == "segment":
            return [(one.name, one.query) for one in self.config.weights.segments]
        if by == "persona":
            return cast("Personas", self).persona_queries()
        return ()

    def prices(
        self, query: Query | str = NOTHING, *, weeks: int | None = None
    ) -> tuple[Pricing, ...]:
        """
        What people find cheap and dear, a currency at a time, most answers first.

        Each person's latest four prices count.
        """
        from triage.measures.price import KEYS, Prices, prices_of, sensitivity
        from triage.store import rated

        begin, end = _keys((self._lately(weeks, ""),))
        latest: dict[int, tuple[str, Prices]] = {}
        for one in rated.beside(
            self.db.read(), asked(query), KEYS, "", begin, end, self.clock()
        ):
            told = prices_of(one.context)
            if told is not None:
                currency = str(one.context.get("currency", "")).strip().upper()
                latest[one.person] = currency, told
        found: dict[str, list[Prices]] = {}
        for currency, told in latest.values():
            found.setdefault(currency, []).append(told)
        return tuple(
            Pricing(currency, sensitivity(found[currency]))
            for currency in sorted(found, key=lambda one: (-len(found[one]), one))
        )

    def shipped_metrics(
        self, name: str | int, *, way: Interval | None = None
    ) -> ShippedMetrics:
        """
        What was said before a roadmap item shipped, and as long after.

        Args:
            name: As people type it (``r2``), or its key.

        Raises:
            NotFound: There is no such roadmap item.
            UsageError: It has not shipped.
        """
        from triage.brief.effect import span_of
        from triage.measures.wave import Wave

        found, now = self._around(name)
        if not found.effect.days or not found.pains:
            return found
        at, span = found.at, span_of(found.at, now)
        waves = Wave("before", at - span, at), Wave("after", at, at + span)
        whose = f"pain:{','.join(point.short for point in found.pains)}"
        named = [("quoted", whose)]
        quoted = self.metrics(by="quoted", named=named, waves=waves, way=way)
        everybody = self.metrics(waves=waves, way=way)
        return replace(
            found, quoted=quoted.parts[0], everybody=everybody.whole, waves=waves
        )

    def shipped_effect(self, name: str | int) -> ShippedMetrics:
        """The same without the metrics: feedback and people, before and after."""
        return self._around(name)[0]

    def _around(self, name: str | int) -> tuple[ShippedMetrics, datetime]:
        """What was said of an item's pain points, and up to when that was counted."""
        from triage.store import shipping

        item = cast("Reading", self).roadmap_item(name)
        # What is decided at this very moment is in it.
        now = self.clock() + timedelta(microseconds=1)
        at = shipping.shipped(self.db.read(), now).get(item.id)
        if at is None:
            raise UsageError(
                f"{item.short} has not shipped; `triage roadmap` says what has"
            )
        briefing = cast("Briefing", self)
        pains = briefing.settled_by(item.id)
        effect = briefing.effect_of(pains, at, now)
        points = tuple(view.pain_point for view in pains)
        return ShippedMetrics(item, at, points, effect), now

    def _lately(self, weeks: int | None, by: str) -> Wave:
        """The latest weeks, or all there is; whole months where those are told."""
        from triage.measures.wave import Wave
        from triage.store.numbers import monday, week_of
        from triage.workspace.numbers import first_week

        now = self.clock()
        this = week_of(int(now.timestamp() * 1_000_000))
        end = _midnight(monday(this + 1))
        if weeks is None:
            return Wave("all", _FIRST, end)
        first = first_week(now, weeks)
        assert first is not None
        begin = _midnight(monday(first))
        if by == "month":
            begin = begin.replace(day=1)
        return Wave(f"{weeks} weeks", begin, end)


_FIRST = datetime(1, 1, 1, tzinfo=UTC)


def _names() -> tuple[str, ...]:
    """What is looked for beside the words."""
    from triage.measures.retention import LEFT_AT, LEFT_KEYS, STAYED_KEYS
    from triage.measures.usability import DONE, SECONDS

    return *STAYED_KEYS, *LEFT_KEYS, LEFT_AT, DONE, SECONDS


def _keys(waves: Sequence[Wave]) -> tuple[int, int]:
    """The first key of all of them, and the first no more."""
    from triage.store import codec

    return (
        min(codec.to_key(one.begin) for one in waves),
        max(codec.to_key(one.end) for one in waves),
    )


def _midnight(day: object) -> datetime:
    return datetime.fromisoformat(f"{day}T00:00:00+00:00")
