"""What trackers say is read by sync, kept as they said it, and never guessed."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from factories import table
from servers.planner import Plans
from tracking.planning import hurting, moved, pain, synced, taken
from triage.errors import ConfigError, NotFound
from triage.model import Horizon, RoadmapStatus
from triage.sync import Ended, Failed
from triage.workspace import Workspace


def test_nothing_to_ask(workspace: Workspace, plans: Plans) -> None:
    """A tracker nothing is linked to is asked nothing, and that is no failure."""
    (end,) = [event for event in synced(workspace) if isinstance(event, Ended)]
    assert (end.counts.total, plans.requests) == (0, [])
    (source,) = [one for one in workspace.sources() if one.name == "plan"]
    assert source.health == "well"


def test_linked_in_one_step(workspace: Workspace, plans: Plans) -> None:
    """A tracker's plan is taken and linked in one step, which undo takes back whole."""
    point, key = hurting(workspace), plans.add("Faster export")
    plans.move(key, "Doing")
    before = len(workspace.history())
    item = taken(workspace, key, point)
    assert (item.tracker, item.key, item.horizon) == ("plan", key, Horizon.NOW)
    (plan,) = pain(workspace).plans
    assert plan.status is RoadmapStatus.IN_PROGRESS
    assert len(workspace.history()) == before + 1
    taken(workspace, key, point)
    assert len(workspace.history()) == before + 1
    workspace.undo()
    assert workspace.roadmap() == []
    assert pain(workspace).plans == ()


def test_each_change_is_kept(workspace: Workspace, plans: Plans) -> None:
    """Every state is kept with its time; a second sync without news changes nothing."""
    point, key = hurting(workspace), plans.add("Faster export")
    item = taken(workspace, key, point)
    assert moved(synced(workspace)) == []
    plans.move(key, "Doing")
    (event,) = moved(synced(workspace))
    assert (event.before, event.state, event.status) == ("Open", "Doing", "in_progress")
    rows = table(workspace.db, "tracked_state")
    assert moved(synced(workspace)) == []
    assert table(workspace.db, "tracked_state") == rows
    assert [one.state for one in workspace.states_of(item)] == ["Open", "Doing"]


def test_shipped(workspace: Workspace, plans: Plans) -> None:
    """What shipped says how many people are to be told, and of which pain point."""
    point, key = hurting(workspace), plans.add("Faster export")
    item = taken(workspace, key, point)
    plans.move(key, "Released")
    (event,) = moved(synced(workspace))
    assert event.people == 2
    assert event.line == (
        f"{item.short} “Faster export” is shipped: 2 people to tell,"
        f" `triage tell {point.short}`"
    )


def test_unmapped(workspace: Workspace, plans: Plans) -> None:
    """A word without a meaning is shown as that, until a person says what it means."""
    key = plans.add("Faster export")
    taken(workspace, key, hurting(workspace))
    plans.move(key, "Waiting for legal")
    (event,) = moved(synced(workspace))
    assert event.status == ""
    assert (
        "`triage sources set plan 'statuses.Waiting for legal'=planned`" in event.line
    )
    (view,) = workspace.roadmap()
    assert view.status is None
    (word,) = workspace.unmapped()
    assert (word.source, word.state, word.count) == ("plan", "Waiting for legal", 1)
    workspace.change_source("plan", {"statuses": {"WAITING for legal": "planned"}})
    (event,) = moved(synced(workspace))
    assert event.status == "planned"
    assert workspace.unmapped() == []


def test_a_person_knows_better(workspace: Workspace, plans: Plans) -> None:
    """What a person says a word means wins over what the tracker says."""
    key = plans.add("Faster export")
    workspace.change_source("plan", {"statuses": {"released": "in_progress"}})
    taken(workspace, key)
    plans.move(key, "Released")
    (event,) = moved(synced(workspace))
    assert event.status == "in_progress"


def test_no_such_status(workspace: Workspace) -> None:
    """A meaning that is none is refused before anything is written."""
    with pytest.raises(ConfigError, match="Open=plannned is no status"):
        workspace.change_source("plan", {"statuses": {"Open": "plannned"}})
    assert "statuses" not in workspace.configured("plan").settings


def test_gone(workspace: Workspace, plans: Plans) -> None:
    """What is deleted there is told once as gone, and keeps what was last said of it."""
    key = plans.add("Faster export")
    item = taken(workspace, key)
    plans.remove(key)
    (event,) = moved(synced(workspace))
    assert event.is_gone
    assert "gone at plan" in event.line
    assert moved(synced(workspace)) == []
    (view,) = workspace.roadmap()
    assert view.tracked is not None
    assert view.tracked.gone_at is not None
    assert (view.tracked.state, view.item.id) == ("Open", item.id)


def test_failure(workspace: Workspace, plans: Plans) -> None:
    """A refused key fails the run as any pull, and what was known stays."""
    key = plans.add("Faster export")
    taken(workspace, key)
    rows = table(workspace.db, "tracked")
    plans.token = "another"
    (failed,) = [one for one in synced(workspace) if isinstance(one, Failed)]
    assert "plan" in str(failed.error) or failed.why
    (source,) = [one for one in workspace.sources() if one.name == "plan"]
    assert (source.health, source.failures) == ("failed", 1)
    assert table(workspace.db, "tracked") == rows


def test_dry_run(workspace: Workspace, plans: Plans) -> None:
    """A dry run tells what has moved and keeps none of it."""
    key = plans.add("Faster export")
    taken(workspace, key)
    plans.move(key, "Doing")
    rows = table(workspace.db, "tracked"), table(workspace.db, "tracked_state")
    assert len(moved(synced(workspace, rehearse=True))) == 1
    assert rows == (
        table(workspace.db, "tracked"),
        table(workspace.db, "tracked_state"),
    )


def test_found(workspace: Workspace, plans: Plans) -> None:
    """What a tracker has is found by words, and the same words ask it once."""
    plans.add("Faster export")
    plans.move(plans.add("Export to PDF"), "Waiting for legal")

    def find(text: str) -> list[Any]:
        return asyncio.run(workspace.find_planned("plan", text))

    assert [(one.title, one.status) for one in find("export")] == [
        ("Faster export", "planned"), ("Export to PDF", ""),
    ]  # fmt: skip
    asked = len(plans.requests)
    find("  EXPORT ")
    assert len(plans.requests) == asked
    assert find("e") == []
    with pytest.raises(NotFound, match="nothing called PLAN-99"):
        asyncio.run(workspace.planned_at("plan", "PLAN-99"))
