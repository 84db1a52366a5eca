"""Pain points of a moment at their places, with who was heard in the period."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from triage.brief.brief import BriefPain, BriefQuote, ToTell
from triage.brief.redacting import Redacting
from triage.brief.words import day
from triage.measures import company_of, person_of, rank_key, score, weekly
from triage.model import Feedback, PainStatus, Priority
from triage.store.views import PainView, Quote, RoadmapView

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
        names: Whether people and companies are named.
        redacted: What every text from outside goes through.
    """

    since: datetime
    until: datetime
    names: bool
    redacted: Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Ranked:
    """A pain point and its quotes of a moment, those of the period told apart."""

    view: PainView
    quotes: tuple[Quote, ...]
    earlier: tuple[Quote, ...]

    @property
    def value(self) -> float:
        """Its score."""
        return value_of(self.view, self.quotes)

    def new(self, who: Callable[[Feedback], str]) -> int:
        """How many are quoted for the first time."""
        known = {who(quote.feedback) for quote in self.earlier}
        return len({who(quote.feedback) for quote in self.quotes} - known - {""})

    def count(self, who: Callable[[Feedback], str]) -> int:
        """How many there are."""
        return len({who(quote.feedback) for quote in self.quotes} - {""})


def is_there(view: PainView, asked: Asked) -> bool:
    """Whether it is open, and was written down before the period ended."""
    made = view.pain_point.created_at
    return view.pain_point.status is PainStatus.OPEN and (
        made is None or made < asked.until
    )


def ranking(views: Sequence[PainView], asked: Asked) -> list[tuple[Ranked, int | None]]:
    """In the order of the backlog, each with its place when the period began."""
    found = [
        Ranked(
            view, _by(view.quotes, asked.until), _by(view.quotes, asked.since)
        )
        for view in views
    ]  # fmt: skip
    found.sort(key=lambda one: rank_key(one.view.pain_point, one.value))
    then = [
        one.view.pain_point
        for one in sorted(
            found,
            key=lambda one: rank_key(
                one.view.pain_point, value_of(one.view, one.earlier)
            ),
        )
        if (one.view.pain_point.created_at or asked.since) <= asked.since
    ]
    places = {point.id: place for place, point in enumerate(then, 1)}
    return [(one, places.get(one.view.pain_point.id)) for one in found]


def value_of(view: PainView, quotes: Sequence[Quote]) -> float:
    """The score these quotes give it."""
    said = [(quote.evidence, quote.feedback) for quote in quotes]
    return score(view.pain_point, said).value


def _by(quotes: Sequence[Quote], moment: datetime) -> tuple[Quote, ...]:
    """What was quoted by then."""
    return tuple(
        one for one in quotes if one.evidence.at is None or one.evidence.at < moment
    )


def far(pain: BriefPain) -> tuple[float, int, int]:
    """New ones and the furthest moved first, then those with most new people."""
    by = float("inf") if pain.before is None else abs(pain.before - pain.rank)
    return -by, -pain.new_people, pain.rank


def pain_of(one: Ranked, rank: int, before: int | None, asked: Asked) -> BriefPain:

    point = one.view.pain_point
    shown = _telling(one.quotes)
    keys = {quote.feedback.id for quote in one.quotes}
    return BriefPain(
        short=point.short,
        title=asked.redacted(point.title),
        statement=asked.redacted(point.statement),
        priority=(
            "" if point.priority is Priority.NONE else point.priority.name.lower()
        ),
        rank=rank,
        before=before,
        score=one.value,
        people=one.count(person_of),
        companies=one.count(company_of),
        new_people=one.new(person_of),
        new_companies=one.new(company_of),
        trend=tuple(
            weekly(
                keys,
                weeks=TREND,
                now=(asked.until - _EPOCH) // timedelta(microseconds=1),
            )
        ),
        quotes=tuple(_quote(quote, asked) for quote in shown),
        more=len(one.quotes) - len(shown),
        plans=tuple(
            f"{asked.redacted(plan.item.title)} ({plan.item.short},"
            f" {str(plan.status or 'unmapped').replace('_', ' ')})"
            for plan in one.view.plans
        ),
    )


def _telling(quotes: Sequence[Quote]) -> list[Quote]:
    """The quotes that say most, each of another person in other words."""
    best = sorted(
        quotes,
        key=lambda one: (
            -int(one.evidence.importance), not one.evidence.observed,
            -one.feedback.id, one.evidence.id,
        ),
    )  # fmt: skip
    first: dict[str, Quote] = {}
    texts: set[str] = set()
    for quote in best:
        text = " ".join(quote.evidence.quote.split()).casefold()
        if text not in texts:
            first.setdefault(person_of(quote.feedback), quote)
            texts.add(text)
    return list(first.values())[:QUOTES]


def _quote(quote: Quote, asked: Asked) -> BriefQuote:

    said = quote.feedback
    told = [said.context.get(name) for name in ("segment", "plan")]
    segment = next((one for one in told if isinstance(one, str) and one.strip()), "")
    names = [said.author, said.company] if asked.names else []
    facts = [*names, segment, str(said.channel), day(said.received_at)]
    return BriefQuote(
        text=asked.redacted(quote.evidence.quote),
        who=" · ".join(fact for fact in facts if fact),
    )


def to_tell(
    view: PainView, item: RoadmapView, told_to: Collection[int],
    asked: Asked,
) -> ToTell:  # fmt: skip

    point = view.pain_point
    people = {
        person_of(quote.feedback): quote.feedback
        for quote in sorted(view.quotes, key=lambda one: one.feedback.id)
    }
    told = {person_of(q.feedback) for q in view.quotes if q.feedback.id in told_to}
    names = {
        ", ".join(filter(None, (said.author or said.email, said.company)))
        for person, said in people.items()
        if person not in told
    }
    return ToTell(
        short=point.short,
        title=asked.redacted(point.title),
        item=f"{asked.redacted(item.item.title)} ({item.item.short})",
        asked=len(people),
        companies=len({company_of(said) for said in people.values()} - {""}),
        told=len(told),
        names=tuple(sorted(names - {""})) if asked.names else (),
    )


def redacting(views: Sequence[PainView]) -> Callable[[str], str]:

    said = [quote.feedback for view in views for quote in view.quotes]
    return Redacting(
        {one.author for one in said if one.author},
        {one.company for one in said if one.company},
    )
