"""What Chatwoot tells of its own accord is taken only if it is signed, and fetched."""

from __future__ import annotations

import hashlib
import hmac
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from servers.chatwoot import HOOK, ChatwootDesk, connector, webhook
from servers.pulls import fetched
from triage.connector import ConfigError, Kind, Push, Secret, SignInFailed

MESSAGE = {
    "event": "message_created",
    "id": 9,
    "content": "It loses tags",
    "conversation": {"id": 4, "status": "open"},
    "account": {"id": 1, "name": "Acme"},
}


def pushed(
    told: Any, at: datetime | None = None, secret: str = HOOK, **more: str
) -> Push:
    headers, body = webhook(told, at or datetime.now(UTC), secret)
    return connector(webhook_secret=Secret(HOOK)).push(headers | more, body)


def test_signed() -> None:
    """What is signed names the conversation to fetch, and the delivery."""
    push = pushed(MESSAGE)
    assert push.about == ("4",)
    assert push.delivery == "5f9a1c2e-0000-4000-8000-000000000001"


@pytest.mark.parametrize(
    ("told", "about"),
    [
        ({"event": "conversation_status_changed", "id": 7}, ("7",)),
        ({"event": "message_updated", "conversation": {"id": 7}}, ("7",)),
        ({"event": "contact_updated", "id": 7}, ()),
        ({"event": "webwidget_triggered", "id": 7}, ()),
        ({"event": "message_created", "conversation": None}, ()),
        ({"event": "message_created", "conversation": {"id": "../csat"}}, ()),
        ([], ()),
        ({}, ()),
    ],
)
def test_events(told: Any, about: tuple[str, ...]) -> None:
    """Events of conversations and messages name one, others are about none."""
    assert pushed(told).about == about


def test_not_signed_with_ours() -> None:
    """Another secret, another body, another time or no signature are refused."""
    now = datetime.now(UTC)
    headers, body = webhook(MESSAGE, now)
    source = connector(webhook_secret=Secret(HOOK))
    cases = [
        (webhook(MESSAGE, now, "another-secret")[0], body),
        (headers, body + b" "),
        (headers | {"x-chatwoot-timestamp": str(int(now.timestamp()) + 1)}, body),
        (headers | {"x-chatwoot-signature": "sha256=\u00e9"}, body),
        ({}, body),
    ]
    for signed, said in cases:
        with pytest.raises(SignInFailed, match="webhook_secret"):
            source.push(signed, said)
    with pytest.raises(ConfigError, match="set webhook_secret"):
        connector().push(headers, body)


@pytest.mark.parametrize("minutes", [-6, 6])
def test_long_ago(minutes: int) -> None:
    """A signature of another time is refused, so that none is used again."""
    at = datetime.now(UTC) + timedelta(minutes=minutes)
    with pytest.raises(SignInFailed, match="five minutes"):
        pushed(MESSAGE, at)


def test_nothing_to_tell_it_by() -> None:
    """Without a delivery of its own the signature is its name."""
    headers, body = webhook(MESSAGE, datetime.now(UTC))
    del headers["x-chatwoot-delivery"]
    push = connector(webhook_secret=Secret(HOOK)).push(headers, body)
    assert push.delivery == headers["x-chatwoot-signature"]


def test_not_json() -> None:
    """What is signed and no JSON is about nothing."""
    at = datetime.now(UTC)
    stamp = str(int(at.timestamp()))
    digest = hmac.new(HOOK.encode(), f"{stamp}.<html>".encode(), hashlib.sha256)
    headers = {
        "x-chatwoot-timestamp": stamp,
        "x-chatwoot-signature": f"sha256={digest.hexdigest()}",
    }
    push = connector(webhook_secret=Secret(HOOK)).push(headers, b"<html>")
    assert push.about == ()


def test_fetched_whole() -> None:
    """A conversation is fetched from its beginning, with what was deleted in it."""
    desk = ChatwootDesk()
    desk.conversation()
    for turn in range(45):
        desk.say(1, f"Still so, {turn}", turn % 2)
    desk.delete(3)
    page = fetched(connector(), desk, ["1", "1"])
    assert len(page.items) == 44
    assert (page.gone, page.cursor) == (["3"], None)
    assert len(desk.requests) == 3
    first = next(one for one in page.items if one.external_id == "1")
    assert getattr(first, "kind", None) is Kind.FEEDBACK
    assert getattr(first, "context", {})["status"] == "open"


def test_fetched_and_not_there() -> None:
    """A conversation that is deleted is gone; a name that is none is not asked for."""
    desk = ChatwootDesk()
    page = fetched(connector(), desk, ["7", "../7"])
    assert (page.items, page.gone_threads) == ([], ["7"])
    assert len(desk.requests) == 1


def test_nothing_to_fetch() -> None:
    """A test of a webhook fetches nothing."""
    desk = ChatwootDesk()
    assert fetched(connector(), desk, []).items == []
    assert desk.requests == []
