"""The JMAP connector against a server that does what real ones seldom do."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from servers.jmap import HOST, TOKEN, JmapServer
from triage.connector import (
    ConfigError,
    Cursor,
    Incoming,
    Page,
    RateLimited,
    Secret,
    SignInFailed,
    SourceError,
    SourceUnavailable,
)
from triage.plugins import CONNECTORS, one
from triage.testing import check
from triage.transport import body
from triage_connectors import jmap_mails
from triage_connectors.jmap import Jmap


def a_mail(number: int, text: str = "", head: str = "") -> bytes:
    said = text or f"The export loses my tags, case {number}."
    lines = f"""\
From: Ann <ann{number}@customer.example>
To: help@us.example
Subject: Export {number}
Message-ID: <m{number}@customer.example>
{head}Content-Type: text/plain; charset=utf-8

{said}
"""
    return lines.replace("\n", "\r\n").encode()


def a_server(count: int = 7, **told: Any) -> JmapServer:
    server = JmapServer(**told)
    for number in range(1, count + 1):
        server.add(a_mail(number))
    return server


def ours(**told: Any) -> Jmap:
    return Jmap(**{"url": HOST, "token": Secret(TOKEN), **told})


def pages(server: JmapServer, cursor: Cursor | None = None, **told: Any) -> list[Page]:
    async def pulled() -> list[Page]:
        async with server.http() as http:
            return [page async for page in ours(**told).pull(http, cursor)]

    return asyncio.run(pulled())


def ids(found: list[Page]) -> list[str]:
    return [told.external_id for page in found for told in page.items]


def first(found: list[Page]) -> Incoming:
    told = found[0].items[0]
    assert isinstance(told, Incoming)
    return told


def last_cursor(found: list[Page]) -> Cursor:
    return next(page.cursor for page in reversed(found) if page.cursor)


def methods(server: JmapServer) -> list[str]:
    return [name for name, _ in server.asked]


def refusing(status: int = 200, **told: Any) -> Any:
    """Answers every call of methods like this."""

    def before(request: httpx.Request) -> httpx.Response | None:
        if request.method != "POST":
            return None
        return httpx.Response(status, **told)

    return before


def method_error(kind: str, **told: Any) -> Any:
    return refusing(json={"methodResponses": [["error", {"type": kind, **told}, "0"]]})


def test_entry_point() -> None:
    """It is found by its name."""
    assert one(CONNECTORS, "jmap") is Jmap


def test_contract() -> None:
    """It keeps what every connector promises, page by page."""
    server = a_server(7, limits={"maxObjectsInGet": 2})
    check(ours, server.http())


def test_contract_of_texts() -> None:
    """It keeps it as well where only texts can be had."""
    server = a_server(
        5, limits={"maxObjectsInGet": 2}, download_url="https://x.example/{blobId}"
    )
    check(ours, server.http())


def test_what_a_mail_becomes() -> None:
    """A mail is known by its id, timed by the server, threaded by JMAP, kept as sent."""
    server = a_server(1)
    told = first(pages(server, own_domains=("us.example",)))
    assert told.external_id == "M1"
    assert told.thread == "jmap:T1"
    assert told.received_at == datetime(2026, 3, 2, 12, 1, tzinfo=UTC)
    assert (told.author, told.email) == ("Ann", "ann1@customer.example")
    assert told.body == "The export loses my tags, case 1."
    assert told.raw == server.mails["M1"].raw


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


def test_pages_of_weight(monkeypatch: pytest.MonkeyPatch) -> None:
    """Heavy mails make pages of their own, so that few are held at once."""
    server = JmapServer()
    for number in range(4):
        server.add(a_mail(number, "x" * 3_000_000))
    assert [len(page.items) for page in pages(server)] == [2, 2, 0]


def test_anchor_gone() -> None:
    """The mail a pull was left at may be destroyed meanwhile: no other is missed."""
    server = a_server(9, limits={"maxObjectsInGet": 3})
    found = pages(server)
    for name in ("M1", "M3"):
        server.destroy(name)
    rest = pages(server, found[0].cursor)
    assert ids(rest) == [f"M{number}" for number in range(4, 10)]
    assert rest[-1].gone == ("M1", "M3")


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


def test_accounts() -> None:
    """An account is meant by id or name; the wrong one is answered with those there are."""
    server = a_server(1)
    pages(server, account="team")
    assert server.asked[-1][1]["accountId"] == "a2"
    with pytest.raises(ConfigError, match=r"no one account 'x'.*Team \(a2\)"):
        pages(server, account="x")
    with pytest.raises(ConfigError, match="of its own"):
        pages(server, last_cursor(pages(server)), account="a2")
    server.session = {"accounts": {}}
    with pytest.raises(ConfigError, match="no mail"):
        pages(server)


def test_downloads_elsewhere() -> None:
    """A token goes to another host only where the settings name it."""
    server = a_server(
        2, download_url="https://files.example/down/{accountId}/{blobId}/x"
    )
    (one, _), _ = (page.items for page in pages(server))
    assert isinstance(one, Incoming)
    assert one.context["flags"] == ["rebuilt"]
    assert {request.url.host for request in server.requests} == {"mail.example"}
    (one, _), _ = (
        page.items for page in pages(server, downloads="https://files.example")
    )
    assert isinstance(one, Incoming)
    assert one.raw == server.mails["M1"].raw
    with pytest.raises(ConfigError, match="in the clear"):
        pages(
            a_server(1, download_url="http://files.example/{blobId}"),
            downloads="http://files.example",
        )


def test_foreign_api() -> None:
    """Neither an answer nor a redirect leads the token to another host."""
    server = a_server(1, session={"apiUrl": "https://evil.example/api"})
    with pytest.raises(SourceUnavailable, match="another server"):
        pages(server)
    server = a_server(1)
    server.before = lambda _: httpx.Response(
        301, headers={"location": "https://evil.example/"}
    )
    with pytest.raises(SourceUnavailable, match="another server"):
        pages(server)
    assert {request.url.host for request in server.requests} == {"mail.example"}


def test_rebuilt(monkeypatch: pytest.MonkeyPatch) -> None:
    """A mail too large to fetch is read from its texts, and says what is left out."""
    monkeypatch.setattr(jmap_mails, "LARGEST", 100)
    server = JmapServer(cut=200)
    server.add(
        b'From: "\xc3\x84nn" <ann@c.example>\r\nTo: a@us.example,\r\n b@us.example\r\n'
        b"Subject: =?utf-8?q?L=C3=A4uft?= nicht\r\nAuto-Submitted: no\r\n"
        b"MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
        b"--b\r\nContent-Type: text/plain; charset=utf-8; format=flowed\r\n\r\n"
        b"It breaks \r\nwhen I print.\r\n"
        b"--b\r\nContent-Type: text/html\r\n\r\n<p>It breaks when I print.</p>\r\n"
        b"--b\r\nContent-Type: image/png; name=shot.png\r\n\r\n0123456789\r\n"
        b"--b\r\nContent-Type: text/plain; name=log.txt\r\n\r\nTraceback\r\n"
        b"--b\r\nContent-Type: text/plain; name=more.txt\r\n"
        b"Content-Disposition: attachment\r\n\r\nTraceback\r\n--b--\r\n"
    )
    told = first(pages(server))
    assert told.body == "It breaks when I print."
    assert told.title == "Läuft nicht"
    assert told.context["to"] == ["a@us.example", "b@us.example"]
    assert told.context["flags"] == ["rebuilt"]
    files = {file["name"]: file["type"] for file in told.context["attachments"]}
    text = "text/plain"
    assert files == {"shot.png": "image/png", "log.txt": text, "more.txt": text}

    server = JmapServer(cut=40, broken=True)
    server.add(a_mail(1, "It breaks when I print, " * 20))
    told = first(pages(server))
    assert told.context["flags"] == ["guessed", "rebuilt", "truncated"]
    assert told.body.startswith("It breaks when I print, It breaks")


def test_same_text_either_way(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fetched whole or put together from its texts, a mail says the same."""
    server = JmapServer()
    for number in range(3):
        quoted = (
            f"Thanks, it works {number}.\n\nOn Monday Bob wrote:\n> Does it?\n-- \nAnn"
        )
        server.add(a_mail(number, quoted, f"In-Reply-To: <q{number}@us.example>\n"))
    whole = [one for page in pages(server) for one in page.items]
    monkeypatch.setattr(jmap_mails, "LARGEST", 1)
    rebuilt = [one for page in pages(server) for one in page.items]
    for told, other in zip(whole, rebuilt, strict=True):
        assert isinstance(told, Incoming)
        assert isinstance(other, Incoming)
        for name in (
            "body",
            "title",
            "author",
            "email",
            "kind",
            "thread",
            "received_at",
        ):
            assert getattr(told, name) == getattr(other, name)


