"""Typeform's webhooks: believed when they are signed, and never for what they tell."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from typing import Any

import pytest

from servers.pulls import by_name, fetched, pages
from servers.typeform import KEY, TypeformService, answered, connector
from triage.connector import ConfigError, Secret, SignInFailed

EVENT = {
    "event_id": "01EK4R5PFZ",
    "event_type": "form_response",
    "form_response": {
        "form_id": "formA",
        "token": "resp00001",
        "answers": [{"type": "text", "text": "Whatever anybody says"}],
    },
}


def signed(body: bytes, key: str = KEY) -> dict[str, str]:
    """The header Typeform sends with a body."""
    digest = base64.b64encode(hmac.new(key.encode(), body, hashlib.sha256).digest())
    return {"typeform-signature": f"sha256={digest.decode()}"}


@pytest.mark.parametrize(
    ("told", "about"),
    [
        (EVENT, ["formA/resp00001"]),
        ({"form_response": {"form_id": "formB", "token": "resp00001"}}, []),
        ({"form_response": {"form_id": "../me", "token": "x"}}, []),
        ({"event_id": "1"}, []),
        ([1], []),
        (None, []),
    ],
)
def test_about(told: Any, about: list[str]) -> None:
    """It names a response of a form that is read, or is a mere test."""
    body = b"" if told is None else json.dumps(told).encode()
    source = connector(forms=("formA",), webhook_secret=Secret(KEY))
    found = source.push(signed(body), body)
    assert list(found.about) == about
    assert found.delivery


def test_delivery() -> None:
    """A delivery that comes twice has one name."""
    body = json.dumps(EVENT).encode()
    source = connector(webhook_secret=Secret(KEY))
    assert source.push(signed(body), body).delivery == "01EK4R5PFZ"


def test_not_signed() -> None:
    """Another key, another body or no signature: nothing is believed."""
    source = connector(webhook_secret=Secret(KEY))
    body = json.dumps(EVENT).encode()
    bare = signed(body)["typeform-signature"].removeprefix("sha256=")
    for headers, told in (
        (signed(body, key="another"), body),
        (signed(body), body + b" "),
        ({"typeform-signature": bare}, body),
        ({"typeform-signature": "é"}, body),
        ({}, body),
    ):
        with pytest.raises(SignInFailed, match="not signed"):
            source.push(headers, told)


def test_no_secret() -> None:
    """Without the secret nothing is believed, and the setting is named."""
    with pytest.raises(ConfigError, match="webhook_secret") as failed:
        connector().push({}, b"{}")
    assert failed.value.missing == "webhook_secret"


def test_fetch() -> None:
    """Responses are fetched as a pull tells them; what is not there yet is left out."""
    service = TypeformService()
    names = [
        service.say("formA", answered("why", "text", f"It is slow {number}"))
        for number in range(3)
    ]
    page = fetched(
        connector(), service, ["formA/resp00002", "formA/none", "gone/x", "../me/x"]
    )
    assert page.cursor is None
    told = by_name([page])
    assert set(told) == {names[1]}
    assert told[names[1]] == by_name(pages(connector(), service))[names[1]]
    assert not [one for one in service.requests if service.refused(one)]
