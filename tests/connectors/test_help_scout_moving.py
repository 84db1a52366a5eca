"""What changes at Help Scout while it is read and between pulls is never missed."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factories import a_workspace
from servers.help_scout import BOB, HOOK, HelpScoutServer, connector, stamp
from servers.pulls import by_name, fetched, last_cursor, pages, sync
from triage.connector import ConfigError, Secret, SignInFailed
from triage_connectors.help_scout_walk import Left


class Moving(HelpScoutServer):
    """A Help Scout where, after a page is told, somebody writes in a conversation."""

    moving: list[str]

    def answer(self, request: httpx.Request) -> httpx.Response:
        told = super().answer(request)
        if request.url.path.endswith("/conversations") and self.moving:
            self.now += timedelta(seconds=1)
            self.touch(self.moving.pop(0))
        return told


def later(server: HelpScoutServer) -> HelpScoutServer:
    """The same an hour later."""
    server.now += timedelta(hours=1)
    return server


def test_a_second_run_is_two_calls() -> None:
    """Where nothing changed, a list and a report are all that is asked for."""
    server = HelpScoutServer()
    for _ in range(20):
        server.rate(server.talk())
        server.talk()
        server.now += timedelta(seconds=30)
    source = connector()
    found = pages(source, later(server))
    assert len(by_name(found)) == 60
    server.requests.clear()
    again = pages(source, later(server), last_cursor(found))
    assert not by_name(again)
    paths = [request.url.path for request in server.requests]
    assert paths == ["/v2/conversations", "/v2/reports/happiness/ratings"]


def test_a_first_pull_is_a_call_a_page() -> None:
    """With threads in their rows, conversations cost no call of their own."""
    server = HelpScoutServer()
    for _ in range(100):
        server.say(server.talk())
        server.now += timedelta(minutes=1)
    assert len(by_name(pages(connector(ratings=False), later(server)))) == 200
    assert len(server.requests) == 1 + 5


@settings(max_examples=40)
@given(st.data())
def test_pages_that_move_under_us_lose_nothing(data: st.DataObject) -> None:
    """Whoever writes while we read: in the end every conversation is told as it is."""
    gaps = data.draw(st.lists(st.integers(0, 3), min_size=4, max_size=14))
    server = Moving(size=data.draw(st.integers(2, 4)))
    server.moving = []
    names = []
    for gap in gaps:
        names.append(server.talk())
        server.now += timedelta(seconds=gap)
    server.moving = data.draw(st.lists(st.sampled_from(names), max_size=8))
    server.now += timedelta(minutes=data.draw(st.integers(0, 5)))
    source = connector(ratings=False)
    first = pages(source, server)
    server.moving = []
    found = by_name([*first, *pages(source, later(server), last_cursor(first))])
    assert {one.thread for one in found.values()} == set(names)


@settings(max_examples=25)
@given(st.lists(st.integers(0, 11), max_size=5), st.integers(2, 5))
def test_changes_a_row_does_not_tell(moving: list[int], size: int) -> None:
    """A workflow changes them all, no row says when, and some move meanwhile."""
    server = Moving(size=size)
    server.moving = []
    names = []
    for _ in range(12):
        names.append(server.talk())
        server.now += timedelta(seconds=20)
    source = connector(ratings=False)
    first = pages(source, later(server))
    server.now += timedelta(days=1)
    for name in names:
        server.conversations[name]["tags"] = [{"id": 1, "tag": "bulk"}]
        server.moves(name)
    server.now += timedelta(minutes=10)
    server.moving = [names[place] for place in moving]
    second = pages(source, server, last_cursor(first))
    server.moving = []
    third = pages(source, later(server), last_cursor(second))
    told = by_name([*first, *second, *third])
    assert all(one.context.get("tags") == ["bulk"] for one in told.values())


def test_since() -> None:
    """A first pull begins where the settings say."""
    server = HelpScoutServer()
    server.rate(server.talk())
    later(server)
    since = server.now
    name = server.talk()
    found = by_name(pages(connector(since=since), later(server)))
    assert {one.thread for one in found.values()} == {name}


def test_ratings_are_resumed_at_their_page() -> None:
    """Killed within the ratings, the next pull asks for the page that is missing."""
    server = HelpScoutServer(size=2)
    for _ in range(5):
        server.rate(server.talk())
        server.now += timedelta(minutes=1)
    found = pages(connector(), later(server))
    rated = [
        page for page in found if any(key.startswith("r") for key in by_name([page]))
    ]
    assert len(rated) == 3
    server.requests.clear()
    rest = by_name(pages(connector(), server, rated[0].cursor))
    assert {key for key in rest if key.startswith("rating")} == {
        key for page in rated[1:] for key in by_name([page])
    }
    asked = [
        request.url.params["page"]
        for request in server.requests
        if request.url.path.endswith("/ratings")
    ]
    assert asked == ["2", "3"]


def test_ratings_of_the_last_day_are_read_again() -> None:
    """A remark that comes after the rating replaces it, and costs one address."""
    server = HelpScoutServer()
    number = server.rate(server.talk())
    source = connector()
    found = pages(source, later(server))
    server.ratings[number]["ratingComments"] = "Too slow"
    again = by_name(pages(source, later(server), last_cursor(found)))
    assert [one.body for one in again.values()] == ["Too slow"]


def test_limits_are_waited_for() -> None:
    """“Too often” is said in a header of its own, and waited for."""
    server = HelpScoutServer()
    name = server.talk()
    later(server)
    limited: list[Any] = []

    def answer(request: httpx.Request) -> httpx.Response:
        if not limited:
            limited.append(server.now)
            return httpx.Response(429, headers={"X-RateLimit-Retry-After": "37"})
        return server.answer(request)

    found = by_name(pages(connector(), server, answer=answer))
    assert {one.thread for one in found.values()} == {name}
    assert server.now - limited[0] >= timedelta(seconds=37)


def test_into_a_workspace(tmp_path: Path) -> None:
    """Customers' words come to the inbox; a second run and a deletion are as told."""
    server = HelpScoutServer()
    name = server.talk("<p>The export fails</p>")
    server.say(name, "<p>We look into it</p>", type="message", createdBy=BOB)
    server.rate(name, 3, ratingComments="Too slow")
    other = server.talk("<p>The import hangs</p>")
    later(server)
    with a_workspace(tmp_path) as workspace:
        assert sync(workspace, connector(), server).counts.new == 4
        inbox = workspace.db.read().execute("SELECT total(total) FROM queue")
        assert inbox.fetchone()[0] == 3
        counts = sync(workspace, connector(), later(server)).counts
        assert (counts.new, counts.changed, counts.gone) == (0, 0, 0)
        server.touch(other, state="deleted")
        counts = sync(workspace, connector(), later(server)).counts
        assert (counts.new, counts.gone) == (0, 1)


