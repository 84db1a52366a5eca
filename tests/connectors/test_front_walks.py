"""Front: walks through its events bring all that changed, and little twice."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from factories import a_workspace, unsound
from servers.front import (
    NOW,
    FrontService,
    connector,
    talking,
)
from servers.pulls import asked, by_name, last_cursor, pages, sync
from triage.connector import (
    Cursor,
    SourceError,
)


def test_events_hold_the_words() -> None:
    """No call is made for a conversation whose events hold what was said."""
    server, _ = talking()
    server.begin("Another")
    assert len(by_name(pages(connector(), server))) == 4
    assert len(server.requests) == 1


def test_previews() -> None:
    """Where events only name a message, each conversation is asked for once."""
    server, _ = talking(previews=True, page=2)
    assert [one.body for one in by_name(pages(connector(), server)).values()] == [
        "The export loses my tags.", "Which version?", "It is 5.2.",
    ]  # fmt: skip
    assert asked(server, "/messages") == 1


def test_state_stands_on_the_first_message() -> None:
    """Status, tags and the time of the end stand once, and follow each change."""
    server, name = talking()
    first = pages(connector(), server)
    assert [bool(one.context.get("status")) for one in by_name(first).values()] == [
        True, False, False,
    ]  # fmt: skip
    server.now += timedelta(hours=1)
    server.change(name, "tag", {"_meta": {"type": "tag"}}, tags=[{"name": "export"}])
    server.change(name, "archive", status="archived")
    archived_at = server.now
    server.now += timedelta(hours=1)
    second = pages(connector(), server, last_cursor(first))
    (again,) = by_name(second).values()
    assert again.external_id == "msg_000001"
    assert again.context["status"] == "closed"
    assert again.context["tags"] == ["export"]
    assert again.context["solved_at"] == archived_at.isoformat()
    assert asked(server, "/messages") == 1
    assert by_name(pages(connector(), server, last_cursor(second))) == {}
    assert asked(server, "/messages") == 1


def test_what_changes_while_a_first_pull_runs_comes_with_the_next() -> None:
    """A long first pull hears of no changes, so the next goes back to its beginning."""
    server, name = talking(page=1)

    def archived(_: httpx.Request) -> None:
        if len(server.requests) == 2:
            server.now += timedelta(minutes=20)
            server.change(name, "archive", status="archived")
            server.now += timedelta(minutes=20)
            server.say(name, "Still there?")

    server.before = archived
    first = pages(connector(), server)
    assert len(by_name(first)) == 4
    told = by_name(pages(connector(), server, last_cursor(first)))
    assert told["msg_000001"].context["status"] == "closed"


def test_new_conversations_cost_no_call_for_their_state() -> None:
    """What begins and is tagged between two pulls is told from its events alone."""
    server, _ = talking()
    first = pages(connector(), server)
    server.now += timedelta(hours=1)
    name = server.begin("A new one")
    server.change(name, "tag", tags=[{"name": "billing"}])
    server.now += timedelta(minutes=1)
    server.requests.clear()
    (told,) = by_name(pages(connector(), server, last_cursor(first))).values()
    assert told.context["tags"] == ["billing"]
    assert len(server.requests) == 1


def test_a_chat_begins_once() -> None:
    """Of messages that answer none the first bears the state, the next does not."""
    server = FrontService()
    name = server.begin("Hello")
    server.now += timedelta(seconds=5)
    server.say(name, "Anybody there?", type="front_chat", _links={})
    told = by_name(pages(connector(), server)).values()
    assert [bool(one.context.get("status")) for one in told] == [True, False]


def test_a_mail_that_was_long_on_its_way_begins_a_conversation() -> None:
    """A mail's own time may lie hours before the conversation it begins."""
    server = FrontService()
    name = server.begin("Hello")
    server.messages[name][0]["created_at"] -= 7200
    (told,) = by_name(pages(connector(), server)).values()
    assert told.context["status"] == "open"
    assert told.received_at == NOW - timedelta(hours=2)


def test_an_event_without_a_conversation_tells_nothing() -> None:
    """What is left of something deleted for good holds up nothing."""
    server, name = talking()
    server.conversations[name] = {}
    other = server.begin("Another")
    assert [one.thread for one in by_name(pages(connector(), server)).values()] == [
        other
    ]