def test_header_of_its_own() -> None:
    """A header's value cannot begin a field or a body of its own in what is rebuilt."""
    from triage_connectors.jmap_rebuilt import message

    told = {"name": "Subject", "value": " a\r\nFrom: x@y\r\n\r\nbody\r\n\tfolded"}
    raw = message(
        {"headers": [told], "textBody": [], "htmlBody": [], "attachments": []}
    ).raw
    assert raw.startswith(b"Subject: a From: x@y body\r\n\tfolded\r\nMIME-Version: 1.0")


def test_gone_before_it_is_fetched() -> None:
    """A mail destroyed while a page is read is left out, and the page goes on."""
    server = a_server(3)

    def before(request: httpx.Request) -> None:
        if "/down/" in request.url.path and "M2" in server.mails:
            server.destroy("M2")

    server.before = before
    found = pages(server)
    assert ids(found) == ["M1", "M3"]
    assert found[-1].gone == ("M2",)


def test_blob_missing() -> None:
    """Where a mail is there but its bytes are not, its texts are taken."""
    server = a_server(2)
    server.before = lambda request: (
        httpx.Response(404) if "BM2" in request.url.path else None
    )
    assert ids(pages(server)) == ["M1", "M2"]


def test_cut_download() -> None:
    """A message shorter than its list says is kept, and marked."""
    server = a_server(1)
    server.before = lambda request: (
        httpx.Response(200, content=server.mails["M1"].raw[:-20])
        if "/down/" in request.url.path
        else None
    )
    assert first(pages(server)).context["flags"] == ["truncated"]


