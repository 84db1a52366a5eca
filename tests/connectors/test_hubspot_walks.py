"""HubSpot: walks by time of change bring all there is, and little twice."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factories import a_workspace, unsound
from servers.hubspot import HubSpotService, connector
from servers.hubspot_account import NOW, SURVEYS
from servers.pulls import asked, by_name, gone, last_cursor, pages, sync
from triage.connector import Cursor, SourceError


def test_a_second_run_costs_few_calls() -> None:
    """Where nothing changed, each list is looked at once."""
    server = HubSpotService(page=200)
    for _ in range(20):
        server.add()
    first = pages(connector(), server)
    server.requests.clear()
    assert by_name(pages(connector(), server, last_cursor(first))) == {}
    assert len(server.requests) == 6


def test_whom_a_thousand_tickets_are_of_is_asked_at_once() -> None:
    """Full pages of tickets are told together; killed between, nothing is missing."""
    server = HubSpotService(page=200)
    by = server.person("Ann Lee")
    names = []
    for _ in range(1250):
        names.append(f"ticket {server.ticket('x', by=by)}")
        server.now += timedelta(seconds=1)
    server.now += timedelta(hours=1)
    tickets = connector(conversations=False, surveys=False)
    told = pages(tickets, server)
    assert list(by_name(told)) == names
    assert asked(server, "/associations/tickets/contacts/batch/read") == 2
    assert asked(server, "/contacts/batch/read") == 3
    assert {one.author for one in by_name(told).values()} == {"Ann Lee"}
    rest = pages(tickets, server, told[0].cursor)
    assert by_name(told[:1]) | by_name(rest) == by_name(told)


def test_only_what_changed_is_asked_for() -> None:
    """A new message of one thread costs one call for that thread, and none for others."""
    server = HubSpotService(page=200)
    thread, _ = server.thread("Hello"), server.thread("Another")
    first = pages(connector(), server)
    server.now += timedelta(hours=1)
    server.say(thread, "Still there?")
    server.requests.clear()
    assert len(by_name(pages(connector(), server, last_cursor(first)))) == 2
    assert asked(server, "/messages") == 1


@given(st.lists(st.integers(0, 3), max_size=30))
@settings(max_examples=25, deadline=None)
def test_however_many_change_at_one_moment(pauses: list[int]) -> None:
    """All tickets come, be a page, or ten, changed in one millisecond."""
    server = HubSpotService()
    for pause in pauses:
        server.now += timedelta(milliseconds=1) if pause == 3 else timedelta()
        server.ticket("x")
    server.now += timedelta(hours=1)
    first = pages(connector(conversations=False, surveys=False), server)
    assert len(by_name(first)) == len(pauses)
    again = pages(
        connector(conversations=False, surveys=False), server, last_cursor(first)
    )
    assert by_name(again) == {}


def test_what_changes_meanwhile_hides_nothing() -> None:
    """A ticket that moves to the end of a search takes no other out of it."""
    server = HubSpotService()
    names = []
    for _ in range(9):
        names.append(server.ticket("x"))
        server.now += timedelta(minutes=1)
    server.now += timedelta(hours=1)

    def meddle(request: httpx.Request) -> None:
        if request.url.path.endswith("/associations/tickets/contacts/batch/read"):
            server.change(names[0], subject="Changed")

    server.before = meddle
    found = pages(connector(conversations=False, surveys=False), server)
    assert {f"ticket {name}" for name in names} <= by_name(found).keys()


def test_what_was_deleted() -> None:
    """Deleted tickets, threads and responses are gone, each told by its own name."""
    server = HubSpotService()
    ticket, response = server.ticket("x"), server.respond("NPS", "1", "Bad")
    thread, other = server.thread("Hello"), server.ticket("y")
    first = pages(connector(), server)
    assert gone(first) == []
    server.now += timedelta(hours=1)
    server.archive("tickets", ticket)
    server.archive(SURVEYS, response)
    server.threads[thread]["archived"] = True
    server.now += timedelta(minutes=10)
    second = pages(connector(), server, last_cursor(first))
    assert sorted(gone(second)) == [
        f"feedback {response}", f"thread {thread}", f"ticket {ticket}",
    ]  # fmt: skip
    assert f"ticket {other}" not in gone(second)
    server.now += timedelta(hours=1)
    assert f"ticket {ticket}" not in gone(
        pages(connector(), server, last_cursor(second))
    )


def test_a_forgotten_page_of_what_was_deleted() -> None:
    """So does one that was broken off among what was deleted."""
    server = HubSpotService()
    names = [server.ticket("x") for _ in range(7)]
    first = pages(connector(), server)
    server.now += timedelta(hours=1)
    for name in names:
        server.archive("tickets", name)
    whole = pages(connector(), server, last_cursor(first))
    place = next(page for page in whole if page.gone_threads)
    assert "archived" in str(place.cursor)
    server.forgotten = True

    def remembered(request: httpx.Request) -> None:
        if "archived" in request.url.params and "after" not in request.url.params:
            server.forgotten = False

    server.before = remembered
    rest = pages(connector(), server, place.cursor)
    assert {*gone(rest)} == {f"ticket {name}" for name in names}


def test_since() -> None:
    """A first pull begins where it is told to."""
    server = HubSpotService()
    server.ticket("old")
    server.thread("old")
    server.now += timedelta(days=1)
    server.ticket("new")
    server.thread("new")
    told = by_name(pages(connector(since=NOW + timedelta(hours=1)), server))
    assert {one.body for one in told.values()} == {"new"}


def test_a_forgotten_page_begins_the_threads_anew() -> None:
    """A pull that was broken off goes on though its page is known no more."""
    server = HubSpotService()
    for _ in range(7):
        server.thread("Hello")
        server.now += timedelta(minutes=1)
    first = pages(connector(), server)
    server.forgotten = True

    def remembered(request: httpx.Request) -> None:
        if "after" not in request.url.params and request.url.path.endswith("/threads"):
            server.forgotten = False

    server.before = remembered
    rest = pages(connector(), server, first[1].cursor)
    assert by_name(first[:2]) | by_name(rest) == by_name(first)


def test_answers_about_others_are_refused() -> None:
    """Contacts that were not asked for are nobody's here."""
    server = HubSpotService()
    server.ticket("x")

    def others(request: httpx.Request) -> httpx.Response | None:
        if not request.url.path.endswith("contacts/batch/read"):
            return None
        return httpx.Response(
            200, json={"results": [{"id": "1", "from": {"id": "1"}, "to": []}]}
        )

    server.before = others
    with pytest.raises(SourceError, match="others"):
        pages(connector(), server)


