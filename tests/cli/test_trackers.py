"""``triage roadmap`` at a tracker: found, linked, filed, commented, synced; as JSON too."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.running import Run
from packages import installed as lying
from servers.planner import CANARY, Plans
from servers.served import served
from tracking.planning import hurting
from triage.workspace import Workspace


@pytest.fixture
def plans() -> Plans:
    return Plans()


@pytest.fixture
def planning(
    run: Run, db: Path, plans: Plans, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Run]:
    """The command over a workspace with a pain point and the tracker “plan”."""
    folder = lying(
        tmp_path / "planner", "planner", "planner = servers.planner:Planner\n"
    )
    monkeypatch.syspath_prepend(str(folder))
    with served(plans.answer) as url:
        with Workspace(db) as workspace:
            settings = {"url": url, "token": CANARY, "writes": "true"}
            workspace.add_source("plan", "planner", settings)
            hurting(workspace)
        yield run


def test_found_and_linked(planning: Run, plans: Plans) -> None:
    """Found, linked in one step, listed with state, and what is unmapped is named."""
    plans.move(plans.add("Faster export"), "Waiting for legal")
    (one,) = planning("roadmap", "find", "plan", "faster", "--json").json["plans"]
    assert (one["key"], one["status"], one["roadmap_item"]) == ("PLAN-1", None, None)
    assert planning("link", "p1", "plan:PLAN-1", "--json").json["steps"]
    told = planning("roadmap", "list")
    assert "unmapped “Waiting for legal”" in told.out
    line = "triage sources set plan 'statuses.Waiting for legal'=planned"
    assert line in told.err
    assert line in planning("sources", "show", "plan").out
    assert line in planning("doctor").out
    assert line in planning("doctor", "--json").json["trackers"]
    show = planning("sources", "show", "plan", "--json").json
    assert show["unmapped"] == [{"state": "Waiting for legal", "plans": 1}]
    (one,) = planning("roadmap", "list", "--json").json["roadmap"]
    assert (one["status"], one["tracked"]["state"]) == (None, "Waiting for legal")
    command = "statuses.Waiting for legal=planned"
    assert planning("sources", "set", "plan", command).code == 0
    (moved,) = planning("sync", "--json").json["moved"]
    assert planning("doctor", "--json").json["trackers"] == "ok"
    assert (moved["roadmap_item"], moved["status"]) == ("r1", "planned")
    assert "Waiting for legal (planned)" in planning("show", "r1").out
    assert "planned since" in planning("pain", "show", "p1").out
    assert planning("pain", "show", "p1", "--json").json["plans"][0]["tracked"]
    assert "PLAN-1" in planning("roadmap", "find", "plan", "faster").out


def test_taken(planning: Run, plans: Plans) -> None:
    """Taken by its key for a pain point; a key that is not there says so."""
    plans.add("Faster export")
    told = planning(
        "roadmap", "add", "--from", "plan", "PLAN-1", "--for", "p1", "--json"
    )
    assert told.json["pain_points"][0]["id"] == "p1"
    assert planning("roadmap", "add", "--from", "plan", "PLAN-9").code == 2
    assert planning("roadmap", "add", "--from", "work", "1").code == 2


def test_filed_commented_referred(planning: Run, plans: Plans) -> None:
    """Each is a draft that is shown whole; sent, it is there, and says its key."""
    told = planning("roadmap", "file", "p1", "plan", "--title", "Tags survive")
    assert "## Who says so" in told.out
    assert "triage outbox send d1" in told.err
    told = planning("outbox", "send", "d1", "--yes")
    assert "d1: it is PLAN-1 there" in told.err
    assert planning("roadmap", "comment", "r1").code == 2
    refer = ("roadmap", "refer", "r1", "--url", "https://help.example/1", "--json")
    (draft,) = planning(*refer).json["drafts"]
    assert draft["act"] == "link"
    (sent,) = planning("outbox", "send", "d2", "--yes", "--json").json["drafts"]
    assert sent["what"] == "sent"
    assert plans.links("PLAN-1") == ["https://help.example/1"]


def test_edited(planning: Run) -> None:
    """Title, owner, target, key and address are set, and one is emptied again."""
    planning("roadmap", "add", "Faster", "--owner", "Ann", "--target", "Q1")
    words = ("--title", "Faster export", "--target", "Q2", "--owner", "")
    assert planning("roadmap", "edit", "r1", *words).code == 0
    one = planning("show", "r1", "--json").json
    assert (one["title"], one["target"], one["owner"]) == ("Faster export", "Q2", "")
    assert planning("roadmap", "edit", "r1", "--title", " ").code == 2


def test_shipped(planning: Run, plans: Plans) -> None:
    """What ships says who is to be told, and how."""
    plans.add("Faster export")
    planning("link", "p1", "plan:PLAN-1")
    plans.move("PLAN-1", "Released")
    assert "is shipped: 2 people to tell, `triage tell p1`" in planning("sync").out
