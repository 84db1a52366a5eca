"""Pairs that may say the same, one after the other, and what a person said of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from triage.errors import NotFound
from triage.model import Feedback, Verdict
from triage.tui.words import count
from triage.workspace import Group, KeptMatch, Workspace

T = TypeVar("T")

MOST = 500
"""Pairs looked at in one go, the surest first."""

_SAID = {
    Verdict.SAME: "the same", Verdict.DIFFERENT: "never again",
    Verdict.RELATED: "only related",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """
    Two that are compared, as things stand.

    Attributes:
        told: Why they may say the same, as ``Workspace.explain`` says it.
    """

    one: Feedback
    other: Feedback
    ours: Group
    theirs: Group
    told: dict[str, Any]

    @property
    def is_settled(self) -> bool:
        """Whether the two are one group by now, or a person ruled about them."""
        if self.ours.id == self.theirs.id:
            return True
        ends = {member.feedback.id for member in self.theirs.members}
        return any(
            ends & {ruling.left_id, ruling.right_id} for ruling in self.ours.rulings
        )

    def swapped(self) -> Pair:
        """The same two, the other one first."""
        return Pair(
            one=self.other, other=self.one, ours=self.theirs, theirs=self.ours,
            told=_mirrored(self.told),
        )  # fmt: skip

    @property
    def people(self) -> tuple[int, int]:
        """Who says it in the first group, and in both together."""
        both = {
            member.feedback.customer_id or -member.feedback.id
            for group in (self.ours, self.theirs)
            for member in group.members
        }
        return self.ours.people, len(both)


def _mirrored(told: dict[str, Any]) -> dict[str, Any]:
    pairs = {
        name: [list(reversed(pair)) for pair in told[name]]
        for name in ("meant", "swapped") if told.get(name)
    }  # fmt: skip
    return told | pairs | {"left": told.get("right"), "right": told.get("left")}


def pair(workspace: Workspace, match: KeptMatch) -> Pair | None:
    """The two of a match with their groups, the larger first; None if one is gone."""
    try:
        one, other = (workspace.feedback(end) for end in (match.left, match.right))
    except NotFound:
        return None
    ours, theirs = workspace.group_of(one), workspace.group_of(other)
    found = Pair(
        one=one, other=other, ours=ours, theirs=theirs,
        told=workspace.explain(one, other),
    )  # fmt: skip
    return found.swapped() if theirs.people > ours.people else found


def pairs(workspace: Workspace) -> list[KeptMatch]:
    """Of each two groups that may be one the surest match, the surest first."""
    sure = workspace.matches(proposed=True, limit=MOST)
    perhaps = workspace.matches(proposed=True, band="suggested", limit=MOST)
    once: dict[frozenset[str], KeptMatch] = {}
    for match in (*sure, *perhaps):
        once.setdefault(frozenset((match.left_group, match.right_group)), match)
    return list(once.values())[:MOST]


class Review(Generic[T]):
    """
    Going through pairs.

    Attributes:
        at: The place of the pair looked at; as many as there are pairs at the end.
    """

    def __init__(self, found: Sequence[T] = ()) -> None:
        self.pairs = list(found)
        self.at = 0
        self._said: dict[int, Verdict] = {}
        self._gone: set[int] = set()
        self._steps: dict[int, tuple[int, Verdict]] = {}

    @property
    def is_over(self) -> bool:
        """Whether the end is reached."""
        return self.at >= len(self.pairs)

    def ahead(self) -> Iterable[int]:
        """Places from here on of which nothing was said yet."""
        places = range(self.at, len(self.pairs))
        return [p for p in places if p not in self._said and p not in self._gone]

    def drop(self, place: int) -> None:
        """Nothing is to be said about this pair any more."""
        self._gone.add(place)

    def say(self, step: int, place: int, said: Verdict) -> None:
        """A person ruled about the pair at a place by this step."""
        self._steps[step] = (place, said)
        self._said[place] = said

    def undone(self, step: int) -> int | None:
        """The place of the pair a step was about; nothing is said of it any more."""
        place, _ = self._steps.get(step, (None, None))
        if place is not None:
            self._said.pop(place, None)
            # What was settled by that word may be open again.
            self._gone.clear()
        return place

    def redone(self, step: int) -> bool:
        """Whether the step was about one of these pairs; what it said holds again."""
        if step not in self._steps:
            return False
        place, said = self._steps[step]
        self._said[place] = said
        return True

    @property
    def place(self) -> str:
        """``3 of 12``."""
        return f"{min(self.at + 1, len(self.pairs)):,} of {len(self.pairs):,}"

    def summary(self) -> list[str]:
        """What was said, by verdict, and how many are left, a line each."""
        by_verdict = Counter(self._said.values())
        told = [
            f"{many:,} {_SAID[verdict]}" for verdict, many in by_verdict.most_common()
        ]
        left = len(self.pairs) - len(self._said) - len(self._gone)
        lines = []
        if told:
            lines.append(f"{count(len(self._said), 'pair')}: {', '.join(told)}.")
        if self._gone:
            lines.append(f"{count(len(self._gone), 'pair')} settled by those.")
        if left:
            lines.append(f"{count(left, 'pair')} left for later.")
        return lines
