"""An exported backlog comes back as it was, as one step, once."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from export.backlogs import AS_OF, decide, exported, review, tell
from export.hostile import texts, words
from triage.connector import Incoming
from triage.model import (
    Channel,
    Extent,
    Horizon,
    Importance,
    PainStatus,
    Priority,
    RoadmapStatus,
    State,
)
from triage.operations.changes import added, moment
from triage.operations.pain_points import Span, text_of
from triage.research import RESEARCH
from triage.step import Change, Step
from triage.store import journal
from triage.workspace import Workspace

Open = Callable[[str], Workspace]


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Open]:
    """Opens workspaces by name, each with a clock that stands still."""
    opened: dict[str, Workspace] = {}

    def open_(name: str) -> Workspace:
        if name not in opened:
            opened[name] = Workspace(tmp_path / f"{name}.db", clock=lambda: AS_OF)
        return opened[name]

    yield open_
    for one in opened.values():
        one.close()


@pytest.fixture
def file(tmp_path: Path, workspace: Open) -> Path:
    """What a workspace called ``first`` exports."""
    decide(workspace("first"))
    workspace("first").export("json", tmp_path / "backlog.json", as_of=AS_OF)
    return tmp_path / "backlog.json"


def test_an_empty_workspace_becomes_the_same_backlog(
    workspace: Open, file: Path
) -> None:
    """Restored and exported again, it is the same file, byte for byte."""
    brought = workspace("second").restore(file)
    assert exported(workspace("second")) == file.read_text()
    assert (brought.feedback, brought.pain_points, brought.evidence) == (4, 3, 4)
    assert (brought.roadmap_items, brought.links) == (2, 1)


def test_it_is_one_step_with_a_name(workspace: Open, file: Path) -> None:
    """The history has one line, which says how much came."""
    brought = workspace("second").restore(file)
    [entry] = workspace("second").history()
    assert entry == brought.entry
    assert (entry.verb, entry.label) == ("restore", "Restored 3 pain points")


def test_twice_changes_nothing(workspace: Open, file: Path) -> None:
    """A second restore finds everything there: no step, no feedback, no new ids."""
    second = workspace("second")
    second.restore(file)
    counts = second.counts()
    again = second.restore(file)
    assert again.entry is None
    assert (again.feedback, again.pain_points, again.evidence, again.links) == (
        0,
        0,
        0,
        0,
    )
    assert second.counts() == counts
    assert second.capture("The next one").short == "p4"


def test_where_it_came_from_nothing_changes(workspace: Open, file: Path) -> None:
    """Restored into the workspace it was exported from, it changes nothing."""
    assert workspace("first").restore(file).entry is None
    assert exported(workspace("first")) == file.read_text()


def test_undo_takes_the_decisions_back(workspace: Open, file: Path) -> None:
    """After undo no decision is left; the feedback waits in the inbox; redo returns."""
    second = workspace("second")
    second.restore(file)
    assert second.tally()["inbox"] == 0
    second.undo()
    counts = second.counts()
    assert counts["pain_points"] == counts["evidence"] == counts["roadmap_items"] == 0
    assert counts["feedback"] == second.tally()["inbox"] == 4
    second.redo()
    assert exported(second) == file.read_text()


def test_restored_after_undo_it_has_its_ids_again(workspace: Open, file: Path) -> None:
    """What was undone and comes back is known under the ids it had."""
    second = workspace("second")
    second.restore(file)
    second.undo()
    second.restore(file)
    assert exported(second) == file.read_text()


def test_what_is_cited_is_stored_as_its_source_told_it(
    workspace: Open, file: Path
) -> None:
    """Every column, the number people type, and who said it; grouped like any other."""
    first, second = workspace("first"), workspace("second")
    second.restore(file)
    for short in ("f2", "f3", "f4", "f7"):
        was, now = first.feedback(short), second.feedback(short)
        for name in was.__slots__:
            if name != "customer_id":
                assert getattr(now, name) == getattr(was, name)
    assert [one.name for one in second.sources()] == ["mail", "reviews"]
    assert json.loads(second.raw(second.feedback("f7")))["external_id"] == "<m1@mail>"
    assert second.counts()["pending"] == 0
    tell(second, "mail", Incoming(external_id="m2", channel=Channel.EMAIL, body="Hi"))
    assert second.last_number() == 8


def test_a_source_that_tells_it_again_brings_nothing_new(
    workspace: Open, file: Path
) -> None:
    """Feedback restored first and pulled from its source later is the same feedback."""
    second = workspace("second")
    second.restore(file)
    tell(second, "reviews", *(review(number) for number in range(1, 7)))
    assert second.counts()["feedback"] == 7
    [batch, *_] = second.imports()
    assert (batch.new, batch.changed, batch.same) == (3, 0, 3)


def test_beside_others_it_gets_new_ids(workspace: Open, file: Path) -> None:
    """Ids that are taken are given anew, in the same order; what is there stays."""
    second = workspace("second")
    tell(second, "notes", Incoming(external_id="n1", channel=Channel.NOTE, body="Slow"))
    second.accept([second.feedback("f1")], "Slow start")
    second.plan("Start faster")
    before = exported(second)
    second.restore(file)
    titles = {
        view.pain_point.id: view.pain_point.title for view, _ in second.pain_points()
    }
    assert titles == {
        1: "Slow start", 2: "Too bright at night", 3: "Nobody has said this yet",
        4: "Export loses rows",
    }  # fmt: skip
    assert second.restore(file).entry is None
    second.undo()
    assert exported(second) == before


def test_ids_once_handed_out_are_not_given_to_others(
    workspace: Open, file: Path
) -> None:
    """An id whose pain point was undone stays that pain point's."""
    second = workspace("second")
    second.capture("Thought better of it")
    second.undo()
    second.restore(file)
    ids = {
        view.pain_point.title: view.pain_point.id for view, _ in second.pain_points()
    }
    assert sorted(ids.values()) == [2, 3, 4]
    assert ids["Too bright at night"] == 2


