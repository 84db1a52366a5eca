"""Google Play in a real workspace: killed, repeated and told twice, it ends the same."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import killed
from factories import a_workspace, pulled, table, unsound
from servers.google_play import APP, BUCKET, NOW, PlayServer, a_report, a_review, a_row
from servers.google_play import key_file as a_key_file
from servers.google_play_pulls import a_server, bucket, check_requests, ours
from servers.google_play_pulls import with_reports as reported
from servers.served import served
from triage.sync import Ended, Pull
from triage.workspace import Workspace

_SYNC = """
import asyncio, sys
from datetime import datetime
from pathlib import Path
from triage.connector import Secret
from triage.sync import Failed, Fetched, Pull, pull
from triage.transport import Http
from triage.workspace import Workspace
from triage_connectors import google_play_pull
from triage_connectors.google_play import GooglePlay

google_play_pull._ROWS = 4
db, url, app, bucket, now = sys.argv[1:]
key = Secret(sys.stdin.readline().strip())
source = GooglePlay(packages=(app,), key=key, bucket=bucket, url=url, storage_url=url)

async def run(workspace):
    async with Http(clock=lambda: datetime.fromisoformat(now)) as http:
        once = Pull(source="play", connector_name="google-play", connector=source,
                    http=http, label="sync", resume=True)
        async for event in pull(workspace.db, once):
            if isinstance(event, Fetched):
                print(event.counts.new, flush=True)
                sys.stdin.readline()  # goes on when told to, or dies here
            if isinstance(event, Failed):
                raise event.error

with Workspace(Path(db)) as workspace:
    asyncio.run(run(workspace))
print("done", flush=True)
"""


def sync(workspace: Workspace, server: PlayServer, **told: Any) -> Ended:
    """One run, as ``triage sync`` makes it."""
    http = server.http()
    source: Any = ours(**told)
    run = Pull(
        source="play", connector_name="google-play", connector=source, http=http,
        label="sync", resume=True,
    )  # fmt: skip
    events = pulled(workspace.db, run)
    check_requests(server)
    ended = events[-1]
    assert isinstance(ended, Ended), events[-1]
    return ended


def rows(workspace: Workspace) -> list[tuple[Any, ...]]:
    """What is there, without the numbers that tell in which order it came."""
    return sorted(
        map(
            tuple,
            workspace.db.read().execute(
                "SELECT external_id, kind, title, body, rating, language, app_version,"
                " context, edited_at, thread FROM feedback"
            ),
        )
    )


def count(workspace: Workspace, where: str) -> int:
    told = workspace.db.read().execute(f"SELECT count(*) FROM feedback WHERE {where}")
    return int(told.fetchone()[0])


def test_twice(tmp_path: Path) -> None:
    """A second run changes nothing, whatever API and reports tell of one review."""
    server = reported(a_server(7, page=3), rows=8)
    with a_workspace(tmp_path) as workspace:
        first = sync(workspace, server, **bucket())
        assert first.counts.new == 7 + 1 + 3 * 9
        before = rows(workspace)
        revisions = table(workspace.db, "revision")
        second = sync(workspace, server, **bucket())
        assert (second.counts.new, second.counts.changed, second.counts.gone) == (
            0,
        ) * 3
        assert rows(workspace) == before
        assert table(workspace.db, "revision") == revisions
        assert unsound(workspace) == {}


def test_no_flip_flop(tmp_path: Path) -> None:
    """A report that is written anew each day never takes the place of what is whole."""
    server = reported(a_server(7, page=3))
    with a_workspace(tmp_path) as workspace:
        sync(workspace, server, **bucket())
        before = rows(workspace)
        for day in range(3):
            told = [a_row(n, NOW - timedelta(hours=n)) for n in range(7)]
            told[2] = a_row(2, NOW - timedelta(hours=2), reply="Thanks!")
            told.append(a_row(800 + day, NOW - timedelta(days=9 + day), ""))
            server.put("202611", a_report(told))
            late = sync(workspace, server, **bucket())
            assert (late.counts.new, late.counts.changed) == (1, 0)
        assert set(before) <= set(rows(workspace))


def test_report_first(tmp_path: Path) -> None:
    """What a report told first is taken over whole from the API, once."""
    server = PlayServer()
    at = NOW - timedelta(hours=5)
    server.put("202611", a_report([a_row(1, at - timedelta(days=3), edited=str(at))]))
    with a_workspace(tmp_path) as workspace:
        sync(workspace, server, **bucket())
        server.reviews[APP] = [a_review(1, at)]
        assert sync(workspace, server, **bucket()).counts.changed == 1
        assert sync(workspace, server, **bucket()).counts.changed == 0
        (said,) = workspace.db.read().execute(
            "SELECT author, received_at FROM feedback"
        )
        assert said["author"] == "Ann 1"
        # When it was first said, which only a report knows.
        assert said["received_at"].startswith("2026-11-17")


def test_edited(tmp_path: Path) -> None:
    """The last update stands, in whatever month's report or order it comes."""
    server = PlayServer()
    first, later = NOW - timedelta(days=60), NOW - timedelta(days=20)
    row = a_row(1, first, "It works now.", edited=later.isoformat())
    server.put(f"{first:%Y%m}", a_report([a_row(1, first)]))
    server.put(f"{later:%Y%m}", a_report([row]))
    with a_workspace(tmp_path) as workspace:
        sync(workspace, server, **bucket())
        assert count(workspace, "body = 'It works now.'") == 1
        server.put(f"{first:%Y%m}", a_report([a_row(1, first), a_row(2, first)]))
        late = sync(workspace, server, **bucket())
        assert (late.counts.new, late.counts.changed) == (1, 0)
        assert count(workspace, "body = 'It works now.'") == 1


