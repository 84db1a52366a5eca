"""Intercom's conversations and tickets, as customers said them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from servers.described import at_hand
from servers.intercom import (
    NOON,
    IntercomServer,
    IntercomService,
    connector,
    theirs_described,
)
from servers.intercom_shapes import ADMIN, BOT
from servers.pulls import by_name, checked, last_cursor, pages
from triage.connector import Channel, ConfigError, Incoming, Kind, SignInFailed
from triage.plugins import CONNECTORS, one
from triage.testing import check_service
from triage_connectors.intercom import Intercom


def told(server: IntercomServer, **settings: Any) -> dict[str, Incoming]:
    """All that a first pull brings, an hour later."""
    server.now += timedelta(hours=1)
    return by_name(pages(connector(**settings), server))


def test_entry_point() -> None:
    """It is found by its name."""
    assert one(CONNECTORS, "intercom") is Intercom


def test_contract() -> None:
    """It keeps what every connector of a service promises."""
    check_service(connector, IntercomService)


def test_vendors_description() -> None:
    """Where the vendor's description is at hand, every request is held to it."""
    at_hand(theirs_described())
    server = IntercomServer(size=1)
    server.part(server.talk(), "<p>And again</p>")
    server.part(server.ticket(), "<p>And again</p>")
    told(server, fields={"plan": "contact.plan"})
    kinds = {request.url.path.rsplit("/", 1)[0] for request in server.requests}
    assert kinds == {"/conversations", "/tickets", "/contacts"}


def test_only_what_customers_say_is_feedback() -> None:
    """Words of teammates and robots are kept as ours; notes and events are not kept."""
    server = IntercomServer()
    name = server.talk("<p>The export fails</p>")
    ours = server.part(name, "<p>We look into it</p>", author=ADMIN)
    robot = server.part(name, "<p>Have you tried …?</p>", author=BOT)
    note = server.part(name, "<p>Ann again</p>", author=ADMIN, part_type="note")
    more = server.part(name, "<p>It fails still</p>", part_type="open")
    server.close(name)
    found = told(server)
    assert note not in found
    assert {key: value.kind for key, value in found.items()} == {
        f"{name}/source": Kind.FEEDBACK,
        ours: Kind.AGENT,
        robot: Kind.AGENT,
        more: Kind.FEEDBACK,
    }
    said = found[f"{name}/source"]
    assert (said.body, said.author) == ("The export fails", f"Ann{name}".capitalize())
    assert (said.channel, said.thread) == (Channel.TICKET, name)
    assert said.received_at == NOON
    assert said.context["status"] == "closed"
    assert said.context["solved_at"] == NOON.isoformat()


@pytest.mark.parametrize("kind", ["user", "lead", "contact"])
def test_every_kind_of_contact_is_a_customer(kind: str) -> None:
    """Users, leads and contacts are customers alike."""
    server = IntercomServer()
    name = server.talk(author={"type": kind, "id": "1", "name": "", "email": ""})
    assert told(server)[f"{name}/source"].kind is Kind.FEEDBACK


def test_who_is_hidden_by_a_network_is_a_customer_who_began() -> None:
    """A blank author is believed to be a customer only where a customer began it."""
    server = IntercomServer()
    blank = {"type": "", "id": "", "name": "", "email": ""}
    theirs = server.talk(author=blank)
    campaign = server.talk(author=blank, source={"delivered_as": "automated"})
    found = told(server)
    assert found[f"{theirs}/source"].kind is Kind.FEEDBACK
    assert found[f"{campaign}/source"].kind is Kind.AGENT


def test_what_we_sent_and_nobody_answered_costs_no_call() -> None:
    """A campaign's conversations are told by their rows until a customer answers."""
    server = IntercomServer()
    name = server.talk("<p>News!</p>", author=ADMIN)
    found = pages(connector(), _later(server))
    assert by_name(found)[f"{name}/source"].kind is Kind.AGENT
    assert not _asked(server, name)
    reply = server.part(name, "<p>Please stop</p>")
    again = by_name(pages(connector(), _later(server), last_cursor(found)))
    assert again[reply].kind is Kind.FEEDBACK
    assert len(_asked(server, name)) == 1


def test_redacted_words_are_gone() -> None:
    """What was redacted has no words any more, and the row is there still."""
    server = IntercomServer()
    name = server.talk()
    part = server.part(name, "<p>My card is 4111 1111</p>")
    found = pages(connector(), _later(server))
    assert "4111" in by_name(found)[part].body
    server.parts[name][0] |= {
        "redacted": True, "body": "<p>4111</p>", "updated_at": _seconds(server),
    }  # fmt: skip
    server.touch(name)
    (said,) = (
        value
        for key, value in by_name(
            pages(connector(), _later(server), last_cursor(found))
        ).items()
        if key == part
    )
    assert (said.body, said.kind) == ("", Kind.AUTO)
    assert said.context["redacted"] is True
    assert said.edited_at is not None


