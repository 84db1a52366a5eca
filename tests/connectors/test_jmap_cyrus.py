"""The JMAP connector and a real Cyrus: every mail once, whatever happens to it."""

from __future__ import annotations

import asyncio
import json
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest

from factories import a_workspace, table
from servers.cyrus import PAGE, PASSWORD, Account, Cyrus, running
from triage import sync
from triage.connector import (
    Cursor,
    Incoming,
    Kind,
    Page,
    Secret,
    SignInFailed,
    SourceUnavailable,
)
from triage.sync import Ended, Pull
from triage.testing import check_connector
from triage.transport import Http
from triage_connectors import jmap_mails, mail_incoming
from triage_connectors.jmap import Jmap

_SENT = datetime(2026, 3, 2, 12, tzinfo=UTC)


def a_mail(number: int, text: str = "", head: str = "") -> bytes:
    said = text or f"The export loses my tags in case {number} – every time."
    sent = format_datetime(_SENT + timedelta(minutes=number))
    return (
        f"From: Ann <ann{number}@customer.example>\r\nTo: help@us.example\r\n"
        f"Subject: Export {number}\r\nMessage-ID: <m{number}@customer.example>\r\n"
        f"Date: {sent}\r\n{head}MIME-Version: 1.0\r\n"
        f"Content-Type: text/plain; charset=utf-8\r\n\r\n{said}\r\n"
    ).encode()


def over_jmap(account: Account, **told: Any) -> Jmap:
    server = account.server
    signed_in = {"user": account.name, "password": Secret(PASSWORD)}
    return Jmap(**{"url": server.url, **signed_in, **told})


def pages(account: Account, cursor: Cursor | None = None, **told: Any) -> list[Page]:
    async def pulled() -> list[Page]:
        async with Http(ca_file=told.get("ca_file")) as http:
            connector = over_jmap(account, **told)
            return [page async for page in connector.pull(http, cursor)]

    return asyncio.run(pulled())


def ids(found: list[Page]) -> list[str]:
    return [told.external_id for page in found for told in page.items]


def last_cursor(found: list[Page]) -> Cursor:
    return next(page.cursor for page in reversed(found) if page.cursor)


def named_files(told: Incoming) -> list[tuple[str, str]]:
    files = told.context.get("attachments", ())
    return sorted((file["name"], file["type"]) for file in files)


def test_three_thousand(tmp_path: Path) -> None:
    """Every one of 3,000 mails is stored once, whole; the next sync brings nothing."""

    async def synced() -> Ended:
        async with Http() as http:
            run = Pull(
                source="mail", connector_name="jmap", connector=over_jmap(account),
                http=http, label="sync", resume=True,
            )  # fmt: skip
            events = [event async for event in sync.pull(workspace.db, run)]
        ended = events[-1]
        assert isinstance(ended, Ended)
        return ended

    # As large pages as Cyrus gives where nobody says otherwise.
    with running(page=4096) as server, a_workspace(tmp_path) as workspace:
        account = server.account()
        account.deliver(map(a_mail, range(3000)))
        assert asyncio.run(synced()).counts.new == 3000
        read = workspace.db.read()
        stored = [row[0] for row in read.execute("SELECT external_id FROM feedback")]
        assert sorted(stored) == sorted(account.ids())
        assert len(table(workspace.db, "raw")) == 3000
        assert asyncio.run(synced()).counts.total == 0


async def test_contract(cyrus: Cyrus) -> None:
    """It keeps what every connector promises, on a server nobody here wrote."""
    account = cyrus.account()
    account.deliver(map(a_mail, range(PAGE + 5)))
    async with Http() as http:
        await check_connector(lambda: over_jmap(account), http)


def test_resumed_everywhere(cyrus: Cyrus) -> None:
    """Left after any page, the next pull goes on there; every mail comes once."""
    account = cyrus.account()
    account.deliver(map(a_mail, range(4 * PAGE)))
    whole = pages(account)
    assert len(whole) == 5
    assert sorted(ids(whole)) == sorted(account.ids())
    for count, page in enumerate(whole, 1):
        rest = pages(account, page.cursor)
        assert ids(whole[:count]) + ids(rest) == ids(whole)


