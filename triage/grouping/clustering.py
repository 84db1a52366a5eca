"""Matches and rulings to groups: no chains, and a person's word is absolute."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

GROUPED = 96.0
"""A match this sure puts two feedback together without asking."""

SUGGESTED = 60.0
"""From here a match is worth showing a person."""

SUPPORT = 75.0
"""Mean of a newcomer's best matches in a group it joins: one friend is not enough."""

_VOICES = 8


@dataclass(frozen=True, slots=True)
class Link:
    """Two feedback and how sure the machine is that they say the same."""

    left: int
    right: int
    score: float


def join(
    newcomers: Sequence[int], links: Iterable[Link], groups: Mapping[int, int]
) -> dict[int, int]:
    """
    Return the group of each newcomer: an existing one, or its own.

    A newcomer joins the group that supports it best; existing groups are never merged,
    however alike: that is proposed to a person. Newcomers are taken in order of their
    number, whatever order the links come in.

    Args:
        newcomers: Numbers, in any order.
        links: Scored pairs; at least one end is a newcomer.
        groups: Number to group for what is already stored.
    """
    friends: dict[int, list[tuple[int, float]]] = defaultdict(list)
    for link in links:
        friends[link.left].append((link.right, link.score))
        friends[link.right].append((link.left, link.score))
    placed: dict[int, int] = {}
    for newcomer in sorted(newcomers):
        support: dict[int, list[float]] = defaultdict(list)
        for friend, score in friends[newcomer]:
            group = placed.get(friend, groups.get(friend))
            if group is not None:
                support[group].append(score)
        placed[newcomer] = _best(support) or newcomer
    return placed


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
                key=lambda link: (
                    -link.score, min(link.left, link.right), max(link.left, link.right)
                ),
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


def _best(support: Mapping[int, Sequence[float]]) -> int | None:
    """The group whose surest voices agree most; ties go to the oldest group."""
    best: int | None = None
    best_rank = 0.0
    for group, scores in sorted(support.items()):
        if max(scores) < GROUPED:
            continue
        voices = sorted(scores, reverse=True)[:_VOICES]
        mean = sum(voices) / len(voices)
        rank = mean * voices[0]
        if mean >= SUPPORT and rank > best_rank:
            best, best_rank = group, rank
    return best
