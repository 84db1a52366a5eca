"""Join, part: a person's word on which customers are one."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence

from triage.errors import UsageError
from triage.model import Verdict
from triage.operations.changes import added, edited, removed
from triage.operations.labels import named
from triage.people import PersonRuling
from triage.step import Change, Step

Called = tuple[Sequence[int], str]
"""The customers of one person, the one that was named first, and what to call them."""


def join(one: Called, other: Called, now: Iterable[PersonRuling], new_id: int) -> Step:
    """
    Two people are one; no “different” between them stands any more.

    Takes ``new_id`` for a new ruling. Whoever is one already changes nothing.
    """
    (ours, name), (theirs, other_name) = one, other
    changes: list[Change] = []
    label = named(f"Joined {other_name} with {name}")
    if set(ours) & set(theirs):
        return Step("join", label, ())
    ends = _pair(ours[0], theirs[0])
    stands = None
    for ruling in now:
        if (ruling.left_id, ruling.right_id) == ends:
            stands = ruling
        elif _is_between(ruling, ours, theirs):
            changes.append(removed("person_ruling", ruling.id, _columns(ruling)))
    changes += _ruled(ends, Verdict.SAME, stands, new_id)
    return Step("join", label, tuple(changes))


def part(one: Called, other: Called, now: Iterable[PersonRuling], new_id: int) -> Step:
    """
    Two customers are two people, and never suggested again.

    Where they are one, what brought them together last no longer stands; whoever was
    joined with either before stays with them.
    """
    (ours, name), (theirs, other_name) = one, other
    ends = _pair(ours[0], theirs[0])
    if ends[0] == ends[1]:
        raise UsageError(f"{name} is one customer; name two")
    rulings = {(ruling.left_id, ruling.right_id): ruling for ruling in now}
    stands = rulings.pop(ends, None)
    changes: list[Change] = []
    while path := _path(rulings.values(), *ends):
        last = max(path, key=lambda ruling: ruling.id)
        changes.append(removed("person_ruling", last.id, _columns(last)))
        del rulings[last.left_id, last.right_id]
    changes += _ruled(ends, Verdict.DIFFERENT, stands, new_id)
    label = named(f"Ruled {other_name} somebody else than {name}")
    return Step("part", label, tuple(changes))


def _path(rulings: Iterable[PersonRuling], start: int, end: int) -> list[PersonRuling]:
    """The rulings of “same” that lead from one customer to the other, if any do."""
    edges: dict[int, list[PersonRuling]] = {}
    for ruling in rulings:
        if ruling.verdict is Verdict.SAME:
            edges.setdefault(ruling.left_id, []).append(ruling)
            edges.setdefault(ruling.right_id, []).append(ruling)
    came: dict[int, list[PersonRuling]] = {start: []}
    front = deque([start])
    while front:
        here = front.popleft()
        if here == end:
            return came[here]
        for ruling in edges.get(here, ()):
            there = ruling.right_id if ruling.left_id == here else ruling.left_id
            if there not in came:
                came[there] = [*came[here], ruling]
                front.append(there)
    return []


def _ruled(
    ends: tuple[int, int], verdict: Verdict, stands: PersonRuling | None, new_id: int
) -> list[Change]:
    row = PersonRuling(id=new_id, left_id=ends[0], right_id=ends[1], verdict=verdict)
    if stands is None:
        return [added("person_ruling", new_id, _columns(row))]
    change = edited("person_ruling", stands.id, _columns(stands), _columns(row))
    return [change] if change else []


def _is_between(
    ruling: PersonRuling, ours: Sequence[int], theirs: Sequence[int]
) -> bool:
    ends = ruling.left_id, ruling.right_id
    return any(left in ours and right in theirs for left, right in (ends, ends[::-1]))


def _pair(one: int, other: int) -> tuple[int, int]:
    return (one, other) if one < other else (other, one)


def _columns(ruling: PersonRuling) -> dict[str, object]:
    return {
        "left_id": ruling.left_id,
        "right_id": ruling.right_id,
        "verdict": ruling.verdict.value,
    }
