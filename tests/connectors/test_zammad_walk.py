"""The way through a Zammad desk: nothing is missed, and little is asked twice."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from factories import a_workspace, unsound
from servers.pulls import asked, by_name, last_cursor, pages, sync
from servers.zammad import NOW, ZammadDesk, ZammadService, connector
from triage.connector import Cursor


def a_desk(count: int = 7, **told: Any) -> ZammadDesk:
    """A desk with tickets an hour after one another, the last an hour ago."""
    desk = ZammadDesk(**told)
    for back in range(count, 0, -1):
        desk.now = NOW - timedelta(hours=back)
        desk.say(desk.ticket(), f"It loses tags, {back}")
    desk.now = NOW
    return desk


def test_calls_of_a_second_run() -> None:
    """Where nothing changed, a run is two searches and nothing else."""
    desk = a_desk()
    first = pages(connector(), desk)
    assert (asked(desk, "search"), asked(desk, "by_ticket")) == (2, 7)
    desk.requests.clear()
    second = pages(connector(), desk, last_cursor(first))
    assert by_name(second) == {}
    assert (len(desk.requests), asked(desk, "search")) == (3, 3)


def test_many_tickets() -> None:
    """A desk of more tickets than a search gives is read by several searches."""
    desk = ZammadService()
    rows = desk.fill(300)
    desk.cap = 200
    assert len(by_name(pages(connector(), desk))) == rows
    assert asked(desk, "tickets/search") == 2
    assert asked(desk, "by_ticket") == 300


def test_an_administrator_reads_articles_together() -> None:
    """Where the token may list all articles, tickets are not asked one by one."""
    desk = ZammadService(admin=True)
    desk.fill(300)
    found = pages(connector(), desk)
    assert by_name(found) == by_name(
        pages(connector(since=NOW - timedelta(days=9000)), desk)
    )
    desk.requests.clear()
    assert by_name(pages(connector(), desk)) == by_name(found)
    assert asked(desk, "by_ticket") == 0
    assert len(desk.requests) < 12
    for count in range(1, len(found)):
        cursor = next((p.cursor for p in reversed(found[:count]) if p.cursor), None)
        rest = pages(connector(), desk, cursor)
        assert by_name(found[:count]) | by_name(rest) == by_name(found)
    desk.requests.clear()
    assert by_name(pages(connector(), desk, last_cursor(found))) == {}
    assert asked(desk, "ticket_articles") == 0


def test_what_becomes_internal_meanwhile() -> None:
    """An article is told as it is after its ticket changed last, listed or not."""
    desk = a_desk(9, admin=True)
    first = pages(connector(), desk)
    desk.articles[2][0]["internal"] = True
    desk.touch(2)
    desk.merge(3, 4)
    desk.now += timedelta(hours=1)
    second = pages(connector(), desk, last_cursor(first))
    assert [name for page in second for name in page.gone] == ["2"]
    assert by_name(second)["3"].thread == "4"


def test_an_agent_is_refused_the_list_once() -> None:
    """Without the permission admin the list of articles is asked for but once."""
    desk = a_desk(120)
    first = pages(connector(), desk)
    assert sum(one.url.path.endswith("/ticket_articles") for one in desk.requests) == 1
    for _ in range(60):
        desk.say(desk.ticket(), "It loses tags")
    desk.now += timedelta(hours=1)
    desk.requests.clear()
    assert len(by_name(pages(connector(), desk, last_cursor(first)))) == 60
    assert not [r for r in desk.requests if r.url.path.endswith("/ticket_articles")]


def test_bulk_change_beyond_the_cap() -> None:
    """More tickets changed in one moment than a search gives are listed, not lost."""
    desk = ZammadDesk(cap=200)
    for number in range(230):
        desk.say(desk.ticket(NOW), f"It loses tags, {number}", at=NOW)
    desk.now = NOW + timedelta(hours=1)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("triage_connectors.zammad_walk.CAP", 200)
        found = pages(connector(), desk)
        assert len(by_name(found)) == 230
        assert by_name(pages(connector(), desk, last_cursor(found))) == {}


def test_late_index() -> None:
    """What the search tells late comes with a later run, and once."""
    desk = a_desk(3, lag=timedelta(minutes=5))
    first = pages(connector(), desk)
    desk.say(1, "Still broken")
    desk.now += timedelta(minutes=1)
    desk.say(2, "Here as well")
    second = pages(connector(), desk, last_cursor(first))
    assert "4" not in by_name(second)
    desk.now += timedelta(minutes=5)
    third = by_name(pages(connector(), desk, last_cursor(second)))
    assert {"4", "5"} <= third.keys()


def test_a_ticket_that_changes_while_it_is_read() -> None:
    """One that stands early in the search, with a late time, hides none after it."""
    desk = a_desk(9, size=3, lag=timedelta(minutes=5))
    # The search knows the second ticket as it was; the ticket itself is of now.
    desk.say(2, "Still broken")
    found = pages(connector(), desk)
    assert len(by_name(found)) == 10
    # Until a killed pull is resumed, the search has learnt of it.
    desk.now += timedelta(minutes=6)
    for count in range(1, len(found)):
        cursor = next((p.cursor for p in reversed(found[:count]) if p.cursor), None)
        rest = pages(connector(), desk, cursor)
        assert (
            by_name(found[:count]).keys() | by_name(rest).keys()
            == by_name(found).keys()
        )


@pytest.mark.parametrize("elastic", ["", "refuses"])
def test_without_elasticsearch(elastic: str) -> None:
    """The list brings the same rows as the search, first and afterwards."""
    listed, searched = a_desk(elastic=elastic, size=3), a_desk(size=3)
    first, wanted = pages(connector(), listed), pages(connector(), searched)
    assert by_name(first) == by_name(wanted)
    for desk in (listed, searched):
        desk.now += timedelta(hours=1)
        desk.say(3, "Still broken")
        desk.requests.clear()
    second = by_name(pages(connector(), listed, last_cursor(first)))
    assert second == by_name(pages(connector(), searched, last_cursor(wanted)))
    assert asked(listed, "by_ticket") == 1


def test_list_goes_on_where_it_was() -> None:
    """A list that was broken off goes on with its next page, and misses no change."""
    desk = a_desk(elastic="", size=3)
    found = pages(connector(), desk)
    cursor = next(page.cursor for page in found if page.cursor)
    assert json.loads(cursor)["page"] == 2
    desk.now += timedelta(hours=1)
    desk.say(1, "Still broken")
    desk.requests.clear()
    rest = pages(connector(), desk, cursor)
    assert asked(desk, "search") == 0
    # The first ticket stood on the page that was read; it comes with the next run.
    assert "8" not in by_name(rest)
    assert "8" in by_name(pages(connector(), desk, last_cursor(rest)))


def test_search_that_comes_to_be() -> None:
    """Once there is a search, the same cursor goes on with it."""
    desk = a_desk(elastic="")
    first = pages(connector(), desk)
    desk.elastic = "on"
    desk.now += timedelta(hours=1)
    desk.say(2, "Still broken")
    desk.requests.clear()
    assert "8" in by_name(pages(connector(), desk, last_cursor(first)))
    assert not [one for one in desk.requests if one.url.path.endswith("/tickets")]


@pytest.mark.parametrize("elastic", ["on", ""])
def test_since(elastic: str) -> None:
    """A first pull leaves out tickets that changed last before it."""
    desk = a_desk(elastic=elastic)
    told = by_name(pages(connector(since=NOW - timedelta(hours=3, minutes=1)), desk))
    assert sorted(told) == ["5", "6", "7"]
    desk.requests.clear()
    assert by_name(pages(connector(since=NOW), desk)) == {}
    assert asked(desk, "by_ticket") == 0


def test_empty_desk() -> None:
    """A desk without tickets is pulled, and its first ticket comes later."""
    desk = ZammadDesk()
    first = pages(connector(), desk)
    assert by_name(first) == {}
    desk.now += timedelta(hours=1)
    desk.say(desk.ticket(), "It loses tags")
    assert list(by_name(pages(connector(), desk, last_cursor(first)))) == ["1"]


def test_merged(tmp_path: Path) -> None:
    """Articles of a merged ticket move to the other one, whichever comes first."""
    for source, target in ((1, 3), (3, 1)):
        desk = a_desk(3)
        folder = tmp_path / f"{source}"
        folder.mkdir()
        with a_workspace(folder) as workspace:
            sync(workspace, connector(), desk)
            desk.now += timedelta(hours=1)
            desk.merge(source, target)
            desk.now += timedelta(hours=1)
            sync(workspace, connector(), desk)
            rows = workspace.db.read().execute(
                "SELECT external_id, thread FROM feedback"
            )
            threads = {row["external_id"]: row["thread"] for row in rows}
            assert threads[str(source)] == threads[str(target)] == str(target)
            gone = workspace.db.read().execute("SELECT count(*) FROM gone")
            assert gone.fetchone()[0] == 0
            assert unsound(workspace) == {}


def test_removed(tmp_path: Path) -> None:
    """All of a ticket that is removed is marked as gone, and stays."""
    desk = a_desk(3)
    with a_workspace(tmp_path) as workspace:
        sync(workspace, connector(), desk)
        inbox = workspace.db.read().execute("SELECT sum(total) FROM queue")
        assert inbox.fetchone()[0] == 3
        desk.now += timedelta(hours=1)
        desk.state(2, 6)
        assert sync(workspace, connector(), desk).counts.gone == 1
        assert sync(workspace, connector(), desk).counts.gone == 0
        again = sync(workspace, connector(), desk).counts
        assert (again.new, again.changed) == (0, 0)
        assert unsound(workspace) == {}


def test_cursors_of_others() -> None:
    """A damaged cursor is refused before anything is asked."""
    desk = a_desk(1)
    cursor = json.loads(last_cursor(pages(connector(), desk)))
    desk.requests.clear()
    for name, value in (
        ("page", -1),
        ("began", "x"),
        ("said", "x"),
        ("seen", []),
        ("until", 3),
    ):
        damaged = Cursor(json.dumps({**cursor, name: value}))
        with pytest.raises(Exception, match=f"damaged \\(its {name}\\)"):
            pages(connector(), desk, damaged)
    assert desk.requests == []
