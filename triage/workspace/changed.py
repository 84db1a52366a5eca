"""What changed with a version: how it is rated, what is said, beside the one before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from triage.measures import (
    FEW,
    Difference,
    difference_of_means,
    difference_of_shares,
    z_of,
)
from triage.model import Sentiment
from triage.store.shifts import Heard, Words
from triage.store.versions import PARTS, version_numbers
from triage.workspace.breakdown import Dated, Part
from triage.workspace.numbers import Scale, Share, Tally

HEARD = 5
"""People of both versions together from whom on a share is compared at all."""


@dataclass(frozen=True, slots=True)
class Release(Dated):
    """
    A version with all that belong to it: 5.2 with 5.2.0 and 5.2.1.

    Attributes:
        versions: As sources tell them, newest first.
        first: Key of the first feedback on it; ``last`` of the latest.
    """

    name: str
    versions: tuple[str, ...]
    tally: Tally
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Shift:
    """
    How often something is said of a version, and of the one before, counting people.

    Attributes:
        kind: group or pain point.
        id: Its key, as listings carry it; ``short`` is what people type.
        change: The share less that before, its interval widened so that of all that
            were compared together 95 % hold.
    """

    kind: str
    id: int
    short: str
    title: str
    after: Share
    before: Share
    change: Difference
    words: tuple[Words, ...] = ()

    @property
    def is_new(self) -> bool:
        """Whether nobody said so of the version before."""
        return not self.before.count

    @property
    def sentence(self) -> str:
        """How many people say so, of how many, and whether that may be chance."""
        now = f"{_people(self.after)} now, {_people(self.before)} before"
        points = _points(self.change)
        if self.change.is_sure:
            way = "new" if self.is_new else _WAYS[(self.change.value or 0) > 0]
            return f"{way}: {now}; {points}"
        return f"{now}; {points}, so it may be chance"


@dataclass(frozen=True, slots=True)
class Changed:
    """
    A version beside the one before it.

    Attributes:
        before: None where there is no version before it.
        scale: What ratings of both are compared on; None where one has none.
        ratings: Mean rating less that before.
        negative: The share that sounds negative less that before.
        shifts: What is said more often or less, the surest rise first.
        compared: How many groups and pain points were compared.
    """

    after: Release
    before: Release | None
    scale: Scale | None
    ratings: Difference
    negative: Difference
    shifts: tuple[Shift, ...] = ()
    compared: int = 0

    @property
    def sentence(self) -> str:
        """How it is rated beside the one before, in plain words."""
        after, before, scale = self.after, self.before, self.scale
        if scale is None or not after.tally.mean(scale).n:
            return f"nobody has rated {after.name}"
        mean = after.tally.mean(scale)
        what = "" if scale[0] in {"stars", ""} else f"{scale[0].upper()} "
        told = f"{after.name} is rated {what}{mean.value:.1f} (n {mean.n:,})"
        if before is None:
            return f"{told}; no version before it is known"
        earlier = before.tally.mean(scale)
        if earlier.value is None:
            return f"{told}; nobody rated {before.name}"
        told += f", {before.name} was {earlier.value:.1f} (n {earlier.n:,}): "
        return told + _told(self.ratings)

    @property
    def sentiment_sentence(self) -> str:
        """How much sounds negative beside the one before."""
        if self.before is None or self.negative.value is None:
            return "how much sounds negative cannot be compared"
        here, there = (
            one.tally.share(Sentiment.NEGATIVE) for one in (self.after, self.before)
        )
        told = (
            f"{here.share * 100:.0f} % of {here.n:,} sound negative,"
            f" {there.share * 100:.0f} % of {there.n:,} did:"
            f" {_points(self.negative)}"
        )
        return told if self.negative.is_sure else f"{told}, so it may be chance"

    @property
    def shifts_sentence(self) -> str:
        """How many groups and pain points were compared, and how sure that is."""
        if not self.compared:
            return f"no group or pain point has {HEARD} people of both versions"
        sure = sum(one.change.is_sure for one in self.shifts)
        if self.compared == 1:
            told = f"compared: one group or pain point of {HEARD} people or more"
        else:
            told = (
                f"compared: {self.compared:,} groups and pain points of {HEARD} people"
                " or more, each interval widened so that all hold at once in 95 %"
                " (Bonferroni)"
            )
        return told if sure else f"{told}; none surely changed"


def releases(parts: Iterable[Part], name: str) -> tuple[Release | None, Release | None]:
    """
    The version of that name, and the one before it, of those there is feedback on.

    A name is as exact as it is long: 5.2 is every 5.2.x and comes after every 5.1.x,
    5.2.1 comes after 5.2.0.
    """
    length = len(version_numbers(name))
    families: dict[tuple[int, ...], list[Part]] = {}
    for part in parts:
        family = _family(part.name, length)
        if family:
            families.setdefault(family, []).append(part)
    wanted = _family(name, length)
    earlier = [family for family in families if family < wanted]
    return (
        _release(families[wanted], length) if wanted in families else None,
        _release(families[max(earlier)], length) if earlier else None,
    )


def _family(version: str, length: int) -> tuple[int, ...]:
    numbers = version_numbers(version)
    return (*numbers, *(0,) * PARTS)[:length] if numbers else ()


def _release(parts: Sequence[Part], length: int) -> Release:
    return Release(
        name=".".join(str(one) for one in _family(parts[0].name, length)),
        versions=tuple(one for part in parts for one in part.spelt),
        tally=Tally.of(part.tally for part in parts),
        first=min(part.first for part in parts),
        last=max(part.last for part in parts),
    )


def shared_scale(after: Tally, before: Tally | None) -> Scale | None:
    """
    The scale to compare them on: what both are rated on, stars first, then the most.

    What the one is rated on where they share none; None where nobody rated it.
    """
    rated = [one for one in after.scales() if before is None or one in before.ratings]
    rated.sort(key=lambda one: one[0] != "stars")
    return next(iter(rated or after.scales()), None)


def beside(after: Release, before: Release | None) -> Changed:
    """How a version is rated and how it sounds, beside the one before it."""
    scale = shared_scale(after.tally, before.tally if before else None)
    if before is None:
        return Changed(after, None, scale, Difference(), Difference())
    here, there = (one.tally.share(Sentiment.NEGATIVE) for one in (after, before))
    none: dict[float, int] = {}
    return Changed(
        after, before, scale,
        ratings=difference_of_means(
            after.tally.ratings.get(scale, none), before.tally.ratings.get(scale, none)
        ) if scale else Difference(),
        negative=difference_of_shares(here.count, here.n, there.count, there.n),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Weighed:
    """A group or a pain point, by its id, said by so many of those heard."""

    kind: str
    id: int
    after: Share
    before: Share
    change: Difference


def weighed(after: Heard, before: Heard) -> list[Weighed]:
    """
    Everything at least ``HEARD`` people say, the surest rise first.

    Each interval is widened (Bonferroni) so that all of them hold together in 95 %.
    """
    told = {
        key: (after.saying.get(key, 0), before.saying.get(key, 0))
        for key in {*after.saying, *before.saying}
    }
    compared = {key: both for key, both in told.items() if sum(both) >= HEARD}
    z = z_of(len(compared))
    found = [
        Weighed(
            kind, of, Share("", here, after.people), Share("", there, before.people),
            difference_of_shares(here, after.people, there, before.people, z),
        )
        for (kind, of), (here, there) in compared.items()
    ]  # fmt: skip
    return sorted(found, key=_surest_rise)


def _surest_rise(one: Weighed) -> tuple[float, float, str, int]:
    low = one.change.interval[0] if one.change.interval else 0.0
    return -low, -(one.change.value or 0.0), one.kind, one.id


_WAYS = {True: "more often", False: "less often"}


def _people(share: Share) -> str:
    """``11 of 160 people``."""
    return f"{share.count:,} of {share.n:,} people"


def _points(change: Difference) -> str:
    """``+14 points, 95 % interval +3 to +24``."""
    if change.value is None or change.interval is None:
        return "too few to compare"
    low, high = change.interval
    ends = f"{low * 100:+.0f} to {high * 100:+.0f}"
    return f"{change.value * 100:+.0f} points, interval {ends}"


def _told(change: Difference) -> str:
    """``0.9 lower, 95 % interval 0.6–1.2``; what cannot be told is said to be so."""
    if change.value is None or change.interval is None:
        return f"too few to compare, as fewer than {FEW} rated one of them"
    low, high = change.interval
    way = "lower" if change.value < 0 else "higher"
    told = f"{abs(change.value):.1f} {way}, 95 % interval"
    if not round(abs(change.value), 1):
        told = "alike, 95 % interval"
    if change.is_sure:
        ends = sorted((abs(low), abs(high)))
        return f"{told} {ends[0]:.1f}–{ends[1]:.1f}"
    return f"{told} from {-low:.1f} lower to {high:.1f} higher, so it may be chance"
