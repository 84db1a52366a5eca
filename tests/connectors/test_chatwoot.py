"""What is said in a Chatwoot account, and by whom."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import httpx
import pytest

from servers.chatwoot import (
    HOST,
    NOW,
    ChatwootDesk,
    ChatwootService,
    connector,
    exempt,
    theirs,
)
from servers.described import at_hand
from servers.pulls import by_name, checked, last_cursor, pages
from triage.connector import Channel, ConfigError, Kind, SignInFailed
from triage.plugins import CONNECTORS, one
from triage.testing import check_service
from triage_connectors.chatwoot import Chatwoot


def a_desk(**told: Any) -> ChatwootDesk:
    """An account with one conversation, begun two hours ago."""
    desk = ChatwootDesk(**told)
    desk.now = NOW - timedelta(hours=2)
    desk.say(desk.conversation(), "The export loses my tags")
    desk.now = NOW
    return desk


def test_entry_point() -> None:
    """It is found by its name."""
    assert one(CONNECTORS, "chatwoot") is Chatwoot


def test_contract() -> None:
    """Killed, limited and lied to, it gives what a service has to."""
    check_service(connector, ChatwootService)


def test_contract_without_ratings() -> None:
    """So it does where ratings are left out."""
    check_service(lambda: connector(ratings=False), ChatwootService)


def test_vendors_description() -> None:
    """Where the vendor's description is at hand, every request is held to it."""
    vendor = at_hand(theirs())
    desk = a_desk()
    pages(connector(), desk)
    held = [one for one in desk.requests if not exempt(one)]
    assert len(held) == 2
    vendor.check(held)
    assert vendor.refused(httpx.Request("GET", f"{HOST}/api/v1/accounts/1/nothing"))


def test_customers_and_agents() -> None:
    """Customers' words are feedback, agents' and robots' ours, the rest is nobody's."""
    desk = a_desk()
    desk.say(1, "Thank you, we reply within a day", 3)
    desk.say(1, "We look into it", 1)
    robot = {"id": 1, "name": "Robo", "type": "agent_bot"}
    desk.say(1, "Have you tried the manual?", 1, sender=robot)
    desk.say(1, "He is right, it is a mess", 1, private=True)
    desk.say(1, "Bob assigned himself", 2)
    desk.say(1, "Still broken")
    found = pages(connector(), desk)
    told = by_name(found)
    assert {name: said.kind for name, said in told.items()} == {
        "1": Kind.FEEDBACK, "3": Kind.AGENT, "4": Kind.AGENT, "7": Kind.FEEDBACK,
    }  # fmt: skip
    assert "mess" not in repr(found)
    assert (told["1"].author, told["1"].email) == ("Ann", "ann@customer.example")
    assert (told["1"].company, told["3"].company) == ("Acme Inc.", "")
    assert (told["3"].author, told["4"].author) == ("Bob", "Robo")
    assert told["1"].context == {"status": "open", "desk_channel": "webwidget"}
    assert told["7"].context == {}
    assert told["1"].url == f"{HOST}/app/accounts/1/conversations/1"
    assert {said.thread for said in told.values()} == {"1"}


def test_no_places() -> None:
    """From where and with what browser somebody wrote is not kept."""
    desk = a_desk()
    desk.rate(1, 3)
    for said in by_name(pages(connector(), desk)).values():
        assert b"203.0.113.9" not in said.raw
        assert b"Graz" not in said.raw


@pytest.mark.parametrize(
    ("state", "status"),
    [("open", "open"), ("pending", "pending"), ("snoozed", "pending")],
)
def test_states(state: str, status: str) -> None:
    """A conversation's state is told in our words."""
    desk = a_desk()
    desk.talks[1]["status"] = state
    assert by_name(pages(connector(), desk))["1"].context["status"] == status


def test_resolved() -> None:
    """When a conversation was resolved is when that was noted in it."""
    desk = a_desk()
    desk.resolve(1)
    said = by_name(pages(connector(), desk))["1"]
    assert said.context["status"] == "solved"
    assert said.context["solved_at"] == "2026-11-20T12:00:00+00:00"


def test_labels_and_fields() -> None:
    """Labels are tags; attributes of contact and conversation are what they mean."""
    desk = a_desk()
    desk.talks[1] |= {"labels": ["export", "vip"], "custom_attributes": {"app": "5.2"}}
    contact = desk.talks[1]["meta"]["sender"]
    contact["custom_attributes"] = {
        "subscription": "pro",
        "mrr": 120,
        "firm": "Bergwerk",
    }
    desk.rate(1, 2)
    fields = {"plan": "subscription", "revenue": "mrr", "version": "app"}
    told = by_name(pages(connector(fields=fields), desk))
    assert told["1"].context["tags"] == ["export", "vip"]
    assert told["1"].attributes == {"plan": "pro", "revenue": 120.0}
    assert told["1"].app_version == "5.2"
    assert told["csat 1"].attributes == {"plan": "pro", "revenue": 120.0}
    assert (
        by_name(pages(connector(fields={"company": "firm"}), desk))["1"].company
        == "Bergwerk"
    )


