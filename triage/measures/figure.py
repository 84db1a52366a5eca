"""What is measured: a number with its n and its interval, or why there is none."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from triage.measures import FEW, Difference
from triage.text.pace import spell

Counts = Mapping[float, int]
"""How many gave each value: ``{5.0: 12, 1.0: 3}``."""

NOT_SURE = "not distinguishable"
TOO_FEW = "too few to say"


class Origin(StrEnum):
    """Where a number is from; numbers of two origins are never put together."""

    SURVEY = "survey"
    """Asked for, of people somebody chose."""
    REVIEW = "review"
    """Given unasked, by whoever wanted to."""
    ANSWER = "answer"
    """How long customers waited for us."""
    ACCOUNT = "account"
    """Whether they stayed."""
    TASK = "task"
    """What they managed to do while somebody watched."""


class Unit(StrEnum):
    """What a number counts."""

    POINTS = "points"
    """-100 to 100."""
    SHARE = "share"
    """0 to 1."""
    RATING = "rating"
    """On the scale it was asked on."""
    SECONDS = "seconds"
    PRICE = "price"

    def spelt(self, value: float) -> str:
        """A number as people read it: ``-12``, ``84 %``, ``4.21``, ``2 h``."""
        match self:
            case Unit.SHARE:
                return f"{_whole(100 * value)} %"
            case Unit.POINTS:
                return _whole(value)
            case Unit.SECONDS:
                return spell(value) if value >= 120 else f"{value:.3g} s"
            case _:
                return f"{value:.2f}"

    def between(self, interval: tuple[float, float]) -> str:
        """An interval as people read it: ``13–50``, ``-3 to 24``, ``71–92 %``."""
        low, high = interval
        start = _whole(100 * low) if self is Unit.SHARE else self.spelt(low)
        return f"{start}{' to ' if low < 0 else '–'}{self.spelt(high)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """
    One number, and everything one must know to believe it.

    Attributes:
        name: What it is called: NPS, CSAT, first answer.
        method: How it and its interval are made.
        formula: Name and version of that, which change with it: ``nps-1``.
        scale: What was answered on, as "0-10"; "" where there is no scale.
        n: What it was counted over.
        value: None where ``why`` says so.
        interval: 95 %; holds ``value``.
        note: What to bear in mind.
    """

    name: str
    origin: Origin
    method: str
    formula: str
    unit: Unit
    scale: str = ""
    n: int = 0
    value: float | None = None
    interval: tuple[float, float] | None = None
    why: str = ""
    note: str = ""

    @property
    def called(self) -> str:
        """Its name with its scale: ``NPS 0-10``."""
        return f"{self.name} {self.scale}".strip()

    @property
    def spelt(self) -> str:
        """The number in words; "" where there is none."""
        return "" if self.value is None else self.unit.spelt(self.value)

    @property
    def between(self) -> str:
        """The interval in words, or why there is none."""
        return self.why if self.interval is None else self.unit.between(self.interval)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """
    How far a figure of a later wave lies above that of an earlier one.

    Attributes:
        before: The earlier figure; ``now`` the later.
        why: Why the two are not compared, where they are not.
    """

    before: Figure
    now: Figure
    difference: Difference
    why: str = ""

    @property
    def verdict(self) -> str:
        """``higher``, ``lower``, ``not distinguishable``, or why nobody can say."""
        if self.difference.interval is None:
            return self.why or TOO_FEW
        if not self.difference.is_sure:
            return NOT_SURE
        return "higher" if (self.difference.value or 0) > 0 else "lower"

    @property
    def spelt(self) -> str:
        """The difference in words, with its sign; "" where there is none."""
        value = self.difference.value
        if value is None or self.difference.interval is None:
            return ""
        told = self._points(value)
        return told if value < 0 else f"+{told}"

    @property
    def between(self) -> str:
        """Its interval in words; "" where there is none."""
        found = self.difference.interval
        return "" if found is None else " to ".join(self._points(one) for one in found)

    def _points(self, value: float) -> str:
        """Between two shares lie points, no per cent."""
        if self.now.unit is Unit.SHARE:
            return _whole(100 * value)
        return self.now.unit.spelt(value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure(ABC):
    """
    One way to make a figure of values counted, and to compare two of them.

    Attributes:
        least: Fewer values than these make no figure.
        refusal: Why there is no figure however many there are; "" where there is.
    """

    name: str
    origin: Origin
    method: str
    formula: str
    unit: Unit
    scale: str = ""
    note: str = ""
    least: int = FEW
    refusal: str = ""

    def figure(self, counts: Counts) -> Figure:
        """What these values come to."""
        n = sum(counts.values())
        why = self.refusal or ("" if n >= self.least else TOO_FEW if n else "no answer")
        value, interval = (None, None) if why else self.told(counts)
        return Figure(
            name=self.name, origin=self.origin, method=self.method, unit=self.unit,
            formula=self.formula, scale=self.scale, note=self.note, n=n,
            value=value, interval=interval, why=why,
        )  # fmt: skip

    def change(self, now: Counts, before: Counts) -> Change:
        """How far one wave lies above another."""
        here, there = self.figure(now), self.figure(before)
        if here.value is None or there.value is None:
            return Change(
                before=there, now=here, difference=Difference(), why=self.refusal
            )
        difference = self.compared(now, before)
        why = "" if difference.interval else "compare their intervals"
        return Change(before=there, now=here, difference=difference, why=why)

    @abstractmethod
    def told(self, counts: Counts) -> tuple[float, tuple[float, float]]:
        """The number and its interval; there are enough values."""

    @abstractmethod
    def compared(self, now: Counts, before: Counts) -> Difference:
        """The later less the earlier; there are enough of both."""


def _whole(value: float) -> str:
    """No digits after the point, and no minus before nothing."""
    return f"{round(value):,}"
