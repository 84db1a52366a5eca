"""Tickets of Zendesk keep what every service promises, and cost few calls."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import httpx
import pytest

from servers.described import at_hand
from servers.pulls import by_name, last_cursor
from servers.zendesk import (
    ZendeskService,
    connector,
    pages,
)
from servers.zendesk_described import refused, theirs_described
from servers.zendesk_desk import BOB, EVE, NOW, NOWHERE
from servers.zendesk_server import OAUTH, ZendeskServer
from triage.connector import ConfigError, Kind, Secret
from triage.plugins import CONNECTORS, one
from triage.testing import check_service
from triage_connectors import zendesk_known
from triage_connectors.zendesk import Zendesk


def test_entry_point() -> None:
    """It is found by its name."""
    assert one(CONNECTORS, "zendesk") is Zendesk


def test_contract() -> None:
    """Killed, limited, redacted, deleted and lied to, it ends in the same store."""
    check_service(connector, ZendeskService)


def test_contract_with_surveys() -> None:
    """So it does where customers are asked in the newer way."""
    check_service(connector, lambda: ZendeskService(satisfaction="surveys"))


def test_vendors_description() -> None:
    """Where the vendor's description is at hand, requests are held to it."""
    at_hand(theirs_described())
    server = ZendeskServer()
    server.open("It is slow")
    pages(server)
    (request,) = server.asked("ticket_events")
    assert not refused(request)
    assert refused(type(request)("GET", request.url.copy_add_param("pages", "1")))


def test_who_speaks() -> None:
    """Customers' words are feedback, public answers an agent's, notes are nowhere."""
    server = ZendeskServer()
    server.open("It loses my tags", 2)
    server.say(1, "We look into it", BOB)
    server.say(1, "She pays us little", EVE, public=False)
    server.say(1, "Still lost", 2)
    server.say(1, "So they are for me", 3)
    server.say(1, "A copy of it all", -1)
    told = by_name(pages(server))
    assert {name: (one.kind, one.body) for name, one in told.items()} == {
        "ticket 1": (Kind.FEEDBACK, "It loses my tags"),
        "comment 1002": (Kind.AGENT, "We look into it"),
        "comment 1004": (Kind.FEEDBACK, "Still lost"),
        "comment 1005": (Kind.FEEDBACK, "So they are for me"),
        "comment 1006": (Kind.AGENT, "A copy of it all"),
    }
    first = told["ticket 1"]
    assert (first.title, first.author, first.email, first.company) == (
        "Export 1", "Ann 2", "ann2@acme.example", "Acme 2",
    )  # fmt: skip
    assert first.url == "https://acme.zendesk.com/agent/tickets/1"
    assert {one.thread for one in told.values()} == {"1"}
    assert first.context == {
        "status": "new", "tags": ["export"], "desk_channel": "web",
    }  # fmt: skip


def test_where_a_customer_was_is_not_kept() -> None:
    """Addresses and places are dropped before anything is stored."""
    server = ZendeskServer()
    server.open("It is slow")
    server.say(1, "Still", 1)
    for told in by_name(pages(server)).values():
        assert NOWHERE.encode() not in told.raw
        assert b"Lisbon" not in told.raw


def test_opened_by_our_side() -> None:
    """Of a ticket an agent opened, an internal first note shows nowhere."""
    server = ZendeskServer()
    server.open("She sounds cross", BOB, public=False, is_public=True)
    server.say(1, "Did it help?", BOB)
    server.say(1, "It did not", 1)
    server.open("All internal", BOB, public=False)
    found = pages(server)
    told = by_name(found)
    assert set(told) == {"ticket 1", "comment 1002", "comment 1003"}
    assert (told["ticket 1"].kind, told["ticket 1"].body) == (Kind.AGENT, "")
    assert told["ticket 1"].context["status"] == "new"
    assert "cross" not in repr(found)
    assert b"cross" not in b"".join(one.raw for one in told.values())


def test_status_and_fields() -> None:
    """Status, when it was solved and mapped fields are told; a change is no edit."""
    server = ZendeskServer()
    server.open("It is slow", 2)
    fields = {
        "version": "3601", "plan": "organization.plan", "revenue": "seats",
        "seat": "user.seat", "none": "3602",
    }  # fmt: skip
    found = pages(server, fields=fields)
    first = by_name(found)["ticket 1"]
    assert first.app_version == "5.2"
    assert first.attributes == {"plan": "pro", "revenue": 20.0, "seat": "S2"}
    server.set(1, "hold")
    found = pages(server, last_cursor(found), fields=fields)
    assert by_name(found)["ticket 1"].context["status"] == "pending"
    server.set(1, "solved")
    solved_at = server.now
    again = by_name(pages(server, last_cursor(found), fields=fields))["ticket 1"]
    assert again.context["solved_at"] == solved_at.isoformat()
    assert again.edited_at == first.edited_at == first.received_at


