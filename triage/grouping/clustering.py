"""Matches and rulings to groups: no chains, and a person's word is absolute."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from triage.grouping.bands import DEFAULT, Level

_HEARD = 3
"""Links that are heard of two parts, at least; unknown ones count ``_UNHEARD``."""

_UNHEARD = 15.0
"""What a pair counts that was never worth scoring."""


@dataclass(frozen=True, slots=True)
class Link:
    """Two feedback and how sure the machine is that they say the same."""

    left: int
    right: int
    score: float


def join(
    newcomers: Sequence[int],
    links: Iterable[Link],
    groups: Mapping[int, int],
    level: Level = DEFAULT,
    unseen: AbstractSet[int] = frozenset(),
) -> dict[int, int]:
    """
    Return the group of each number: an existing one, or its smallest member.

    Newcomers come together from the surest link down, where the parts support one
    another; a part may join one existing group. Existing groups are never merged,
    however alike: that is proposed to a person, unless nobody has seen one of them
    yet. The result does not depend on the order of the arguments.

    Args:
        newcomers: Numbers.
        links: Scored pairs.
        groups: Number to group for what is already stored.
        level: How sure one must be.
        unseen: Groups that may come together with others: they were made just now.
    """
    known = sorted(links, key=lambda link: (-link.score, *_ends(link)))
    friends: dict[int, dict[int, float]] = defaultdict(dict)
    for link in known:
        friends[link.left][link.right] = link.score
        friends[link.right][link.left] = link.score
    # A stored group is one part from the start, whichever of its members are met.
    part = {number: -group - 1 for number, group in groups.items()}
    part |= {newcomer: newcomer for newcomer in newcomers}
    parts: dict[int, set[int]] = defaultdict(set)
    for number, name in part.items():
        parts[name].add(number)
    for link in known:
        if link.score < level.link:
            break
        left, right = part[link.left], part[link.right]
        if left == right:
            continue
        stored = left < 0 and right < 0
        if stored and unseen.isdisjoint((-left - 1, -right - 1)):
            continue
        if _mean(parts[left], parts[right], friends) < level.mean:
            continue
        # A stored group keeps its name; among equals the earliest gives it.
        kept, gone = sorted((left, right), reverse=stored)
        for number in parts[gone]:
            part[number] = kept
        parts[kept] |= parts.pop(gone)
    return {number: -name - 1 if name < 0 else name for number, name in part.items()}


def _mean(
    one: AbstractSet[int],
    other: AbstractSet[int],
    friends: Mapping[int, Mapping[int, float]],
) -> float:
    """Mean of the links known between two parts, of at least ``_HEARD`` pairs."""
    small, large = sorted((one, other), key=len)
    heard = sorted(
        score
        for member in small
        for friend, score in friends[member].items()
        if friend in large
    )
    least = min(_HEARD, len(small) * len(large))
    heard += [_UNHEARD] * (least - len(heard))
    return sum(heard) / len(heard)


def _ends(link: Link) -> tuple[int, int]:
    return min(link.left, link.right), max(link.left, link.right)


def settle(
    members: Sequence[int],
    links: Iterable[Link],
    same: Iterable[tuple[int, int]],
    different: AbstractSet[tuple[int, int]],
) -> dict[int, int]:
    """
    Return the part of each member when people have ruled on some of them.

    What a person called the same comes first, then links from the surest down; nothing
    ever puts a pair together that a person called different. A part is named by its
    smallest member. The result does not depend on the order of the arguments.

    Args:
        members: Numbers.
        links: Pairs that hold the members together, at or above ``GROUPED``.
        same: Pairs a person called the same.
        different: Pairs a person called different, the smaller number first.
    """
    part = {member: member for member in members}
    parts = {member: {member} for member in members}
    apart: dict[int, set[int]] = defaultdict(set)
    for left, right in different:
        apart[left].add(right)
        apart[right].add(left)
    ordered = [
        *sorted((min(pair), max(pair)) for pair in same),
        *(
            (link.left, link.right)
            for link in sorted(
                links,
                key=lambda link: (-link.score, *_ends(link)),
            )
        ),
    ]  # fmt: skip
    for left, right in ordered:
        if left not in part or right not in part or part[left] == part[right]:
            continue
        kept, gone = sorted((part[left], part[right]))
        small, large = sorted((parts[kept], parts[gone]), key=len)
        if any(not apart[member].isdisjoint(large) for member in small):
            continue
        for member in parts[gone]:
            part[member] = kept
        parts[kept] |= parts.pop(gone)
    return part
