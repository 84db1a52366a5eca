"""A real Request Tracker: what happens there arrives as it happened."""

from __future__ import annotations

import asyncio
import base64
import json
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from factories import a_workspace, pulled, table, unsound
from servers.rt import Rt
from servers.rt_desk import Desk
from triage.connector import (
    ConfigError,
    Cursor,
    Kind,
    Secret,
    SignInFailed,
)
from triage.sync import Ended, Pull
from triage.transport import Http
from triage.workspace import Workspace
from triage_connectors import request_tracker_api
from triage_connectors.request_tracker import RequestTracker


@pytest.fixture
def desk(trackers: tuple[Rt, Rt]) -> Desk:
    made = Desk(trackers[0])
    made.pages()
    return made


def in_pages(rows: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have few rows told at once, so that a pull has several pages."""
    few = {**request_tracker_api._TRANSACTION, "per_page": rows}
    monkeypatch.setattr(request_tracker_api, "_TRANSACTION", few)


def test_who_said_what(desk: Desk) -> None:
    """Customers' mails are feedback, answers are ours, comments do not come at all."""
    desk.mail("The export loses my tags.", "Export loses tags")
    (first,) = desk.items()
    ticket = first.thread
    desk.server.tell(ticket, "Mended in the next version.")
    desk.server.tell(ticket, "Internal: this customer pays little.", "comment")
    desk.mail("It still does, sorry.", f"[test.example #{ticket}] Re: Export")
    again, answer, reply = desk.items()
    assert (first.kind, first.title) == (Kind.FEEDBACK, "Export loses tags")
    assert (first.author, first.email) == ("Ann Lee", "ann@customer.example")
    assert first.received_at is not None
    assert abs(first.received_at - datetime.now(UTC)) < timedelta(minutes=2)
    # The answer made it open, which is told on what the ticket began with.
    assert (again.external_id, again.context["status"]) == (first.external_id, "open")
    assert (answer.kind, answer.body) == (Kind.AGENT, "Mended in the next version.")
    assert answer.email == "agent@product.example"
    assert (reply.kind, reply.body) == (Kind.FEEDBACK, "It still does, sorry.")
    assert {one.thread for one in (first, again, answer, reply)} == {ticket}


def test_nothing_new(desk: Desk) -> None:
    """Where nothing happened, nothing comes, and the cursor stays."""
    desk.mail("Once only, please.")
    assert len(desk.items()) == 1
    before = desk.cursor
    (page,) = desk.pages()
    assert (list(page.items), list(page.gone_threads)) == ([], [])
    assert page.cursor == before


def test_merged(desk: Desk) -> None:
    """Of a merged ticket the messages keep their ids and join the other's."""
    one = desk.server.opened(Subject="One", Requestor="a@customer.example", Content="A")
    two = desk.server.opened(Subject="Two", Requestor="b@customer.example", Content="B")
    three = desk.server.opened(Subject="3", Requestor="c@customer.example", Content="C")
    told = {item.thread: item.external_id for item in desk.items()}
    assert set(told) == {one, two, three}
    assert desk.server.change(one, MergeInto=int(two)) == "Merge Successful"
    moved = {item.external_id: item.thread for item in desk.items()}
    assert moved[told[one]] == two
    # And further: what was merged goes along.
    desk.server.change(two, MergeInto=int(three))
    moved = {item.external_id: item.thread for item in desk.items()}
    assert moved[told[two]] == three
    fresh = {item.external_id: item.thread for item in Desk(desk.server).items()}
    assert [fresh[told[name]] for name in (one, two, three)] == [three] * 3


def test_deleted(desk: Desk) -> None:
    """A deleted ticket is told as gone, comes no more, and comes back with all of it."""
    desk.mail("Delete me, please.")
    (told,) = desk.items()
    desk.server.tell(told.thread, "We shall.")
    desk.items()
    assert "deleted" in desk.server.change(told.thread, Status="deleted")
    (page,) = desk.pages()
    assert (list(page.items), page.gone_threads) == ([], [told.thread])
    fresh = Desk(desk.server).items()
    assert told.external_id not in {item.external_id for item in fresh}
    desk.server.change(told.thread, Status="open")
    back = desk.items()
    assert [item.kind for item in back] == [Kind.FEEDBACK, Kind.AGENT]
    assert back[0].external_id == told.external_id


def test_said_and_done(desk: Desk) -> None:
    """A refusal comes with status 200: the ticket stays, and nothing is told."""
    desk.mail("Leave me as I am.")
    (told,) = desk.items()
    said = desk.server.change(told.thread, "triage", Subject="Changed")
    assert "Permission Denied" in said
    assert desk.items() == []


def test_status_and_fields(desk: Desk) -> None:
    """Status, time of solution, tags and custom fields are those of now."""
    fields = {"plan": "Severity", "tags": "Theme", "nothing": "No such field"}
    ticket = desk.server.opened(
        Subject="Slow",
        Requestor="ann@customer.example",
        Content="Too slow.",
        CustomFields={"Severity": "high", "Theme": ["export", "csv"]},
    )
    (told,) = desk.items(fields=fields)
    assert told.attributes == {"plan": "high"}
    assert told.context == {"status": "new", "tags": ["export", "csv"]}
    desk.server.change(ticket, Subject="Very slow", CustomFields={"Severity": "low"})
    (told,) = desk.items(fields=fields)
    assert (told.title, told.attributes) == ("Very slow", {"plan": "low"})
    # No such value: 200 and a message, and all is as it was.
    said = desk.server.change(ticket, CustomFields={"Severity": "none such"})
    assert "Invalid value" in said
    assert desk.items(fields=fields) == []
    desk.server.change(ticket, Status="resolved")
    (told,) = desk.items(fields=fields)
    assert told.context["status"] == "solved"
    solved_at = datetime.fromisoformat(told.context["solved_at"])
    assert abs(solved_at - datetime.now(UTC)) < timedelta(minutes=2)


def test_zone(desk: Desk) -> None:
    """Fourteen hours from UTC, ``since`` lets in exactly what was written since."""
    desk.mail("Before.")
    (before,) = desk.items()
    time.sleep(1.1)
    since = datetime.now(UTC).replace(microsecond=0)
    desk.mail("After.")
    (after,) = desk.items()
    fresh = Desk(desk.server)
    ids = {item.external_id for item in fresh.items(since=since)}
    assert after.external_id in ids
    assert before.external_id not in ids
    assert fresh.items(since=since) == []
    none = Desk(desk.server).items(since=since + timedelta(hours=1))
    assert none == []


def test_times_asked_for(desk: Desk) -> None:
    """Of a time as it writes them itself it reads the day alone; others in its zone."""
    now = datetime.now(UTC)
    desk.mail("Here I am.")
    found = []
    for by, time_asked in (
        ("root", f"{now:%Y-%m-%d}T23:59:59Z"),
        ("root", f"{now:%Y-%m-%d} 23:59:59"),
        ("root", f"{now - timedelta(hours=1):%Y-%m-%d %H:%M:%S}"),
        ("agent", f"{now - timedelta(hours=1):%Y-%m-%d %H:%M:%S}"),
    ):
        query = f"ObjectType = 'RT::Ticket' AND Created >= '{time_asked}'"
        answer = desk.server.ask("GET", "transactions", by, params={"query": query})
        found.append(bool(answer.json()["count"]))
    assert found == [True, False, True, False]
    assert "Z" not in request_tracker_api.since(now)


def test_uncounted(desk: Desk) -> None:
    """It does not say how many transactions there are, except to who may see all."""
    desk.mail("How many are we?")
    params = {"query": "ObjectType = 'RT::Ticket'", "per_page": "1"}
    told = {
        by: desk.server.ask("GET", "transactions", by, params=params).json()["total"]
        for by in ("triage", "root")
    }
    assert told["triage"] is None
    assert told["root"] > 1


def test_silent_fields(desk: Desk) -> None:
    """What it does not know it leaves empty, and one field of its own it dies of."""
    desk.mail("Fields.")
    (told,) = desk.items()
    limits = [{"field": "TransactionId", "value": told.external_id}]
    for fields, status in (("Content,Nonsense", 200), ("Parent", 500)):
        answer = desk.server.ask(
            "POST", "attachments", "triage", json=limits, params={"fields": fields}
        )
        assert answer.status_code == status
        if status == 200:
            assert answer.json()["items"][0]["Nonsense"] == ""


def test_content(desk: Desk) -> None:
    """Any letters come as they were; HTML as text; of files only the names."""
    binary = base64.b64encode(bytes(range(256))).decode()
    files = [
        {"FileName": "shot.png", "FileType": "image/png", "FileContent": binary},
        {"FileName": "log.txt", "FileType": "text/plain", "FileContent": "c2VjcmV0"},
    ]
    ticket = desk.server.opened(
        Requestor="ann@customer.example", Subject="Žluť 漢字",
        Content="Žluťoučký 漢字 😀", Attachments=files,
    )  # fmt: skip
    html = {"Content": "<p>Tags &amp; <b>names</b></p>", "ContentType": "text/html"}
    desk.server.ask("POST", f"ticket/{ticket}/correspond", json=html)
    alone = [
        {"FileName": "only.bin", "FileType": "application/x", "FileContent": "AA=="}
    ]
    desk.server.ask("POST", f"ticket/{ticket}/correspond", json={"Attachments": alone})
    first, second, third = desk.items()
    assert (first.title, first.body) == ("Žluť 漢字", "Žluťoučký 漢字 😀")
    assert first.context["attachments"] == ["shot.png", "log.txt"]
    assert second.body == "Tags & names"
    assert third.context["attachments"] == ["only.bin"]
    # One by one it tells content packed, of many as it is.
    limits = [{"field": "TransactionId", "value": first.external_id}]
    limits.append({"field": "ContentType", "value": "text/plain"})
    rows = desk.server.ask(
        "POST", "attachments", "triage", json=limits, params={"fields": "Content"}
    ).json()["items"]
    one = desk.server.ask("GET", f"attachment/{rows[0]['id']}", "triage").json()
    assert rows[0]["Content"] == base64.b64decode(one["Content"]).decode()
    assert b"c2VjcmV0" not in first.raw
    assert "secret" not in json.dumps(json.loads(first.raw))


def test_mail_in_parts(desk: Desk) -> None:
    """Of a mail in two forms and with a quotation, what was written now is kept."""
    head = "MIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=xx\n"
    parts = (
        "--xx\nContent-Type: text/plain; charset=utf-8\n\nIt fails when I export.\n\n"
        "On Mon, 2 Mar 2026 at 12:00, Agent <agent@product.example> wrote:\n"
        "> Which browser is it?\n--xx\nContent-Type: text/html; charset=utf-8\n\n"
        "<p>It fails when I export.</p>\n--xx--\n"
    )
    desk.mail(parts, head=head)
    (told,) = desk.items()
    assert told.body == "It fails when I export."


def test_automatic(desk: Desk) -> None:
    """A mail program that says nobody is there is no customer who says something."""
    desk.mail("I am away.", head="Auto-Submitted: auto-replied\n")
    assert desk.items() == []


def test_on_behalf(desk: Desk) -> None:
    """What a form of ours opens is its requestor's, once the form is named."""
    told = {"Requestor": "zoe@customer.example", "Subject": "Form"}
    desk.server.opened(Content="I filled in your form.", **told)
    since = desk.cursor
    (ours,) = desk.items(forms=())
    assert (ours.kind, ours.email) == (Kind.AGENT, "webform@product.example")
    desk.cursor = since
    (theirs,) = desk.items()
    assert (theirs.kind, theirs.email) == (Kind.FEEDBACK, "zoe@customer.example")


def test_hidden(trackers: tuple[Rt, Rt], monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows hidden for want of rights leave pages empty, and nothing behind them out."""
    in_pages(5, monkeypatch)
    hiding = Desk(trackers[1])
    hiding.pages()
    for number in range(6):
        hiding.server.opened(
            "root", Queue="Legal", Subject="Secret", Requestor=f"l{number}@customer.example",
            Content="Nobody's business.",
        )  # fmt: skip
    hiding.mail("Behind six others.")
    assert [item.body for item in hiding.items()] == ["Behind six others."]
    whole = Desk(trackers[0]).items()
    there = [item.external_id for item in Desk(trackers[1]).items()]
    assert sorted(there) == sorted(item.external_id for item in whole)
    assert "Nobody's business." not in [item.body for item in whole]


def test_checked(trackers: tuple[Rt, Rt]) -> None:
    """It says whose token it is, what there is, and what is not told."""

    async def checked(server: Rt, **told: Any) -> Any:
        async with Http() as http:
            return await Desk(server).source(**told).check(http)

    Desk(trackers[0]).mail("Something to count.")
    report = asyncio.run(checked(trackers[0], queues=("Feedback",)))
    assert report.account.startswith("triage at 127.0.0.1")
    assert report.facts["version"].startswith("5.")
    assert "calls of a first pull" in report.facts
    assert "hidden" in asyncio.run(checked(trackers[1])).facts
    for name in ("Legal", "Nowhere"):
        with pytest.raises(ConfigError, match=f"no queue '{name}'"):
            asyncio.run(checked(trackers[0], queues=(name,)))
    with pytest.raises(SignInFailed):
        asyncio.run(checked(trackers[0], token=Secret("1-14-wrong")))


def test_killed_at_every_page(
    trackers: tuple[Rt, Rt], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Left after any page and gone on with, a store holds the same; again, nothing."""
    desk = Desk(trackers[0])
    for number in range(4):
        desk.mail(f"Crash number {number} of many.", f"Crash {number}")
    there = len(desk.items())
    in_pages(max(2, there // 3), monkeypatch)
    whole = Desk(trackers[0]).pages()
    assert len(whole) > 2

    def stored(workspace: Workspace) -> list[tuple[Any, ...]]:
        read = workspace.db.read()
        return sorted(
            map(tuple, read.execute("SELECT external_id, kind, body, thread, context,"
                                    " title, received_at FROM feedback"))
        )  # fmt: skip

    def synced(workspace: Workspace, pages: int | None = None) -> Any:
        class Cut(RequestTracker):
            async def pull(self, http: Http, cursor: Cursor | None) -> Any:
                count = 0
                async for page in RequestTracker.pull(self, http, cursor):
                    yield page
                    count += 1
                    if count == pages:
                        return

        token = Secret(desk.server.tokens["triage"])
        source: Any = Cut(url=desk.server.url, token=token)
        run_once = Pull(
            source="rt", connector_name="request-tracker", connector=source,
            http=Http(), label="sync", resume=True,
        )  # fmt: skip
        ended = pulled(workspace.db, run_once)[-1]
        assert isinstance(ended, Ended), ended
        return ended.counts

    with a_workspace(tmp_path / "whole") as one, a_workspace(tmp_path / "cut") as two:
        synced(one)
        for _ in whole:
            synced(two, 1)
        synced(two)
        assert stored(one) == stored(two)
        again = synced(one)
        assert (again.new, again.changed, again.gone) == (0, 0, 0)
        assert unsound(one) == unsound(two) == {}
        assert "Internal: this" not in repr(table(one.db, "feedback"))