def test_largest_is_the_transports() -> None:
    """A mail that is fetched whole is one the transport takes."""
    assert jmap_mails.LARGEST <= body.WIRE


@pytest.mark.parametrize("what", ["same", "state"])
def test_circles(what: str) -> None:
    """A server that leads in circles ends with an error."""
    server = a_server(4, limits={"maxObjectsInGet": 2})
    cursor = None if what == "same" else last_cursor(pages(server))

    def before(request: httpx.Request) -> httpx.Response | None:
        if request.method != "POST":
            return None
        told = json.loads(request.content)
        method, arguments, _ = told["methodCalls"][0]
        if method == "Email/query":
            arguments.pop("anchor", None)
            arguments["position"] = 0
            return server._called(told)
        if method == "Email/changes":
            values: dict[str, Any] = {"created": [], "updated": [], "destroyed": []}
            values["newState"] = arguments["sinceState"]
            values["hasMoreChanges"] = True
            row = ["Email/changes", values, "0"]
            return httpx.Response(200, json={"methodResponses": [row]})
        return None

    server.before = before
    with pytest.raises(SourceUnavailable, match="circles"):
        pages(server, cursor)


@pytest.mark.parametrize(
    ("kind", "error", "says"),
    [
        ("accountNotFound", ConfigError, "account="),
        ("accountNotSupportedByMethod", ConfigError, "holds no mail"),
        ("forbidden", SignInFailed, "has the right"),
        ("unknownMethod", SourceUnavailable, "imap connector"),
        ("serverUnavailable", SourceUnavailable, "later"),
        ("serverFail", SourceUnavailable, "later"),
        ("invalidArguments", SourceUnavailable, "invalidArguments"),
        ("\x1b[31m" + "canary" * 20, SourceUnavailable, "unnamed"),
    ],
)
def test_method_errors(kind: str, error: type[Exception], says: str) -> None:
    """Each error of a method says in one line what to do."""
    server = a_server(1)
    server.before = method_error(kind, description=f"{TOKEN} is wrong")
    with pytest.raises(error, match=says) as told:
        pages(server)
    assert TOKEN not in str(told.value)
    assert "\n" not in str(told.value)


@pytest.mark.parametrize(
    ("kind", "error", "says"),
    [
        ("unknownCapability", ConfigError, "imap connector"),
        ("notJSON", SourceUnavailable, "notJSON"),
        ("notRequest", SourceUnavailable, "notRequest"),
        ("limit", RateLimited, "maxConcurrentRequests"),
        ("else", SourceUnavailable, "400, else"),
    ],
)
def test_problems(kind: str, error: type[Exception], says: str) -> None:
    """Each error of a whole request does, too."""
    server = a_server(1)
    problem = {"type": f"urn:ietf:params:jmap:error:{kind}", "detail": TOKEN}
    server.before = refusing(400, json={**problem, "limit": "maxConcurrentRequests"})
    with pytest.raises(error, match=says):
        pages(server)