def test_same_as_imap(cyrus: Cyrus, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fetched over IMAP, over JMAP or as texts alone, a mail says the same."""
    account = cyrus.account()
    reply = "It works now, thank you.\r\n\r\nOn Monday, Bob wrote:\r\n> Does it?\r\n"
    html = "<p>It <b>works</b> now.</p><blockquote type=cite>Does it?</blockquote>"
    page = a_mail(2, html).replace(b"text/plain", b"text/html")
    auto = a_mail(3, "I am away.", "Auto-Submitted: auto-replied\r\n")
    latin = a_mail(4).replace(b"utf-8", b"iso-8859-1").decode().encode("cp1252")
    parts = (
        "--b\r\nContent-Type: text/plain; format=flowed\r\n\r\nIt \r\nbreaks.\r\n"
        "--b\r\nContent-Type: image/png; name=shot.png\r\n\r\n0123456789\r\n"
        "--b\r\nContent-Type: text/plain; name=log.txt\r\n\r\nTraceback\r\n"
        "--b\r\nContent-Type: application/pdf; name=bill.pdf\r\n"
        "Content-Disposition: attachment\r\n\r\n%PDF-\r\n--b--\r\n"
    )
    files = a_mail(5, parts).replace(b"text/plain;", b"multipart/mixed; boundary=b;", 1)
    account.deliver([a_mail(1, reply), page, auto, latin, files])

    imap = account.imap()
    imap.select("INBOX", readonly=True)
    _, fetched = imap.fetch("1:*", "(BODY.PEEK[])")
    imap.logout()
    wanted = {}
    for raw in (bytes(one[1]) for one in fetched if isinstance(one, tuple)):
        told = mail_incoming.incoming(raw, ("us.example",))
        assert isinstance(told, Incoming)
        wanted[told.context["message_id"]] = told

    for largest in (jmap_mails.LARGEST, 0):
        monkeypatch.setattr(jmap_mails, "LARGEST", largest)
        found = pages(account, own_domains=("us.example",))
        got = [told for page in found for told in page.items]
        assert len(got) == len(wanted) == 5
        for told in got:
            assert isinstance(told, Incoming)
            other = wanted[told.context["message_id"]]
            assert told.raw == other.raw or largest == 0
            for name in ("body", "title", "author", "email", "kind", "received_at"):
                assert getattr(told, name) == getattr(other, name), name
            assert named_files(told) == named_files(other)
    assert sum(told.kind is Kind.AUTO for told in wanted.values()) == 1


def test_changes(cyrus: Cyrus) -> None:
    """Flags change nothing; what is moved in, appended or delivered comes once."""
    account = cyrus.account()
    account.deliver(map(a_mail, range(6)))
    found = pages(account)
    before = {told.external_id: told for page in found for told in page.items}
    first, second, third, *_ = account.ids()

    account.update([first], keywords={"$seen": True, "$flagged": True})
    account.update([second], mailboxIds={account.mailbox("archive"): True})
    account.destroy([third])
    imap = account.imap()
    imap.append("INBOX", "", "", a_mail(50))
    imap.append("Archive", "", "", a_mail(51))
    imap.logout()
    changed = pages(account, last_cursor(found))
    ((flagged, *new),) = (page.items for page in changed)
    assert flagged == before[first] or flagged.external_id not in before
    assert {one.external_id for one in (flagged, *new)} - set(before) == (
        set(account.ids()) - set(before)
    )
    assert changed[-1].gone == (third,)

    account.update([second], mailboxIds={account.mailbox("inbox"): True})
    (page,) = pages(account, last_cursor(changed))
    assert ids([page]) == [second]
    assert pages(account, page.cursor) == []


def test_threads(cyrus: Cyrus) -> None:
    """A mail and its answer are in one thread, another mail is in its own."""
    account = cyrus.account()
    told = "In-Reply-To: <m1@customer.example>\r\nReferences: <m1@customer.example>\r\n"
    answer = a_mail(2, head=told).replace(
        b"Subject: Export 2", b"Subject: Re: Export 1"
    )
    account.deliver([a_mail(1), answer, a_mail(3)])
    threads = {
        told.title: told.thread
        for page in pages(account)
        for told in page.items
        if isinstance(told, Incoming)
    }
    assert threads["Export 1"] == threads["Re: Export 1"] != threads["Export 3"]
    assert all(thread.startswith("jmap:") for thread in threads.values())


def test_unknown_state(cyrus: Cyrus) -> None:
    """From a state the server never had, all is read again and nothing is new."""
    account = cyrus.account()
    account.deliver(map(a_mail, range(3)))
    found = pages(account)
    cursor = json.loads(last_cursor(found))
    again = pages(account, Cursor(json.dumps({**cursor, "state": "of another server"})))
    assert ids(again) == ids(found)
    assert last_cursor(again) == last_cursor(found)


def test_several_mailboxes(cyrus: Cyrus) -> None:
    """A mail that lies in two mailboxes is one; sent mail is left alone."""
    account = cyrus.account()
    account.deliver(map(a_mail, range(3)))
    both, archived, sent = account.ids()
    inbox, archive = account.mailbox("inbox"), account.mailbox("archive")
    account.update([both], mailboxIds={inbox: True, archive: True})
    account.update([archived], mailboxIds={archive: True})
    account.update([sent], mailboxIds={account.mailbox("sent"): True})
    found = pages(account, mailboxes=("inbox", "Archive"))
    assert sorted(ids(found)) == sorted([both, archived])
    assert sorted(ids(pages(account, mailboxes=("*",)))) == sorted([both, archived])


def test_since(cyrus: Cyrus) -> None:
    """Mail received before a day is left out."""
    account = cyrus.account()
    imap = account.imap()
    for day in (1, 2, 3):
        at = datetime(2026, 3, day, 12, tzinfo=UTC)
        imap.append("INBOX", "", f'"{at:%d-%b-%Y %H:%M:%S} +0000"', a_mail(day))
    imap.logout()
    since = datetime(2026, 3, 2, tzinfo=UTC)
    found = pages(account, since=since, mailboxes=("inbox", "archive"))
    assert [told.title for page in found for told in page.items] == [  # type: ignore[union-attr]
        "Export 2",
        "Export 3",
    ]


def test_certificates(cyrus: Cyrus) -> None:
    """A certificate nobody vouches for is refused; one that is named is trusted."""
    account = cyrus.account()
    account.deliver([a_mail(1)])
    with pytest.raises(SourceUnavailable, match="does not trust; nothing was sent"):
        pages(account, url=cyrus.tls_url)
    assert len(ids(pages(account, url=cyrus.tls_url, ca_file=cyrus.ca_file))) == 1


def test_wrong_password(cyrus: Cyrus) -> None:
    """A wrong password is a refused sign-in."""
    with pytest.raises(SignInFailed, match="401"):
        pages(cyrus.account(), password=Secret("wrong-password"))


def test_report(cyrus: Cyrus) -> None:
    """A check tells whose mail it is, what is there, and how long it will take."""
    account = cyrus.account()
    account.deliver(map(a_mail, range(4)))

    async def checked() -> Any:
        async with Http() as http:
            return await over_jmap(account).check(http)

    report = asyncio.run(checked())
    assert report.account == f"{account.name} at 127.0.0.1"
    assert report.facts["reads"] == "Inbox (inbox, 4)"
    assert "Sent (sent, 0)" in report.facts["leaves"]
    assert report.waiting == 4
    assert 0 < report.seconds < 10


async def test_watch(cyrus: Cyrus) -> None:
    """New mail is seen while watching; a mailbox in which nothing happens is quiet."""
    account = cyrus.account()
    account.deliver([a_mail(1)])
    cursor = last_cursor(await asyncio.to_thread(pages, account))
    async with Http() as http:
        turns = over_jmap(account, every=0.1).watch(http, cursor)
        quiet = asyncio.ensure_future(anext(turns))
        await asyncio.sleep(0.5)
        assert not quiet.done()
        account.deliver([a_mail(2)])
        began = time.monotonic()
        await asyncio.wait_for(quiet, 10)
        assert time.monotonic() - began < 2
        await turns.aclose()  # type: ignore[attr-defined]
    assert len(ids(await asyncio.to_thread(pages, account, cursor))) == 1
