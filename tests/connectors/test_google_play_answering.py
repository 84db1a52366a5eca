"""Replies to reviews in Google Play, sent once and found again."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from servers.google_play import APP, PlayServer
from servers.google_play_pulls import a_server, check_requests, ids, ours, pages
from triage.connector import ConfigError, Outgoing, Receipt, SourceUnavailable
from triage_connectors.google_play import GooglePlay


def outgoing(text: str = "Mended in 5.3.", **told: Any) -> Outgoing:
    settings = {
        "act": "reply", "key": "0" * 32, "to": "gp:AOqpTOE000001",
        "context": {"app": APP}, **told,
    }  # fmt: skip
    return Outgoing(text=text, **settings)


def sent(server: PlayServer, one: Outgoing, **told: Any) -> Receipt | None:
    async def asked() -> Receipt | None:
        async with server.http() as http:
            return await ours(**told).sent(http, one)

    found = asyncio.run(asked())
    check_requests(server)
    return found


def send(server: PlayServer, one: Outgoing, **told: Any) -> Receipt:
    async def asked() -> Receipt:
        async with server.http() as http:
            return await ours(**told).send(http, one)

    found = asyncio.run(asked())
    check_requests(server)
    return found


def test_act() -> None:
    """A reply has 350 characters at most and takes the place of the one before."""
    act = GooglePlay.acts["reply"]
    assert (act.longest, act.replaces) == (350, True)


def test_reply() -> None:
    """What was sent is found again, at Google and with the next pull."""
    server = a_server(3)
    assert sent(server, outgoing()) is None
    receipt = send(server, outgoing())
    assert receipt.external_id == "gp:AOqpTOE000001/reply"
    assert receipt.at == server.now
    assert receipt.text == ""
    assert "reviewId=gp:AOqpTOE000001" in receipt.url
    assert sent(server, outgoing()) == receipt
    assert "gp:AOqpTOE000001/reply" in ids(pages(server))


def test_another_reply_there() -> None:
    """A reply that somebody else gave is told as what it says."""
    server = a_server(3)
    found = sent(server, outgoing(to="gp:AOqpTOE000002"))
    assert found
    assert found.text == "Thanks!"
    assert found.at == server.now - timedelta(hours=1)


def test_changed_by_google() -> None:
    """What Google makes of a reply is told where it differs."""
    server = a_server(3)
    assert send(server, outgoing("<b>Mended</b>.")).text == "Mended."


def test_once() -> None:
    """A reply that fails is not sent again by itself."""
    import httpx

    server = a_server(3)
    server.before = lambda request: (
        httpx.Response(500) if request.method == "POST" and "reply" in request.url.path
        else None
    )  # fmt: skip
    with pytest.raises(SourceUnavailable):
        send(server, outgoing())
    assert len([one for one in server.requests if ":reply" in one.url.path]) == 1


def test_too_long() -> None:
    """What Google refuses is said in its words."""
    with pytest.raises(SourceUnavailable, match="too long"):
        send(a_server(3), outgoing("x" * 400))


def test_no_answer() -> None:
    """An answer that does not say what became of it is no receipt."""
    import httpx

    server = a_server(3)
    server.before = lambda request: (
        httpx.Response(200, json={}) if ":reply" in request.url.path else None
    )
    with pytest.raises(SourceUnavailable, match="did not say"):
        send(server, outgoing())


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"to": "gp:gone"}, "is not there any more"),
        ({"to": "sha256:0123"}, "stars without words"),
        ({"to": ""}, "replies to reviews"),
        ({"act": "close"}, "replies to reviews"),
        ({"context": {"app": "com.acme.other"}}, "does not read"),
    ],
)
def test_refused(told: dict[str, Any], said: str) -> None:
    """What cannot be answered says why, and nothing is sent."""
    server = a_server(3)
    with pytest.raises(ConfigError, match=said):
        sent(server, outgoing(**told))
    assert not [one for one in server.requests if ":reply" in one.url.path]


def test_app_of_the_review() -> None:
    """Of several apps the one the review is of is asked; of one app, that one."""
    server = a_server(3)
    apps = {"packages": ("com.acme.photos", APP)}
    assert send(server, outgoing(), **apps).at
    assert send(server, outgoing(context={})).at
    with pytest.raises(ConfigError, match="does not read"):
        send(server, outgoing(context={}), **apps)
