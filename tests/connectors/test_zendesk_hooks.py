"""Zendesk's webhooks: believed when they are signed, and never for what they tell."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from servers.pulls import by_name, fetched, pages
from servers.zendesk import connector
from servers.zendesk_desk import BOB
from servers.zendesk_server import ZendeskServer
from triage.connector import ConfigError, Incoming, Secret, SignInFailed

KEY = "canary-webhook-0f3b"
EVENT = {
    "type": "zen:event-type:ticket.comment_added",
    "id": "2b24ef10",
    "subject": "zen:ticket:5158",
    "detail": {"id": "5158"},
    "event": {"comment": {"id": "1", "body": "Whatever anybody says"}},
}


def signed(body: bytes, at: datetime | None = None, key: str = KEY) -> dict[str, str]:
    """The headers Zendesk sends with a body."""
    stamp = f"{at or datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"
    digest = hmac.new(key.encode(), stamp.encode() + body, hashlib.sha256).digest()
    return {
        "x-zendesk-webhook-id": "01F1",
        "x-zendesk-webhook-invocation-id": "8350205582",
        "x-zendesk-webhook-signature": base64.b64encode(digest).decode(),
        "x-zendesk-webhook-signature-timestamp": stamp,
    }


def pushed(told: Any, **more: Any) -> list[str]:
    """What a delivery with that body is about."""
    body = b"" if told is None else json.dumps(told).encode()
    source = connector(webhook_secret=Secret(KEY))
    found = source.push(signed(body, **more), body)
    assert found.delivery == "8350205582"
    return list(found.about)


@pytest.mark.parametrize(
    ("told", "about"),
    [
        (EVENT, ["5158"]),
        ({"ticket_id": 12}, ["12"]),
        ({"ticket_id": "12"}, ["12"]),
        ({"ticket": {"id": 12}}, ["12"]),
        ({"subject": "zen:user:7"}, []),
        ({"ticket_id": "12/../../users"}, []),
        ([1], []),
        (None, []),
    ],
)
def test_about(told: Any, about: list[str]) -> None:
    """It names a ticket, or is a mere test."""
    assert pushed(told) == about


def test_not_signed() -> None:
    """Another key, another body, another time or no signature: nothing is believed."""
    source = connector(webhook_secret=Secret(KEY))
    body = json.dumps(EVENT).encode()
    later = {"x-zendesk-webhook-signature-timestamp": "2026-01-01T00:00:00Z"}
    for headers, told in (
        (signed(body, key="another"), body),
        (signed(body), body + b" "),
        ({**signed(body), **later}, body),
        ({**signed(body), "x-zendesk-webhook-signature": "é"}, body),
        ({}, body),
    ):
        with pytest.raises(SignInFailed, match="not signed"):
            source.push(headers, told)


@pytest.mark.parametrize("minutes", [-6, 6])
def test_old(minutes: int) -> None:
    """What was signed more than five minutes from now is refused."""
    with pytest.raises(SignInFailed, match="five minutes"):
        pushed(EVENT, at=datetime.now(UTC) + timedelta(minutes=minutes))


def test_no_secret() -> None:
    """Without the secret nothing is believed, and the setting is named."""
    with pytest.raises(ConfigError, match="webhook_secret") as failed:
        connector().push({}, b"{}")
    assert failed.value.missing == "webhook_secret"


def test_fetch() -> None:
    """Tickets are fetched whole, as a pull tells them; what is deleted is gone."""
    server = ZendeskServer()
    server.open("It is slow")
    server.say(1, "We look into it", BOB)
    server.say(1, "Internal", BOB, public=False)
    server.say(1, "Still", 1)
    server.open("Deleted")
    server.set(2, "deleted")

    page = fetched(connector(), server, ["1", "2", "../3"])
    told = by_name([page])
    assert set(told) == {"ticket 1", "comment 1002", "comment 1004"}
    assert page.cursor is None
    assert list(page.gone_threads) == ["2"]
    assert len(server.requests) == 3

    server.now += timedelta(hours=1)
    again = pages(connector(), server)
    for one in (one for page in again for one in page.items):
        assert isinstance(one, Incoming)
        before = told[one.external_id]
        assert (one.body, one.kind, one.context) == (
            before.body, before.kind, before.context,
        )  # fmt: skip
