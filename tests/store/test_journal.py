"""The journal: nothing is decided but through it, and nothing decided is lost."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

import triage
from factories import (
    a_workspace,
    decisions,
    derived,
    imported,
    numbered,
    table,
    told_as,
    unsound,
)
from triage.errors import Conflict, NotFound
from triage.model import Importance, Priority, State
from triage.operations.pain_points import Span
from triage.operations.story_text import parsed
from triage.step import Change, Step
from triage.store import journal, touching
from triage.store.schema import DECISIONS, EVIDENCE
from triage.workspace import Workspace

PACKAGE = Path(triage.__file__).parent


@pytest.fixture
def filled(workspace: Workspace) -> Workspace:
    """Three pieces of feedback to decide on."""
    imported(
        workspace, numbered(["first thing said", "second thing", "third and last"])
    )
    return workspace


def everything(workspace: Workspace) -> object:
    steps = table(workspace.db, "step"), table(workspace.db, "change")
    return decisions(workspace.db), derived(workspace.db), steps


def outside(workspace: Workspace, sql: str) -> None:
    """As if another program had written to the file."""
    with workspace.db.write() as write:
        write.execute(sql)


def test_what_moved_meanwhile_is_not_undone(filled: Workspace) -> None:
    """Where a row is not as the step left it, undo refuses and changes nothing."""
    filled.decline(told_as(filled, "1", "2"), "not planned")
    outside(filled, "UPDATE disposition SET reason = 'theirs' WHERE rowid IN"
            " (SELECT max(feedback_id) FROM disposition)")  # fmt: skip
    before = everything(filled)
    with pytest.raises(Conflict, match="has changed meanwhile"):
        filled.undo()
    assert before == everything(filled)


def test_what_moved_meanwhile_is_not_redone(filled: Workspace) -> None:
    """Redo refuses likewise, and the step can be redone once the row is back."""
    point = filled.capture("It hurts")
    filled.edit(point, title="It really hurts")
    filled.undo()
    outside(filled, "UPDATE pain_point SET title = 'theirs'")
    before = everything(filled)
    with pytest.raises(Conflict, match="pain point 1 has changed"):
        filled.redo()
    assert before == everything(filled)
    outside(filled, "UPDATE pain_point SET title = 'It hurts'")
    assert filled.redo()


def test_a_stale_decision_is_refused(filled: Workspace) -> None:
    """Decided on what is no longer so, a step is refused whole."""
    point = filled.capture("It hurts")
    filled.edit(point, title="It hurts more")
    filled.archive(told_as(filled, "1"))
    before = everything(filled)
    with pytest.raises(Conflict, match="has changed meanwhile"):
        filled.edit(point, title="Stale", statement="said before it was renamed")
    assert before == everything(filled)


def test_a_step_others_rest_on_names_them(filled: Workspace) -> None:
    """An earlier step is not undone from under a later one, which is named."""
    one, other = told_as(filled, "1", "2")
    point = filled.capture("It hurts")
    item = filled.plan("Repair it")
    quote = filled.attach(one, point, Span(0, 5))
    linked = filled.link(point, item)
    assert quote
    assert linked
    before = everything(filled)
    with pytest.raises(Conflict, match=rf"step {quote.id} “Quoted f1 .*triage undo"):
        filled.undo(1)
    with pytest.raises(Conflict, match=rf"step {linked.id} “Linked p1 .*triage undo"):
        filled.undo(2)
    filled.undo(quote.id)
    with pytest.raises(Conflict, match=rf"step {linked.id} “Linked p1 .*triage undo"):
        filled.undo(1)
    filled.redo()
    assert before == everything(filled)
    declined = filled.decline([one, other], "not planned")
    reopened = filled.reopen([other])
    assert declined
    assert reopened
    with pytest.raises(Conflict, match=rf"step {reopened.id} “Reopened f2"):
        filled.undo(declined.id)


def test_to_and_fro_is_not_as_it_was(filled: Workspace) -> None:
    """A row set back to an earlier value by later steps still belongs to those."""
    point = filled.capture("It hurts")
    first = filled.prioritise(point, Priority.HIGH)
    filled.prioritise(filled.pain_point(1).pain_point, Priority.LOW)
    last = filled.prioritise(filled.pain_point(1).pain_point, Priority.HIGH)
    assert first
    assert last
    with pytest.raises(Conflict, match=f"step {first.id + 1} "):
        filled.undo(first.id)
    for _ in range(4):
        assert filled.undo()
    assert filled.undo() is None


def test_what_nothing_rests_on_is_undone_out_of_turn(filled: Workspace) -> None:
    """An earlier step whose columns nobody set since is undone by itself."""
    point = filled.capture("It hurts")
    titled = filled.edit(point, title="It hurts a lot")
    filled.prioritise(filled.pain_point(1).pain_point, Priority.URGENT)
    assert titled
    filled.undo(titled.id)
    found = filled.pain_point(1).pain_point
    assert (found.title, found.priority) == ("It hurts", Priority.URGENT)
    with pytest.raises(Conflict, match="is undone already"):
        filled.undo(titled.id)
    with pytest.raises(NotFound, match="no step 99"):
        filled.undo(99)
    assert filled.redo()
    assert filled.pain_point(1).pain_point.title == "It hurts a lot"


def test_a_new_step_abandons_what_was_undone(filled: Workspace) -> None:
    """After something new is decided, what was undone is history, not to be redone."""
    one, other, third = told_as(filled, "1", "2", "3")
    filled.archive([one])
    filled.archive([other])
    filled.undo()
    filled.spam([third])
    assert filled.redo() is None
    states = [entry.state for entry in filled.history()]
    assert states == ["done", "abandoned", "done"]


def test_undone_and_redone_after_a_restart(tmp_path: Path) -> None:
    """Closing the program forgets nothing: neither what to undo nor what to redo."""
    with a_workspace(tmp_path) as workspace:
        imported(workspace, numbered(["one thing", "another"]))
        workspace.accept(told_as(workspace, "1"), "It hurts")
        workspace.decline(told_as(workspace, "2"), "not planned")
        workspace.undo()
        before = everything(workspace)
    with a_workspace(tmp_path) as workspace:
        assert before == everything(workspace)
        assert workspace.redo()
        assert workspace.undo()
        assert workspace.undo()
        assert {name: [] for name in decisions(workspace.db)} == decisions(workspace.db)
    with a_workspace(tmp_path) as workspace:
        assert workspace.redo()
        assert workspace.redo()
        assert workspace.redo() is None
        assert workspace.counts()["evidence"] == 1


_DECIDE = """
import sys
from pathlib import Path
from triage.workspace import Workspace
name, first = sys.argv[2], int(sys.argv[3])
with Workspace(Path(sys.argv[1])) as workspace:
    print("ready", flush=True)
    sys.stdin.readline()
    for number in range(first, first + 15):
        one = workspace.feedback(f"f{number}")
        workspace.accept([one], f"{name} {number}")
        workspace.capture(f"{name} alone {number}")
        if number % 3 == 0:
            step = workspace.archive([one])
            workspace.undo(step.id)