def test_what_was_decided_since_stays(workspace: Open, file: Path) -> None:
    """Renamed, reworded, rescheduled: a restore adds what is missing, and only that."""
    second = workspace("second")
    second.restore(file)
    view = second.pain_point("p1")
    second.edit(view.pain_point, title="Rows vanish", severity=1)
    second.reschedule(second.roadmap_item("r1"), status=RoadmapStatus.SHIPPED)
    second.detach(view.quotes[0].evidence)
    second.unlink(view.pain_point, second.roadmap_item("r1"))
    brought = second.restore(file)
    assert (brought.pain_points, brought.evidence, brought.links) == (0, 1, 1)
    assert brought.entry is not None
    assert brought.entry.label == "Restored 1 quote"
    now = second.pain_point("p1")
    assert (now.pain_point.title, now.pain_point.severity) == ("Rows vanish", 1)
    assert [quote.evidence for quote in now.quotes] == [
        quote.evidence for quote in view.quotes
    ]
    assert second.roadmap_item("r1").status is RoadmapStatus.SHIPPED
    assert second.restore(file).entry is None


def test_where_a_person_put_feedback_it_stays(workspace: Open, file: Path) -> None:
    """Cited feedback that somebody here has declined is quoted, and stays declined."""
    second = workspace("second")
    tell(second, "reviews", review(2))
    second.decline([second.feedback("f1")], "not planned")
    tell(second, "reviews", review(3))
    second.restore(file)
    stands = {
        one.external_id: second.dispositions([one.id])[one.id].state
        for one in second.feedback_many(second.ids(None))
    }
    assert stands == {
        "r2": State.DECLINED, "r3": State.ACCEPTED, "r4": State.ACCEPTED,
        "<m1@mail>": State.ACCEPTED,
    }  # fmt: skip


def test_newer_words_are_not_overwritten(workspace: Open, file: Path) -> None:
    """Feedback that is here already stays as it is told here."""
    second = workspace("second")
    tell(
        second, "reviews",
        Incoming(external_id="r2", channel=Channel.REVIEW, body="Fixed, thanks!"),
    )  # fmt: skip
    second.restore(file)
    assert second.feedback("f1").body == "Fixed, thanks!"
    quotes = [quote for view, _ in second.pain_points() for quote in view.quotes]
    assert any("lost 2 rows" in quote.evidence.quote for quote in quotes)


