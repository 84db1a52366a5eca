"""What changes at Intercom between pulls comes with the next, at little cost."""

from __future__ import annotations

import hashlib
import hmac
import json
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factories import a_workspace
from servers.intercom import HOOK, NOON, IntercomServer, connector
from servers.intercom_shapes import ADMIN
from servers.pulls import by_name, fetched, last_cursor, pages, sync
from triage.connector import ConfigError, Secret, SignInFailed
from triage_connectors.intercom_walk import Left


class Vanishing(IntercomServer):
    """An Intercom where a conversation is deleted once the search has told it."""

    vanishes = ""

    def answer(self, request: httpx.Request) -> httpx.Response:
        if request.method == "GET":
            self.conversations.pop(self.vanishes, None)
        return super().answer(request)


def later(server: IntercomServer, **by: float) -> IntercomServer:
    """The same some time later; an hour where none is told."""
    server.now += timedelta(**(by or {"hours": 1}))
    return server


def test_a_second_run_is_two_calls() -> None:
    """Where nothing changed, one search each for conversations and tickets is all."""
    server = IntercomServer()
    for _ in range(40):
        server.part(server.talk(), "<p>More</p>")
    found = pages(connector(), later(server))
    assert len(by_name(found)) == 80
    server.requests.clear()
    again = pages(connector(), later(server), last_cursor(found))
    assert not by_name(again)
    assert [request.url.path for request in server.requests] == [
        "/conversations/search", "/tickets/search",
    ]  # fmt: skip


def test_parts_are_asked_for_only_if_something_was_said() -> None:
    """A close is told by the row; a reply, and a change no row explains, is not."""
    server = IntercomServer()
    names = [server.talk() for _ in range(4)]
    for name in names:
        server.part(name, "<p>More</p>")
    found = pages(connector(), later(server, hours=3))
    later(server, hours=3)
    closed, replied, touched, _ = names
    server.close(closed)
    reply = server.part(replied, "<p>Again</p>", author=ADMIN)
    server.touch(touched)
    server.requests.clear()
    again = by_name(pages(connector(), later(server), last_cursor(found)))
    asked = {request.url.path for request in server.requests}
    assert f"/conversations/{closed}" not in asked
    assert {f"/conversations/{replied}", f"/conversations/{touched}"} <= asked
    assert again[f"{closed}/source"].context["status"] == "closed"
    assert reply in again


def test_a_long_silence_is_no_reason_to_skip_what_never_came() -> None:
    """Before a first walk is whole, even old conversations are asked for their parts."""
    server = IntercomServer(size=1)
    old = server.talk()
    part = server.part(old, "<p>Long ago</p>")
    later(server, days=300)
    server.talk()
    later(server, minutes=1)
    server.close(old)
    found = pages(connector(), later(server))
    first = next(page.cursor for page in found if page.cursor)
    resumed = by_name(pages(connector(), server, first))
    assert part in resumed


def test_the_last_two_minutes_are_left_to_the_next_pull() -> None:
    """The search finds changes late, so what is newest comes with the next pull."""
    server = IntercomServer()
    name = server.talk()
    later(server, seconds=100)
    found = pages(connector(), server)
    assert not by_name(found)
    later(server, seconds=30)
    assert f"{name}/source" in by_name(pages(connector(), server, last_cursor(found)))


@settings(max_examples=40)
@given(st.lists(st.integers(0, 90), min_size=1, max_size=12), st.integers(1, 3))
def test_changes_of_any_pace_all_come(gaps: list[int], size: int) -> None:
    """Whatever lies between changes and pulls, everything is told in the end."""
    server = IntercomServer(size=size)
    cursor, names = None, set()
    said: set[str] = set()
    for gap in gaps:
        names.add(f"{server.talk()}/source")
        later(server, seconds=gap)
        found = pages(connector(tickets=False), server, cursor)
        said |= by_name(found).keys()
        cursor = last_cursor(found) if any(one.cursor for one in found) else cursor
    later(server, seconds=121)
    said |= by_name(pages(connector(tickets=False), server, cursor)).keys()
    assert said == names


def test_since() -> None:
    """A first pull begins where the settings say; the second they name is in it."""
    server = IntercomServer()
    server.talk()
    later(server)
    name = server.talk()
    since = server.now
    found = by_name(pages(connector(since=since), later(server)))
    assert set(found) == {f"{name}/source"}