"""


def test_two_processes_decide_at_once(tmp_path: Path) -> None:
    """What two people decide at the same time is all there, each id handed out once."""
    with a_workspace(tmp_path) as workspace:
        imported(workspace, numbered([f"text number {n}" for n in range(30)]))
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", _DECIDE, str(workspace.path), name, first],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            text=True,
        )
        for name, first in (("Ann", "1"), ("Bo", "16"))
    ]  # fmt: skip
    for process in processes:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin
        process.stdin.write("go\n")
        process.stdin.flush()
    for process in processes:
        _, error = process.communicate(timeout=60)
        assert process.returncode == 0, error
    with a_workspace(tmp_path) as workspace:
        titles = [view.pain_point.title for view, _ in workspace.pain_points()]
        assert len(titles) == len(set(titles)) == 60
        assert workspace.counts()["evidence"] == 30
        assert workspace.tally()["accepted"] == 30
        assert unsound(workspace) == {}
        while workspace.undo():
            pass
        assert {name: [] for name in decisions(workspace.db)} == decisions(workspace.db)


def test_a_bulk_is_one_step(workspace: Workspace) -> None:
    """A thousand at once are one line in the history, undone by one undo."""
    imported(workspace, numbered(["great app"] * 1000))
    told = workspace.feedback_many(workspace.ids(None, "source:mail"))
    assert len(told) == 1000
    entry = workspace.decline(told, "not planned")
    assert entry
    assert entry.rows == 1000
    assert len(workspace.history()) == 1
    assert workspace.tally()["declined"] == 1
    assert workspace.ids(State.DECLINED) == workspace.ids(None, "great", limit=1)
    assert sorted(workspace.touched(entry)) == sorted(one.id for one in told)
    workspace.undo()
    assert table(workspace.db, "disposition") == []
    assert unsound(workspace) == {}


def test_ids_are_never_handed_out_again(filled: Workspace) -> None:
    """A number people may have written down means one thing for ever."""
    seen: list[int] = []
    for _ in range(3):
        filled.accept(told_as(filled, "1"), "It hurts")
        seen.append(filled.pain_points()[0][0].pain_point.id)
        filled.undo()
    assert seen == sorted(set(seen))
    assert filled.plan("One").id == 1
    filled.undo()
    assert filled.plan("Two").id == 2


def test_nothing_to_do_is_no_step(filled: Workspace) -> None:
    """Deciding what is decided already, or undoing nothing, leaves no line behind."""
    assert filled.undo() is None
    assert filled.redo() is None
    filled.archive(told_as(filled, "1"))
    assert filled.archive(told_as(filled, "1")) is None
    assert filled.reopen(told_as(filled, "2")) is None
    point = filled.capture("It hurts")
    assert filled.edit(point, title="It hurts") is None
    assert filled.prioritise(point, Priority.NONE) is None
    assert len(filled.history()) == 2


def test_the_history_of_one_thing(filled: Workspace) -> None:
    """Every step that touched a pain point, a feedback or a plan, latest first."""
    (one,) = told_as(filled, "1")
    point = filled.capture("It hurts")
    filled.edit(point, severity=4)
    filled.archive([one])
    filled.reopen([one])
    item = filled.plan("Repair it")
    assert [entry.verb for entry in filled.history_of(point)] == ["edit", "capture"]
    assert [entry.verb for entry in filled.history_of(one)] == ["reopen", "archive"]
    assert [entry.verb for entry in filled.history_of(item)] == ["plan"]
    latest, *_ = filled.history(limit=1)
    assert [entry.verb for entry in filled.history(before=latest.id, limit=2)] == [
        "reopen", "archive",
    ]  # fmt: skip


def test_the_history_of_a_pain_point_is_whole(filled: Workspace) -> None:
    """Quotes, numbers, places, stories, links, promises and tellings are about it."""
    point, other = filled.capture("It hurts"), filled.capture("Another")
    filled.accept(told_as(filled, "1"), point.id)
    filled.weigh(filled.evidence("e1"), Importance.CRITICAL)
    filled.estimate(point, "ease", 3)
    filled.place(point, "rice", 9, "promised")
    story = filled.tell_story(point, parsed("As a PM I want it to heal"))
    filled.remove_story(story)
    item = filled.plan("Repair it")
    filled.link(point, item)
    filled.unlink(point, item)
    (asker,) = filled.askers(point.id)
    filled.promise(point, asker, "soon")
    filled.mark_told(point, [asker], "phoned")
    filled.detach(filled.evidence("e1"))
    filled.edit(point, severity=4)
    filled.edit(other, severity=4)
    filled.undo()
    verbs = [entry.verb for entry in filled.history_of(point)]
    assert verbs == [
        "edit", "detach", "tell", "promise", "unlink", "link", "story", "story",
        "place", "estimate", "weigh", "accept", "capture",
    ]  # fmt: skip
    assert [entry.verb for entry in filled.history_of(other)] == ["edit", "capture"]


def test_a_long_journal_is_not_read_for_one_history(filled: Workspace) -> None:
    """What is about a pain point is found by an index, however many changes there are."""
    plan = filled.db.read().execute(
        f"EXPLAIN QUERY PLAN {touching.TOUCHED['pain_point']}",
        {"table": "pain_point", "row": 1},
    )
    ways = [row["detail"] for row in plan]
    assert any("change_about" in way for way in ways)
    assert not any(way.startswith("SCAN") for way in ways)


def test_steps_are_signed(filled: Workspace) -> None:
    """The history says who decided, when, and in words a person would use."""
    entry = filled.decline(told_as(filled, "1"), "not planned")
    assert entry
    assert entry.by == filled.config.by
    assert entry.at.tzinfo is not None
    assert entry.label == "Declined f1 “first thing said”: not planned"


def test_only_decision_tables_are_journalled(filled: Workspace) -> None:
    """A step cannot reach what sources said, and an unknown table has no ids."""
    (one,) = told_as(filled, "1")
    before = table(filled.db, "feedback")
    step = Step(
        "edit", "x", (Change("feedback", one.id, {"body": one.body}, {"body": ""}),)
    )
    with pytest.raises(KeyError):
        filled.do(step)
    with pytest.raises(KeyError), filled.db.write() as write:
        journal.reserve(write, "feedback")
    assert before == table(filled.db, "feedback")


def test_doctor_sees_what_no_step_decided(filled: Workspace) -> None:
    """A row of a decision table that nobody's step made is told."""
    filled.accept(told_as(filled, "1"), "It hurts")
    assert unsound(filled) == {}
    outside(filled, "INSERT INTO roadmap_item (id, title) VALUES (7, 'smuggled')")
    assert "roadmap_item 7" in unsound(filled)["journal"]


