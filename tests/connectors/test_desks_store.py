"""Desks in a real workspace: what customers said is in the inbox, and nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from factories import a_workspace, table, unsound
from servers import jira_service_management as jira
from servers import request_tracker as tracker
from servers.pulls import sync


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
        first = sync(workspace, desk.connector(), service)
        assert first.counts.new == 6
        read = workspace.db.read()
        waiting = read.execute("SELECT sum(total) FROM queue WHERE state = 'inbox'")
        assert waiting.fetchone()[0] == 5
        assert "Internal" not in repr(table(workspace.db, "feedback"))
        ours = read.execute("SELECT body FROM feedback WHERE kind = 'agent'")
        assert [row["body"] for row in ours] == [words]
        before = table(workspace.db, "feedback")
        second = sync(workspace, desk.connector(), service)
        assert (second.counts.new, second.counts.changed, second.counts.gone) == (
            0,
        ) * 3
        assert table(workspace.db, "feedback") == before
        assert unsound(workspace) == {}
