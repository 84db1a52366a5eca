"""Pain points of a moment at their places, with who was heard in the period."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from triage.brief.brief import BriefMove, BriefPain, BriefQuote, ToTell
from triage.brief.words import day
from triage.export.letting_out import LettingOut
from triage.export.redacting import Veil
from triage.export.wording import progress
from triage.measures import company_of, person_of, weekly
from triage.model import Priority, RoadmapItem
from triage.operations.leaving import Leaving
from triage.scoring import Heard, Ranked, Ranking, backlog_order
from triage.scoring.moved import Moved
from triage.store.views import PainView, Quote, RoadmapView
from triage.store.weightiest import of_each, weightiest

QUOTES = 3
"""Quotes told of each pain point, at most."""

TREND = 13
"""Weeks a trend goes back."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """
    What a brief is gathered for.

    Attributes:
        as_of: The moment whose decisions count; None for as they are now.
        names: Whether people and companies are named.
        veil: What every text from outside goes through; None tells them as they are.
        letting: What may leave of what was heard in person.
    """

    since: datetime
    until: datetime
    as_of: datetime | None
    names: bool
    veil: Veil | None = None
    letting: LettingOut = field(default_factory=lambda: LettingOut(Leaving(), ()))

    def redacted(self, text: str) -> str:
        """A text of ours as it is told."""
        told = self.letting.text(text)
        return self.veil.text(told) if self.veil else told

    def words(self, quote: Quote) -> str:
        """A quote as it is told."""
        return self.veil.words(quote) if self.veil else quote.evidence.quote


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A pain point at its place, what moved it, and who is heard on it since."""

    row: Ranked
    moved: Moved
    new: tuple[Heard, ...]


def in_backlog_order(ranking: Ranking) -> Ranking:
    """A ranking in which a person's priority comes first."""
    rows = sorted(
        ranking.rows, key=lambda row: backlog_order(row.case.pain_point, row.scored)
    )
    placed = (replace(row, rank=place) for place, row in enumerate(rows, 1))
    return replace(ranking, rows=tuple(placed))


def standings(
    before: Ranking, after: Ranking, moves: Sequence[Moved]
) -> tuple[Standing, ...]:
    """The later ranking, row by row."""
    then = {row.case.pain_point.id: row.case.heard for row in before.rows}
    by_id = {one.pain_point.id: one for one in moves}
    return tuple(
        Standing(
            row=row, moved=by_id[row.case.pain_point.id],
            new=_new(then.get(row.case.pain_point.id, ()), row.case.heard),
        )
        for row in after.rows
    )  # fmt: skip


def moves_of(moves: Sequence[Moved], asked: Asked) -> tuple[BriefMove, ...]:
    """Those that changed their place, or that differ; the furthest moved first."""
    told = [
        BriefMove(
            short=one.pain_point.short, title=asked.redacted(one.pain_point.title),
            way=one.way, rank=one.rank, before=one.rank_before,
            why=asked.redacted(one.why),
        )
        for one in moves
        if one.way != "stays" or one.why
    ]  # fmt: skip
    return tuple(sorted(told, key=_far))


def _far(move: BriefMove) -> tuple[float, int, str]:
    """New ones, gone ones and the furthest moved first."""
    both = move.rank is not None and move.before is not None
    by = abs((move.before or 0) - (move.rank or 0)) if both else float("inf")
    return -by, move.rank or 0, move.short


def pain_of(one: Standing, view: PainView, asked: Asked) -> BriefPain:
    """It as a brief tells it, with the quotes it had when the period ended."""
    point, heard = one.row.case.pain_point, one.row.case.heard
    had = {said.evidence_id for said in heard}
    quotes = [quote for quote in view.quotes if quote.evidence.id in had]
    shown = _telling(asked.letting.quotes(quotes))
    now = (asked.until - _EPOCH) // timedelta(microseconds=1)
    known = {said.company for said in heard if said not in one.new}
    return BriefPain(
        short=point.short,
        title=asked.redacted(point.title),
        statement=asked.redacted(point.statement),
        priority=(
            "" if point.priority is Priority.NONE else point.priority.name.lower()
        ),
        rank=one.row.rank,
        before=one.moved.rank_before,
        way=one.moved.way,
        score=one.row.scored.ranks_by,
        people=one.row.people,
        companies=one.row.companies,
        new_people=len({said.person for said in one.new}),
        new_companies=len({said.company for said in one.new} - known - {""}),
        trend=tuple(weekly({said.feedback_id for said in heard}, weeks=TREND, now=now)),
        quotes=tuple(_quote(quote, asked) for quote in shown),
        more=len(quotes) - len(shown),
        plans=tuple(
            f"{asked.redacted(plan.item.title)} ({plan.item.short}, {progress(plan)})"
            for plan in view.plans
        ),
    )


def _new(then: Sequence[Heard], now: Sequence[Heard]) -> tuple[Heard, ...]:
    """Who is heard now and was not then."""
    known = {said.person for said in then}
    return tuple(said for said in now if said.person not in known)


def _telling(quotes: Sequence[Quote]) -> list[Quote]:
    """The quotes that say most, each of another person in other words."""
    fresh: dict[str, Quote] = {}
    for quote in weightiest(quotes):
        text = " ".join(quote.evidence.quote.split()).casefold()
        fresh.setdefault(text, quote)
    return of_each(fresh.values())[:QUOTES]


def _quote(quote: Quote, asked: Asked) -> BriefQuote:
    said = quote.feedback
    told = [said.context.get(name) for name in ("segment", "plan")]
    segment = next((one for one in told if isinstance(one, str) and one.strip()), "")
    names = [said.author, said.company] if asked.names else []
    facts = [*names, asked.redacted(segment), str(said.channel), day(said.received_at)]
    return BriefQuote(
        text=asked.words(quote),
        who=" · ".join(fact for fact in facts if fact),
    )


def to_tell(
    view: PainView,
    item: RoadmapView,
    done: Mapping[str, Collection[str]],
    asked: Asked,
) -> ToTell:
    """
    Who asked for what shipped.

    Args:
        done: What was done by person: "told", or "skipped" where they are not to be.
    """
    point = view.pain_point
    people = {
        person_of(quote.feedback): quote.feedback
        for quote in sorted(view.quotes, key=lambda one: one.feedback.id)
    }
    named = {
        person_of(quote.feedback): quote.feedback
        for quote in view.quotes
        if asked.letting.leaving.name(quote.feedback)
    }
    told = {person for person in people if "told" in done.get(person, ())}
    skipped = {person for person in people if "skipped" in done.get(person, ())} - told
    names = {
        ", ".join(filter(None, (said.author or said.email, said.company)))
        for person, said in named.items()
        if person not in told | skipped
    }
    return ToTell(
        short=point.short,
        title=asked.redacted(point.title),
        item=f"{asked.redacted(item.item.title)} ({item.item.short})",
        asked=len(people),
        companies=len({company_of(said) for said in people.values()} - {""}),
        told=len(told),
        skipped=len(skipped),
        names=tuple(sorted(names - {""})) if asked.names else (),
    )


def veiled(views: Iterable[PainView], items: Iterable[RoadmapItem]) -> Veil:
    """What hides everybody who is quoted on these, and whoever works on them."""
    veil = Veil()
    for view in views:
        veil.learn(view)
    for item in items:
        veil.member(item.owner)
    return veil