def test_weighing_is_journalled(filled: Workspace) -> None:
    """How much something matters is decided like anything else."""
    filled.accept(told_as(filled, "1"), "It hurts")
    evidence = filled.evidence("e1")
    filled.weigh(evidence, Importance.CRITICAL)
    assert filled.evidence("e1").importance is Importance.CRITICAL
    filled.undo()
    assert filled.evidence("e1") == evidence


_WRITES = re.compile(
    r"\b(?:INSERT(?: OR \w+)? INTO|REPLACE INTO|UPDATE|DELETE FROM|DROP TABLE|ALTER TABLE)"
    r"\s+(\{?\w+\}?)"
)
_MAY_WRITE = {
    "evidence": {
        "store/budgets.py",
        "store/copies.py",
        "store/customers.py",
        "store/deliveries.py",
        "store/evidence.py",
        "store/gone.py",
        "store/tracking.py",
        "store/leases.py",
        "store/pushes.py",
        "store/retold.py",
        "store/returning.py",
        "store/schema_retold.py",
        "store/schema_thread.py",
        "store/taking_back.py",
        "store/threads.py",
    },
    "decisions": {"store/journal.py"},
}
_GIVES_COLUMNS = {
    "disposition": {"store/schema_loop.py"},
    "source": {"store/schema_sync.py", "store/schema_calls.py"},
    "batch": {"store/schema_sync.py", "store/schema_calls.py"},
    "customer": {"store/schema_people.py"},
    "roadmap_item": {"store/schema_planning.py"},
    "session": {"store/schema_research.py"},
}
"""Migrations that add a column to a table; they decide and tell nothing."""