def pushed(event: str, told: Any, secret: str = HOOK) -> tuple[dict[str, str], bytes]:
    """An event as Help Scout tells it."""
    body = json.dumps(told).encode()
    signed = hmac.new(secret.encode(), body, hashlib.sha1).digest()
    signature = base64.b64encode(signed).decode()
    return {"x-helpscout-event": event, "x-helpscout-signature": signature}, body


@pytest.mark.parametrize(
    ("event", "told", "about"),
    [
        ("convo.customer.reply.created", {"id": 12, "status": "active"},
         ["conversation 12"]),
        ("convo.deleted", {"id": 12}, ["conversation 12"]),
        ("satisfaction.ratings", {"id": 7, "rating": "Great"}, ["rating 7"]),
        ("customer.created", {"id": 12}, []),
        ("convo.created", {"id": "../users/me"}, []),
        ("convo.created", [], []),
    ],
)  # fmt: skip
def test_events(event: str, told: Any, about: list[str]) -> None:
    """What is signed says which conversation or rating to fetch anew."""
    source = connector(webhook_secret=Secret(HOOK))
    push = source.push(*pushed(event, told))
    assert list(push.about) == about
    assert push.delivery == source.push(*pushed(event, told)).delivery
    with pytest.raises(SignInFailed, match="webhook_secret"):
        source.push(*pushed(event, told, "another"))
    with pytest.raises(ConfigError, match="webhook_secret"):
        connector().push(*pushed(event, told))


def test_fetched() -> None:
    """What an event is about comes whole; a deleted conversation is gone."""
    server = HelpScoutServer()
    name, old = server.talk(), server.talk()
    server.say(name, "<p>On it</p>", type="message", createdBy=BOB)
    rating = server.rate(name, 2)
    server.merged[old] = name
    about = [f"conversation {name}", f"conversation {old}", "conversation 1", "odd 2"]
    page = fetched(connector(), server, [*about, f"rating {rating}"])
    rated = f"rating {server.threads[name][-1]['id']}/238604"
    threads = {str(one["id"]) for one in server.threads[name]}
    assert set(by_name([page])) == {*threads, rated}
    assert (page.cursor, page.gone_threads) == (None, ["1"])


def test_a_rating_is_named_alike_wherever_it_is_told() -> None:
    """By itself and in a report, it is one rating with one number and one author."""
    server = HelpScoutServer()
    rating = server.rate(server.talk(), 3, ratingComments="Slow")
    reported = by_name(pages(connector(), later(server)))
    alone = by_name([fetched(connector(), server, [f"rating {rating}"])])
    ((name, one),) = alone.items()
    other = reported[name]
    assert (one.rating, one.body, one.email, one.author, one.received_at) == (
        other.rating, other.body, other.email, other.author, other.received_at,
    )  # fmt: skip


def test_places() -> None:
    """A place that was left is read back as it was, and no token is in it."""
    server = HelpScoutServer(size=2)
    for _ in range(5):
        server.rate(server.talk())
        server.now += timedelta(seconds=20)
    for page in pages(connector(), later(server)):
        if page.cursor:
            assert Left.read(page.cursor, server.now).cursor() == page.cursor
            assert "canary" not in page.cursor


def test_rows_that_tell_a_time_to_come() -> None:
    """A time that is yet to come moves no watermark beyond now."""
    server = HelpScoutServer()
    name = server.talk()
    ahead = server.now + timedelta(days=400)
    server.conversations[name]["userUpdatedAt"] = stamp(ahead)
    cursor = last_cursor(pages(connector(), later(server)))
    until = Left.read(cursor, server.now).conversations.until
    assert until is not None
    assert until <= server.now
