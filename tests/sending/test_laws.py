"""Whatever people write, drop, undo and send, each reply is told once and stays."""

from __future__ import annotations

import shutil
import sys
import tempfile
from contextlib import ExitStack
from itertools import pairwise
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

import shops
from answering import a_shop, sent, synced
from factories import unsound
from servers.served import served
from servers.shop import Shop, review
from triage.errors import Conflict
from triage.workspace import Workspace

TEXT = st.sampled_from(["Thank you", "Sorry", "5.3 mends it"])
WHICH = st.integers(0, 20)
REVIEWS = 3


class Answering(RuleBasedStateMachine):
    """People answer reviews at a shop that takes replies, refuses, and forgets to say."""

    def __init__(self) -> None:
        super().__init__()
        self.open = ExitStack()
        folder = Path(tempfile.mkdtemp(prefix="answering-"))
        self.open.callback(shutil.rmtree, folder)
        sys.path.insert(0, str(shops.install(folder / "installed")))
        self.open.callback(sys.path.remove, str(folder / "installed"))
        self.open.callback(shops.forget)
        self.shop = Shop(reviews=[review(f"a{number}") for number in range(REVIEWS)])
        url = self.open.enter_context(served(self.shop.answer))
        self.workspace = self.open.enter_context(Workspace(a_shop(folder, url)))
        self.gone_out: dict[int, str] = {}

    @initialize()
    def begin(self) -> None:
        synced(self.workspace)

    def teardown(self) -> None:
        self.open.close()

    @rule(which=WHICH, text=TEXT)
    def draft(self, which: int, text: str) -> None:
        said = self.workspace.feedback(f"f{which % REVIEWS + 1}")
        self.workspace.draft_reply(said, text)

    @rule(which=WHICH, text=TEXT)
    def redraft(self, which: int, text: str) -> None:
        found = self.workspace.drafts()
        if found:
            self.workspace.redraft(found[which % len(found)].draft, text)

    @rule(which=WHICH)
    def drop(self, which: int) -> None:
        found = self.workspace.drafts()
        if found:
            self.workspace.drop_drafts([found[which % len(found)].draft])

    @rule()
    def undo(self) -> None:
        try:
            self.workspace.undo()
        except Conflict as error:
            if not self.gone_out or "cannot be unsaid" not in str(error):
                raise

    @rule()
    def redo(self) -> None:
        try:
            self.workspace.redo()
        except Conflict as error:
            if "cannot be unsaid" not in str(error):
                raise

    @rule(
        fault=st.sampled_from(["", 403, "lost", "lies"]),
        every=st.booleans(),
        again=st.booleans(),
    )
    def send(self, fault: Any, every: bool, again: bool) -> None:
        self.shop.faults[""] = fault
        views = self.workspace.drafts(every=every)
        sent(self.workspace, [view.draft for view in views], again=again)
        self.gone_out |= {
            view.draft.id: view.draft.text
            for view in self.workspace.drafts(every=True)
            if view.state == "sent"
        }

    @invariant()
    def is_sound(self) -> None:
        assert unsound(self.workspace) == {}

    @invariant()
    def what_was_sent_stays(self) -> None:
        now = {view.draft.id: view for view in self.workspace.drafts(every=True)}
        for key, text in self.gone_out.items():
            assert (now[key].state, now[key].draft.text) == ("sent", text)

    @invariant()
    def no_words_were_told_twice_in_a_row(self) -> None:
        """Each review was told what differs from what it was told before."""
        for name in {name for name, _ in self.shop.told}:
            told = [text for one, text in self.shop.told if one == name]
            assert all(a != b for a, b in pairwise(told))


TestAnswering = Answering.TestCase
TestAnswering.__doc__ = "What was sent stays, is told once, and all is sound."
TestAnswering.settings = settings(
    max_examples=12, stateful_step_count=15, deadline=None
)