def test_ratings() -> None:
    """A rating is on its scale; with a remark it is feedback, alone it is a number."""
    desk = a_desk()
    desk.rate(1, 1, "Nobody answers")
    desk.rate(1, 5)
    told = by_name(pages(connector(), desk))
    said, bare = told["csat 1"], told["csat 2"]
    assert (said.rating, said.scale, said.metric) == (1.0, "1-5", "csat")
    assert (said.kind, said.body) == (Kind.FEEDBACK, "Nobody answers")
    assert (said.channel, said.thread) == (Channel.SURVEY, "1")
    assert (said.author, said.email) == ("Ann", "ann@customer.example")
    assert (bare.kind, bare.rating) == (Kind.AUTO, 5.0)


def test_remark_that_comes_later() -> None:
    """A remark that is added to a rating takes its place."""
    desk = a_desk()
    desk.rate(1, 2)
    first = pages(connector(), desk)
    desk.now += timedelta(hours=3)
    desk.ratings[0]["feedback_message"] = "Too slow"
    assert (
        by_name(pages(connector(), desk, last_cursor(first)))["csat 1"].body
        == "Too slow"
    )


def test_many_ratings() -> None:
    """Ratings of several pages come all, and none without a number."""
    desk = a_desk()
    for number in range(60):
        desk.now += timedelta(minutes=1)
        desk.rate(1, number % 5 + 1)
    desk.ratings[7]["rating"] = None
    told = [
        name for name in by_name(pages(connector(), desk)) if name.startswith("csat")
    ]
    assert len(told) == 59


def test_ratings_are_for_administrators() -> None:
    """An agent's token is told what to do about ratings, and reads the rest."""
    desk = a_desk(admin=False)
    with pytest.raises(SignInFailed, match="ratings=false"):
        pages(connector(), desk)
    assert list(by_name(pages(connector(ratings=False), desk))) == ["1"]


def test_mails() -> None:
    """Of a mail the part Chatwoot found to be new is kept, and its subject."""
    desk = a_desk()
    desk.talks[1]["additional_attributes"] = {"mail_subject": "Export"}
    mail = {"email": {"subject": "Re: Export", "text_content": {"reply": "Still so"}}}
    first = desk.say(1, "Still so\n\n> We mended it", content_attributes=mail)
    quoted = (
        "And it does so again today, sadly\n\n"
        "On Mon, 2 Mar 2026 at 12:00, Bob <bob@acme.example> wrote:\n> We mended it"
    )
    second = desk.say(
        1, quoted, content_attributes={"email": {"subject": "Re: Export"}}
    )
    told = by_name(pages(connector(), desk))
    assert told["1"].title == "Export"
    assert told[str(first)].body == "Still so"
    assert told[str(second)].body == "And it does so again today, sadly"


def test_attachments_are_names() -> None:
    """Files are told by name and never fetched; without words they are no feedback."""
    desk = a_desk()
    address = f"{HOST}/rails/active_storage/blobs/redirect/x/my%20log.txt?y=1"
    name = desk.say(
        1, None, attachments=[{"data_url": address}, {"file_type": "location"}]
    )
    said = by_name(pages(connector(), desk))[str(name)]
    assert said.context == {"attachments": ["my log.txt", "location"]}
    assert (said.kind, said.body) == (Kind.AUTO, "")


def test_odd_conversations() -> None:
    """What lacks nearly everything is told with what it has."""
    desk = a_desk()
    desk.talks[1] |= {
        "meta": None, "labels": None, "custom_attributes": None, "status": None,
        "additional_attributes": None,
    }  # fmt: skip
    desk.messages[1][0] |= {"sender": None, "content_attributes": None, "private": None}
    said = by_name(pages(connector(ratings=False), desk))["1"]
    assert (said.author, said.email, said.context) == ("", "", {})


def test_report() -> None:
    """Before a pull it tells whose account it is, and what the pull takes."""
    desk = a_desk()
    found = checked(connector(), desk)
    assert found.account == f"account 1 at {HOST}"
    assert found.facts["conversations"] == "1"
    assert found.facts["calls of a first pull"] == "about 3 for 1 conversations"
    assert found.facts["ratings"] == "read"
    nothing = checked(connector(ratings=False), ChatwootDesk()).facts
    assert nothing["conversations"] == "none that this token may read"
    assert nothing["ratings"] == "left out"


@pytest.mark.parametrize(
    ("told", "says"),
    [({"url": ""}, "url is empty"), ({"account": "acme"}, "app/accounts/1")],
)
def test_settings(told: dict[str, str], says: str) -> None:
    """What is missing or cannot be is said with where to find it."""
    with pytest.raises(ConfigError, match=says):
        connector(**told)