@pytest.mark.parametrize(
    ("name", "value"),
    [("walk", 7), ("marks", []), ("looked", "soon"), ("began", 7), ("begins", None)],
)
def test_a_damaged_cursor_is_named(name: str, value: Any) -> None:
    """A cursor with something wrong in it is refused with a sentence."""
    server = HubSpotService()
    server.ticket("x")
    cursor = pages(connector(), server)[0].cursor
    assert cursor
    damaged = Cursor(json.dumps({**json.loads(cursor), name: value}))
    with pytest.raises(SourceError, match=name):
        pages(connector(), server, damaged)


@pytest.mark.parametrize("at", ["x", "1/x", "/1"])
def test_a_damaged_window_is_named(at: str) -> None:
    """So is a place in a search that is none."""
    server = HubSpotService()
    for _ in range(7):
        server.ticket("x")
    cursor = pages(connector(), server)[0].cursor
    assert cursor
    damaged = Cursor(json.dumps({**json.loads(cursor), "at": at}))
    with pytest.raises(SourceError, match="at"):
        pages(connector(), server, damaged)


def test_in_a_workspace(tmp_path: Path) -> None:
    """Customers' words come to the inbox, a second sync changes nothing."""
    server = HubSpotService()
    ticket = server.ticket("The export loses my tags.")
    thread = server.thread("It crashes.")
    server.say(thread, "We look into it.", ours=True)
    server.respond("CSAT", "0", "Slow")

    with a_workspace(tmp_path) as workspace:
        assert sync(workspace, connector(), server).counts.new == 4
        inbox = workspace.db.read().execute("SELECT sum(total) FROM queue")
        assert inbox.fetchone()[0] == 3
        again = sync(workspace, connector(), server).counts
        assert (again.new, again.changed, again.gone) == (0, 0, 0)
        server.now += timedelta(hours=1)
        server.archive("tickets", ticket)
        assert sync(workspace, connector(), server).counts.gone == 1
        assert unsound(workspace) == {}