def test_redacted_opening() -> None:
    """So it is with the words a conversation begins with, and its subject."""
    server = IntercomServer()
    name = server.talk("<p>secret</p>", source={"redacted": True, "subject": "secret"})
    said = told(server)[f"{name}/source"]
    assert (said.title, said.body) == ("", "")


@pytest.mark.parametrize("stars", [1, 3, 5])
def test_ratings(stars: int) -> None:
    """A rating is one to five, its remark is feedback, its author the customer."""
    server = IntercomServer()
    rating = {
        "rating": stars, "remark": "Too slow", "created_at": _seconds(server),
        "updated_at": _seconds(server) + 60,
        "contact": {"type": "contact", "id": "c-ann", "external_id": "70"},
        "teammate": {"type": "admin", "id": "274"},
    }  # fmt: skip
    name = server.talk(by="ann", conversation_rating=rating)
    said = told(server)[f"{name}/rating"]
    assert (said.rating, said.scale, said.metric) == (float(stars), "1-5", "csat")
    assert (said.channel, said.kind, said.body) == (
        Channel.SURVEY, Kind.FEEDBACK, "Too slow",
    )  # fmt: skip
    assert (said.email, said.thread) == ("ann@acme.example", name)
    assert said.edited_at == NOON + timedelta(seconds=60)


@pytest.mark.parametrize("rating", [None, {}, {"rating": None}, {"rating": 9}])
def test_no_rating(rating: Any) -> None:
    """What was asked and not answered, or is off the scale, is no rating."""
    server = IntercomServer()
    name = server.talk(conversation_rating=rating)
    assert set(told(server)) == {f"{name}/source"}


def test_rating_of_the_robot() -> None:
    """What the AI agent is rated is another rating, and says so."""
    server = IntercomServer()
    robot = {"rating": 2, "rating_remark": "", "created_at": _seconds(server)}
    name = server.talk(ai_agent=robot)
    said = told(server)[f"{name}/robot rating"]
    assert (said.kind, said.context) == (Kind.AUTO, {"rated": "AI agent"})


def test_rating_alone_costs_no_call() -> None:
    """A rating given long after the last word comes with the row."""
    server = IntercomServer()
    name = server.talk(by="ann")
    server.part(name, "<p>We look into it</p>", author=ADMIN)
    server.now += timedelta(hours=3)
    found = pages(connector(), server)
    server.now += timedelta(hours=3)
    server.requests.clear()
    server.touch(
        name,
        conversation_rating={
            "rating": 4, "remark": "", "created_at": _seconds(server),
            "updated_at": _seconds(server), "contact": {"id": "c-ann"},
        },
    )  # fmt: skip
    again = by_name(pages(connector(), _later(server), last_cursor(found)))
    assert again[f"{name}/rating"].rating == 4.0
    assert not _asked(server, name)


def test_rating_of_somebody_else() -> None:
    """Where another of the group rates, the parts say who, so they are asked for."""
    server = IntercomServer()
    name = server.talk(by="ann")
    author = {"type": "user", "id": "c-ben", "name": "Ben", "email": "ben@acme.example"}
    server.part(name, "<p>With me as well</p>", author=author)
    server.now += timedelta(hours=3)
    found = pages(connector(), server)
    server.now += timedelta(hours=3)
    at = _seconds(server)
    rating = {
        "rating": 2,
        "created_at": at,
        "updated_at": at,
        "contact": {"id": "c-ben"},
    }
    server.touch(name, conversation_rating=rating)
    again = by_name(pages(connector(), _later(server), last_cursor(found)))
    assert again[f"{name}/rating"].email == "ben@acme.example"


def test_fields_tags_and_company() -> None:
    """Attributes of conversation, customer and company are where settings put them."""
    server = IntercomServer()
    server.person("ann")["custom_attributes"] = {"plan": "pro", "app": "5.2"}
    name = server.talk(
        by="ann",
        title="Export",
        custom_attributes={"area": "reports"},
        company={"type": "company", "id": "1", "name": "Acme", "monthly_spend": 100},
        tags={"type": "tag.list", "tags": [{"type": "tag", "id": "1", "name": "vip"}]},
    )
    fields = {
        "plan": "contact.plan", "version": "contact.app", "area": "area",
        "revenue": "company.monthly_spend",
    }  # fmt: skip
    said = told(server, fields=fields, workspace="xyz789")[f"{name}/source"]
    assert (said.title, said.company, said.app_version) == ("Export", "Acme", "5.2")
    assert said.attributes == {"plan": "pro", "area": "reports", "revenue": 100.0}
    assert said.context["tags"] == ["vip"]
    assert said.url.endswith(f"/a/inbox/xyz789/inbox/conversation/{name}")
    assert b"Dublin" not in said.raw


def test_mail_without_its_quotes() -> None:
    """Of a conversation by mail, only what was written now is kept."""
    server = IntercomServer()
    quote = '<div class="gmail_quote"><p>We mended it</p></div>'
    body = f"<p>It still fails for me</p>{quote}"
    name = server.talk(body, source={"type": "email"})
    assert told(server)[f"{name}/source"].body == "It still fails for me"


