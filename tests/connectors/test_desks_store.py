"""Desks in a real workspace: what customers said is in the inbox, and nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx
import pytest

from factories import a_workspace, pulled, table, unsound
from servers import jira_service_management as jira
from servers import request_tracker as tracker
from triage.sync import Ended, Pull
from triage.transport import Http
from triage.workspace import Workspace


def synced(workspace: Workspace, desk: Any, service: Any) -> Ended:
    """One run, as ``triage sync`` makes it."""
    http = Http(
        client_transport=httpx.MockTransport(service.answer), clock=lambda: service.now
    )
    run = Pull(
        source="desk", connector_name="desk", connector=desk.connector(), http=http,
        label="sync", resume=True,
    )  # fmt: skip
    ended = pulled(workspace.db, run)[-1]
    assert isinstance(ended, Ended), ended
    return ended


@pytest.mark.parametrize("desk", [tracker, jira], ids=["request-tracker", "jira"])
def test_inbox(desk: Any, tmp_path: Path) -> None:
    """Of each conversation the customers' words wait, once, whoever answered since."""
    kinds = {
        tracker: tracker.RequestTrackerService,
        jira: jira.JiraServiceManagementService,
    }
    service: Any = kinds[desk]()
    names = [service.add() for _ in range(5)]
    words = service.reply(names[0])
    with a_workspace(tmp_path) as workspace:
        first = synced(workspace, desk, service)
        assert first.counts.new == 6
        read = workspace.db.read()
        waiting = read.execute("SELECT sum(total) FROM queue WHERE state = 'inbox'")
        assert waiting.fetchone()[0] == 5
        assert "Internal" not in repr(table(workspace.db, "feedback"))
        ours = read.execute("SELECT body FROM feedback WHERE kind = 'agent'")
        assert [row["body"] for row in ours] == [words]
        before = table(workspace.db, "feedback")
        second = synced(workspace, desk, service)
        assert (second.counts.new, second.counts.changed, second.counts.gone) == (
            0,
        ) * 3
        assert table(workspace.db, "feedback") == before
        assert unsound(workspace) == {}
