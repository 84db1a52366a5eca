"""Merge, split, relate: a person's word on what says the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

from triage.errors import UsageError
from triage.model import Feedback, Ruling, Verdict
from triage.operations.changes import added, edited, removed
from triage.operations.labels import named, naming
from triage.step import Change, Step

Rulings = Mapping[tuple[int, int], Ruling]
"""Pair of feedback ids, the smaller first, to what a person ruled before."""


def pair(left: int, right: int) -> tuple[int, int]:
    """The pair as it is kept: the smaller id first."""
    return (left, right) if left < right else (right, left)


def merge(
    moved: Sequence[Sequence[Feedback]],
    into: Sequence[Feedback],
    now: Rulings,
    first_id: int,
) -> Step:
    """
    These groups say the same as that one; no “different” between them stands any more.

    Takes ``first_id`` and up for new rulings: at most one a group.
    """
    everyone = [one for group in moved for one in group]
    _refuse_overlap(everyone, into)
    changes = [
        removed("ruling", ruled.id, _columns(ruled))
        for some, others in combinations((*moved, into), 2)
        for one in some
        for other in others
        if (ruled := now.get(pair(one.id, other.id)))
        and ruled.verdict is not Verdict.SAME
    ]
    for index, group in enumerate(moved):
        changes.extend(
            _rule(group[0], into[0], Verdict.SAME, now, first_id + index, changes)
        )
    return Step(
        "merge", named(f"Merged {naming(everyone)} into {naming(into)}"), tuple(changes)
    )


def split(
    taken: Sequence[Feedback], left: Sequence[Feedback], now: Rulings, first_id: int
) -> Step:
    """
    These do not say the same as the rest of their group, now and for ever.

    Takes ``first_id`` and up for new rulings: at most one a pair, and one to keep
    each further one taken together with the first.
    """
    _refuse_overlap(taken, left)
    changes: list[Change] = []
    next_id = first_id
    for one in taken:
        for other in left:
            made = _rule(one, other, Verdict.DIFFERENT, now, next_id, ())
            changes.extend(made)
            next_id += 1
    for one in taken[1:]:
        changes.extend(_rule(taken[0], one, Verdict.SAME, now, next_id, ()))
        next_id += 1
    return Step(
        "split", named(f"Split {naming(taken)} from {naming(left)}"), tuple(changes)
    )


def set_apart(
    one: Sequence[Feedback], other: Sequence[Feedback], now: Rulings, first_id: int,
    verdict: Verdict = Verdict.DIFFERENT,
) -> Step:  # fmt: skip
    """Two groups are not the same (or only related); never suggested again."""
    _refuse_overlap(one, other)
    changes = _rule(one[0], other[0], verdict, now, first_id, ())
    word = "different from" if verdict is Verdict.DIFFERENT else "only related to"
    return Step(
        "split", named(f"Ruled {naming(one)} {word} {naming(other)}"), tuple(changes)
    )


def rulings_needed(taken: int, left: int) -> int:
    """How many new ruling ids a split may use."""
    return taken * left + max(0, taken - 1)


def _rule(
    one: Feedback, other: Feedback, verdict: Verdict, now: Rulings, new_id: int,
    planned: Sequence[Change],
) -> list[Change]:  # fmt: skip
    left, right = pair(one.id, other.id)
    ruled = now.get((left, right))
    withdrawn = ruled and any(
        change.row == ruled.id and change.after is None for change in planned
    )
    target = Ruling(id=new_id, left_id=left, right_id=right, verdict=verdict)
    if ruled is None or withdrawn:
        return [added("ruling", new_id, _columns(target))]
    change = edited("ruling", ruled.id, _columns(ruled), _columns(target))
    return [change] if change else []


def _refuse_overlap(some: Sequence[Feedback], others: Sequence[Feedback]) -> None:
    if not some or not others:
        raise UsageError("there is nothing on one side; name feedback of two groups")
    if {one.id for one in some} & {one.id for one in others}:
        raise UsageError("these are in one group already")


def _columns(ruling: Ruling) -> dict[str, object]:
    return {
        "left_id": ruling.left_id,
        "right_id": ruling.right_id,
        "verdict": ruling.verdict.value,
    }
