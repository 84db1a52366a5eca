"""A forum in a real workspace: what comes to the inbox, and what a second run changes."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from factories import a_workspace, unsound
from servers import pulls
from servers.discourse import connector
from servers.discourse_server import DiscourseServer
from triage.sync import Ended
from triage.workspace import Workspace


def sync(workspace: Workspace, server: DiscourseServer) -> Ended:
    """One run, as ``triage sync`` makes it, an hour later."""
    server.now += timedelta(hours=1)
    return pulls.sync(workspace, connector(), server)


def count(workspace: Workspace, where: str) -> int:
    told = workspace.db.read().execute(f"SELECT count(*) FROM feedback WHERE {where}")
    return int(told.fetchone()[0])


def test_inbox(tmp_path: Path) -> None:
    """Members' words come to the inbox, the staff's do not; what is deleted is gone."""
    server = DiscourseServer()
    server.begin("The export loses my tags")
    server.say(1, "We look into it", "olga")
    server.say(1, "Secret of the house", "olga", kind=4)
    server.begin("It is slow", "bea")
    with a_workspace(tmp_path) as workspace:
        assert sync(workspace, server).counts.new == 3
        (inbox,) = workspace.db.read().execute("SELECT sum(total) FROM queue")
        assert inbox[0] == 2
        assert count(workspace, "kind = 'agent' AND channel = 'social'") == 1
        again = sync(workspace, server).counts
        assert (again.new, again.changed, again.gone) == (0, 0, 0)
        server.posts[1]["actions_summary"] = [{"id": 2, "count": 1}]
        server.say(1, "Still lost")
        later = sync(workspace, server).counts
        assert (later.new, later.changed) == (1, 0)
        server.delete(4)
        assert sync(workspace, server).counts.gone == 1
        assert unsound(workspace) == {}
