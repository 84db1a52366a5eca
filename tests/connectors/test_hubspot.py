"""HubSpot: tickets, the threads they began as, and what surveys were answered."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import httpx
import pytest

from servers import hubspot_described
from servers.described import at_hand
from servers.hubspot import HubSpotService, connector
from servers.hubspot_account import NOW
from servers.pulls import asked, by_name, checked, pages
from triage.connector import Channel, Kind, Secret, SignInFailed
from triage.plugins import CONNECTORS, one
from triage.testing import check_service
from triage_connectors.hubspot import HubSpot


def test_entry_point() -> None:
    """It is found by its name."""
    assert one(CONNECTORS, "hubspot") is HubSpot


def test_contract() -> None:
    """It keeps every promise: killed, limited, deleted, lied to."""
    check_service(connector, HubSpotService)


def test_their_description() -> None:
    """Where the community's files are at hand, every request is held to them."""
    at_hand(hubspot_described.theirs())
    server = HubSpotService()
    server.add()
    server.thread("Hello")
    pages(connector(), server)
    stranger = httpx.Request("GET", "https://api.hubapi.com/crm/v3/objects/deals")
    assert hubspot_described.refused_by_theirs(stranger)


def test_ticket() -> None:
    """A ticket is its contact's words, with its state, category and time of closing."""
    server = HubSpotService()
    name = server.ticket(
        "The export loses my tags.",
        by=server.person("Ann Lee", "Acme"),
        hs_pipeline_stage="4",
        closed_date="2026-03-02T13:00:00.000Z",
        hs_ticket_category="BUG;EXPORT",
        hs_ticket_priority="HIGH",
    )
    (told,) = by_name(pages(connector(), server)).values()
    assert (told.external_id, told.thread) == (f"ticket {name}", f"ticket {name}")
    assert (told.kind, told.title, told.body) == (
        Kind.FEEDBACK, "Export", "The export loses my tags.",
    )  # fmt: skip
    assert (told.author, told.email, told.company) == (
        "Ann Lee", "ann101@acme.example", "Acme",
    )  # fmt: skip
    assert told.context == {
        "status": "closed",
        "stage": "Closed",
        "tags": ["BUG", "EXPORT"],
        "priority": "high",
        "desk_channel": "form",
        "solved_at": "2026-03-02T13:00:00+00:00",
    }
    assert told.received_at == NOW
    assert told.url == f"https://app.hubspot.com/contacts/4711/record/0-5/{name}"


@pytest.mark.parametrize(
    ("stage", "status"), [("1", "new"), ("2", "pending"), ("3", "open"), ("9", "open")]
)
def test_status_in_our_words(stage: str, status: str) -> None:
    """The stages every account begins with are known, others are open or closed."""
    server = HubSpotService()
    server.ticket("x", hs_pipeline_stage=stage)
    (told,) = by_name(pages(connector(), server)).values()
    assert told.context["status"] == status


def test_people_are_asked_for_in_batches() -> None:
    """Whom a page of tickets is of costs as many calls as whom one is of."""
    server = HubSpotService(page=200)
    for _ in range(60):
        server.ticket("x")
    assert len(by_name(pages(connector(), server))) == 60
    assert asked(server, "/batch/read") == 4


def test_thread_of_a_ticket() -> None:
    """A ticket that began as a thread is one conversation with it, its words once."""
    server = HubSpotService()
    ticket = server.ticket("The export loses my tags.")
    thread = server.thread("The export loses my tags.", ticket=ticket)
    server.change(ticket, hs_conversations_originating_thread_id=thread)
    server.now += timedelta(minutes=1)
    server.say(thread, "Which version?", ours=True)
    state, first, ours = by_name(pages(connector(), server)).values()
    assert (state.kind, state.body, state.context["status"]) == (Kind.AUTO, "", "new")
    assert (first.kind, first.body, first.title) == (
        Kind.FEEDBACK, "The export loses my tags.", "Export",
    )  # fmt: skip
    assert "status" not in first.context
    assert (ours.kind, ours.author, ours.email) == (
        Kind.AGENT, "Bob Ross", "bob@us.example",
    )  # fmt: skip
    assert {one.thread for one in (state, first, ours)} == {f"ticket {ticket}"}


def test_without_conversations_a_ticket_has_its_words() -> None:
    """Where threads are not read, what a ticket repeats of one is all there is."""
    server = HubSpotService(refuses={"threads"})
    server.ticket("It crashes.", hs_conversations_originating_thread_id="7")
    (told,) = by_name(pages(connector(conversations=False), server)).values()
    assert (told.kind, told.body) == (Kind.FEEDBACK, "It crashes.")


def test_thread_by_itself() -> None:
    """A thread without a ticket has its own state, and its contact for an author."""
    server = HubSpotService()
    thread = server.thread("Hello, it crashes.")
    closed = {"status": "CLOSED", "closedAt": "2026-03-02T13:00:00Z"}
    server.threads[thread] |= closed
    (told,) = by_name(pages(connector(), server)).values()
    assert (told.thread, told.author) == (f"thread {thread}", "Di Poe")
    assert told.email.endswith("@acme.example")
    assert told.context["status"] == "closed"
    assert told.context["solved_at"] == "2026-03-02T13:00:00+00:00"
    assert told.url == f"https://app.hubspot.com/live-messages/4711/inbox/{thread}"