def test_a_restore_that_fails_changes_nothing(
    workspace: Open, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Feedback and decisions are one transaction: all of it or none."""
    from triage.store import journal

    def broken(*_: Any) -> int:
        raise ZeroDivisionError

    second = workspace("second")
    with monkeypatch.context() as patch:
        patch.setattr(journal, "do", broken)
        with pytest.raises(ZeroDivisionError):
            second.restore(file)
    assert not any(second.counts().values())
    second.restore(file)
    assert exported(second) == file.read_text()


def test_three_generations_are_alike(
    workspace: Open, file: Path, tmp_path: Path
) -> None:
    """A copy of a copy is the copy."""
    workspace("second").restore(file)
    workspace("second").export("json", tmp_path / "copy.json", as_of=AS_OF)
    workspace("third").restore(tmp_path / "copy.json")
    assert exported(workspace("third")) == file.read_text()


def test_an_empty_backlog_is_restored_to_nothing(
    workspace: Open, tmp_path: Path
) -> None:
    """No step is made of nothing."""
    workspace("first").export("json", tmp_path / "none.json")
    assert workspace("second").restore(tmp_path / "none.json").entry is None


numbers = st.none() | st.floats(0.01, 1000)
impacts = st.sampled_from([None, 3.0, 2.0, 1.0, 0.5, 0.25])
# Not the moment of the export itself: whether that is before it is told by order.
moments = st.integers(1, 5).map(lambda days: AS_OF - timedelta(days=days))
values = st.floats(0, 100)
names = st.sampled_from(["", "Ada", "Grace", "Zoë\u202e"])


@st.composite
def incoming(draw: st.DrawFn, external_id: str) -> Incoming:
    """Any feedback, often by the same people, often at the same moment."""
    channel = draw(st.sampled_from(Channel))
    # What is withheld comes back nowhere: of it, other tests tell.
    agreed = {"consent": st.just("named")} if channel in RESEARCH else {}
    return Incoming(
        external_id=external_id,
        channel=channel,
        title=draw(texts),
        body=draw(words),
        author=draw(names),
        email=draw(st.sampled_from(["", "", "a@x.example", "A@X.example"])),
        company=draw(st.sampled_from(["", "Acme", " ACME "])),
        received_at=draw(moments),
        edited_at=draw(st.none() | moments),
        rating=draw(st.none() | st.floats(-1e9, 1e9)),
        url=draw(texts),
        context=draw(
            st.fixed_dictionaries(
                agreed,
                optional={
                    "mrr": st.integers(0, 10**6),
                    "plan": texts | st.lists(texts, max_size=2),
                    "any": st.dictionaries(
                        texts, st.none() | st.floats(-1, 1), max_size=2
                    ),
                },
            )
        ),
    )


def fill(workspace: Workspace, data: st.DataObject) -> None:
    """Any feedback from two sources, and any decisions about it."""
    draw = data.draw
    for batch in range(draw(st.integers(1, 3))):
        source = draw(st.sampled_from(["mail", "=reviews\n"]))
        told = [draw(incoming(f"{batch}.{n}")) for n in range(draw(st.integers(1, 4)))]
        tell(workspace, source, *told)
    feedback = workspace.feedback_many(workspace.ids(None))
    for _ in range(draw(st.integers(0, 3))):
        made = workspace.capture(
            draw(words), statement=draw(texts), persona=draw(texts), story=draw(texts),
            moscow=draw(texts), owner=draw(texts), acceptance=draw(texts),
            tags=tuple(draw(st.lists(texts, max_size=2))), effort=draw(numbers),
            confidence=draw(st.none() | st.floats(0, 1)), reach=draw(numbers),
            impact=draw(impacts), severity=draw(st.none() | st.integers(1, 5)),
            status=draw(st.sampled_from(PainStatus)),
            priority=draw(st.sampled_from(Priority)),
        )  # fmt: skip
        tell_stories(workspace, made.id, draw)
        for said in draw(st.lists(st.sampled_from(feedback), max_size=4)):
            length = len(text_of(said))
            start = draw(st.integers(0, length - 1))
            workspace.attach(
                said, made, Span(start, draw(st.integers(start + 1, length))),
                importance=draw(st.sampled_from(Importance)), observed=draw(st.booleans()),
            )  # fmt: skip
    for _ in range(draw(st.integers(0, 2))):
        item = workspace.plan(
            draw(words), draw(st.sampled_from(Horizon)), tracker=draw(texts),
            key=draw(texts), url=draw(texts), status=draw(st.sampled_from(RoadmapStatus)),
            owner=draw(texts), target=draw(texts),
        )  # fmt: skip
        for view, _ in workspace.pain_points():
            if draw(st.booleans()):
                extent = draw(st.sampled_from(Extent))
                workspace.link(view.pain_point, item, extent)
    for _ in range(draw(st.integers(0, 2))):
        workspace.undo()


def tell_stories(workspace: Workspace, pain_point_id: int, draw: Any) -> None:
    """Any estimates, and any stories, fit to leave or not."""
    changes: list[Change] = []
    with workspace.db.write() as write:
        for name in draw(
            st.lists(st.sampled_from(["ease", "place.rice"]), unique=True)
        ):
            columns = {
                "pain_point_id": pain_point_id, "name": name, "value": draw(values),
                "evidence": "[1]", "reason": draw(texts), "at": moment(draw(moments)),
                "by": draw(names),
            }  # fmt: skip
            changes.append(
                added("estimate", journal.reserve(write, "estimate"), columns)
            )
        for _ in range(draw(st.integers(0, 2))):
            columns = {
                "pain_point_id": pain_point_id, "role": draw(words), "want": draw(words),
                "benefit": draw(texts), "context": draw(texts),
                "criteria": json.dumps(
                    [{"given": draw(texts), "when": draw(texts), "then": draw(texts)}]
                ),
                "evidence": draw(st.sampled_from(["[]", "[1]", "[1,2]"])),
                "assumption": int(draw(st.booleans())), "at": moment(draw(moments)),
                "by": draw(names),
            }  # fmt: skip
            changes.append(added("story", journal.reserve(write, "story"), columns))
        if changes:
            journal.do(
                write, Step("story", "Told", tuple(changes)), "ada", workspace.clock()
            )


@given(data=st.data())
@settings(max_examples=40, deadline=None)
def test_any_backlog_comes_back_whole(data: st.DataObject) -> None:
    """Export, restore, export: the same bytes; restored twice: no step."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "backlog.json"
        first = Workspace(Path(folder) / "first.db", clock=lambda: AS_OF)
        second = Workspace(Path(folder) / "second.db")
        with first, second:
            fill(first, data)
            first.export("json", file, as_of=AS_OF)
            second.restore(file)
            assert exported(second) == file.read_text()
            assert second.restore(file).entry is None
