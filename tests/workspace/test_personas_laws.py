"""Whatever is done to personas and maps: undo gives back the rows, people are people."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from factories import a_workspace, an_incoming, decisions, imported
from triage.empathy import Area
from triage.errors import TriageError
from triage.workspace import PersonaView
from undoing import Undoing

QUERIES = ("", "plan:pro", "state:all", "export", "company:nobody", "-plan:pro")
PEOPLE = ("nina", "omar", "nina", "pia", "")


class Maps(Undoing):
    """A few people, some of whom write twice, and personas that come and go."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.workspace = a_workspace(Path(self.folder.name))
        imported(
            self.workspace,
            [
                an_incoming(
                    str(number), f"the export {number % 3} is slow",
                    email=f"{who}@x.test" if who else "",
                    context={"plan": "pro" if number % 2 else "free"},
                )
                for number, who in enumerate(PEOPLE * 2, 1)
            ],
            group=False,
        )  # fmt: skip
        said = [self.workspace.feedback(f"f{number}") for number in range(1, 6)]
        self.workspace.accept(said, "Slow")

    def teardown(self) -> None:
        """Let go of the file."""
        self.workspace.close()
        self.folder.cleanup()

    @rule(name=st.sampled_from("abc"), query=st.sampled_from(QUERIES))
    def add(self, name: str, query: str) -> None:
        """A persona, unless there is one of that name."""
        self._try(lambda: self.workspace.add_persona(name, query))

    @rule(data=st.data(), query=st.sampled_from(QUERIES), name=st.sampled_from("abcd"))
    def edit(self, data: st.DataObject, query: str, name: str) -> None:
        """One of them is somebody else now."""
        for view in self._one(data):
            self._try(
                partial(
                    self.workspace.edit_persona, view.persona, query=query, name=name
                )
            )

    @rule(data=st.data())
    def review(self, data: st.DataObject) -> None:
        """Somebody looked."""
        for view in self._one(data):
            self.workspace.review_persona(view.persona)

    @rule(data=st.data())
    def remove(self, data: st.DataObject) -> None:
        """One goes, with its map."""
        for view in self._one(data):
            self.workspace.remove_persona(view.persona)

    @rule(
        data=st.data(), area=st.sampled_from(Area), text=st.sampled_from(["", "x"]),
        cited=st.lists(st.integers(1, 5).map("e{}".format), max_size=3),
    )  # fmt: skip
    def write(
        self, data: st.DataObject, area: Area, text: str, cited: list[str]
    ) -> None:
        """An entry, with or without quotes."""
        for view in self._one(data):
            self._try(
                partial(self.workspace.write_entry, view.persona, area, text, cited)
            )

    @rule(data=st.data(), area=st.sampled_from(Area), strike=st.booleans())
    def change(self, data: st.DataObject, area: Area, strike: bool) -> None:
        """An entry stands elsewhere, or goes."""
        for view in self._one(data):
            for one in view.notes[:1]:
                self._try(
                    partial(self.workspace.remove_entry, one.note)
                    if strike
                    else partial(self.workspace.change_entry, one.note, area=area)
                )

    @rule(one=st.sampled_from(["f1", "f2"]), other=st.sampled_from(["f4", "f2"]))
    def join(self, one: str, other: str) -> None:
        """Two customers are one person after all."""
        ids = [self.workspace.feedback(name).customer_id for name in (one, other)]
        if ids[0] and ids[1] and ids[0] != ids[1]:
            self.workspace.join(ids[0], ids[1])

    @invariant()
    def nobody_counts_twice(self) -> None:
        """There are no more people than have spoken, nor feedback than was told."""
        views = self.workspace.personas()
        everybody = {
            said.customer_id or -said.id
            for number in range(1, 11)
            for said in [self.workspace.feedback(f"f{number}")]
        }
        for view in views:
            assert view.people <= min(view.n, len(everybody))
            assert view.ids <= everybody
            assert view.n == sum(view.channels.values())
            assert view.is_assumed == (view.people == 0)
            assert all(one.is_observed for one in view.notes_of(Area.SAYS)), (
                "says has a quote"
            )
        by = {view.persona.query: view for view in views}
        if {"plan:pro", "-plan:pro", "state:all"} <= set(by):
            assert by["state:all"].n <= by["plan:pro"].n + by["-plan:pro"].n

    def _try(self, act: Callable[[], object]) -> None:
        """Do it; undone at once, every row is as it was; then do it again."""
        before = decisions(self.workspace.db)
        try:
            entry = act()
        except TriageError:
            assert decisions(self.workspace.db) == before
            return
        if entry is None:
            return
        after = decisions(self.workspace.db)
        self.workspace.undo()
        assert decisions(self.workspace.db) == before
        self.workspace.redo()
        assert decisions(self.workspace.db) == after

    def _one(self, data: st.DataObject) -> list[PersonaView]:
        views = self.workspace.personas()
        return [data.draw(st.sampled_from(views))] if views else []


Maps.TestCase.settings = settings(
    max_examples=12, stateful_step_count=15, deadline=None
)
TestMaps = Maps.TestCase
