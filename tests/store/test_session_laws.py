"""Whatever is done with sessions, undone it gives back the very rows, feedback too."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, precondition, rule

from factories import a_workspace, an_incoming, decisions, imported, unsound
from triage.errors import Conflict
from triage.operations.session_text import parsed
from triage.research import Consent
from triage.workspace import SessionView, Workspace
from undoing import Undoing

TEXTS = (
    (
        "---\nparticipant: Ana\ndate: 2026-03-01\nconsent: named\nfollow-ups:\n- [ ] call\n"
        "- [ ] write\n---\n==the export loses all my tags== {angry 3} of a large notebook"
    ),
    (
        "---\nparticipant: Ben\ndate: 2026-03-01\n---\nthe export loses all my tags, so I"
        " ==write them down by hand== {#export} each week"
    ),
    (
        "---\ntitle: Visit\nkind: visit\ndate: 2026-02-01\nconsent: no\n---\n==They== wrote"
        " the tags ==by hand== on paper"
    ),
    "---\nkind: survey\nrating: 9\nscale: 0-10\nmetric: nps\n---\n",
)
WHICH = st.integers(0, 50)


class Researching(Undoing):
    """Sessions written, changed, agreed to, removed, triaged and quoted."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="researching-"))
        self.workspace: Workspace

    @initialize()
    def begin(self) -> None:
        self.workspace = a_workspace(self.folder)
        imported(self.workspace, [an_incoming("1"), an_incoming("2", "dark mode")])
        self.start = self.rows()
        self.workspace.capture("Exports lose tags")

    def teardown(self) -> None:
        if hasattr(self, "workspace"):
            end, count = self.rows(), 0
            while self.workspace.undo():
                count += 1
            assert self.rows() == self.start
            for _ in range(count):
                assert self.workspace.redo()
            assert self.rows() == end
            self.workspace.close()
        shutil.rmtree(self.folder)

    def rows(self) -> Any:
        read = self.workspace.db.read()
        told = (
            "SELECT id, number, source_id, external_id, channel, title, body, author,"
            " company, rating, scale, metric, context, received_at, hash FROM feedback"
            " ORDER BY id"
        )
        found = [tuple(row) for row in read.execute(told)]
        return decisions(self.workspace.db), found

    @invariant()
    def is_sound(self) -> None:
        if hasattr(self, "workspace"):
            assert unsound(self.workspace) == {}
            for view in self.workspace.sessions():
                assert view.feedback.body == view.session.text
                assert view.feedback.number == view.session.number

    def one(self, which: int) -> SessionView:
        found = self.workspace.sessions()
        return found[which % len(found)]

    def has_sessions(self) -> bool:
        return hasattr(self, "workspace") and bool(self.workspace.sessions())

    @rule(text=st.sampled_from(TEXTS))
    def write(self, text: str) -> None:
        made = self.workspace.write_session(parsed(text))
        heard = self.workspace.session_view(made).feedback
        assert heard.received_at.date() == made.held_at.date()

    @precondition(has_sessions)
    @rule(which=WHICH, text=st.sampled_from(TEXTS))
    def rewrite(self, which: int, text: str) -> None:
        self.workspace.rewrite_session(self.one(which).session, parsed(text))

    @precondition(has_sessions)
    @rule(which=WHICH, consent=st.sampled_from(Consent))
    def agree(self, which: int, consent: Consent) -> None:
        view = self.one(which)
        told = replace(self.workspace.session_told(view), consent=consent)
        self.workspace.rewrite_session(view.session, told, keep_others=True)
        after = self.workspace.session_view(view.session)
        assert (after.consent, after.highlights) == (consent, view.highlights)

    @precondition(has_sessions)
    @rule(which=WHICH)
    def say_the_same(self, which: int) -> None:
        view = self.one(which)
        told = parsed(self.workspace.session_text(view))
        assert self.workspace.rewrite_session(view.session, told) is None

    @precondition(has_sessions)
    @rule(which=WHICH, done=st.booleans())
    def keep_follow_up(self, which: int, done: bool) -> None:
        session = self.one(which).session
        if session.follow_ups:
            self.workspace.keep_follow_up(session, 0, done=done)

    @precondition(has_sessions)
    @rule(which=WHICH)
    def remove(self, which: int) -> None:
        view = self.one(which)
        is_decided = bool(
            self.workspace.evidence_of(view.feedback)
            or self.workspace.dispositions([view.feedback.id])
        )
        if is_decided:
            with pytest.raises(Conflict, match=f"rest on {view.feedback.short} "):
                self.workspace.remove_session(view.session)
        else:
            self.workspace.remove_session(view.session)

    @precondition(has_sessions)
    @rule(which=WHICH)
    def archive(self, which: int) -> None:
        self.workspace.archive([self.one(which).feedback])

    @precondition(has_sessions)
    @rule(which=WHICH)
    def quote(self, which: int) -> None:
        view = self.one(which)
        points = [one.pain_point for one, _ in self.workspace.pain_points()]
        if view.session.text and points:
            self.workspace.attach(view.feedback, points[0])


TestResearching = Researching.TestCase
TestResearching.settings = settings(
    settings.get_profile("usual"), max_examples=8, stateful_step_count=12
)
