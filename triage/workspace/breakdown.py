"""What the numbers say of each version, country, language, system, device or source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from triage.model import Sentiment
from triage.store.figures import PartCount
from triage.store.versions import version_order
from triage.workspace.numbers import Scale, Tally

BY = ("version", "country", "language", "os", "device", "source")
"""What feedback is told apart by."""

MOST = 12
"""Parts that are told one by one unless somebody asks for more."""


@dataclass(frozen=True, slots=True)
class Part:
    """
    What was said of one value.

    Attributes:
        name: As most of its sources write it; "" for the others and for not told.
        spelt: Every way it is written.
        values: How many values it holds: more than one for the others, 0 for not told.
        now: What its trend is about: all of a version, else the later half.
        before: What that is compared with: the version before, else the earlier half.
        first: Key of the first feedback on it, ever; ``last`` of the latest of these.
    """

    name: str
    spelt: tuple[str, ...]
    values: int
    tally: Tally
    now: Tally
    before: Tally
    first: int
    last: int

    @property
    def first_at(self) -> datetime:
        """When it was first told."""
        return moment(self.first)

    @property
    def last_at(self) -> datetime:
        """When it was last told, in these weeks."""
        return moment(self.last)

    def rises(self, scale: Scale) -> int:
        """1 if it is rated higher than before, -1 if lower, 0 while nobody can tell."""
        here, there = self.now.mean(scale), self.before.mean(scale)
        return _apart(here.interval, there.interval)

    def sounds_worse(self) -> int:
        """1 if more of it sounds negative than before, -1 if less, 0 for unsure."""
        here = self.now.share(Sentiment.NEGATIVE)
        there = self.before.share(Sentiment.NEGATIVE)
        if not here.n or not there.n:
            return 0
        return _apart(here.interval, there.interval)


@dataclass(frozen=True, slots=True)
class Breakdown:
    """
    All that was said in some weeks, in parts that add up to it.

    Attributes:
        by: One of ``BY``.
        weeks: How many weeks back; None for all there are.
        parts: Versions newest first, others the loudest first; then what is folded, and
            what was not told.
    """

    by: str
    weeks: int | None
    parts: tuple[Part, ...]
    whole: Tally

    def scales(self) -> list[Scale]:
        """The scales there are ratings on, the most used first."""
        return self.whole.scales()


@dataclass(slots=True)
class _Value:
    """Everything counted of one value, however it was written."""

    spelt: Counter[str] = field(default_factory=Counter)
    earlier: Tally = field(default_factory=Tally)
    later: Tally = field(default_factory=Tally)
    first: int = 2**63
    last: int = -(2**63)

    @property
    def name(self) -> str:
        """As it is mostly written."""
        return min(self.spelt, key=lambda one: (-self.spelt[one], one))

    @property
    def tally(self) -> Tally:
        """Both halves."""
        return Tally.of((self.earlier, self.later))

    def add(self, one: PartCount) -> None:
        """Count these, too."""
        self.spelt[one.value] += one.count
        (self.later if one.is_later else self.earlier).add(one)
        self.first = min(self.first, one.first)
        self.last = max(self.last, one.last)


def breakdown(
    counts: Iterable[PartCount],
    by: str,
    *,
    weeks: int | None = None,
    most: int = MOST,
    seen: Mapping[str, int] | None = None,
) -> Breakdown:
    """
    Parts of what was counted; those after the first ``most`` are told together.

    Args:
        most: 0 tells all of them one by one.
        seen: When values were first told before anything counted, as keys are.
    """
    values: dict[str, _Value] = {}
    for one in counts:
        values.setdefault(_folded(one.value), _Value()).add(one)
    for name, at in (seen or {}).items():
        known = values.get(_folded(name))
        if known is not None:
            known.first = min(known.first, at)
    untold = values.pop("", None)
    found = _ordered(by, values.values())
    # One that would be left over alone is told by its name.
    kept = len(found) if not most or len(found) == most + 1 else most
    parts = [_part([one]) for one in found[:kept]]
    if by == "version":
        parts = [
            replace(part, now=part.tally, before=_before(found, place))
            for place, part in enumerate(parts)
        ]
    if found[kept:]:
        parts.append(replace(_part(found[kept:]), name=""))
    if untold:
        parts.append(replace(_part([untold]), values=0))
    return Breakdown(by, weeks, tuple(parts), Tally.of(part.tally for part in parts))


def _folded(value: str) -> str:
    """What is the same however it is spelt."""
    return " ".join(value.split()).casefold()


def _ordered(by: str, values: Iterable[_Value]) -> list[_Value]:
    found = sorted(values, key=lambda one: one.name)
    found.sort(key=lambda one: one.tally.heard, reverse=True)
    if by == "version":
        found.sort(key=lambda one: version_order(one.name) or "", reverse=True)
    return found


def _before(found: Sequence[_Value], place: int) -> Tally:
    """What was said of the version before; nothing of what is no version."""
    if place + 1 == len(found) or version_order(found[place + 1].name) is None:
        return Tally()
    return found[place + 1].tally


def _part(values: Sequence[_Value]) -> Part:
    return Part(
        name=values[0].name,
        spelt=tuple(sorted(way for one in values for way in one.spelt)),
        values=len(values),
        tally=Tally.of(one.tally for one in values),
        now=Tally.of(one.later for one in values),
        before=Tally.of(one.earlier for one in values),
        first=min(one.first for one in values),
        last=max(one.last for one in values),
    )


def moment(key: int) -> datetime:
    """When the feedback with this key came, to the second: keys are made unique."""
    return datetime.fromtimestamp(key // 1_000_000, UTC)


def _apart(here: tuple[float, float] | None, there: tuple[float, float] | None) -> int:
    """1 where the one interval lies above the other, -1 below, 0 where they meet."""
    if here is None or there is None:
        return 0
    return (here[0] > there[1]) - (here[1] < there[0])
