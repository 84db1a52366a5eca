"""Whatever was decided, undone or told anew since, a ranking of then is what it was."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule

from factories import a_workspace, an_incoming, imported
from triage.errors import Conflict, TriageError
from triage.model import Evidence, Feedback, Importance, Priority
from triage.operations.changes import added, edited, moment, removed
from triage.scoring import FORMULAS, Ranking
from triage.step import Change, Step
from triage.weights import Segment, Weights
from triage.workspace import Workspace
from undoing import Undoing

FACES = 5
ONE = st.integers(0, FACES - 1)
ANY = st.integers(0, 20)
PLANS = ("free", "pro", "enterprise")

WEIGHINGS = (
    Weights(),
    Weights(
        segments=(
            Segment("big", "plan:enterprise", 3),
            Segment("beta", "tag:beta -plan:free", 2),
            Segment("quoted", "is:linked in:accepted"),
        ),
        drivers={"reach": 1.0, "joy": 2.0},
    ),
    Weights(company_cap=2, inferred=1.0, segments=(Segment("rich", "revenue:>100"),)),
)

ESTIMATES = (
    "ice_impact", "ice_confidence", "ease", "business_value", "time_criticality",
    "risk_reduction", "job_size", "driver.joy", "place.demand", "place.rice",
    "blocked", "due",
)  # fmt: skip


def now() -> datetime:
    """A moment after every other: no change and no look at it share one."""
    before = after = datetime.now(UTC)
    while after == before:
        after = datetime.now(UTC)
    return after


class Looking(Undoing):
    """
    Somebody decides, undoes and looks at the ranking after each act.

    Every look is repeated later, when much else has happened.
    """

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="looking-"))
        self.workspace: Workspace = a_workspace(self.folder)
        self.weights = WEIGHINGS[0]
        self.said = 0
        self.telling: dict[str, dict[str, Any]] = {}
        self.batches: list[int] = []
        self.looks: list[Ranking] = []
        for face in range(FACES):
            self.speak(face, "free")
        self.workspace.capture("Export loses tags")

    def teardown(self) -> None:
        for one in self.looks:
            self.look_again(one)
        self.workspace.close()
        shutil.rmtree(self.folder)

    @invariant()
    def look(self) -> None:
        now()
        for name in FORMULAS:
            self.looks.append(self.workspace.rank(name, status=None))
        now()

    @rule(which=st.integers(0, 1000))
    def look_at_any_again(self, which: int) -> None:
        self.look_again(self.looks[which % len(self.looks)])

    def look_again(self, one: Ranking) -> None:
        then = self.workspace.rank(one.formula, as_of=one.as_of, status=None)
        assert then == one

    # What there is to choose from

    def feedback(self, which: int) -> Feedback:
        ids = self.workspace.ids(None)
        return self.workspace.feedback(ids[which % len(ids)])

    def pain(self, which: int) -> Any:
        views = [view for view, _ in self.workspace.pain_points()]
        return views[which % len(views)] if views else None

    def evidence(self, which: int) -> Evidence | None:
        quotes = [
            quote.evidence
            for view, _ in self.workspace.pain_points()
            for quote in view.quotes
        ]
        return quotes[which % len(quotes)] if quotes else None

    def customer(self, which: int) -> int:
        read = self.workspace.db.read()
        ids = [row[0] for row in read.execute("SELECT id FROM customer ORDER BY id")]
        return ids[which % len(ids)] if ids else 0

    # What sources tell

    def told(self, name: str) -> None:
        incoming = an_incoming(name, f"tags are lost {name}", **self.telling[name])
        ended = imported(self.workspace, [incoming], group=False)
        self.batches.append(ended.batch_id)

    @rule(face=ONE, plan=st.sampled_from(PLANS))
    def speak(self, face: int, plan: str) -> None:
        self.said += 1
        known = {"email": f"p{face}@x.example"} if face else {}
        self.telling[str(self.said)] = {
            "author": f"p{face}", "company": f"Company {face % 3}" if face % 2 else "",
            "context": {"plan": plan, "mrr": 90 * face}, **known,
        }  # fmt: skip
        self.told(str(self.said))

    @rule(which=ANY, face=ONE, plan=st.sampled_from(PLANS))
    def tell_anew(self, which: int, face: int, plan: str) -> None:
        name = str(1 + which % self.said)
        self.telling[name] |= {
            "email": f"p{face}@x.example", "company": f"company  {face}",
            "context": {"plan": plan, "revenue": 200},
        }  # fmt: skip
        self.told(name)

    @precondition(lambda self: len(self.batches) > 1)
    @rule(which=ANY)
    def take_back(self, which: int) -> None:
        batch = self.batches[which % len(self.batches)]
        try:
            self.workspace.take_back(batch)
        except TriageError:
            return
        self.batches.remove(batch)

    # What people decide

    @rule(severity=st.sampled_from([None, 3]))
    def capture(self, severity: int | None) -> None:
        self.workspace.capture("Sync is slow", severity=severity)

    @rule(which=ANY, pain=ANY, importance=st.sampled_from(Importance))
    def accept(self, which: int, pain: int, importance: Importance) -> None:
        view = self.pain(pain)
        said = self.feedback(which)
        into = view.pain_point.id if view else "Search finds nothing"
        self.workspace.accept([said], into, importance=importance)

    @rule(which=ANY, pain=ANY, observed=st.booleans())
    def attach(self, which: int, pain: int, observed: bool) -> None:
        if view := self.pain(pain):
            said = self.feedback(which)
            self.workspace.attach(said, view.pain_point, observed=observed)

    @rule(which=ANY, importance=st.sampled_from(Importance), observed=st.booleans())
    def weigh(self, which: int, importance: Importance, observed: bool) -> None:
        if one := self.evidence(which):
            self.workspace.weigh(one, importance, observed=observed)

    @rule(which=ANY)
    def detach(self, which: int) -> None:
        if one := self.evidence(which):
            self.workspace.detach(one)

    @rule(
        pain=ANY, effort=st.sampled_from([None, 1.0, 3.0]),
        impact=st.sampled_from([None, 0.5, 3.0]), moscow=st.sampled_from(["", "must"]),
    )  # fmt: skip
    def edit(self, pain: int, **columns: Any) -> None:
        if view := self.pain(pain):
            self.workspace.edit(view.pain_point, confidence=0.8, **columns)

    @rule(pain=ANY, priority=st.sampled_from(Priority))
    def prioritise(self, pain: int, priority: Priority) -> None:
        if view := self.pain(pain):
            self.workspace.prioritise(view.pain_point, priority)

    @rule(pain=ANY, name=st.sampled_from(ESTIMATES), value=st.sampled_from([1, 3, 8]))
    def estimate(self, pain: int, name: str, value: float) -> None:
        view = self.pain(pain)
        if view is None:
            return
        mine = {one.name: one for one in view.estimates}
        columns = {
            "pain_point_id": view.pain_point.id, "name": name, "value": float(value),
            "evidence": "[]", "reason": "asked", "at": moment(now()), "by": "ana",
        }  # fmt: skip
        change: Change | None
        if name not in mine:
            key = self.workspace.reserve("estimate", 1)
            change = added("estimate", key, columns)
        else:
            was = columns | {
                "value": mine[name].value, "at": moment(mine[name].at),
            }  # fmt: skip
            change = (
                removed("estimate", mine[name].id, was)
                if value == 1
                else edited("estimate", mine[name].id, was, columns)
            )
        changes = (change,) if change else ()
        self.workspace.do(Step("estimate", f"Estimated {name}", changes))

    @rule(pain=ANY)
    def link_or_unlink(self, pain: int) -> None:
        view = self.pain(pain)
        if view is None:
            return
        if view.plans:
            self.workspace.unlink(view.pain_point, view.plans[0].item)
        else:
            self.workspace.link(view.pain_point, self.workspace.plan("Faster"))

    @rule(which=ANY, add=st.booleans())
    def tag(self, which: int, add: bool) -> None:
        tags = {"add" if add else "remove": ["beta"]}
        self.workspace.tag([self.feedback(which)], **tags)

    @rule(which=ANY)
    def archive_or_reopen(self, which: int) -> None:
        said = self.feedback(which)
        if self.workspace.dispositions([said.id]):
            self.workspace.reopen([said])
        else:
            self.workspace.archive([said])

    @rule(one=ONE, other=ONE, together=st.booleans())
    def rule_on_people(self, one: int, other: int, together: bool) -> None:
        ours, theirs = self.customer(one), self.customer(other)
        if ours != theirs:
            ruling = self.workspace.join if together else self.workspace.part
            ruling(ours, theirs)

    @rule(which=st.integers(0, 50))
    def undo_an_earlier_step(self, which: int) -> None:
        done = [one for one in self.workspace.history() if one.state == "done"]
        if done:
            try:
                self.workspace.undo(done[which % len(done)].id)
            except Conflict:
                return

    @rule(weights=st.sampled_from(WEIGHINGS))
    def weigh_otherwise(self, weights: Weights) -> None:
        self.weights = weights
        self._settle()

    @rule()
    def close_and_open(self) -> None:
        self.workspace.close()
        self.workspace = a_workspace(self.folder)
        self._settle()

    def _settle(self) -> None:
        config = self.workspace.config
        self.workspace.config = replace(config, weights=self.weights)


TestLooking = Looking.TestCase
TestLooking.__doc__ = "A ranking taken at any moment is the same when asked for later."
TestLooking.settings = settings(
    max_examples=8, stateful_step_count=30, deadline=None, phases=[Phase.generate]
)
