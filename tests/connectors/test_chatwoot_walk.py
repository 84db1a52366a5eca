"""The way through a Chatwoot account: nothing is missed, and little is asked twice."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from factories import a_workspace, unsound
from servers.chatwoot import NOW, ChatwootDesk, ChatwootService, connector
from servers.pulls import by_name, last_cursor, pages, sync
from triage.connector import Cursor, SourceUnavailable


def a_desk(count: int = 7, **told: Any) -> ChatwootDesk:
    """An account with conversations an hour after one another, the last an hour ago."""
    desk = ChatwootDesk(**told)
    for back in range(count, 0, -1):
        desk.now = NOW - timedelta(hours=back)
        desk.say(desk.conversation(), f"It loses tags, {back}")
    desk.now = NOW
    return desk


def asked(desk: ChatwootDesk, part: str) -> int:
    """Requests whose path ends so."""
    return sum(one.url.path.endswith(part) for one in desk.requests)


def test_calls_of_a_second_run() -> None:
    """Where nothing changed, a run is a page of conversations and one of ratings."""
    desk = a_desk()
    first = pages(connector(), desk)
    assert (asked(desk, "/conversations"), asked(desk, "/messages")) == (1, 7)
    desk.requests.clear()
    assert by_name(pages(connector(), desk, last_cursor(first))) == {}
    assert len(desk.requests) == 2


def test_only_what_is_new() -> None:
    """Of many conversations those that changed are read, and no page beyond them."""
    desk = a_desk(30, size=5)
    first = pages(connector(), desk)
    desk.now += timedelta(hours=1)
    desk.say(3, "Still broken")
    desk.requests.clear()
    told = by_name(pages(connector(), desk, last_cursor(first)))
    assert sorted(told) == ["3", "31"]
    assert (asked(desk, "/conversations"), asked(desk, "/messages")) == (1, 1)


def test_long_conversations() -> None:
    """A first pull reads all of a conversation, a later one as far back as is new."""
    desk = a_desk(1)
    for turn in range(50):
        desk.say(
            1, f"Still so, {turn}", turn % 2, at=NOW - timedelta(minutes=50 - turn)
        )
    first = pages(connector(), desk)
    assert len(by_name(first)) == 51
    assert asked(desk, "/messages") == 2
    desk.now += timedelta(hours=1)
    for turn in range(25):
        desk.say(1, f"And so on, {turn}", at=desk.now)
    desk.now += timedelta(hours=1)
    desk.requests.clear()
    told = by_name(pages(connector(), desk, last_cursor(first)))
    assert {str(name) for name in range(52, 77)} <= told.keys()
    assert "1" not in told
    assert asked(desk, "/messages") == 2


@pytest.mark.parametrize(
    ("count", "between", "wanted"), [(45, 0, 3), (81, 50, 5), (81, 1000, 2), (40, 0, 3)]
)
def test_however_long_it_is(count: int, between: int, wanted: int) -> None:
    """All of it comes, also of servers that tell twenty, or not all that is between."""
    desk = a_desk(1, between=between)
    for turn in range(count - 1):
        desk.say(1, f"Still so, {turn}", at=NOW - timedelta(minutes=50))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("triage_connectors.chatwoot_walk.BETWEEN", between or 1000)
        assert len(by_name(pages(connector(), desk))) == count
    assert asked(desk, "/messages") in {wanted, wanted + 1}


def test_resolved_later() -> None:
    """A long conversation that is resolved is told from its beginning, once."""
    desk = a_desk(1)
    for turn in range(30):
        desk.say(1, f"Still so, {turn}", at=NOW - timedelta(minutes=30 - turn))
    first = pages(connector(), desk)
    desk.now += timedelta(hours=1)
    desk.resolve(1)
    second = pages(connector(), desk, last_cursor(first))
    assert by_name(second)["1"].context["status"] == "solved"
    desk.requests.clear()
    assert by_name(pages(connector(), desk, last_cursor(second))) == {}
    assert asked(desk, "/messages") == 0


def test_deleted(tmp_path: Path) -> None:
    """A deleted message is marked when its conversation is read next; it stays."""
    desk = a_desk(2)
    with a_workspace(tmp_path) as workspace:
        assert sync(workspace, connector(), desk).counts.new == 2
        inbox = workspace.db.read().execute("SELECT sum(total) FROM queue")
        assert inbox.fetchone()[0] == 2
        desk.now += timedelta(hours=1)
        desk.delete(1)
        desk.say(1, "Please ignore that")
        counts = sync(workspace, connector(), desk).counts
        assert (counts.new, counts.changed, counts.gone) == (1, 0, 1)
        body = workspace.db.read().execute(
            "SELECT body FROM feedback WHERE external_id = '1'"
        )
        assert body.fetchone()[0] == "It loses tags, 2"
        again = sync(workspace, connector(), desk).counts
        assert (again.new, again.changed, again.gone) == (0, 0, 0)
        assert unsound(workspace) == {}


def test_walk_goes_on_where_it_was() -> None:
    """A walk that was broken off goes on, and what came meanwhile comes after it."""
    desk = a_desk(9, size=3)
    found = pages(connector(), desk)
    cursor = found[0].cursor
    assert cursor
    assert json.loads(cursor)["page"] == 2
    desk.now += timedelta(hours=1)
    desk.say(2, "Still broken")
    rest = pages(connector(), desk, cursor)
    last = pages(connector(), desk, last_cursor(rest))
    told = by_name(found[:1]) | by_name(rest) | by_name(last)
    assert told.keys() == {str(name) for name in range(1, 11)}


def test_pages_that_shift() -> None:
    """What comes while the list is read shifts its pages, and nothing is missed."""
    desk = a_desk(9, size=3)
    turns: list[int] = []

    def moving(request: httpx.Request) -> None:
        if request.url.params.get("page") == "2" and not turns:
            turns.append(desk.say(desk.conversation(), "Here as well"))
            turns.append(desk.say(1, "Still broken"))

    desk.before = moving
    first = pages(connector(), desk)
    told = by_name(first) | by_name(pages(connector(), desk, last_cursor(first)))
    assert told.keys() == {str(name) for name in range(1, 12)}


def test_since() -> None:
    """A first pull goes back to it, and asks for no page beyond."""
    desk = a_desk(30, size=5)
    told = by_name(pages(connector(since=NOW - timedelta(hours=3, minutes=1)), desk))
    assert sorted(told) == ["28", "29", "30"]
    assert asked(desk, "/conversations") == 1


def test_deleted_while_it_is_read() -> None:
    """A conversation that is not there any more by then is gone."""
    desk = a_desk(2)

    def deleting(request: httpx.Request) -> None:
        if request.url.path.endswith("/1/messages"):
            desk.talks.pop(1)

    desk.before = deleting
    (page, *_) = pages(connector(), desk)
    assert page.gone_threads == ["1"]


def test_circle_of_messages() -> None:
    """A server that tells the same messages for older ones is an error, not an end."""
    desk = a_desk(1)
    for turn in range(30):
        desk.say(1, f"Still so, {turn}", at=desk.now)
    kept: list[httpx.Response] = []

    def repeating(request: httpx.Request) -> httpx.Response | None:
        if kept and request.url.path.endswith("/messages"):
            return httpx.Response(200, content=kept[0].content)
        if request.url.path.endswith("/messages"):
            some = desk.messages[1][-20:]
            kept.append(httpx.Response(200, json={"payload": some}))
        return None

    desk.before = repeating
    with pytest.raises(SourceUnavailable, match="circles"):
        pages(connector(), desk)


def test_fill() -> None:
    """A large account comes whole."""
    desk = ChatwootService()
    rows = desk.fill(200)
    assert len(by_name(pages(connector(), desk))) == rows
    assert (asked(desk, "/conversations"), asked(desk, "/messages")) == (8, 200)


def test_cursors_of_others() -> None:
    """A damaged cursor is refused before anything is asked."""
    desk = a_desk(1)
    cursor = json.loads(last_cursor(pages(connector(), desk)))
    desk.requests.clear()
    for name, value in (("page", -1), ("fresh", 3), ("seen", []), ("rated", 3)):
        damaged = Cursor(json.dumps({**cursor, name: value}))
        with pytest.raises(Exception, match=f"damaged \\(its {name}\\)"):
            pages(connector(), desk, damaged)
    assert desk.requests == []