def test_trashed_and_restored() -> None:
    """What lies in the trash is gone; restored, it is told whole again."""
    server, name = talking()
    first = pages(connector(), server)
    server.now += timedelta(hours=1)
    server.change(name, "trash", status="deleted")
    second = pages(connector(), server, last_cursor(first))
    assert [page.gone_threads for page in second] == [[name]]
    assert by_name(second) == {}
    server.now += timedelta(hours=1)
    server.change(name, "restore", status="archived")
    third = pages(connector(), server, last_cursor(second))
    assert len(by_name(third)) == 3
    assert not any(page.gone_threads for page in third)


def test_trashed_before_the_first_pull() -> None:
    """Nothing of the trash is stored at first."""
    server, name = talking()
    server.change(name, "trash", status="deleted")
    assert by_name(pages(connector(), server)) == {}


def test_deleted_for_good() -> None:
    """A conversation that cannot be asked for any more is gone."""
    server, name = talking()
    first = pages(connector(), server)
    server.now += timedelta(hours=1)
    server.change(name, "untag")
    del server.messages[name]
    assert pages(connector(), server, last_cursor(first))[-1].gone_threads == [name]


def test_merged() -> None:
    """Merged conversations are one thread, their messages the same as before."""
    server, name = talking()
    other = server.begin("Me too.")
    first = pages(connector(), server)
    server.now += timedelta(hours=1)
    server.merge(other, name)
    told = by_name(pages(connector(), server, last_cursor(first)))
    assert told.keys() == by_name(first).keys()
    assert {one.thread for one in told.values()} == {name}
    assert sum("status" in one.context for one in told.values()) == 1


def test_since_and_inboxes_are_asked_for() -> None:
    """A first pull begins where it is told to, in the inboxes it is told."""
    server, name = talking()
    since = NOW + timedelta(seconds=30)
    assert len(by_name(pages(connector(since=since, inboxes=("inb_1",)), server))) == 2
    (request,) = server.requests
    assert request.url.params["q[after]"] == f"{since.timestamp():.3f}"
    assert request.url.params["q[inboxes][]"] == "inb_1"
    assert name


def test_a_forgotten_page_begins_the_walk_anew() -> None:
    """A pull that was broken off goes on though its page is known no more."""
    server, _ = talking(page=1)
    first = pages(connector(), server)
    server.forgotten = True

    def remembered(request: httpx.Request) -> None:
        if "page_token" not in request.url.params:
            server.forgotten = False

    server.before = remembered
    rest = pages(connector(), server, first[0].cursor)
    assert by_name(first[:1]) | by_name(rest) == by_name(first)


def test_any_order_will_do() -> None:
    """Where the newest events come first after all, nothing is lost."""
    server, _ = talking(page=1, newest_first=True)
    first = pages(connector(), server)
    assert len(by_name(first)) == 3
    rest = pages(connector(), server, first[0].cursor)
    assert by_name(first[:1]) | by_name(rest) == by_name(first)
    assert by_name(pages(connector(), server, last_cursor(first))) == {}


@pytest.mark.parametrize("name", ["begins", "page", "began", "told", "seen"])
def test_a_damaged_cursor_is_named(name: str) -> None:
    """A cursor with something wrong in it is refused with a sentence."""
    server, _ = talking(page=1)
    cursor = pages(connector(), server)[0].cursor
    assert cursor
    damaged = Cursor(json.dumps({**json.loads(cursor), name: 7}))
    with pytest.raises(SourceError, match=name):
        pages(connector(), server, damaged)


def test_in_a_workspace(tmp_path: Path) -> None:
    """Customers' words come to the inbox, a second sync changes nothing."""
    server, name = talking()

    with a_workspace(tmp_path) as workspace:
        assert sync(workspace, connector(), server).counts.new == 3
        inbox = workspace.db.read().execute("SELECT sum(total) FROM queue")
        assert inbox.fetchone()[0] == 2
        again = sync(workspace, connector(), server).counts
        assert (again.new, again.changed, again.gone) == (0, 0, 0)
        server.now += timedelta(hours=1)
        server.change(name, "trash", status="deleted")
        assert sync(workspace, connector(), server).counts.gone == 3
        assert unsound(workspace) == {}
