"""Who sleeps until new evidence wakes when something new is beside them, and only then."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from factories import an_incoming, imported, regroup, unsound
from triage.connector import Kind
from triage.errors import Conflict
from triage.model import Feedback, State
from triage.workspace import Workspace

SAYINGS = (
    "the export to a file loses all tags of a large notebook",
    "the export to a file loses all of the tags of a very large notebook",
    "dark mode hurts my eyes because the editor stays white",
    "great app",
)
IDS = st.sampled_from([str(number) for number in range(1, 13)])
TOLD = st.lists(
    st.tuples(IDS, st.sampled_from(SAYINGS), st.sampled_from(["", "t1", "t2"])),
    min_size=1,
    max_size=3,
)
ONE = st.integers(0, 50)
SOME = st.lists(ONE, min_size=1, max_size=3)


@dataclass(frozen=True)
class Sleep:
    """What a person said, as the model remembers it."""

    known: frozenset[int] | None
    until: datetime | None


Beds = dict[int, Sleep]


class Sleeping(RuleBasedStateMachine):
    """A naive model remembers what had been heard; the store must agree after each act."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="sleeping-"))
        self.now = datetime(2026, 3, 2, 12, tzinfo=UTC)
        self.workspace = self.open()
        self.asleep: Beds = {}
        self.past: list[Beds] = []
        self.future: list[Beds] = []
        self.batches: list[int] = []

    def open(self) -> Workspace:
        return Workspace(self.folder / "work.db", clock=lambda: self.now)

    def teardown(self) -> None:
        self.workspace.close()
        shutil.rmtree(self.folder)

    def heard(self) -> list[Feedback]:
        return self.workspace.feedback_many(sorted(self.workspace.ids(None)))

    def some(self, which: Sequence[int]) -> list[Feedback]:
        heard = self.heard()
        return list(
            {one.id: one for w in which for one in [heard[w % len(heard)]]}.values()
        )

    def is_awake(self, feedback: Feedback, sleep: Sleep, heard: list[Feedback]) -> bool:
        if sleep.until is not None and sleep.until <= self.now:
            return True
        if sleep.known is None:
            return False
        group = {m.feedback.id for m in self.workspace.group_of(feedback).members}
        beside = [
            one for one in heard
            if one.id in group or (feedback.thread and one.thread == feedback.thread)
        ]  # fmt: skip
        return any(one.number not in sleep.known for one in beside)

    @invariant()
    def the_store_agrees(self) -> None:
        self.workspace.wake()
        heard = self.heard()
        expected = {
            one.id: State.INBOX
            if one.id not in self.asleep
            or self.is_awake(one, self.asleep[one.id], heard)
            else State.SNOOZED
            for one in heard
        }
        stands = self.workspace.dispositions([one.id for one in heard])
        found = {
            one.id: stands[one.id].standing(self.now)
            if one.id in stands
            else State.INBOX
            for one in heard
        }
        assert found == expected
        rows = self.workspace.rows([one.id for one in heard], None)
        assert {row.id: row.state for row in rows} == expected
        for state in (State.INBOX, State.SNOOZED):
            listed = sum(
                row.items
                for row in self.workspace.rows(self.workspace.ids(state), state)
            )
            assert listed == sum(one is state for one in expected.values())
        assert unsound(self.workspace) == {}

    def decided(self, after: Beds) -> None:
        if after != self.asleep:
            self.past.append(self.asleep)
            self.asleep = after
            self.future.clear()

    # What arrives, changes and goes

    @rule(told=TOLD, group=st.booleans())
    def bring(self, told: Sequence[tuple[str, str, str]], group: bool) -> None:
        these = [an_incoming(name, body, thread=thread) for name, body, thread in told]
        self.batches.append(imported(self.workspace, these, group=group).batch_id)

    @rule(name=IDS, body=st.sampled_from(SAYINGS))
    def answer_ourselves(self, name: str, body: str) -> None:
        told = an_incoming(name, body, kind=Kind.AGENT, thread="t1")
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

    @rule(hours=st.integers(1, 60))
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @rule()
    def close_and_open(self) -> None:
        self.workspace.close()
        self.workspace = self.open()

    # What a person does

    @precondition(lambda self: self.heard())
    @rule(which=SOME, hours=st.none() | st.integers(1, 48), on_evidence=st.booleans())
    def snooze(self, which: list[int], hours: int | None, on_evidence: bool) -> None:
        if hours is None and not on_evidence:
            return
        until = None if hours is None else self.now + timedelta(hours=hours)
        last = self.workspace.last_number()
        known = frozenset(range(last + 1)) if on_evidence else None
        some = self.some(which)
        self.workspace.snooze(some, until, on_evidence=on_evidence)
        self.decided(self.asleep | {one.id: Sleep(known, until) for one in some})

    @precondition(lambda self: self.heard())
    @rule(which=SOME)
    def reopen(self, which: list[int]) -> None:
        some = self.some(which)
        self.workspace.reopen(some)
        gone = {one.id for one in some}
        self.decided({key: one for key, one in self.asleep.items() if key not in gone})

    @precondition(lambda self: len(self.heard()) > 1)
    @rule(one=ONE, other=ONE)
    def merge(self, one: int, other: int) -> None:
        left, right = self.some([one])[0], self.some([other])[0]
        if left.id != right.id and self.workspace.merge([left], [right]):
            self.past.append(self.asleep)
            self.future.clear()

    @precondition(lambda self: self.heard())
    @rule(one=ONE)
    def split(self, one: int) -> None:
        group = self.workspace.group_of(self.some([one])[0])
        if len(group.members) > 1 and self.workspace.split([group.members[0].feedback]):
            self.past.append(self.asleep)
            self.future.clear()

    @precondition(lambda self: self.past)
    @rule()
    def undo(self) -> None:
        assert self.workspace.undo()
        self.future.append(self.asleep)
        self.asleep = self.past.pop()

    @precondition(lambda self: self.future)
    @rule()
    def redo(self) -> None:
        try:
            assert self.workspace.redo()
        except Conflict:
            # What it was about went with an import that was taken back.
            self.future.clear()
            return
        self.past.append(self.asleep)
        self.asleep = self.future.pop()


TestSleeping = Sleeping.TestCase
TestSleeping.__doc__ = "Whatever arrives or is decided, the right ones are awake."
TestSleeping.settings = settings(max_examples=25, stateful_step_count=25, deadline=None)
