"""What becomes of a mail over JMAP, fetched whole or put together from its texts."""

from __future__ import annotations

from datetime import UTC, datetime

import httpx
import pytest

from servers.jmap import JmapServer
from servers.jmap_pulls import (
    a_mail,
    a_server,
    first,
    ids,
    ours,
    pages,
)
from triage.connector import (
    ConfigError,
    Incoming,
    SourceUnavailable,
)
from triage.testing import check
from triage.transport import body
from triage_connectors import jmap_mails


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


def test_page_for_a_mail() -> None:
    """A proxy's web page in place of a message is no mail; the mail comes later."""
    server = a_server(1)
    server.before = lambda request: (
        httpx.Response(200, html="<title>Sign in</title>")
        if "/down/" in request.url.path
        else None
    )
    with pytest.raises(SourceUnavailable, match="a web page"):
        pages(server)


def test_largest_is_the_transports() -> None:
    """A mail that is fetched whole is one the transport takes."""
    assert jmap_mails.LARGEST <= body.WIRE


def test_pages_of_weight() -> None:
    """Heavy mails make pages of their own, so that few are held at once."""
    server = JmapServer()
    for number in range(4):
        server.add(a_mail(number, "x" * 3_000_000))
    assert [len(page.items) for page in pages(server)] == [2, 2, 0]


def test_contract_of_texts() -> None:
    """It keeps it as well where only texts can be had."""
    server = a_server(
        5, limits={"maxObjectsInGet": 2}, download_url="https://x.example/{blobId}"
    )
    check(ours, server.http())
