"""How long customers waited, by week and by source, each figure with its n."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from triage.measures import Median, median
from triage.store.answers import Conversation
from triage.store.numbers import monday, week_of


@dataclass(slots=True)
class Waits:
    """
    Conversations counted, and how long each waited.

    Attributes:
        n: Conversations.
        answered: Seconds until the first answer, of those that have one.
        solved: Seconds until it was solved, of those of which that is told.
    """

    n: int = 0
    answered: list[float] = field(default_factory=list)
    solved: list[float] = field(default_factory=list)

    def add(self, one: Conversation) -> None:
        """Count one more."""
        self.n += 1
        if one.answered is not None:
            self.answered.append(one.answered)
        if one.solved is not None:
            self.solved.append(one.solved)

    @property
    def first_response(self) -> Median:
        """Of those that were answered; who still waits is in ``n`` alone."""
        return median(self.answered)

    @property
    def resolution(self) -> Median:
        """Of those that are solved."""
        return median(self.solved)


@dataclass(frozen=True, slots=True)
class AnswerWeek:
    """Conversations that began in a week."""

    monday: date
    is_over: bool
    waits: Waits


@dataclass(frozen=True, slots=True)
class Answers:
    """
    What there is to tell.

    Attributes:
        weeks: From the first asked for to the one that runs, none left out.
        sources: By name, the most conversations first.
    """

    whole: Waits
    weeks: Sequence[AnswerWeek]
    sources: Sequence[tuple[str, Waits]]


def answers(
    told: Iterable[Conversation], first: int | None, *, now: datetime
) -> Answers:
    """
    Count conversations by the week they began in, and by source.

    Args:
        first: The first week, as ``week_of`` counts; None for that of the first.
    """
    this = week_of(int(now.timestamp() * 1_000_000))
    whole = Waits()
    weeks: dict[int, Waits] = {}
    sources: dict[str, Waits] = {}
    for one in told:
        whole.add(one)
        weeks.setdefault(week_of(one.began), Waits()).add(one)
        sources.setdefault(one.source, Waits()).add(one)
    start = first if first is not None else min(weeks, default=this)
    return Answers(
        whole,
        [
            AnswerWeek(monday(week), week < this, weeks.get(week, Waits()))
            for week in range(start, max(this, *weeks, this) + 1)
        ],
        sorted(sources.items(), key=lambda pair: (-pair[1].n, pair[0])),
    )
