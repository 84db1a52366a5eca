"""A real Redmine: what is filed there is there once, and read back as it is."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from factories import a_workspace
from servers.redmine_real import Redmine
from tracking.planning import hurting, moved, sent, synced, taken
from triage.connector import Secret, SignInFailed
from triage.testing.serving import served
from triage.transport import Http
from triage.workspace import Workspace
from triage_connectors.redmine import Redmine as Connector


@pytest.fixture
def workspace(
    redmine: Redmine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Workspace]:
    monkeypatch.setenv("TRIAGE_HOME", str(tmp_path / "home"))
    with a_workspace(tmp_path) as opened:
        settings = {
            "url": redmine.url, "key": redmine.keys["triage"], "project": "product",
            "writes": "true",
        }  # fmt: skip
        opened.add_source("plan", "redmine", settings)
        yield opened


def found(workspace: Workspace, text: str) -> list[Any]:
    return asyncio.run(workspace.find_planned("plan", text))


def entitled(redmine: Redmine, title: str) -> list[dict[str, Any]]:
    """Issues of this title."""
    return [one for one in redmine.issues() if one["subject"] == title]


def test_found_and_linked(workspace: Workspace, redmine: Redmine) -> None:
    """Words find it; linked, its status is read back, and each change of it."""
    key = redmine.add("Faster export of große reports")
    redmine.add("Something else")
    (plan,) = found(workspace, "REPORTS faster")
    assert (plan.key, plan.state, plan.status) == (key, "New", "")
    point = hurting(workspace)
    item = taken(workspace, key, point)
    redmine.move(key, "Waiting for legal")
    (event,) = moved(synced(workspace))
    assert (event.before, event.state, event.status) == ("New", "Waiting for legal", "")
    workspace.change_source("plan", {"statuses": {"closed": "shipped"}})
    redmine.move(key, "Closed")
    (event,) = moved(synced(workspace))
    assert event.line.endswith(
        f"is shipped: 2 people to tell, `triage tell {point.short}`"
    )
    redmine.remove(key)
    (event,) = moved(synced(workspace))
    assert event.is_gone
    assert [one.state for one in workspace.states_of(item)][-1] == "Closed"


def test_words_of_any_kind(workspace: Workspace) -> None:
    """Whatever is searched for is words to it."""
    for text in ('"x', "a:b AND (c OR", "100% *?[x] \\ '", "#12 @name", "🧵 ü", "-x"):
        assert found(workspace, text) == []


def test_created_commented_linked(workspace: Workspace, redmine: Redmine) -> None:
    """Filed, commented on and linked once each; nobody there sees what marks it."""
    hostile = "# fixes #1 @admin <script>alert(1)</script> [x](javascript:1) {{macro}}"
    point = hurting(workspace, hostile, "The export takes an hour")
    item, view = workspace.file(point, "plan", title="Tags survive — an export")
    sent(workspace)
    (issue,) = entitled(redmine, "Tags survive — an export")
    item = workspace.roadmap_item(item.id)
    assert item.key == str(issue["id"])
    assert item.url == f"{redmine.url}/issues/{item.key}"
    hurting(workspace, "My tags are gone, too")
    comment = workspace.comment(item)
    link = workspace.refer(item, url="https://help.acme.example/12")
    sent(workspace)
    for one in (view, comment, link):
        (event,) = sent(workspace, one)
        assert type(event).__name__ == "AlreadyThere"
    notes = [one["notes"] for one in redmine.issue(item.key)["journals"]]
    assert len(notes) == 2
    page = redmine.page(item.key)
    assert "My tags are gone, too" in page
    assert 'href="https://help.acme.example/12"' in page
    for one in (view, comment, link):
        assert one.draft.key not in page
    assert "<script>alert(1)" not in page
    assert 'href="javascript' not in page
    assert 'href="/issues/1"' not in page.partition('class="wiki"')[2]
    assert len(entitled(redmine, "Tags survive — an export")) == 1


def test_ignored_status(workspace: Workspace, redmine: Redmine) -> None:
    """A status that this key may not choose is ignored there, and told here."""
    workspace.change_source("plan", {"status": "In Progress"})
    workspace.file(hurting(workspace), "plan", title="Begun at once")
    (event,) = sent(workspace)
    assert "the status is “New”, not “In Progress” as asked" in event.receipt.text
    assert entitled(redmine, "Begun at once")[0]["status"]["name"] == "New"


def test_long_and_strange(workspace: Workspace, redmine: Redmine) -> None:
    """A title too long is cut, and a text of the longest kind kept whole."""
    point = hurting(workspace)
    workspace.file(point, "plan", title="Slow 🧵 " * 200)
    view = workspace.drafts()[0]
    workspace.redraft(view.draft, "wörd " * 3_000 + "the end")
    (event,) = sent(workspace)
    issue = redmine.issue(event.receipt.external_id)
    assert len(issue["subject"]) <= 255
    assert issue["description"].endswith("the end")


def test_refused(redmine: Redmine) -> None:
    """A key that opens nothing is told by check, though reading needs none."""

    async def check() -> None:
        wrong = Connector(redmine.url, Secret("canary-5f3a91c2"), "product")
        async with Http() as http:
            await wrong.check(http)

    with pytest.raises(SignInFailed):
        asyncio.run(check())


_SEND = """
import sys
from pathlib import Path
from tracking.planning import sent
from triage.workspace import Workspace

with Workspace(Path(sys.argv[1])) as workspace:
    sent(workspace)
"""


def test_killed(workspace: Workspace, redmine: Redmine, tmp_path: Path) -> None:
    """Killed between the issue's creation and its record, it files no second one."""
    filed, go_on = threading.Event(), threading.Event()

    def answer(request: httpx.Request) -> httpx.Response:
        """As Redmine does; the answer to what is filed never arrives."""
        told = httpx.request(
            request.method, f"{redmine.url}{request.url.raw_path.decode()}",
            headers={
                name: value for name, value in request.headers.items()
                if name in {"x-redmine-api-key", "content-type"}
            },
            content=request.content, timeout=60,
        )  # fmt: skip
        if request.method == "POST":
            filed.set()
            go_on.wait(30)
        return told

    item, view = workspace.file(hurting(workspace), "plan", title="Filed once")
    with served(answer) as address:
        workspace.change_source("plan", {"url": address})
        process = subprocess.Popen(
            [sys.executable, "-c", _SEND, str(tmp_path / "work.db")],
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        )
        assert filed.wait(60)
        process.send_signal(signal.SIGKILL)
        process.wait(20)
        go_on.set()
    assert workspace.draft(view.draft.id).state == "sending"
    assert workspace.roadmap_item(item.id).key == ""
    workspace.change_source("plan", {"url": redmine.url})
    (event,) = sent(workspace)
    assert type(event).__name__ == "AlreadyThere"
    (issue,) = entitled(redmine, "Filed once")
    assert workspace.roadmap_item(item.id).key == str(issue["id"])
