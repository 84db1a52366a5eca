"""Everything a brief says, as values; texts are as they were written."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from triage.brief.effect import Effect
from triage.brief.metrics import Metric
from triage.export.letting_out import Withheld


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefQuote:
    """
    Words of a customer.

    Attributes:
        who: Their segment, how they spoke and when; their name only where asked for.
    """

    text: str
    who: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefPain:
    """
    A pain point at its place.

    Attributes:
        rank: Its place at the end of the period; ``before`` at its beginning, None
            where it was not there yet.
        way: "up 4", "stays", "new".
        score: What it ranks by; None where its formula lacks an input.
        new_people: First quoted on it in the period, like ``new_companies``.
        trend: Quotes a week, oldest first.
        plans: What is planned for it, a phrase each.
        more: How many quotes are not shown.
    """

    short: str
    title: str
    statement: str
    priority: str
    rank: int
    before: int | None
    way: str
    score: float | None
    people: int
    companies: int
    new_people: int
    new_companies: int
    trend: tuple[int, ...]
    quotes: tuple[BriefQuote, ...]
    more: int
    plans: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefMove:
    """
    A pain point whose place or whose inputs changed, and why.

    Attributes:
        rank: None where it is in the ranking no more, as ``before`` where it was not.
    """

    short: str
    title: str
    way: str
    rank: int | None
    before: int | None
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shipped:
    """What shipped in the period, the pain it was for, and what was said since."""

    short: str
    title: str
    at: datetime
    pains: tuple[str, ...]
    effect: Effect


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """What is still to come; ``status`` is None where its tracker's word is unknown."""

    short: str
    title: str
    horizon: str
    status: str | None
    target: str
    people: int
    pains: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ToTell:
    """
    Who asked for what has shipped.

    Attributes:
        asked: People quoted on the pain point; ``told`` so many of them were told, and
            ``skipped`` so many are not to be.
        names: Who waits, where names were asked for.
    """

    short: str
    title: str
    item: str
    asked: int
    companies: int
    told: int
    skipped: int = 0
    names: tuple[str, ...] = ()

    @property
    def left(self) -> int:
        """How many nobody has told yet."""
        return self.asked - self.told - self.skipped


@dataclass(frozen=True, slots=True)
class Week:
    """Feedback of a week; ``negative`` of them sound displeased."""

    monday: date
    count: int
    negative: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """
    One brief.

    Attributes:
        since: The first moment of the period; ``until`` the first after it.
        pains: The first few of the ranking; ``ranked`` how many there are in all.
        moved: Whatever changed in the ranking, the furthest moved first.
        feedback: How many were said in the period and in as long before; ``people`` by
            how many.
        formula: By what the ranking is made.
        withheld: Quotes of these pain points that are not told, for want of consent.
    """

    since: datetime
    until: datetime
    pains: tuple[BriefPain, ...]
    ranked: int
    moved: tuple[BriefMove, ...]
    metrics: tuple[Metric, ...]
    feedback: tuple[int, int]
    people: tuple[int, int]
    weeks: tuple[Week, ...]
    shipped: tuple[Shipped, ...]
    planned: tuple[Planned, ...]
    to_tell: tuple[ToTell, ...]
    formula: str
    withheld: Withheld = field(default_factory=Withheld)