def test_mail() -> None:
    """Of a mail, what was written now is kept, and attachments by their names."""
    server = ZendeskServer()
    via: dict[str, Any] = {"via": {"channel": "email", "source": {"rel": None}}}
    server.open(
        "It is slow again\n\nOn Mon, 2 Nov 2026 at 10:00, Bob <bob@acme.example> wrote:\n> Is it?",
        **via,
    )
    quoted = '<p>Since the update</p><div class="gmail_quote"><p>Since when?</p></div>'
    names = [{"file_name": "log.txt", "content_url": "https://acme.zendesk.com/x"}]
    server.say(1, "", 1, html_body=quoted, attachments=names)
    told = by_name(pages(server))
    assert told["ticket 1"].body == "It is slow again"
    assert told["comment 1002"].body == "Since the update"
    assert told["comment 1002"].context == {"attachments": ["log.txt"]}


def test_chats() -> None:
    """Of a chat kept as one text, only the customer's own lines are theirs."""
    server = ZendeskServer()
    lines = (
        "(09:02:11) Ann 1: The export hangs\nsince Monday\n(09:02:40) *** Bob joined"
        " the chat ***\n(09:03:00) Bob: We look into it\n(09:04:00) Ann 1: Thanks"
    )
    server.open(lines, via={"channel": "chat", "source": {"rel": None}})
    (told,) = by_name(pages(server)).values()
    assert told.body == "The export hangs\nsince Monday\nThanks"


def test_samples_and_merges() -> None:
    """Zendesk's sample is nobody's; a merge repeats nothing, and ids stay."""
    server = ZendeskServer()
    server.open("This is a sample", via={"channel": "sample_ticket", "source": {}})
    server.open("It is slow", 2)
    server.open("It is slow, once more", 2)
    found = pages(server)
    merge: dict[str, Any] = {
        "via": {"channel": "web", "source": {"from": {}, "rel": "merge"}}
    }
    server.say(2, "Request 3 was merged: It is slow, once more", BOB, **merge)
    server.say(3, "Merged into request 2", BOB, **merge)
    server.tickets[3]["tags"] = ["closed_by_merge"]
    server.set(3, "closed")
    again = pages(server, last_cursor(found))
    assert set(by_name(found)) == set(by_name(again)) == {"ticket 2", "ticket 3"}
    assert by_name(again)["ticket 3"].context["status"] == "closed"
    assert not any(page.gone or page.gone_threads for page in again)


def test_redacted() -> None:
    """What is taken out of a comment is taken out here, at one call for its ticket."""
    server = ZendeskServer()
    server.open("My card is 4111")
    server.say(1, "And 4222 too", 1)
    found = pages(server)
    server.redact(1, 1001, "My card is ▇▇▇▇")
    server.redact(1, 1002, "And ▇▇▇▇ too")
    changed_at = server.now
    server.requests.clear()
    again = pages(server, last_cursor(found))
    told = by_name([*found, *again])
    assert told["ticket 1"].body == "My card is ▇▇▇▇"
    assert told["comment 1002"].body == "And ▇▇▇▇ too"
    assert told["comment 1002"].edited_at == told["ticket 1"].edited_at == changed_at
    assert len(server.asked("/comments")) == 1
    server.set(1, "solved")
    last = by_name([*found, *again, *pages(server, last_cursor(again))])["ticket 1"]
    assert (last.body, last.context["status"]) == ("My card is ▇▇▇▇", "solved")


def test_redacted_in_the_comment_alone() -> None:
    """Should a ticket keep what was taken out of its first comment, it is gone here."""
    server = ZendeskServer()
    server.open("My card is 4111")
    found = pages(server)
    server.redact(1, 1001, "My card is ▇▇▇▇")
    server.tickets[1]["description"] = "My card is 4111"
    found += pages(server, last_cursor(found))
    assert by_name(found)["ticket 1"].body == "My card is ▇▇▇▇"
    server.set(1, "solved")
    found += pages(server, last_cursor(found))
    assert by_name(found)["ticket 1"].body == "My card is ▇▇▇▇"


def test_made_private() -> None:
    """A comment that becomes an internal note is gone."""
    server = ZendeskServer()
    server.open("It is slow")
    server.say(1, "To the wrong one", BOB)
    found = pages(server)
    server.make_private(1, 1002)
    again = pages(server, last_cursor(found))
    assert [name for page in again for name in page.gone] == ["comment 1002"]


def test_deleted_and_restored() -> None:
    """A deleted ticket is gone with all that was said; restored, all is there again."""
    server = ZendeskServer()
    server.open("It is slow")
    server.say(1, "Still", 1)
    server.open("And ugly")
    found = pages(server)
    server.set(1, "deleted")
    again = pages(server, last_cursor(found))
    assert [name for page in again for name in page.gone_threads] == ["1"]
    assert not by_name(again)
    server.set(1, "open")
    back = pages(server, last_cursor(again))
    assert set(by_name(back)) == {"ticket 1", "comment 1002"}
    assert len(server.asked("/comments")) == 1


def test_comments_the_export_leaves_out() -> None:
    """Missing comments are counted, and asked for; so are those without words."""
    server = ZendeskServer(lacks={1002}, wordless={2002})
    for number in range(1, 4):
        server.open(f"It is slow {number}")
        server.say(number, f"Still {number}", 1)
    told = by_name(pages(server))
    assert told["comment 1002"].body == "Still 1"
    assert told["comment 2002"].body == "Still 2"
    assert len(told) == 6
    assert len(server.asked("/comments")) == 2