def test_wrong_token() -> None:
    """A wrong token is a refused sign-in, at once."""
    server = a_server(1)
    with pytest.raises(SignInFailed, match="401"):
        pages(server, token=Secret("another-token"))
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    "told",
    [
        {"token": None},
        {"token": None, "user": "ann"},
        {"password": Secret("p" * 9)},
    ],
)
def test_nothing_to_sign_in_with(told: dict[str, Any]) -> None:
    """Too little or too much to sign in with is said before anything is asked."""
    server = a_server(1)
    with pytest.raises(ConfigError, match="token"):
        pages(server, **told)
    assert server.requests == []


def test_no_jmap_there() -> None:
    """A host without JMAP, and a page that is no session, say what to give instead."""
    server = a_server(1)
    server.before = lambda _: httpx.Response(404)
    with pytest.raises(ConfigError, match="imap connector"):
        pages(server)
    server.before = lambda _: httpx.Response(200, json=[])
    with pytest.raises(ConfigError, match="no JMAP session"):
        pages(server)


def test_too_often() -> None:
    """A server that wants rest is given it, and then asked again."""
    server = a_server(2)
    refusals = [httpx.Response(429, headers={"retry-after": "7"})] * 2

    def before(request: httpx.Request) -> httpx.Response | None:
        return refusals.pop() if refusals and "/api" in request.url.path else None

    server.before = before
    assert ids(pages(server)) == ["M1", "M2"]
    assert server.slept == [7.0, 7.0]


@pytest.mark.parametrize(
    "values",
    [
        [], {}, {"methodResponses": 5}, {"methodResponses": []},
        {"methodResponses": [["Mailbox/get", {}, "0"]]},
        {"methodResponses": [["Mailbox/get", {"list": [{"id": 5}]}, "0"]]},
        {"methodResponses": [["Mailbox/get", {"list": [5]}, "0"]]},
        {"methodResponses": [["Mailbox/get", [], "0"]]},
    ],
)  # fmt: skip
def test_strange_answers(values: Any) -> None:
    """What is not JMAP is an error a person can read, never a bug."""
    server = a_server(1)
    server.before = refusing(json=values)
    with pytest.raises(SourceUnavailable, match="JMAP promises"):
        pages(server)


@pytest.mark.parametrize(
    "told",
    [
        {"apiUrl": 5}, {"apiUrl": "https://[x"}, {"downloadUrl": None},
        {"downloadUrl": "https://mail.example:99999/{blobId}"}, {"accounts": 5},
        {"capabilities": None, "accounts": {"a1": 5}}, {"primaryAccounts": []},
    ],
)  # fmt: skip
def test_strange_sessions(told: dict[str, Any]) -> None:
    """A session that makes no sense is an error a person can read, never a bug."""
    with pytest.raises((SourceUnavailable, ConfigError)):
        pages(a_server(1, session=told))


def test_no_address() -> None:
    """What is no address is said to be none before anything is asked."""
    for url in ("https://[x", "https://mail.example:port", "ftp://mail.example"):
        with pytest.raises(ConfigError, match="web address"):
            pages(a_server(1), url=url)


@pytest.mark.parametrize(
    "cursor",
    [
        "", "5", "{}", '{"v":1}', '{"v":2,"account":"a1"}',
        '{"v":1,"account":1,"boxes":[],"state":"","backfill":null}',
        '{"v":1,"account":"a1","boxes":5,"state":"","backfill":null}',
        '{"v":1,"account":"a1","boxes":[],"state":"1","backfill":5}',
        '{"v":1,"account":"a1","boxes":[],"state":"1","backfill":{"boxes":[]}}',
    ],
)  # fmt: skip
def test_damaged_cursors(cursor: str) -> None:
    """A cursor that was not written here is refused with what to do."""
    if cursor:
        with pytest.raises(SourceError, match="add it again"):
            pages(a_server(1), Cursor(cursor))
    else:
        assert ids(pages(a_server(1), Cursor(cursor))) == ["M1"]


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