def test_attachments_are_names() -> None:
    """Files are named, and never fetched."""
    server = IntercomServer()
    name = server.talk()
    file = {"type": "upload", "name": "log.txt", "url": "https://files.example/1"}
    part = server.part(name, None, attachments=[file])
    found = told(server)
    assert found[part].context["attachments"] == ["log.txt"]
    assert found[part].kind is Kind.AUTO
    assert {request.url.host for request in server.requests} == {"api.intercom.io"}


def test_tickets() -> None:
    """A ticket's description is its customer's, its state one of ours."""
    server = IntercomServer()
    name = server.ticket(by="tim")
    server.now += timedelta(minutes=5)
    more = server.part(name, "<p>Still so</p>")
    ours = server.part(name, "<p>On it</p>", author=ADMIN)
    note = server.part(name, "<p>Odd</p>", author=ADMIN, part_type="note")
    server.part(
        name, None, part_type="ticket_state_updated_by_admin", author=ADMIN,
        previous_ticket_state="submitted", ticket_state="resolved",
    )  # fmt: skip
    server.touch(name, ticket_state={"category": "resolved"})
    found = told(server)
    assert note not in found
    said = found[f"{name}/opening"]
    assert (said.title, said.body) == ("Bug", "The button does nothing")
    assert (said.author, said.email) == ("Tim", "tim@acme.example")
    assert said.context["status"] == "solved"
    assert said.context["solved_at"] == (NOON + timedelta(minutes=5)).isoformat()
    assert (found[more].kind, found[ours].kind) == (Kind.FEEDBACK, Kind.AGENT)
    paths = [request.url.path for request in server.requests]
    assert paths == ["/conversations/search", "/tickets/search", "/contacts/search"]


def test_tickets_of_our_own() -> None:
    """Tickets customers do not see are left out; those we opened for one are ours."""
    server = IntercomServer()
    server.ticket(category="Back-office")
    server.ticket(category="Tracker")
    name = server.ticket()
    server.part(name, None, part_type="ticket_state_updated_by_admin", author=ADMIN)
    found = told(server)
    assert {key: one.kind for key, one in found.items()} == {
        f"{name}/opening": Kind.AGENT
    }


def test_without_tickets() -> None:
    """Where the token may not read tickets, it says so, and conversations do alone."""
    server = IntercomServer(lacks=frozenset({"tickets"}))
    name = server.talk()
    with pytest.raises(SignInFailed, match="tickets=no"):
        told(server)
    assert set(told(server, tickets=False)) == {f"{name}/source"}


def test_more_parts_than_are_given() -> None:
    """Where Intercom gives only the latest parts, the pull says what is missing."""
    server = IntercomServer(most=2)
    name = server.talk()
    parts = [server.part(name, f"<p>{turn}</p>") for turn in range(5)]
    server.now += timedelta(hours=1)
    found = pages(connector(), server)
    assert set(by_name(found)) == {f"{name}/source", *parts[-2:]}
    gaps = [page.gap for page in found if page.gap]
    wanted = "Intercom gives the 2 latest parts of a conversation; of conversation"
    assert gaps == [f"{wanted} {name} the first 3 did not come"]


def test_many_parts_are_several_pages() -> None:
    """A page is a transaction: of a great many words there are several."""
    server = IntercomServer()
    for _ in range(8):
        name = server.talk()
        for turn in range(300):
            server.part(name, f"<p>{turn}</p>")
    found = pages(connector(), _later(server))
    assert max(len(page.items) for page in found) <= 2000
    assert sum(len(page.items) for page in found) == 8 * 301


@pytest.mark.parametrize(
    ("settings", "word"),
    [({"region": "mars"}, "region"), ({"workspace": "a b"}, "workspace")],
)
def test_settings(settings: dict[str, str], word: str) -> None:
    """A setting that cannot be right is named."""
    with pytest.raises(ConfigError, match=word):
        connector(**settings)


def test_check() -> None:
    """It says whose workspace it is, and what a first pull costs."""
    server = IntercomServer()
    for _ in range(3):
        server.talk()
    server.ticket()
    report = checked(connector(), _later(server))
    assert report.account == "Acme at Intercom, by the token of Bob"
    assert report.facts["conversations"] == "3"
    assert report.facts["tickets"] == "1"
    assert report.facts["calls of a first pull"].startswith("about 6;")
    assert report.facts["calls left"] == "1,600 of 1,666"


def _later(server: IntercomServer) -> IntercomServer:
    """The same an hour later."""
    server.now += timedelta(hours=1)
    return server


def _seconds(server: IntercomServer) -> int:
    return int(server.now.timestamp())


def _asked(server: IntercomServer, name: str) -> list[str]:
    """Questions for one conversation with its parts."""
    return [
        request.url.path
        for request in server.requests
        if request.url.path == f"/conversations/{name}"
    ]
