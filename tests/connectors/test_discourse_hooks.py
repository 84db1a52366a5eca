"""What a forum's webhook tells is read anew, and what is no more is gone."""

from __future__ import annotations

import hashlib
import hmac
import json
from typing import Any

import pytest

from servers.discourse import connector, fetched
from servers.discourse_server import DiscourseServer
from triage.connector import ConfigError, Incoming, Push, Secret, SignInFailed

SECRET = "canary-hook-91cd"


def told(values: Any, secret: str = SECRET) -> Push:
    """A delivery, signed with that secret."""
    body = json.dumps(values).encode()
    signature = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    headers = {
        "x-discourse-event-type": "post",
        "x-discourse-event-id": "158765",
        "x-discourse-event-signature": f"sha256={signature}",
    }
    return connector(webhook_secret=Secret(SECRET)).push(headers, body)


@pytest.mark.parametrize(
    ("values", "about"),
    [
        ({"post": {"id": 5, "topic_id": 2}}, ["post 5"]),
        ({"topic": {"id": 2}}, ["topic 2"]),
        ({"solved": {"id": 5, "topic_id": 2}}, ["topic 2"]),
        ({"ping": "OK"}, []),
        ({"user": {"id": 1}}, []),
        ([], []),
    ],
)
def test_push(values: Any, about: list[str]) -> None:
    """Of what happened, the post or the topic is told."""
    assert told(values) == Push("158765", about)


def test_signature() -> None:
    """What is not signed with the webhook's secret is refused."""
    with pytest.raises(SignInFailed):
        told({"post": {"id": 5}}, "another")
    with pytest.raises(SignInFailed):
        connector(webhook_secret=Secret(SECRET)).push({}, b"{}")
    with pytest.raises(ConfigError):
        connector().push({}, b"{}")


def test_fetch() -> None:
    """A topic is read whole, however long, and a post with what its topic is."""
    server = DiscourseServer(chunk=3)
    server.begin("It is slow", tags=["bug"])
    for number in range(30):
        server.say(1, f"Still {number}")
    server.say(1, "She sounds cross", "olga", kind=4)
    page = fetched(server, "topic 1", "nonsense")
    assert page.cursor is None
    assert len(page.items) == 31
    page = fetched(server, "post 1", "post 1", "post 9")
    first = page.items[0]
    assert isinstance(first, Incoming)
    assert (first.title, first.context["tags"]) == ("Export 1", ["bug"])
    assert len(page.items) == 2
    assert not page.gone


def test_deleted() -> None:
    """Deleted posts and topics are gone."""
    server = DiscourseServer()
    server.begin("It is slow")
    server.say(1, "Still")
    server.delete(2)
    server.begin("It is ugly")
    server.topics[2]["deleted_at"] = server.stamp()
    page = fetched(server, "post 2", "post 99", "topic 2", "topic 9")
    assert not page.items
    assert page.gone == ["post 2", "post 99"]
    assert page.gone_threads == ["2", "9"]
