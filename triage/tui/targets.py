"""Which feedback a row stands for, as the person saw it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from triage.model import Disposition, Feedback, State
from triage.query import NOTHING, Query
from triage.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """
    What a list shows.

    Attributes:
        state: Where its feedback stands; None for wherever.
        last_number: The latest arrival when it was opened; who came later was not seen.
        text: What it is narrowed to, as it was typed.
        query: The same, understood.
    """

    state: State | None
    last_number: int
    text: str = ""
    query: Query = NOTHING

    @property
    def is_each(self) -> bool:
        """Whether each row is one feedback, and not a group."""
        return self.state is None or self.query.each

    @property
    def is_plain(self) -> bool:
        """Whether it is all of a queue, newest first."""
        return not (self.text or self.is_each)


def members(workspace: Workspace, keys: Sequence[int], view: View) -> list[Feedback]:
    """
    The feedback these rows stand for: of a group, those that stand in this queue.

    Whoever joined the group after the list was opened is left where they are: nobody
    has read them yet.
    """
    if view.state is None or view.is_each:
        return workspace.feedback_many(keys)
    # A row stands at its newest member: the one a person read comes first.
    return workspace.standing(keys, view.state, last_number=view.last_number)


def standing(disposition: Disposition | None, now: datetime) -> State:
    """Where a feedback stands at this moment."""
    return disposition.standing(now) if disposition else State.INBOX


@dataclass(frozen=True, slots=True)
class Standing:
    """Which rows a list should have, and which not, after some feedback moved."""

    present: frozenset[int]
    absent: frozenset[int]


def rows_of(workspace: Workspace, moved: Sequence[int], view: View) -> Standing:
    """
    Where the rows of feedback that moved belong now.

    A group is one row, at its newest member that stands in the view and was seen; so
    one that moved may take the row of another, or leave it to another.
    """
    present: set[int] = set()
    absent: set[int] = set()
    now = workspace.clock()
    groups = set()
    for row in workspace.rows(moved, view.state):
        if view.is_each or row.total == 1:
            is_here = view.state in {None, row.state}
            (present if is_here else absent).add(row.id)
        else:
            groups.add(row.group_id)
    for group_id in groups:
        everyone = workspace.group(group_id).members
        here = [
            member.feedback.id
            for member in everyone
            if standing(member.disposition, now) is view.state
            and member.feedback.number <= view.last_number
        ]
        absent.update(member.feedback.id for member in everyone)
        present.update([max(here)] if here else [])
    return Standing(frozenset(present), frozenset(absent - present))
