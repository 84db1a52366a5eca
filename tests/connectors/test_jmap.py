"""The JMAP connector against a server that does what real ones seldom do."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from servers.jmap import HOST, JmapServer
from servers.jmap_pulls import (
    a_mail,
    a_server,
    ids,
    last_cursor,
    methods,
    ours,
    pages,
)
from triage.connector import (
    ConfigError,
)
from triage.plugins import CONNECTORS, one
from triage.testing import check
from triage_connectors.jmap import Jmap


def test_entry_point() -> None:
    """It is found by its name."""
    assert one(CONNECTORS, "jmap") is Jmap


def test_contract() -> None:
    """It keeps what every connector promises, page by page."""
    server = a_server(7, limits={"maxObjectsInGet": 2})
    check(ours, server.http())


@pytest.mark.parametrize("url", [HOST, f"{HOST}/", "mail.example", f"{HOST}/s/session"])
def test_addresses(url: str) -> None:
    """A host is enough; what the session gives is relative to where it was found."""
    server = a_server(2)
    assert ids(pages(server, url=url)) == ["M1", "M2"]
    assert {str(one.url.host) for one in server.requests} == {"mail.example"}
    assert "/api" in {one.url.path for one in server.requests}
    assert {one.url.path for one in server.requests if "/down/" in one.url.path} == {
        "/down/a1/BM1/message.eml",
        "/down/a1/BM2/message.eml",
    }


def test_small_limits() -> None:
    """No call holds more ids than the session allows, nor a request more calls."""
    server = a_server(9, limits={"maxObjectsInGet": 4, "maxCallsInRequest": 1})
    assert len(ids(pages(server))) == 9
    for request in server.requests:
        if request.method == "POST":
            (call,) = json.loads(request.content)["methodCalls"]
            assert len(call[1].get("ids") or []) <= 4
            assert call[1].get("limit", 0) <= 4


def test_smaller_than_said() -> None:
    """Where even that is too much, less is asked for until it is not."""
    server = a_server(9, largest=3)
    found = pages(server)
    assert sorted(ids(found)) == sorted(server.mails)
    server.flag("M1")
    server.add(a_mail(10))
    assert ids(pages(server, last_cursor(found))) == ["M1", "M10"]


def test_limit_of_the_request() -> None:
    """A request that is refused for its size is asked again in smaller ones."""
    server = a_server(9)

    def before(request: httpx.Request) -> httpx.Response | None:
        told = json.loads(request.content or b"{}").get("methodCalls", [])
        if all(call[1].get("limit", 0) <= 2 for call in told):
            return None
        problem = {
            "type": "urn:ietf:params:jmap:error:limit",
            "limit": "maxSizeRequest",
        }
        return httpx.Response(400, json=problem)

    server.before = before
    assert len(ids(pages(server))) == 9


def test_resumed_everywhere() -> None:
    """Left after any page, the next pull goes on there; every mail comes once."""
    server = a_server(9, limits={"maxObjectsInGet": 2})
    whole = pages(server)
    assert ids(whole) == [f"M{number}" for number in range(1, 10)]
    for count in range(1, len(whole)):
        rest = pages(server, whole[count - 1].cursor)
        assert ids(whole[:count]) + ids(rest) == ids(whole)
    assert ids(pages(server, last_cursor(whole))) == []


def test_anchor_gone() -> None:
    """The mail a pull was left at may be destroyed meanwhile: no other is missed."""
    server = a_server(9, limits={"maxObjectsInGet": 3})
    found = pages(server)
    for name in ("M1", "M3"):
        server.destroy(name)
    rest = pages(server, found[0].cursor)
    assert ids(rest) == [f"M{number}" for number in range(4, 10)]
    assert rest[-1].gone == ("M1", "M3")


def test_first_page_gone() -> None:
    """Where a whole page is destroyed before it is read, what is too old stays out."""
    server = a_server(6, limits={"maxObjectsInGet": 2})

    def before(request: httpx.Request) -> httpx.Response | None:
        if b"Email/query" not in request.content or len(server.mails) < 6:
            return None
        calls = json.loads(request.content)["methodCalls"]
        found = server.email_query(calls[0][1])
        for name in found["ids"]:
            server.destroy(name)
        got = ["Email/get", {"list": [], "state": "1"}, "1"]
        told = [["Email/query", found, "0"], got]
        return httpx.Response(200, json={"methodResponses": told})

    server.before = before
    since = datetime(2026, 3, 2, 12, 2, tzinfo=UTC)
    assert ids(pages(server, since=since)) == ["M4", "M5", "M6"]


def test_anchor_gone_among_equals() -> None:
    """Mails of one moment are met again rather than missed."""
    server = JmapServer(limits={"maxObjectsInGet": 3})
    for number in range(6):
        server.add(a_mail(number), minutes=5)
    found = pages(server)
    server.destroy("M3")
    rest = pages(server, found[0].cursor)
    assert set(ids(found[:1])) | set(ids(rest)) >= {"M1", "M2", "M4", "M5", "M6"}


def test_changes() -> None:
    """What came, and what was moved in, comes; what was moved out or flagged does not."""
    server = a_server(3)
    archived = server.add(a_mail(4), "archive")
    cursor = last_cursor(pages(server))
    server.move(archived, "inbox")
    server.move("M1", "archive")
    server.destroy("M2")
    server.add(a_mail(5), "sent")
    server.add(a_mail(6))
    (page,) = pages(server, cursor)
    assert ids([page]) == ["M4", "M6"]
    assert page.gone == ("M2",)
    assert pages(server, page.cursor) == []


def test_many_changes() -> None:
    """Changes are read to their end, however many rounds that takes."""
    server = a_server(1)
    cursor = last_cursor(pages(server))
    for number in range(450):
        server.add(a_mail(number))
    found = pages(server, cursor)
    assert len(set(ids(found))) == len(ids(found)) == 450
    assert methods(server).count("Email/changes") >= 3


def test_arriving_meanwhile() -> None:
    """A mail that arrives in the past while older ones are read is not missed."""
    server = a_server(6, limits={"maxObjectsInGet": 2})
    late: list[str] = []

    def before(request: httpx.Request) -> None:
        if "BM3" in request.url.path and not late:
            late.append(server.add(a_mail(99), minutes=0.5))

    server.before = before
    assert ids(pages(server)).count("M7") == 1


def test_forgotten_changes() -> None:
    """A server that forgot what changed is read anew, which changes nothing stored."""
    server = a_server(4)
    cursor = last_cursor(pages(server))
    server.add(a_mail(5))
    server.forgotten = 4
    found = pages(server, cursor)
    assert ids(found) == [f"M{number}" for number in range(1, 6)]
    assert pages(server, last_cursor(found)) == []


def test_nothing_ever_known() -> None:
    """A server that keeps no changes at all is read once a pull, not for ever."""
    server = a_server(4)
    server.forgotten = 1_000
    found = pages(server)
    assert ids(found) == ["M1", "M2", "M3", "M4"]
    assert ids(pages(server, last_cursor(found))) == ids(found)


def test_mailboxes_added_later() -> None:
    """A mailbox that is named later is read from its beginning, the others go on."""
    server = a_server(3)
    server.add(a_mail(4), "archive")
    cursor = last_cursor(pages(server))
    found = pages(server, cursor, mailboxes=("inbox", "Archive"))
    assert ids(found) == ["M4"]
    assert pages(server, last_cursor(found), mailboxes=("archive", "inbox")) == []


def test_everything_but_ours() -> None:
    """The star is every mailbox but sent mail, drafts, junk and what was thrown away."""
    server = a_server(1)
    server.add(a_mail(2), "archive")
    server.add(a_mail(3), "sent")
    assert ids(pages(server, mailboxes=("*",))) == ["M1", "M2"]
    assert ids(pages(server, mailboxes=("sent",))) == ["M3"]


def test_names_of_mailboxes() -> None:
    """A path names one of two that are called alike; what is not there is said so."""
    server = JmapServer()
    server.add(a_mail(1), "eu")
    assert ids(pages(server, mailboxes=("archive/eu",))) == ["M1"]
    with pytest.raises(ConfigError, match=r"several mailboxes.*Archive/EU, Inbox/EU"):
        pages(server, mailboxes=("EU",))
    with pytest.raises(ConfigError, match="did you mean Archive"):
        pages(server, mailboxes=("Archiv",))


def test_since() -> None:
    """Older mail is left out, at first and later."""
    server = a_server(5)
    since = datetime(2026, 3, 2, 12, 4, tzinfo=UTC)
    found = pages(server, since=since)
    assert ids(found) == ["M4", "M5"]
    server.move("M1", "inbox")
    assert ids(pages(server, last_cursor(found), since=since)) == []
    server.flag("M2")
    server.add(a_mail(6))
    assert ids(pages(server, last_cursor(found))) == ["M6"]


def test_report() -> None:
    """A check tells whose mail it is, what is read and left, and how much waits."""
    server = a_server(3)

    async def checked(**told: Any) -> Any:
        async with server.http() as http:
            return await ours(**told).check(http)

    report = asyncio.run(checked())
    assert report.account == "ann@mail.example at mail.example"
    assert report.facts["reads"] == "Inbox (inbox, 1)"
    assert "Archive/EU (1)" in report.facts["leaves"]
    assert report.facts["messages"] == "whole, as they were sent"
    assert (report.waiting, report.seconds < 5) == (3, True)
    assert not [one for one in server.requests if "/down/" in one.url.path]
    server.download_url = "https://files.example/{blobId}"
    report = asyncio.run(checked())
    assert "https://files.example" in report.facts["messages"]
    since = datetime(2026, 3, 2, 12, 3, tzinfo=UTC)
    assert asyncio.run(checked(since=since)).waiting == 1


def test_preset() -> None:
    """Fastmail's preset names both of its hosts."""
    connector = ours(**Jmap.presets["fastmail"])
    assert connector.downloads.startswith("https://")