def test_a_ticket_left_with_nothing() -> None:
    """Of a ticket whose deletion was made final, only its id is needed."""
    server = ZendeskServer()
    server.open("It is slow")
    found = pages(server)
    server.set(1, "deleted")
    left = {"id": 1, "status": "deleted", "subject": "SCRUBBED"}
    server.before = lambda request: (
        httpx.Response(
            200,
            json={"tickets": [left], "after_cursor": "eA==", "end_of_stream": True},
        )
        if "cursor" in request.url.path
        else None
    )
    again = pages(server, last_cursor(found))
    assert [name for page in again for name in page.gone_threads] == ["1"]


def test_a_last_page_with_nothing() -> None:
    """Where the last page of events is empty, the next run begins behind the others."""
    server = ZendeskServer()
    server.open("It is slow")
    found = pages(server)
    none: dict[str, Any] = {
        "ticket_events": [],
        "end_time": None,
        "end_of_stream": True,
    }
    server.before = lambda request: (
        httpx.Response(200, json=none) if "events" in request.url.path else None
    )
    again = pages(server, last_cursor(found))
    assert again == [] or last_cursor(again) == last_cursor(found)


def test_forgotten_tickets(monkeypatch: pytest.MonkeyPatch) -> None:
    """With more tickets than are remembered all comes, asked for by the hundred."""
    monkeypatch.setattr(zendesk_known, "MOST", 3)
    server = ZendeskServer(size=4)
    for number in range(1, 9):
        server.open(f"It is slow {number}")
        server.now += timedelta(seconds=1)
    for number in range(1, 9):
        server.say(number, f"Still {number}", 1)
        server.now += timedelta(seconds=1)
    assert len(by_name(pages(server))) == 16
    assert not server.asked("/comments")


def test_seconds_that_pages_share() -> None:
    """A page of events that begins where the last ended repeats nothing."""
    server = ZendeskServer(size=2)
    for number in range(1, 8):
        server.open(f"It is slow {number}")
        server.say(number, f"Still {number}", 1)
    found = pages(server)
    names = [one.external_id for page in found for one in page.items]
    assert len(names) == len(set(names)) == 14


def test_a_second_as_full_as_a_page() -> None:
    """A second that fills a page is whole, and the next one follows."""
    server = ZendeskServer(size=2)
    for number in range(1, 5):
        server.open(f"It is slow {number}")
        server.say(number, f"Still {number}", 1)
        server.now += timedelta(seconds=number % 2)
    assert len(by_name(pages(server))) == 8


def test_second_run() -> None:
    """A run with nothing new makes six calls: the last second of events comes again."""
    server = ZendeskServer()
    server.open("It is slow")
    found = pages(server)
    server.requests.clear()
    again = pages(server, last_cursor(found))
    assert len(server.requests) == 6
    assert set(by_name(again)) <= set(by_name(found))


def test_since() -> None:
    """A first pull begins where it is told to; what opened a changed ticket comes too."""
    server = ZendeskServer()
    server.open("Long ago")
    server.open("Long ago, and now")
    server.say(2, "Then", 1)
    server.now += timedelta(days=30)
    server.say(2, "Now", 1)
    told = by_name(pages(server, since=NOW + timedelta(days=20)))
    assert set(told) == {"ticket 2", "comment 2003"}
    assert not server.asked("/comments")


def test_ten_a_minute() -> None:
    """The exports are asked ten times a minute, and nothing else waits for that."""
    server = ZendeskServer(size=2, a_minute=10)
    for number in range(1, 16):
        server.open(f"It is slow {number}")
        server.now += timedelta(seconds=1)
    server.now += timedelta(hours=1)
    began = server.now
    assert len(by_name(pages(server))) == 15
    assert len(server.asked("incremental")) == 8 + 14
    assert server.now - began < timedelta(hours=1, minutes=5)


def test_another_host() -> None:
    """Whatever host an answer names, only the desk of the settings is asked."""
    server = ZendeskServer(size=1)
    for number in range(3):
        server.open(f"It is slow {number}")
    pages(server)
    assert {one.url.host for one in server.requests} == {"acme.zendesk.com"}


def test_oauth() -> None:
    """An access token of OAuth does without an email."""
    server = ZendeskServer()
    server.open("It is slow")
    assert by_name(pages(server, email="", token=Secret(OAUTH)))


@pytest.mark.parametrize(
    "name", ["acme", "ACME", "acme.zendesk.com", "https://acme.zendesk.com/agent/"]
)
def test_subdomain(name: str) -> None:
    """However the desk's address was copied, it is the same desk."""
    server = ZendeskServer()
    server.open("It is slow")
    assert by_name(pages(server, subdomain=name))


@pytest.mark.parametrize("name", ["", "acme.example", "a b", "acme@evil.example/"])
def test_no_subdomain(name: str) -> None:
    """What cannot be a desk is refused before anything is asked."""
    with pytest.raises(ConfigError, match="no name of a help desk"):
        connector(subdomain=name)
