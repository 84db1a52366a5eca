"""Feedback comes, changes and is taken back while people rule on what says the same."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule

from factories import (
    a_workspace,
    an_incoming,
    imported,
    regroup,
    unreadable,
    unsound,
)
from triage.connector import Kind
from triage.errors import Conflict
from triage.model import Feedback
from triage.workspace import Workspace
from undoing import Undoing

SAYINGS = (
    "the export to a file loses all tags of a large notebook",
    "the export to a file loses all of the tags of a very large notebook",
    "Hello, the export to a file loses all tags of a large notebook!",
    "dark mode hurts my eyes because the editor stays white",
    "the dark mode hurts my eyes because the whole editor stays white",
    "great app",
    "",
)
IDS = st.sampled_from([str(number) for number in range(1, 13)])
TOLD = st.lists(st.tuples(IDS, st.sampled_from(SAYINGS)), min_size=1, max_size=5)
ONE = st.integers(0, 50)


class Arriving(Undoing):
    """Queue, groups, search index and journal are sound after whatever happens."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="arriving-"))
        self.workspace: Workspace = a_workspace(self.folder)
        self.batches: list[int] = []

    def teardown(self) -> None:
        regroup(self.workspace)
        assert unsound(self.workspace) == {}
        assert not self.workspace.counts()["pending"]
        assert self.copies_apart() == []
        self.workspace.close()
        shutil.rmtree(self.folder)

    def copies_apart(self) -> list[tuple[object, ...]]:
        """Equal texts that the machine has in different groups."""
        rows = self.workspace.db.read().execute(
            "SELECT n.text, count(*) FROM normal n"
            " LEFT JOIN membership m ON m.feedback_id = n.feedback_id"
            " WHERE n.text <> '' GROUP BY n.text HAVING count(*) > 1 AND"
            " (count(m.machine_id) < count(*) OR count(DISTINCT m.machine_id) > 1)"
        )
        return list(map(tuple, rows))

    @invariant()
    def is_sound(self) -> None:
        assert unsound(self.workspace) == {}

    def heard(self) -> list[Feedback]:
        return self.workspace.feedback_many(
            sorted(self.workspace.ids(None, "source:mail"))
        )

    def has_two(self) -> bool:
        return len(self.workspace.ids(None, "source:mail", limit=2)) == 2

    @rule(told=TOLD, group=st.booleans(), page=st.integers(1, 5))
    def bring(self, told: Sequence[tuple[str, str]], group: bool, page: int) -> None:
        these = [an_incoming(name, body) for name, body in told]
        ended = imported(self.workspace, these, group=group, page=page)
        self.batches.append(ended.batch_id)

    @rule(name=IDS, kind=st.sampled_from(Kind), body=st.sampled_from(SAYINGS))
    def change_kind(self, name: str, kind: Kind, body: str) -> None:
        told = (
            unreadable(name)
            if kind is Kind.QUARANTINED
            else an_incoming(name, body, kind=kind)
        )
        self.batches.append(imported(self.workspace, [told], group=False).batch_id)

    @precondition(lambda self: self.batches)
    @rule(which=ONE)
    def take_back(self, which: int) -> None:
        try:
            self.workspace.take_back(self.batches[-1 - which % len(self.batches)])
        except Conflict:
            return

    @rule()
    def compare(self) -> None:
        regroup(self.workspace)

    @precondition(has_two)
    @rule(one=ONE, other=ONE)
    def merge(self, one: int, other: int) -> None:
        heard = self.heard()
        left, right = heard[one % len(heard)], heard[other % len(heard)]
        if left.id != right.id:
            self.workspace.merge([left], [right])

    @precondition(has_two)
    @rule(one=ONE)
    def split(self, one: int) -> None:
        heard = self.heard()
        group = self.workspace.group_of(heard[one % len(heard)])
        if len(group.members) > 1:
            self.workspace.split([group.members[one % len(group.members)].feedback])

    @precondition(has_two)
    @rule(one=ONE)
    def decline(self, one: int) -> None:
        heard = self.heard()
        self.workspace.decline([heard[one % len(heard)]], "not planned")


TestArriving = Arriving.TestCase
TestArriving.__doc__ = (
    "Whatever arrives, changes or goes, every derived table is sound."
)
TestArriving.settings = settings(max_examples=25, stateful_step_count=25, deadline=None)