def test_deleted_while_it_was_asked_for() -> None:
    """A conversation that is not there any more is gone with all that was said in it."""
    server = Vanishing()
    name, other = server.talk(), server.talk()
    for one in (name, other):
        server.part(one, "<p>More</p>")
    server.vanishes = name
    found = pages(connector(), later(server))
    assert [one for page in found for one in page.gone_threads] == [name]
    assert {one.thread for one in by_name(found).values()} == {other}


def test_into_a_workspace(tmp_path: Path) -> None:
    """Customers' words come to the inbox, ours do not; a second run changes nothing."""
    server = IntercomServer()
    name = server.talk("<p>The export fails</p>", by="ann")
    server.part(name, "<p>We look into it</p>", author=ADMIN)
    server.part(name, "<p>It fails still</p>")
    server.ticket("The button does nothing")
    later(server)
    with a_workspace(tmp_path) as workspace:
        assert sync(workspace, connector(), server).counts.new == 4
        inbox = workspace.db.read().execute("SELECT total(total) FROM queue")
        assert inbox.fetchone()[0] == 3
        kinds = workspace.db.read().execute(
            "SELECT kind, count(*) FROM feedback GROUP BY kind ORDER BY kind"
        )
        assert [tuple(row) for row in kinds] == [("agent", 1), ("feedback", 3)]
        counts = sync(workspace, connector(), later(server)).counts
        assert (counts.new, counts.changed) == (0, 0)
        server.part(name, "<p>Once more</p>")
        counts = sync(workspace, connector(), later(server)).counts
        assert counts.new == 1


@pytest.mark.parametrize(
    ("item", "about"),
    [
        ({"type": "conversation", "id": "12"}, ["conversation 12"]),
        ({"type": "ticket", "id": "9"}, ["ticket 9"]),
        ({"type": "conversation_part", "conversation_id": "12"}, ["conversation 12"]),
        ({"ticket_part": {}, "ticket": {"id": "9"}}, ["ticket 9"]),
        ({"object": "conversation", "id": "12", "deleted": True}, ["conversation 12"]),
        ({"type": "ping", "message": "hello"}, []),
        ({"type": "conversation", "id": None}, []),
        ([], []),
    ],
)
def test_notifications(item: object, about: list[str]) -> None:
    """What is signed with the client secret says which conversation to fetch anew."""
    body = json.dumps({"id": "notif_1", "data": {"item": item}}).encode()
    signature = hmac.new(HOOK.encode(), body, hashlib.sha1).hexdigest()
    told = connector(webhook_secret=Secret(HOOK)).push(
        {"x-hub-signature": f"sha1={signature}"}, body
    )
    assert (told.delivery, list(told.about)) == ("notif_1", about)


@pytest.mark.parametrize("signature", ["", "sha1=", "sha1=00", "sha1=é", "x"])
def test_forged_notifications(signature: str) -> None:
    """What is not signed is refused, and says nothing of the secret."""
    with pytest.raises(SignInFailed, match="webhook_secret") as refused:
        connector(webhook_secret=Secret(HOOK)).push(
            {"x-hub-signature": signature}, b"{}"
        )
    assert HOOK not in str(refused.value)
    with pytest.raises(ConfigError, match="webhook_secret"):
        connector().push({}, b"{}")


def test_fetched() -> None:
    """What a notification is about comes whole and without a cursor."""
    server = IntercomServer()
    name, ticket = server.talk(), server.ticket()
    part = server.part(name, "<p>More</p>")
    about = [f"conversation {name}", f"ticket {ticket}", "conversation 0", "odd ../me"]
    page = fetched(connector(), server, about)
    assert page.cursor is None
    assert set(by_name([page])) == {f"{name}/source", part, f"{ticket}/opening"}
    assert page.gone_threads == ["0"]


def test_places() -> None:
    """A place that was left is read back as it was."""
    server = IntercomServer(size=2)
    for _ in range(5):
        server.talk()
        later(server, seconds=20)
    server.ticket()
    cursor = last_cursor(pages(connector(), later(server)))
    left = Left.read(cursor, server.now)
    assert left.cursor() == cursor
    assert left.heard == server.now - timedelta(minutes=2)
    assert left.conversations.until == NOON + timedelta(seconds=80)
