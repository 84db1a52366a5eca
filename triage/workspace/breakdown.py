"""What the numbers say of each version, country, product or whatever else is told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from triage.model import Sentiment
from triage.store.figures import PartCount
from triage.store.versions import version_order
from triage.workspace.numbers import Scale, Tally

MOST = 12
"""Parts that are told one by one unless somebody asks for more."""


class Dated:
    """What feedback speaks of, with the keys of the first and the latest of it."""

    __slots__ = ()

    first: int
    last: int

    @property
    def first_at(self) -> datetime:
        """When it was first told."""
        return moment(self.first)

    @property
    def last_at(self) -> datetime:
        """When it was last told, as far as it was counted."""
        return moment(self.last)


@dataclass(frozen=True, slots=True)
class Part(Dated):
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
        by: One of ``query.fields.PARTS``.
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
        self.spelt[one.value] += one.many
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
    counted = list(counts)
    folded = {value: _folded(value) for value in {one.value for one in counted}}
    heard: Counter[str] = Counter()
    for one in counted:
        heard[folded[one.value]] += one.many
    names = _ordered(by, [name for name in heard if name], heard)
    # One that would be left over alone is told by its name.
    kept = len(names) if not most or len(names) == most + 1 else most
    # One more has a value of its own: the last version is compared with it.
    values = {name: _Value() for name in names[: kept + 1]}
    untold, others = _Value(), _Value()
    for one in counted:
        name = folded[one.value]
        (values.get(name, others) if name else untold).add(one)
    for value, at in (seen or {}).items():
        known = values.get(_folded(value))
        if known is not None:
            known.first = min(known.first, at)
    found = list(values.values())
    parts = [_part([one]) for one in found[:kept]]
    if by == "version":
        parts = [
            replace(part, now=part.tally, before=_before(found, place))
            for place, part in enumerate(parts)
        ]
    if names[kept:]:
        rest = _part([*found[kept:], others])
        parts.append(replace(rest, name="", spelt=(), values=len(names) - kept))
    if untold.spelt:
        parts.append(replace(_part([untold]), name="", values=0))
    return Breakdown(by, weeks, tuple(parts), Tally.of(part.tally for part in parts))


def _folded(value: str) -> str:
    """What is the same however it is spelt."""
    return " ".join(value.split()).casefold()


def _ordered(by: str, names: list[str], heard: Mapping[str, int]) -> list[str]:
    found = sorted(names, key=lambda one: (-heard[one], one))
    if by == "version":
        found.sort(key=lambda one: version_order(one) or "", reverse=True)
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
        values=1,
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
