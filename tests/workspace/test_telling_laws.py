"""Whatever is drafted, dropped, sent, marked and undone, nobody is told twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from asking import POST
from factories import an_incoming, imported, unsound
from triage.connector import Receipt
from triage.errors import Conflict, UsageError
from triage.store import deliveries
from triage.workspace import Workspace

PEOPLE = 3

ACTS = st.lists(
    st.tuples(
        st.sampled_from(["all", "one", "drop", "send", "mark", "skip", "undo", "redo"]),
        st.integers(0, PEOPLE - 1),
    ),
    max_size=14,
)


@settings(max_examples=20, deadline=None)
@given(ACTS)
def test_nobody_is_told_twice(acts: Sequence[tuple[str, int]]) -> None:
    """No person ever has two drafts that wait or were sent; undone, all is as before."""
    with TemporaryDirectory() as folder:
        (Path(folder) / "work.toml").write_text(POST)
        with Workspace(Path(folder) / "work.db") as workspace:
            imported(
                workspace,
                [
                    an_incoming(f"{at}{turn}", f"please {at} {turn}", author=f"P{at}",
                                email=f"p{at}@customer.example")
                    for at in range(PEOPLE) for turn in range(2)
                ],
                group=False,
            )  # fmt: skip
            every = [workspace.feedback(f"f{at + 1}") for at in range(PEOPLE * 2)]
            workspace.accept(every, "It hurts")
            for act, at in acts:
                _do(workspace, act, at)
                told = Counter(
                    view.to for view in workspace.drafts(every=True)
                    if view.state != "dropped"
                )  # fmt: skip
                assert all(many == 1 for many in told.values()), (act, told)
                one = workspace.to_tell()[0]
                assert one.told + one.waiting + one.skipped + one.left == PEOPLE
            assert unsound(workspace) == {}
            if "send" not in {act for act, _ in acts}:
                while _last(workspace) in {"tell", "drop"}:
                    workspace.undo()
                assert workspace.drafts(every=True) == []
                assert {one.state for one in workspace.askers(1)} == {"untold"}


def _do(workspace: Workspace, act: str, at: int) -> None:
    people = workspace.askers(1)
    point = workspace.pain_point("p1").pain_point
    waiting = workspace.drafts()
    try:
        if act in {"all", "one"}:
            to = None if act == "all" else [people[at]]
            workspace.draft_tellings(1, lambda *_: "It is out", to=to)
        elif act == "drop" and waiting:
            workspace.drop_drafts([waiting[at % len(waiting)].draft])
        elif act == "send" and waiting:
            draft, now = waiting[at % len(waiting)].draft, workspace.clock()
            with workspace.db.write() as write:
                deliveries.begin(write, draft, "dana", now, sure=False)
                deliveries.keep(write, draft.id, Receipt(), now)
        elif act == "mark":
            workspace.mark_told(point, [people[at]], "phoned")
        elif act == "skip":
            workspace.skip_telling(point, [people[at]])
        elif act == "undo" and _last(workspace) in {"tell", "drop"}:
            workspace.undo()
        elif act == "redo":
            workspace.redo()
    except (Conflict, UsageError):
        # What is sent stays, and who waits is not marked: both are refusals.
        pass


def _last(workspace: Workspace) -> str:
    """The verb of the last step that is done."""
    done = [one for one in workspace.history() if one.state == "done"]
    return done[0].verb
