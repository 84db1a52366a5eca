"""Zendesk in a real workspace: what comes to the inbox, and what a second run changes."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from factories import a_workspace, unsound
from servers import pulls
from servers.zendesk import connector
from servers.zendesk_desk import BOB
from servers.zendesk_server import ZendeskServer
from triage.sync import Ended
from triage.workspace import Workspace


def sync(workspace: Workspace, server: ZendeskServer) -> Ended:
    """One run, as ``triage sync`` makes it, an hour later."""
    server.now += timedelta(hours=1)
    source = connector(fields={"plan": "organization.plan"})
    return pulls.sync(workspace, source, server)


def count(workspace: Workspace, where: str) -> int:
    told = workspace.db.read().execute(f"SELECT count(*) FROM feedback WHERE {where}")
    return int(told.fetchone()[0])


def test_inbox(tmp_path: Path) -> None:
    """Customers' words come to the inbox, agents' do not, and a second run is quiet."""
    server = ZendeskServer()
    server.open("The export loses my tags", 1)
    server.say(1, "We look into it", BOB)
    server.say(1, "Secret of the house", BOB, public=False)
    server.say(1, "They are still lost", 1)
    server.rate(1, "bad")
    with a_workspace(tmp_path) as workspace:
        assert sync(workspace, server).counts.new == 4
        (inbox,) = workspace.db.read().execute("SELECT sum(total) FROM queue")
        assert inbox[0] == 2
        assert count(workspace, "kind = 'agent'") == 1
        assert count(workspace, "body LIKE '%Secret%'") == 0
        assert count(workspace, "metric = 'csat' AND rating = 0 AND scale = '0-1'") == 1
        assert count(workspace, "company = 'Acme 1' AND context LIKE '%pro%'") == 3
        again = sync(workspace, server).counts
        assert (again.new, again.changed, again.gone) == (0, 0, 0)
        server.set(1, "solved")
        assert sync(workspace, server).counts.changed == 1
        assert count(workspace, "edited_at > received_at") == 0
        assert unsound(workspace) == {}


def test_deleted_and_restored(tmp_path: Path) -> None:
    """All of a deleted ticket is marked, and none of it once it is restored."""
    server = ZendeskServer()
    server.open("The export loses my tags", 1)
    server.say(1, "They are still lost", 1)
    with a_workspace(tmp_path) as workspace:
        sync(workspace, server)
        server.set(1, "deleted")
        assert sync(workspace, server).counts.gone == 2
        server.set(1, "open")
        sync(workspace, server)
        (gone,) = workspace.db.read().execute("SELECT count(*) FROM gone")
        assert gone[0] == 0
        assert unsound(workspace) == {}
