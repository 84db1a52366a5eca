"""Whoever is joined, parted or arrives, in whatever order, counts as one say it."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule

from factories import a_workspace, an_incoming, decisions, derived, imported, unsound
from triage.connector import Incoming
from triage.errors import Conflict
from triage.store import faces
from triage.workspace import Workspace
from undoing import Undoing

EXPORT = "the export to a file loses all tags of a large notebook"
FACES = 6
ONE = st.integers(0, FACES - 1)


class Joining(Undoing):
    """
    A person rules on six customers while these go on speaking.

    What counting says is worked out from the rulings anew after each act; in the end
    everything is taken back and done again.
    """

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="joining-"))
        self.workspace: Workspace = a_workspace(self.folder)
        self.said = 0
        self.batches: list[int] = []
        for face in range(FACES):
            self.speak(face)
        self.undecided = decisions(self.workspace.db)

    def teardown(self) -> None:
        db = self.workspace.db
        end, steps = (decisions(db), derived(db)), 0
        while self.workspace.undo():
            steps += 1
        assert decisions(db) == self.undecided
        assert derived(db)["person"] == []
        assert unsound(self.workspace) == {}
        for _ in range(steps):
            assert self.workspace.redo()
        assert (decisions(db), derived(db)) == end
        self.workspace.close()
        shutil.rmtree(self.folder)

    def told(self, face: int) -> Incoming:
        self.said += 1
        return an_incoming(
            str(self.said), EXPORT, author=f"p{face}", email=f"p{face}@x{face}.example"
        )

    def customer(self, face: int) -> int:
        read = self.workspace.db.read()
        key = f"mailto:p{face}@x{face}.example"
        row = read.execute("SELECT id FROM customer WHERE key = ?", (key,)).fetchone()
        return int(row["id"]) if row else self.customer(0)

    @invariant()
    def counts_as_ruled(self) -> None:
        read = self.workspace.db.read()
        one_of = {row[0]: {row[0]} for row in read.execute("SELECT id FROM customer")}
        rulings = read.execute("SELECT * FROM person_ruling").fetchall()
        for row in rulings:
            if row["verdict"] == "same":
                both = one_of[row["left_id"]] | one_of[row["right_id"]]
                one_of.update(dict.fromkeys(both, both))
        for key, everybody in one_of.items():
            person = faces.person(read, key)
            assert person.id == min(everybody)
            assert {face.id for face in person.faces} == everybody
        for row in rulings:
            if row["verdict"] == "different":
                assert row["right_id"] not in one_of[row["left_id"]]
        spoke = {
            min(one_of[row[0]])
            for row in read.execute("SELECT customer_id FROM feedback")
        }
        rows = self.workspace.rows(self.workspace.ids(None), None)
        assert rows[0].people == len(spoke)
        assert len(self.workspace.people()) == len(spoke)
        assert unsound(self.workspace) == {}

    @rule(face=ONE)
    def speak(self, face: int) -> None:
        self.batches.append(imported(self.workspace, [self.told(face)]).batch_id)

    @precondition(lambda self: len(self.batches) > 1)
    @rule()
    def take_back(self) -> None:
        self.workspace.take_back(self.batches.pop())

    @rule(one=ONE, other=ONE)
    def join(self, one: int, other: int) -> None:
        self.workspace.join(self.customer(one), self.customer(other))

    @rule(one=ONE, other=ONE)
    def part(self, one: int, other: int) -> None:
        if self.customer(one) != self.customer(other):
            self.workspace.part(self.customer(one), self.customer(other))

    @rule(one=ONE, plan=st.sampled_from(["free", "pro", ""]))
    def set_company(self, one: int, plan: str) -> None:
        self.workspace.set_company(f"x{one}.example", {"plan": plan})

    @rule(which=st.integers(0, 50))
    def undo_an_earlier_step(self, which: int) -> None:
        done = [one for one in self.workspace.history() if one.state == "done"]
        if done:
            before = decisions(self.workspace.db), derived(self.workspace.db)
            try:
                self.workspace.undo(done[which % len(done)].id)
            except Conflict:
                after = decisions(self.workspace.db), derived(self.workspace.db)
                assert before == after

    @rule()
    def close_and_open(self) -> None:
        self.workspace.close()
        self.workspace = a_workspace(self.folder)


TestJoining = Joining.TestCase
TestJoining.__doc__ = (
    "Rulings are followed everywhere at once, and undone in any order."
)
TestJoining.settings = settings(max_examples=15, stateful_step_count=20, deadline=None)
