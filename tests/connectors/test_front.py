"""Front: who says what in its conversations, and what is told of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import httpx
import pytest

from servers.described import at_hand
from servers.front import (
    NOW,
    FrontService,
    connector,
    refused_by_theirs,
    talking,
    theirs,
)
from servers.pulls import by_name, checked, last_cursor, pages
from triage.connector import (
    Kind,
    Secret,
    SignInFailed,
)
from triage.plugins import CONNECTORS, one
from triage.testing import check_service
from triage_connectors.front import Front


def test_entry_point() -> None:
    """It is found by its name."""
    assert one(CONNECTORS, "front") is Front


def test_contract() -> None:
    """It keeps every promise: killed, limited, trashed, lied to."""
    check_service(connector, FrontService)


def test_vendors_description() -> None:
    """Where the vendor's description is at hand, every request is held to it."""
    vendor = at_hand(theirs())
    server, name = talking()
    first = pages(connector(), server)
    server.now += timedelta(hours=1)
    server.change(name, "archive", status="archived")
    pages(connector(), server, last_cursor(first))
    for request in server.requests:
        assert not refused_by_theirs(request, vendor)
    stranger = httpx.Request("GET", "https://api2.frontapp.com/events?since=1")
    assert refused_by_theirs(stranger, vendor)


def test_who_says_what() -> None:
    """Customers' words are feedback with their address, a teammate's are ours."""
    server, name = talking()
    opening, ours, later = by_name(pages(connector(), server)).values()
    assert (opening.kind, opening.author, opening.email) == (
        Kind.FEEDBACK, "Ann 00001", "ann00001@acme.example",
    )  # fmt: skip
    assert (opening.body, opening.title) == (
        "The export loses my tags.",
        f"Export {name}",
    )
    assert (ours.kind, ours.author, ours.email) == (
        Kind.AGENT, "Bob Ross", "bob@us.example",
    )  # fmt: skip
    assert {one.thread for one in (opening, ours, later)} == {name}
    assert opening.received_at == NOW
    assert opening.url == f"https://app.frontapp.com/open/{name}"


@pytest.mark.parametrize(
    ("told", "status"),
    [
        ({"status": "assigned"}, "open"),
        ({"status": "archived"}, "closed"),
        ({"status": "archived", "status_category": "resolved"}, "solved"),
        ({"status": "unassigned", "status_category": "waiting"}, "pending"),
    ],
)
def test_status_in_our_words(told: dict[str, str], status: str) -> None:
    """Front's statuses, and those of its tickets, are the few we know."""
    server = FrontService()
    server.begin("x", **told)
    (only,) = by_name(pages(connector(), server)).values()
    assert only.context["status"] == status


@pytest.mark.parametrize(
    "told",
    [{"type": "discussion"}, {"type": "task"}, {"is_private": True}],
)
def test_our_own_conversations_are_not_stored(told: dict[str, Any]) -> None:
    """Discussions, tasks and private conversations are nobody's feedback."""
    server = FrontService()
    server.begin("Between us", **told)
    assert by_name(pages(connector(), server)) == {}


@pytest.mark.parametrize(
    "told",
    [
        {"draft_mode": "shared"},
        {"type": "internal"},
        {"subject": "Automatic reply: away"},
        {"recipients": [{"handle": "mailer-daemon@x.example", "role": "from"}]},
    ],
)
def test_what_no_customer_said_is_not_stored(told: dict[str, Any]) -> None:
    """Drafts, internal messages, bounces and absence notes are left out."""
    server, name = talking()
    server.say(name, "not to be seen", **told)
    assert len(by_name(pages(connector(), server))) == 3


def test_quotations_are_cut() -> None:
    """Of a mail what was written now is kept, the rest is in the raw bytes."""
    server, name = talking()
    body = '<div>It works now, thank you.</div><div class="gmail_quote">old</div>'
    message = server.say(name, "", body=body, text="It works now, thank you.\n> old")
    told = by_name(pages(connector(), server))[message]
    assert told.body == "It works now, thank you."
    assert b"gmail_quote" in told.raw


def test_chats_and_texts() -> None:
    """A chat's words are as they are; who has no address is known by a handle."""
    server, name = talking()
    people = [{"name": "Cy", "handle": "+4930123", "role": "from"}]
    message = server.say(
        name, "a < b", type="sms", body="a < b", recipients=people,
        attachments=[{"id": "fil_1", "filename": "shot.png"}],
        metadata={"headers": {"ip": "203.0.113.9"}},
    )  # fmt: skip
    told = by_name(pages(connector(), server))[message]
    assert (told.author, told.email, told.context["handle"]) == ("Cy", "", "+4930123")
    assert told.context["attachments"] == ["shot.png"]
    assert told.context["desk_channel"] == "sms"
    assert b"203.0.113.9" not in told.raw


def test_fields() -> None:
    """Custom fields become company, version and what is known of the customer."""
    server = FrontService()
    server.begin("x", custom_fields={"Account": "Acme", "Plan": "pro", "MRR": "99"})
    fields = {"company": "Account", "plan": "Plan", "revenue": "MRR"}
    (told,) = by_name(pages(connector(fields=fields), server)).values()
    assert told.company == "Acme"
    assert told.attributes == {"plan": "pro", "revenue": 99.0}


def test_check_tells_rights_and_limits() -> None:
    """What the key may read and how often is told before anything is pulled."""
    server, _ = talking()

    report = checked(connector(), server)
    assert report.account == "Acme Notes at Front"
    assert report.facts["may"] == "read events, read messages"
    assert report.facts["calls a minute"] == "100"
    assert report.facts["inboxes"] == "inb_1 (Support)"
    server.before = lambda request: (
        httpx.Response(403) if request.url.path == "/events" else None
    )
    with pytest.raises(SignInFailed, match=r"scope events:\*:read"):
        checked(connector(), server)
    with pytest.raises(SignInFailed, match="key"):
        checked(connector(token=Secret("canary-front-x")), server)
