"""What is pinned on feedback stays with it, whatever becomes of its group."""

from __future__ import annotations

from pathlib import Path

import pytest

from factories import an_incoming, imported, told_as
from triage.errors import Conflict, NotFound
from triage.model import Feedback, State
from triage.sync import SyncEvent, Woken
from triage.workspace import Workspace

EXPORT = "the export to a file loses all tags of a large notebook"
DARK = "dark mode hurts my eyes because the editor stays white"


@pytest.fixture
def told(workspace: Workspace) -> list[Feedback]:
    """Two that say the same, and one that does not."""
    imported(
        workspace,
        [an_incoming("1", EXPORT), an_incoming("2", EXPORT), an_incoming("3", DARK)],
    )
    return told_as(workspace, "1", "2", "3")


def test_it_survives_splitting_and_merging(
    workspace: Workspace, told: list[Feedback]
) -> None:
    """Tags, owner and notes hang on the feedback, not on what it is grouped with."""
    one, two, three = told
    workspace.tag([one], add=["export"])
    workspace.own([one, three], "dana")
    workspace.note([one], "called them")
    workspace.split([one])
    workspace.merge([one], [three])
    assert workspace.labels([one.id])[one.id].tags == ("export",)
    assert [note.text for note in workspace.notes(one)] == ["called them"]
    assert two.id not in workspace.labels([two.id])
    (row,) = workspace.rows([one.id], None)
    assert (row.tags, row.owner, row.notes) == (("export",), "dana", 1)


def test_the_history_of_a_feedback_is_whole(
    workspace: Workspace, told: list[Feedback]
) -> None:
    """Every step about it is there: corrections, notes and rulings too."""
    one, _, three = told
    workspace.tag([one], add=["export"])
    workspace.note([one], "called them")
    workspace.rewrite_note(workspace.notes(one)[0], "called them twice")
    workspace.strike_note(workspace.notes(one)[0])
    workspace.correct([one], sentiment="negative")
    workspace.merge([one], [three])
    workspace.attach(one, workspace.capture("Exports"))
    workspace.archive([three])
    verbs = [entry.verb for entry in workspace.history_of(one)]
    assert verbs == ["attach", "merge", "correct", "note", "note", "note", "tag"]
    for entry in workspace.history_of(one)[2:]:
        assert workspace.touched(entry) == [one.id]


def test_tags_are_counted_and_renamed(
    workspace: Workspace, told: list[Feedback]
) -> None:
    """A tag of feedback and of pain points is one tag; one step renames it, one undoes."""
    point = workspace.capture("Exports", tags=("Export", "csv"))
    workspace.tag(told, add=["export"])
    assert workspace.labels([told[0].id])[told[0].id].tags == ("Export",)
    assert [(one.name, one.feedback, one.pain_points) for one in workspace.tags()] == [
        ("Export", 3, 1),
        ("csv", 0, 1),
    ]
    entry = workspace.rename_tag("EXPORT", "CSV")
    assert entry is not None
    assert [(one.name, one.total) for one in workspace.tags()] == [("csv", 4)]
    assert workspace.pain_point(point.id).pain_point.tags == ("csv",)
    workspace.undo()
    assert workspace.tag_count("export").total == 4
    with pytest.raises(NotFound):
        workspace.rename_tag("nothing", "x")


def test_owners_are_those_of_anything(
    workspace: Workspace, told: list[Feedback]
) -> None:
    """Whoever looks after most comes first; nobody is nobody."""
    workspace.capture("Exports", owner="lee")
    workspace.own(told[:2], "dana")
    assert workspace.owners() == ["dana", "lee"]
    workspace.own(told[:2], "")
    assert workspace.owners() == ["lee"]


def test_an_import_with_something_pinned_stays(workspace: Workspace) -> None:
    """What somebody tagged or noted on is not taken back under their hands."""
    ended = imported(workspace, [an_incoming("1", EXPORT)])
    (one,) = told_as(workspace, "1")
    for is_note in (True, False):
        if is_note:
            workspace.note([one], "x")
        else:
            workspace.tag([one], add=["x"])
        with pytest.raises(Conflict, match="decisions resting on it"):
            workspace.take_back(ended.batch_id)
        workspace.undo()
    assert workspace.take_back(ended.batch_id) == 1


def test_new_evidence_wakes_and_is_told(
    workspace: Workspace, told: list[Feedback], tmp_path: Path
) -> None:
    """What says the same arrives: the sleepers are back, in the same transaction."""
    workspace.snooze(told, on_evidence=True)
    assert workspace.tally() == {"inbox": 0, "snoozed": 2}
    events = _import(workspace, tmp_path, EXPORT)
    assert [one.feedback for one in events if isinstance(one, Woken)] == [2]
    stands = workspace.dispositions([one.id for one in told])
    now = workspace.clock()
    assert [stands[one.id].standing(now) for one in told] == [
        State.INBOX, State.INBOX, State.SNOOZED,
    ]  # fmt: skip
    assert workspace.tally() == {"inbox": 1, "snoozed": 1}
    # Put to sleep again, the one that woke them is no news any more.
    workspace.snooze(told[:2], on_evidence=True)
    assert not workspace.dispositions([told[0].id])[told[0].id].is_stirred


def _import(workspace: Workspace, folder: Path, text: str) -> list[SyncEvent]:
    import asyncio
    import json

    file = folder / "more.jsonl"
    file.write_text(json.dumps({"id": "9", "text": text}), encoding="utf-8")

    async def follow() -> list[SyncEvent]:
        return [event async for event in workspace.import_file(file)]

    return asyncio.run(follow())


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("tag:uber", {"1"}), ("tag:UBER,nothing", {"1"}), ("tag:ü*", {"1"}),
        ("is:tagged", {"1"}), ("-tag:uber", {"2", "3"}), ("owner:dana", {"3"}),
        ("-owner:dana", {"1", "2"}), ("is:noted", {"2"}),
    ],
)  # fmt: skip
def test_what_is_pinned_is_found(
    workspace: Workspace, told: list[Feedback], query: str, found: set[str]
) -> None:
    """Queries know tags, whatever their case and accents, owners and notes."""
    one, two, three = told
    workspace.tag([one], add=["Über"])
    workspace.note([two], "called them")
    workspace.own([three], "dana")
    keys = workspace.ids(None, query)
    assert {said.external_id for said in workspace.feedback_many(keys)} == found
