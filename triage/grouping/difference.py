"""What another grouping of the same feedback would change, counted."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

SHOWN = 10
"""Changes told one by one, those that move most."""


@dataclass(frozen=True, slots=True)
class Shift:
    """
    One group that comes together of several, or comes apart into several.

    Attributes:
        is_together: Whether it comes together; else it comes apart.
        group: Its id: after, where it comes together; before, where it comes apart.
        parts: Ids of what it is made of or falls into, with how many of its members
            each has; the largest first.
    """

    is_together: bool
    group: int
    parts: tuple[tuple[int, int], ...]

    @property
    def size(self) -> int:
        """How many members it has."""
        return sum(size for _, size in self.parts)


@dataclass(frozen=True, slots=True)
class Difference:
    """
    One grouping against another.

    Attributes:
        before: Groups of two or more; ``after`` likewise.
        together: Groups that come together of several, one alone counted as a group.
        apart: Groups that come apart into several.
        moved: Members that leave the most of their group, or join the most of another.
        largest: At most ``SHOWN`` of both, those in which most move.
    """

    before: int
    after: int
    together: int
    apart: int
    moved: int
    largest: tuple[Shift, ...]


def difference(before: Mapping[int, int], after: Mapping[int, int]) -> Difference:
    """
    Return what changes from one grouping to another.

    Args:
        before: Member to group, both feedback ids; one left out is alone, under its
            own id. ``after`` likewise.
    """
    made: dict[int, Counter[int]] = defaultdict(Counter)
    fell: dict[int, Counter[int]] = defaultdict(Counter)
    members = before.keys() | after.keys()
    for member in members:
        was, becomes = before.get(member, member), after.get(member, member)
        made[becomes][was] += 1
        fell[was][becomes] += 1
    core = {group: _ranked(parts)[0][0] for group, parts in made.items()}
    rest = {group: _ranked(parts)[0][0] for group, parts in fell.items()}
    shifts = [
        Shift(is_together, group, _ranked(parts))
        for is_together, changed in ((True, made), (False, fell))
        for group, parts in changed.items()
        if len(parts) > 1
    ]
    shifts.sort(
        key=lambda one: (one.parts[0][1] - one.size, one.group, one.is_together)
    )
    moved = 0
    for member in members:
        was, becomes = before.get(member, member), after.get(member, member)
        moved += core[becomes] != was or rest[was] != becomes
    return Difference(
        before=sum(parts.total() > 1 for parts in fell.values()),
        after=sum(parts.total() > 1 for parts in made.values()),
        together=sum(one.is_together for one in shifts),
        apart=sum(not one.is_together for one in shifts),
        moved=moved,
        largest=tuple(shifts[:SHOWN]),
    )


def _ranked(parts: Counter[int]) -> tuple[tuple[int, int], ...]:
    return tuple(sorted(parts.items(), key=lambda one: (-one[1], one[0])))
