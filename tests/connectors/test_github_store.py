"""GitHub in a real workspace: what comes to the inbox, and what a second run changes."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from factories import a_workspace, unsound
from servers import pulls
from servers.github import connector
from servers.github_server import GitHubServer
from triage.sync import Ended
from triage.workspace import Workspace


def sync(workspace: Workspace, server: GitHubServer) -> Ended:
    """One run, as ``triage sync`` makes it, an hour later."""
    server.now += timedelta(hours=1)
    return pulls.sync(workspace, connector(), server)


def count(workspace: Workspace, where: str) -> int:
    told = workspace.db.read().execute(f"SELECT count(*) FROM feedback WHERE {where}")
    return int(told.fetchone()[0])


def test_inbox(tmp_path: Path) -> None:
    """Customers' words come to the inbox; a comment changes nothing of its issue."""
    server = GitHubServer()
    server.open("The export loses my tags")
    server.say(1, "We look into it", "olga", "MEMBER")
    talk = server.ask("May it export to CSV?", "bea")
    server.answer_to(talk, "Not yet", "olga", "MEMBER")
    with a_workspace(tmp_path) as workspace:
        assert sync(workspace, server).counts.new == 4
        (inbox,) = workspace.db.read().execute("SELECT sum(total) FROM queue")
        assert inbox[0] == 2
        assert count(workspace, "kind = 'agent' AND channel = 'social'") == 2
        again = sync(workspace, server).counts
        assert (again.new, again.changed, again.gone) == (0, 0, 0)
        server.say(1, "Still lost")
        later = sync(workspace, server).counts
        assert (later.new, later.changed) == (1, 0)
        server.issues[1]["labels"] = [{"name": "bug"}]
        server.touch(server.issues[1])
        assert sync(workspace, server).counts.changed == 1
        assert count(workspace, "edited_at > received_at") == 0
        assert unsound(workspace) == {}