def test_stars_alone(tmp_path: Path) -> None:
    """Stars without words are stored with their version, and never in the inbox."""
    server = PlayServer()
    told = [a_row(n, NOW - timedelta(days=9, minutes=n), "") for n in range(50)]
    server.put("202611", a_report([*told, a_row(99, NOW - timedelta(days=9))]))
    with a_workspace(tmp_path) as workspace:
        sync(workspace, server, **bucket())
        assert count(workspace, "kind = 'auto' AND app_version = '5.2'") == 50
        inbox = workspace.db.read().execute("SELECT sum(total) FROM queue")
        assert inbox.fetchone()[0] == 1


def test_words_come_and_go(tmp_path: Path) -> None:
    """Stars that get words come to the inbox; a review left with stars leaves it."""
    server = PlayServer()
    at = NOW - timedelta(days=20)
    link = f"https://play.google.com/x?reviewId={a_review(1, NOW)['reviewId']}"

    def put(text: str, days: int) -> None:
        edited = (at + timedelta(days=days)).isoformat()
        row = a_row(1, at, text, edited=edited, **{"Review Link": link})
        server.put("202611", a_report([row]))

    with a_workspace(tmp_path) as workspace:
        for days, (text, inbox) in enumerate([("", 0), ("It crashes", 1), ("", 0)]):
            put(text, days)
            sync(workspace, server, **bucket())
            told = workspace.db.read().execute("SELECT total(total) FROM queue")
            assert told.fetchone()[0] == inbox
            assert unsound(workspace) == {}


def test_nobody_in_particular(tmp_path: Path) -> None:
    """Who hides their name is “A Google user” as thousands are, and one of them."""
    server = a_server(5)
    for review in server.reviews[APP]:
        review["authorName"] = "A Google user"
    with a_workspace(tmp_path) as workspace:
        sync(workspace, server)
        assert count(workspace, "author = 'A Google user'") == 5
        people = workspace.db.read().execute(
            "SELECT count(DISTINCT customer_id) FROM feedback WHERE kind = 'feedback'"
        )
        assert people.fetchone()[0] == 5


def test_killed_at_every_page(tmp_path: Path) -> None:
    """Killed after any page, the next run goes on there and ends in the same store."""
    server = reported(a_server(7, page=3), months=2, rows=5)

    def run(path: Path, kill_after: int | None = None) -> list[str]:
        words = [str(path), url, APP, BUCKET, NOW.isoformat()]
        key = a_key_file(token_uri=server.token_url)
        return killed.run(_SYNC, words, key, kill_after)

    with served(server.answer) as url:
        server.token_url = f"{url}/token"
        pages = len(run(tmp_path / "whole.db")) - 1
        assert pages > 5
        with Workspace(tmp_path / "whole.db") as workspace:
            wanted = rows(workspace)
        path = tmp_path / "killed.db"
        for _ in range(pages):
            assert len(run(path, kill_after=1)) == 1
        assert run(path)[-1] == "done"
    with Workspace(path) as workspace:
        assert unsound(workspace) == {}
        assert rows(workspace) == wanted


def test_years(tmp_path: Path) -> None:
    """Two years of reports are pulled once; the second run fetches none of them."""
    server, many = PlayServer(), 24
    for back in range(many):
        month = 12 * 2026 + 10 - back
        at = NOW.replace(year=month // 12, month=month % 12 + 1, day=3)
        told = [a_row(100 * back + n, at + timedelta(hours=n)) for n in range(20)]
        server.put(f"{at:%Y%m}", a_report(told))
    with a_workspace(tmp_path) as workspace:
        assert sync(workspace, server, **bucket()).counts.new == many * 20
        server.requests.clear()
        assert sync(workspace, server, **bucket()).counts.new == 0
        assert len(server.requests) == 4
