"""What trackers are told waits in the outbox, says what was said, and is sent once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from servers.planner import Plans
from tracking.planning import hurting, pain, sent, synced, taken
from triage.errors import Conflict, UsageError
from triage.sending import AlreadyThere, SendFailed, Sent
from triage.workspace import Workspace


def test_filed_and_created(workspace: Workspace, plans: Plans) -> None:
    """A pain point is planned and drafted in one step; sent, it has its tracker's key."""
    point = hurting(workspace)
    item, view = workspace.file(point, "plan", title="Keep tags in exports")
    assert plans.plans == {}
    assert view.draft.title == "Keep tags in exports"
    (event,) = sent(workspace)
    assert isinstance(event, Sent)
    (key,) = plans.plans
    assert plans.plans[key]["title"] == "Keep tags in exports"
    there = workspace.roadmap_item(item.short)
    assert (there.key, there.url) == (key, plans.plans[key]["url"])
    assert pain(workspace).plans[0].item.key == key
    plans.move(key, "Released")
    synced(workspace)
    assert workspace.roadmap()[0].status == "shipped"


def test_undone_before_it_is_sent(workspace: Workspace) -> None:
    """Undo takes plan, link and draft back together, until the tracker was told."""
    point = hurting(workspace)
    workspace.file(point, "plan")
    workspace.undo()
    assert (workspace.roadmap(), workspace.drafts()) == ([], [])
    workspace.redo()
    sent(workspace)
    with pytest.raises(Conflict):
        workspace.undo()


def test_what_it_says(workspace: Workspace, plans: Plans) -> None:
    """It says who was heard, and quotes with date and channel, but nobody's name."""
    point = hurting(workspace)
    workspace.edit(point, statement="Whoever exports loses an afternoon.")
    point = pain(workspace).pain_point
    _, view = workspace.file(point, "plan")
    text = view.draft.text
    assert text.startswith("Whoever exports loses an afternoon.")
    assert "2 people of 1 company" in text or "2 people, " in text
    assert "> It loses every tag I set" in text
    assert "email" in text
    assert "acme.example" not in text
    assert "Person" not in text
    workspace.undo()
    _, view = workspace.file(point, "plan", names=True)
    assert "Person 1" in view.draft.text


def test_customers_words_do_nothing_there(workspace: Workspace) -> None:
    """A customer's Markdown, mention, reference and HTML are words and no more."""
    hostile = "# fixes #12 @everyone <img src=x> [x](http://e.example) `code` !3 ~~x~~"
    _, view = workspace.file(hurting(workspace, hostile), "plan")
    (quote,) = [one for one in view.draft.text.split("\n") if one.startswith("> ")]
    joiner = "\N{WORD JOINER}"
    assert "#12" not in quote.replace("\\", "")
    assert f"#{joiner}12" in quote
    assert f"@{joiner}everyone" in quote
    assert "<img" not in quote.replace("\\<", "")
    assert "[x]" not in quote


def test_told_once(workspace: Workspace, plans: Plans) -> None:
    """Filing again what waits is refused; told again, nothing is created."""
    point = hurting(workspace)
    _, view = workspace.file(point, "plan")
    with pytest.raises(UsageError, match="waits to be created at plan already"):
        workspace.file(point, "plan")
    sent(workspace)
    (event,) = sent(workspace, view)
    assert isinstance(event, AlreadyThere)
    assert len(plans.plans) == 1


def test_lost_answer(workspace: Workspace, plans: Plans) -> None:
    """An answer that never came leaves one entry there, found the next time."""
    honest = plans.answer
    _, view = workspace.file(hurting(workspace), "plan")
    plans.broken = True
    (event,) = sent(workspace, view)
    assert isinstance(event, SendFailed)
    plans.broken = False
    (event,) = sent(workspace, view)
    assert isinstance(event, AlreadyThere)
    assert len(plans.plans) == 1
    assert honest is not None


def test_comment(workspace: Workspace, plans: Plans) -> None:
    """A comment says what is new since the last one, and nothing twice."""
    point = hurting(workspace)
    item, _ = workspace.file(point, "plan")
    with pytest.raises(UsageError, match="is not at plan yet"):
        workspace.comment(item)
    sent(workspace)
    item = workspace.roadmap_item(item.id)
    with pytest.raises(UsageError, match="nothing new"):
        workspace.comment(item)
    hurting(workspace, "My tags are gone after the export, too")
    view = workspace.comment(item)
    assert "1 more person" in view.draft.text
    assert "3 people in all" in view.draft.text
    assert "My tags are gone" in view.draft.text
    assert "It loses every tag" not in view.draft.text
    with pytest.raises(UsageError, match="waits already"):
        workspace.comment(item)
    sent(workspace)
    (told,) = plans.comments(item.key)
    assert "My tags are gone" in told
    with pytest.raises(UsageError, match="nothing new"):
        workspace.comment(item)


def test_refer(workspace: Workspace, plans: Plans) -> None:
    """A link leads to the first quote's address, or where a person says; else nowhere."""
    point, key = hurting(workspace), plans.add("Faster export")
    item = taken(workspace, key, point)
    with pytest.raises(UsageError, match="--url"):
        workspace.refer(item)
    with pytest.raises(UsageError, match="--url"):
        workspace.refer(item, url="javascript:alert(1)")
    workspace.refer(item, url="https://help.acme.example/12")
    sent(workspace)
    assert plans.links(key) == ["https://help.acme.example/12"]


def test_plan_of_ours(workspace: Workspace, plans: Plans) -> None:
    """Something planned here alone is created at a tracker later, and once."""
    item = workspace.plan("Faster export", owner="Ann", target="2027-03")
    workspace.link(hurting(workspace), item)
    workspace.file_item(item, "plan")
    with pytest.raises(UsageError, match="on its way"):
        workspace.file_item(workspace.roadmap_item(item.id), "plan")
    sent(workspace)
    there = workspace.roadmap_item(item.id)
    assert (there.tracker, there.key) == ("plan", "PLAN-1")
    assert (there.owner, there.target) == ("Ann", "2027-03")


def test_edited(workspace: Workspace, plans: Plans) -> None:
    """Title, owner, target, key and address are a person's to set, whoever named it."""
    item, _ = workspace.file(hurting(workspace), "plan")
    sent(workspace)
    item = workspace.roadmap_item(item.id)
    workspace.reschedule(item, title="Tags survive", owner="Ann", target="Q2")
    item = workspace.roadmap_item(item.id)
    assert (item.title, item.owner, item.target) == ("Tags survive", "Ann", "Q2")
    assert item.key == "PLAN-1"
    workspace.reschedule(item, key="PLAN-7")
    assert workspace.roadmap_item(item.id).key == "PLAN-7"
    workspace.undo()
    assert workspace.roadmap_item(item.id).key == "PLAN-1"
    with pytest.raises(Conflict):
        workspace.reschedule(replace(item, title="Seen long ago"), title="Other")