@pytest.mark.parametrize(
    "told",
    [
        {"type": "COMMENT"},
        {"type": "ASSIGNMENT"},
        {"type": "WELCOME_MESSAGE", "direction": "OUTGOING"},
        {"archived": True},
        {"subject": "Automatic reply: away"},
    ],
)
def test_what_customers_did_not_say_is_not_stored(told: dict[str, Any]) -> None:
    """Comments, changes of state, greetings of robots and absence notes are left out."""
    server = HubSpotService()
    thread = server.thread("Hello")
    server.say(thread, "not to be seen", **told)
    assert len(by_name(pages(connector(), server))) == 1


def test_spam_is_not_stored() -> None:
    """A thread that lies in spam is asked for no further."""
    server = HubSpotService()
    server.threads[server.thread("Buy this")]["spam"] = True
    assert by_name(pages(connector(), server)) == {}
    assert asked(server, "/messages") == 0


def test_cut_messages_are_asked_for_whole() -> None:
    """What breaks off is fetched; what is the latest reply alone is what we want."""
    server = HubSpotService()
    thread = server.thread("Hello")
    cut = server.say(
        thread, "A long", richText="<p>A long</p>", truncationStatus="TRUNCATED"
    )
    server.whole[cut] = {"text": "A long story", "richText": "<p>A long story</p>"}
    server.say(thread, "Short", truncationStatus="TRUNCATED_TO_MOST_RECENT_REPLY")
    told = by_name(pages(connector(), server))
    assert told[f"{thread}/{cut}"].body == "A long story"
    assert asked(server, "original-content") == 1


def test_attachments_are_named() -> None:
    """Attachments are told by name and never fetched."""
    server = HubSpotService()
    thread = server.thread("Hello")
    name = server.say(thread, "See", attachments=[{"fileId": "1", "name": "a.png"}])
    assert by_name(pages(connector(), server))[f"{thread}/{name}"].context == {
        "attachments": ["a.png"]
    }


@pytest.mark.parametrize(
    ("survey", "value", "wanted"),
    [
        ("NPS", "9", (9, "0-10", "nps")),
        ("CSAT", "0", (0, "0-2", "csat")),
        ("CES", "7", (7, "1-7", "ces")),
    ],
)
def test_surveys(survey: str, value: str, wanted: tuple[float, str, str]) -> None:
    """HubSpot's surveys keep their number, their own scale and what they measure."""
    server = HubSpotService()
    name = server.respond(survey, value, "I love it")
    (told,) = by_name(pages(connector(), server)).values()
    assert told.external_id == f"feedback {name}"
    assert (told.channel, told.kind) == (Channel.SURVEY, Kind.FEEDBACK)
    assert (told.rating, told.scale, told.metric) == wanted
    assert (told.body, told.author) == ("I love it", "Cy Roe")
    assert told.context["sentiment"] == "Promoter"
    assert told.context["response_group"] == "promoter"


def test_surveys_without_words_or_scale() -> None:
    """A number alone is not triaged; one on no scale we know is kept beside."""
    server = HubSpotService()
    server.respond("NPS", "3")
    server.now += timedelta(minutes=1)
    server.respond("CSAT", "5", "Fine")
    server.now += timedelta(minutes=1)
    server.respond("CUSTOM", "", "More colours", hs_ticket_id="77")
    bare, odd, own = by_name(pages(connector(), server)).values()
    assert (bare.kind, bare.rating) == (Kind.AUTO, 3)
    assert (odd.rating, odd.scale, odd.metric, odd.context["value"]) == (
        None, "", "", "5",
    )  # fmt: skip
    assert (own.rating, own.body, own.thread) == (None, "More colours", "ticket 77")


def test_fields() -> None:
    """Properties of ticket, contact and company are what the settings say they are."""
    server = HubSpotService()
    by = server.person("Ann Lee", plan="pro")
    server.objects["companies"][server.associations["companies"][by]]["properties"] |= {
        "annualrevenue": "1200"
    }
    server.ticket("x", by=by, app_release="5.2")
    fields = {
        "version": "app_release",
        "plan": "contact.plan",
        "revenue": "company.annualrevenue",
    }
    (told,) = by_name(pages(connector(fields=fields), server)).values()
    assert (told.app_version, told.attributes) == (
        "5.2", {"plan": "pro", "revenue": 1200.0},
    )  # fmt: skip


def test_check_tells_what_is_there_and_what_it_costs() -> None:
    """Whose key it is, what it may read and how many calls a pull takes."""
    server = HubSpotService()
    server.ticket("x")
    server.respond("NPS", "9")

    report = checked(connector(), server)
    assert report.account == "account 4711 at app.hubspot.com"
    assert report.facts["may"] == "read tickets, survey responses, conversations"
    assert report.facts["calls of a first pull"].startswith("about 10 for 2")
    with pytest.raises(SignInFailed, match="key"):
        checked(connector(token=Secret("pat-canary-x")), server)


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("tickets", "scope tickets"),
        ("contacts", "crm.objects.contacts.read"),
        ("feedback_submissions", "surveys=no"),
        ("threads", "conversations=no"),
    ],
)
def test_a_missing_scope_is_named(kind: str, words: str) -> None:
    """Which scope the private app lacks is said, and how to do without."""
    server = HubSpotService(refuses={kind})
    server.ticket("x")
    with pytest.raises(SignInFailed, match=words):
        pages(connector(), server)