def writers() -> dict[str, set[str]]:
    """Table (or the name of a variable that holds it) to the modules that write it."""
    found: dict[str, set[str]] = {}
    for path in PACKAGE.rglob("*.py"):
        for name in _WRITES.findall(path.read_text()):
            found.setdefault(name, set()).add(path.relative_to(PACKAGE).as_posix())
    return found


def test_each_table_has_its_writer() -> None:
    """Decision tables are written by the journal alone, evidence by what pulls it in."""
    found = writers()
    assert set(DECISIONS) == set(journal.KEYS)
    for name in DECISIONS:
        wrote = found.get(name, set()) - _GIVES_COLUMNS.get(name, set())
        assert wrote <= _MAY_WRITE["decisions"], name
    for name in EVIDENCE:
        wrote = found.get(name, set()) - _GIVES_COLUMNS.get(name, set())
        assert wrote <= _MAY_WRITE["evidence"], name
    # Where the table is a variable, the module is one that says which.
    assert found["{table}"] == {"store/journal.py", "store/returning.py"}
    assert {name for name in found if name.startswith("{")} == {"{table}"}


def test_each_turn_is_dated(workspace: Workspace) -> None:
    """Undoing and doing again are kept with their time: what was true then is known."""
    workspace.capture("Export is slow")
    workspace.undo()
    workspace.redo()
    turns = workspace.db.read().execute("SELECT step_id, done FROM turn ORDER BY id")
    assert [tuple(row) for row in turns] == [(1, 0), (1, 1)]
