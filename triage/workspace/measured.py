"""What metrics there are of each part and wave, each with its n and its interval."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache

from triage.measures.figure import Change, Figure, Origin
from triage.measures.metric import (
    FIRST_ANSWER,
    RETENTION,
    SOLVED,
    TASK_DONE,
    TASK_TIME,
    Gauge,
    Heard,
    changes,
    figures,
)
from triage.measures.net import Interval
from triage.measures.retention import KEPT, LEFT, stayed
from triage.measures.usability import done, seconds
from triage.measures.wave import Wave
from triage.store import codec
from triage.store.answers import Conversation
from triage.store.rated import Beside, Rated
from triage.store.versions import version_order

TIMES = ("month", "week")
"""Parts of time: each is told of, the earliest first."""

Places = Callable[[int, int, str], Sequence[str]]
"""In which parts a feedback is, by its key, its person and what was told of it."""


@dataclass(frozen=True, slots=True)
class MeasuredPart:
    """
    What was told of one part, in each wave.

    Attributes:
        name: Of a version, a segment, a month; "" for who is in none, or not told.
        waves: One; or two that are compared, as they were asked for.
    """

    name: str
    waves: tuple[Heard, ...]
    way: Interval = Interval.ADJUSTED

    @property
    def n(self) -> int:
        """How many numbers there are of it."""
        return sum(
            sum(counts.values()) for heard in self.waves for counts in heard.values()
        )

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Of the last wave, or of all there is."""
        return figures(self.waves[-1], self.way)

    @property
    def changes(self) -> tuple[Change, ...]:
        """The second wave beside the first; nothing where there is one."""
        if len(self.waves) < 2:
            return ()
        return changes(self.waves[1], self.waves[0], self.way)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """
    Metrics.

    Attributes:
        by: What the parts are of; "" where there is one, of everything.
        waves: Two where they are compared, else the one stretch of time.
        parts: Times the earliest first, versions the newest, saved queries as they are
            saved, others the loudest first; at the end what is in none of them.
        unnamed: Ratings of which nobody said what they measure; in no figure.
    """

    by: str
    query: str
    waves: tuple[Wave, ...]
    parts: tuple[MeasuredPart, ...]
    unnamed: int = 0

    @property
    def whole(self) -> MeasuredPart | None:
        """The only part there is, where it was not asked for several."""
        return self.parts[0] if self.parts and not self.by else None


@dataclass(slots=True)
class Gathering:
    """Numbers put where they belong; who answered a survey again counts once."""

    waves: Sequence[Wave]
    places: Places
    heard: dict[tuple[str, int], dict[Gauge, Counter[float]]] = field(
        default_factory=dict
    )
    unnamed: int = 0
    _latest: dict[tuple[object, ...], tuple[tuple[str, int], Gauge, float]] = field(
        default_factory=dict
    )
    _spans: list[tuple[int, int]] = field(init=False)

    def __post_init__(self) -> None:
        self._spans = [
            (codec.to_key(one.begin), codec.to_key(one.end)) for one in self.waves
        ]

    def rate(self, one: Rated) -> None:
        """Count a rating; of a survey the latest answer of each respondent alone."""
        if not one.metric:
            self.unnamed += any(low <= one.id < high for low, high in self._spans)
            return
        origin = Origin.REVIEW if one.is_review else Origin.SURVEY
        gauge = Gauge(origin, one.metric, one.scale)
        for place in self._of(one.id, one.person, one.part):
            if one.is_review:
                self._count(place, gauge, one.rating)
            else:
                name = (place, one.person, one.survey, gauge)
                self._latest[name] = place, gauge, one.rating

    def tell(self, one: Beside) -> None:
        """Count whether a customer stayed, and how somebody fared at a task."""
        kept, was_done, took = (
            told(one.context) for told in (stayed, done, seconds)
        )  # fmt: skip
        for place in self._of(one.id, one.person, one.part):
            if kept is not None:
                name = (place, one.person, RETENTION)
                self._latest[name] = place, RETENTION, KEPT if kept else LEFT
            if was_done is not None:
                self._count(place, TASK_DONE, float(was_done))
            if took is not None:
                self._count(place, TASK_TIME, took)

    def wait(self, one: Conversation, person: int, part: str) -> None:
        """Count how long somebody waited."""
        for place in self._of(one.began, person, part):
            for gauge, waited in ((FIRST_ANSWER, one.answered), (SOLVED, one.solved)):
                if waited is not None:
                    self._count(place, gauge, waited)

    def parts(self, by: str, names: Sequence[str], way: Interval) -> list[MeasuredPart]:
        """All of them in order; those of ``names`` even where nothing is told."""
        for place, gauge, value in self._latest.values():
            self._count(place, gauge, value)
        self._latest.clear()
        found = {name for name, _ in self.heard} | set(names)
        if not by:
            found.add("")
        told = [
            MeasuredPart(
                name,
                tuple(
                    self.heard.get((name, wave), {}) for wave in range(len(self.waves))
                ),
                way,
            )
            for name in found
        ]
        return sorted(told, key=_order(by, names))

    def _of(self, key: int, person: int, part: str) -> list[tuple[str, int]]:
        return [
            (name, wave)
            for wave, (low, high) in enumerate(self._spans)
            if low <= key < high
            for name in self.places(key, person, part)
        ]

    def _count(self, place: tuple[str, int], gauge: Gauge, value: float) -> None:
        heard = self.heard.setdefault(place, {})
        counts = heard.get(gauge)
        if counts is None:
            counts = heard[gauge] = Counter()
        counts[value] += 1


def places_of(by: str, people: Mapping[int, Sequence[str]] | None) -> Places:
    """Which parts a feedback is in, by time, by who said it, or by what was told."""
    if people is not None:
        return _by_people(people)
    if by in TIMES:
        return _by_time(_month if by == "month" else _monday)
    return _by_value()


def _by_people(people: Mapping[int, Sequence[str]]) -> Places:
    nobody = ("",)

    def places(key: int, person: int, part: str) -> Sequence[str]:
        del key, part
        return people.get(person, nobody)

    return places


def _by_time(name: Callable[[int], str]) -> Places:
    def places(key: int, person: int, part: str) -> Sequence[str]:
        del person, part
        return (name(key // 86_400_000_000),)

    return places


def _by_value() -> Places:
    """However it is spelt: as it was first."""
    spelt: dict[str, tuple[str]] = {}

    def places(key: int, person: int, part: str) -> Sequence[str]:
        del key, person
        name = " ".join(part.split())
        return spelt.setdefault(name.casefold(), (name,))

    return places


@cache
def _month(day: int) -> str:
    return f"{_date(day):%Y-%m}"


@cache
def _monday(day: int) -> str:
    at = _date(day)
    return f"{at - timedelta(days=at.weekday()):%Y-%m-%d}"


def _date(day: int) -> datetime:
    return datetime.fromtimestamp(day * 86_400, UTC)


def _order(
    by: str, names: Sequence[str]
) -> Callable[[MeasuredPart], tuple[object, ...]]:
    if names:
        places = {name: place for place, name in enumerate(names)}
        return lambda one: (places.get(one.name, len(places)),)
    if by in TIMES:
        return lambda one: (one.name,)
    if by == "version":
        return lambda one: (
            not one.name, _backwards(version_order(one.name) or ""), one.name,
        )  # fmt: skip
    return lambda one: (not one.name, -one.n, one.name)


def _backwards(order: str) -> tuple[int, ...]:
    return tuple(-int(one) for one in order.split(".")) if order else (1,)
