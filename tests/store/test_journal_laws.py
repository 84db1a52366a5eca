"""Whatever people decide, in whatever order, can be taken back and done again."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from factories import a_workspace, decisions, derived, imported, numbered, unsound
from triage.draft import Draft
from triage.errors import Conflict, NotFound, UsageError
from triage.model import (
    Evidence,
    Extent,
    Feedback,
    Horizon,
    Importance,
    PainPoint,
    Priority,
    RoadmapItem,
    RoadmapStatus,
    Verdict,
)
from triage.operations import drafts, pain_points
from triage.operations.pain_points import BY_ITSELF, Span, text_of
from triage.research import Feeling, Meaning
from triage.workspace import Group, Workspace

BODIES = (
    *["the export to a file loses all tags of a large notebook"] * 3,
    "the export to a file loses all of the tags of a very large notebook",
    *["dark mode hurts my eyes because the editor stays white"] * 2,
    "I was charged twice in march and nobody answers my mails",
    "please add a keyboard shortcut to archive the open note",
    "sync between phone and laptop takes an hour every morning",
    "great app",
    "great app",
    "love the new search, finds everything in a second",
)
WORDS = st.sampled_from(
    ["not planned", "later", "Exports lose tags", "Ünïcode “quoted”"]
)
TAG = st.sampled_from(["billing", "Billing", "bïlling", "not planned", "later"])
FELT = st.none() | st.sampled_from(Feeling)
TAGS = st.lists(TAG, max_size=2)
SOME = st.lists(st.integers(0, len(BODIES) - 1), min_size=1, max_size=4, unique=True)
ONE = st.integers(0, 50)


class Deciding(RuleBasedStateMachine):
    """
    A person decides, undoes and redoes, and the program is closed in between.

    Every list a person sees and every decision table is sound after every act; in the
    end everything is taken back and done again.
    """

    template: Path

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="deciding-"))
        self.workspace: Workspace

    @initialize()
    def begin(self) -> None:
        shutil.copy(_template(), self.folder / "work.db")
        self.workspace = a_workspace(self.folder)
        self.told = self.workspace.feedback_many(
            sorted(self.workspace.ids(None, "source:mail"))
        )
        assert len(self.told) == len(BODIES)
        self.start = decisions(self.workspace.db), derived(self.workspace.db)

    def teardown(self) -> None:
        if hasattr(self, "workspace"):
            self.take_everything_back_and_do_it_again()
            self.workspace.close()
        shutil.rmtree(self.folder)

    def take_everything_back_and_do_it_again(self) -> None:
        db = self.workspace.db
        end = decisions(db), derived(db)
        steps = 0
        while self.workspace.undo():
            steps += 1
        assert self.start == (decisions(db), derived(db))
        for _ in range(steps):
            assert self.workspace.redo()
        assert end == (decisions(db), derived(db))

    @invariant()
    def is_sound(self) -> None:
        if hasattr(self, "workspace"):
            assert unsound(self.workspace) == {}

    # What is there to decide on

    def some(self, which: Sequence[int]) -> list[Feedback]:
        return [self.told[index] for index in which]

    def pains(self) -> list[PainPoint]:
        return [view.pain_point for view, _ in self.workspace.pain_points()]

    def items(self) -> list[RoadmapItem]:
        return [view.item for view in self.workspace.roadmap()]

    def quotes(self) -> list[Evidence]:
        views = [view for view, _ in self.workspace.pain_points()]
        return sorted(
            (quote.evidence for view in views for quote in view.quotes),
            key=lambda one: one.id,
        )

    def group(self, which: int) -> Group:
        return self.workspace.group_of(self.told[which % len(self.told)])

    @staticmethod
    def one_of(found: Sequence[Any], which: int) -> Any:
        return found[which % len(found)]

    def has_pains(self) -> bool:
        return hasattr(self, "workspace") and bool(self.pains())

    def has_quotes(self) -> bool:
        return hasattr(self, "workspace") and bool(self.quotes())

    def has_plans(self) -> bool:
        return self.has_pains() and bool(self.items())

    # Where feedback stands

    @rule(which=SOME, reason=WORDS)
    def decline(self, which: list[int], reason: str) -> None:
        self.workspace.decline(self.some(which), reason)

    @rule(which=SOME)
    def archive(self, which: list[int]) -> None:
        self.workspace.archive(self.some(which))

    @rule(which=SOME)
    def spam(self, which: list[int]) -> None:
        self.workspace.spam(self.some(which))

    @rule(which=SOME, days=st.integers(1, 400))
    def snooze(self, which: list[int], days: int) -> None:
        until = datetime.now(UTC) + timedelta(days=days)
        self.workspace.snooze(self.some(which), until)

    @rule(which=SOME)
    def snooze_until_evidence(self, which: list[int]) -> None:
        self.workspace.snooze(self.some(which), on_evidence=True)

    # What is pinned on it

    @rule(which=SOME, add=TAGS, remove=TAGS)
    def tag(self, which: list[int], add: list[str], remove: list[str]) -> None:
        with contextlib.suppress(UsageError):
            self.workspace.tag(self.some(which), add=add, remove=remove)

    @rule(which=SOME, owner=st.sampled_from(["dana", "Özgür", ""]))
    def own(self, which: list[int], owner: str) -> None:
        self.workspace.own(self.some(which), owner)

    @rule(old=TAG, new=TAG)
    def rename_tag(self, old: str, new: str) -> None:
        with contextlib.suppress(NotFound):
            self.workspace.rename_tag(old, new)

    @rule(which=SOME, text=WORDS)
    def note(self, which: list[int], text: str) -> None:
        self.workspace.note(self.some(which), text)

    @rule(which=ONE, note=ONE, text=st.none() | WORDS)
    def change_note(self, which: int, note: int, text: str | None) -> None:
        found = self.workspace.notes(self.one_of(self.told, which))
        if found and text:
            self.workspace.rewrite_note(self.one_of(found, note), text)
        elif found:
            self.workspace.strike_note(self.one_of(found, note))

    # What is heard in it

    @rule(which=ONE, start=st.integers(0, 3), feeling=FELT, tags=TAGS)
    def highlight(
        self, which: int, start: int, feeling: Feeling | None, tags: list[str]
    ) -> None:
        said = self.one_of(self.told, which)
        self.workspace.highlight(said, Span(start, 9), feeling=feeling, tags=tags)

    @rule(which=ONE, meaning=st.sampled_from([None, *Meaning]), goes=st.booleans())
    def change_highlight(self, which: int, meaning: Meaning | None, goes: bool) -> None:
        found = self.workspace.highlights()
        if found and goes:
            self.workspace.remove_highlight(self.one_of(found, which))
        elif found:
            self.workspace.change_highlight(self.one_of(found, which), meaning=meaning)

    # What others are to be told

    @rule(which=SOME, text=WORDS)
    def reply(self, which: list[int], text: str) -> None:
        waiting = {view.draft.feedback_id: view for view in self.workspace.drafts()}
        some = self.some(which)
        first = self.workspace.reserve("draft", len(some))
        pairs: list[tuple[Draft | None, Draft]] = []
        for key, said in enumerate(some, first):
            before = waiting[said.id].draft if said.id in waiting else None
            new = Draft(
                id=key, source="mail", act="reply", key=f"{key:032x}", text=text,
                feedback_id=said.id, at=datetime.now(UTC),
            )  # fmt: skip
            pairs.append((before, replace(before, text=text) if before else new))
        self.workspace.do(drafts.reply(pairs, some))

    @rule(which=ONE, text=WORDS)
    def redraft(self, which: int, text: str) -> None:
        found = self.workspace.drafts(every=True)
        if found:
            chosen = self.one_of(found, which).draft
            self.workspace.do(drafts.redraft(chosen, replace(chosen, text=text)))

    @rule(count=st.integers(1, 3))
    def drop_drafts(self, count: int) -> None:
        self.workspace.drop_drafts(
            [view.draft for view in self.workspace.drafts()[:count]]
        )

    @rule(
        which=SOME,
        language=st.sampled_from([None, "de", "as-read"]),
        sentiment=st.sampled_from(["negative", "positive", "as-read"]),
    )
    def correct(self, which: list[int], language: str | None, sentiment: str) -> None:
        self.workspace.correct(self.some(which), language=language, sentiment=sentiment)

    @rule(which=SOME)
    def reopen(self, which: list[int]) -> None:
        self.workspace.reopen(self.some(which))

    @rule(which=SOME, title=WORDS, start=st.integers(0, 5), end=st.integers(6, 9))
    def accept_into_new(
        self, which: list[int], title: str, start: int, end: int
    ) -> None:
        self.workspace.accept(self.some(which), title, span=Span(start, end))

    @precondition(has_pains)
    @rule(which=SOME, pain=ONE)
    def accept(self, which: list[int], pain: int) -> None:
        self.workspace.accept(self.some(which), self.one_of(self.pains(), pain).id)

    # What says the same

    @rule(one=ONE, other=ONE)
    def merge(self, one: int, other: int) -> None:
        moved, into = self.group(one), self.group(other)
        if moved.id != into.id:
            self.workspace.merge(_members(moved), _members(into))

    @rule(one=ONE, other=ONE)
    def merge_two_members(self, one: int, other: int) -> None:
        left, right = self.one_of(self.told, one), self.one_of(self.told, other)
        if left.id != right.id:
            self.workspace.merge([left], [right])

    @rule(one=ONE, count=st.integers(1, 3))
    def split(self, one: int, count: int) -> None:
        members = _members(self.group(one))
        if len(members) > 1:
            self.workspace.split(members[: min(count, len(members) - 1)])

    @rule(one=ONE, other=ONE, verdict=st.sampled_from(list(Verdict)[1:]))
    def set_apart(self, one: int, other: int, verdict: Verdict) -> None:
        left, right = self.group(one), self.group(other)
        if left.id != right.id:
            self.workspace.set_apart(_members(left), _members(right), verdict)

    # What hurts

    @rule(title=WORDS)
    def capture(self, title: str) -> None:
        self.workspace.capture(title)

    @precondition(has_pains)
    @rule(
        pain=ONE, title=WORDS, severity=st.none() | st.integers(1, 5),
        tags=st.lists(WORDS, max_size=2).map(tuple),
    )  # fmt: skip
    def edit(self, pain: int, **columns: Any) -> None:
        self.workspace.edit(self.one_of(self.pains(), pain), **columns)

    @precondition(has_pains)
    @rule(pain=ONE, priority=st.sampled_from(Priority))
    def prioritise(self, pain: int, priority: Priority) -> None:
        self.workspace.prioritise(self.one_of(self.pains(), pain), priority)

    @precondition(has_pains)
    @rule(pain=ONE, which=ONE, end=st.integers(1, 9))
    def attach(self, pain: int, which: int, end: int) -> None:
        said = self.one_of(self.told, which)
        point = self.one_of(self.pains(), pain)
        self.workspace.attach(said, point, Span(0, min(end, len(text_of(said)))))

    @precondition(has_pains)
    @rule(pain=ONE, which=SOME)
    def attach_unasked(self, pain: int, which: list[int]) -> None:
        point = self.one_of(self.pains(), pain)
        first = self.workspace.reserve("evidence", len(which))
        placed = [
            (
                said,
                point,
                pain_points.quote(
                    key, said, point.id, None, importance=Importance.IMPORTANT,
                    observed=True, at=datetime.now(UTC), by=BY_ITSELF,
                ),
            )
            for key, said in enumerate(self.some(which), first)
        ]  # fmt: skip
        self.workspace.do(pain_points.attach_unasked(placed))

    @precondition(has_quotes)
    @rule(quote=ONE)
    def detach(self, quote: int) -> None:
        self.workspace.detach(self.one_of(self.quotes(), quote))

    @precondition(has_quotes)
    @rule(quote=ONE, importance=st.sampled_from(Importance), observed=st.booleans())
    def weigh(self, quote: int, importance: Importance, observed: bool) -> None:
        chosen = self.one_of(self.quotes(), quote)
        self.workspace.weigh(chosen, importance, observed=observed)

    # What is planned

    @rule(title=WORDS, horizon=st.sampled_from(Horizon))
    def plan(self, title: str, horizon: Horizon) -> None:
        self.workspace.plan(title, horizon)

    @precondition(has_plans)
    @rule(item=ONE, status=st.sampled_from(RoadmapStatus))
    def reschedule(self, item: int, status: RoadmapStatus) -> None:
        chosen = self.one_of(self.items(), item)
        self.workspace.reschedule(chosen, status=status)

    @precondition(has_plans)
    @rule(pain=ONE, item=ONE, extent=st.sampled_from(Extent))
    def link(self, pain: int, item: int, extent: Extent) -> None:
        self.workspace.link(
            self.one_of(self.pains(), pain), self.one_of(self.items(), item), extent
        )

    @precondition(has_plans)
    @rule(pain=ONE)
    def unlink(self, pain: int) -> None:
        view = self.workspace.pain_point(self.one_of(self.pains(), pain).id)
        for plan in view.plans:
            self.workspace.unlink(view.pain_point, plan.item)

    # And then

    @rule()
    def undo(self) -> None:
        self.workspace.undo()

    @rule()
    def redo(self) -> None:
        self.workspace.redo()

    @rule(which=ONE)
    def undo_an_earlier_step(self, which: int) -> None:
        done = [one for one in self.workspace.history() if one.state == "done"]
        if not done:
            return
        before = decisions(self.workspace.db), derived(self.workspace.db)
        try:
            self.workspace.undo(self.one_of(done, which).id)
        except Conflict:
            after = decisions(self.workspace.db), derived(self.workspace.db)
            assert before == after

    @rule()
    def close_and_open(self) -> None:
        self.workspace.close()
        self.workspace = a_workspace(self.folder)


def _members(group: Group) -> list[Feedback]:
    return [member.feedback for member in group.members]


_MADE: list[Path] = []


def _template() -> Path:
    """A workspace with feedback in it, made once and copied for every example."""
    if not _MADE:
        folder = Path(tempfile.mkdtemp(prefix="template-"))
        with a_workspace(folder) as made:
            imported(made, numbered(BODIES))
            _MADE.append(folder / "work.db")
    return _MADE[0]


TestDeciding = Deciding.TestCase
TestDeciding.__doc__ = (
    "Undo-all is the start, redo-all the end, and all is sound between."
)
TestDeciding.settings = settings(max_examples=20, stateful_step_count=25, deadline=None)
