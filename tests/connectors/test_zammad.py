"""What is said at a Zammad desk, and by whom."""

from __future__ import annotations

from datetime import timedelta

import pytest

from servers.pulls import by_name, checked, last_cursor, pages
from servers.zammad import HOST, NOW, ZammadDesk, ZammadService, connector
from triage.connector import ConfigError, Kind, SignInFailed, SourceUnavailable
from triage.plugins import CONNECTORS, one
from triage.testing import check_service
from triage_connectors.zammad import Zammad


def a_desk(**told: object) -> ZammadDesk:
    """A desk with one ticket, said two hours ago."""
    desk = ZammadDesk(**told)  # type: ignore[arg-type]
    desk.now = NOW - timedelta(hours=2)
    desk.say(desk.ticket(), "The export loses my tags")
    desk.now = NOW
    return desk


def test_entry_point() -> None:
    """It is found by its name."""
    assert one(CONNECTORS, "zammad") is Zammad


def test_contract() -> None:
    """With a search, it gives what a service has to."""
    check_service(connector, ZammadService)


def test_contract_of_an_administrator() -> None:
    """And where the token lists articles of all tickets."""
    check_service(connector, lambda: ZammadService(admin=True))


def test_contract_without_elasticsearch() -> None:
    """So it does where every ticket has to be listed."""
    check_service(connector, lambda: ZammadService(elastic=""))


def test_customers_and_agents() -> None:
    """Customers' words are feedback, agents' are ours, the desk's own are nobody's."""
    desk = a_desk()
    desk.say(1, "We look into it", "Agent", type="email")
    desk.say(1, "Thank you for your mail, ticket 22001", "System", type="email")
    desk.say(1, "He is right, it is a mess", "Agent", internal=True, type="note")
    desk.say(1, "Still broken")
    found = pages(connector(), desk)
    told = by_name(found)
    assert {name: said.kind for name, said in told.items()} == {
        "1": Kind.FEEDBACK, "2": Kind.AGENT, "5": Kind.FEEDBACK,
    }  # fmt: skip
    assert "mess" not in repr(found)
    assert (told["1"].author, told["1"].email) == ("Ann", "ann@customer.example")
    assert (told["1"].company, told["2"].company) == ("Acme Inc.", "")
    assert (told["1"].title, told["5"].title) == ("Export 1", "")
    assert {said.thread for said in told.values()} == {"1"}
    assert told["1"].url == f"{HOST}/#ticket/zoom/1"
    assert told["1"].context == {
        "status": "new", "desk_channel": "email", "number": "22001", "group": "Users",
    }  # fmt: skip


def test_who_called() -> None:
    """A call that an agent notes down is the customer's; their address is the ticket's."""
    desk = a_desk()
    name = desk.say(
        1, "She wants tags back", type="phone", created_by="bob@acme.example",
        **{"from": "Ann Smith"},
    )  # fmt: skip
    said = by_name(pages(connector(), desk))[str(name)]
    assert (said.kind, said.author) == (Kind.FEEDBACK, "Ann Smith")
    assert said.email == "ann@customer.example"


def test_colleague_writes() -> None:
    """Who answers in a customer's place is themselves."""
    desk = a_desk()
    name = desk.say(1, "Me too", **{"from": "Eve <eve@customer.example>"})
    said = by_name(pages(connector(), desk))[str(name)]
    assert (said.author, said.email) == ("Eve", "eve@customer.example")


def test_mails_without_quotations() -> None:
    """Of a mail what was written now is kept, whether as HTML or as text."""
    desk = a_desk()
    page = (
        "<div>It still loses all of my tags</div>"
        '<blockquote type="cite"><p>We mended it, Bob</p></blockquote>'
    )
    text = (
        "And it does so again today, sadly\n\n"
        "On Mon, 2 Mar 2026 at 12:00, Bob <bob@acme.example> wrote:\n> We mended it"
    )
    html = desk.say(1, page, type="email", content_type="text/html")
    plain = desk.say(1, text, type="email")
    note = desk.say(1, "Tags<br>are <b>lost</b>", content_type="text/html")
    told = by_name(pages(connector(), desk))
    assert told[str(html)].body == "It still loses all of my tags"
    assert told[str(plain)].body == "And it does so again today, sadly"
    assert told[str(note)].body == "Tags\nare lost"


def test_automatic_replies() -> None:
    """An absence note of a customer is kept out of the inbox."""
    desk = a_desk()
    name = desk.say(1, "I am away", preferences={"is-auto-response": True})
    assert by_name(pages(connector(), desk))[str(name)].kind is Kind.AUTO


def test_attachments_are_names() -> None:
    """Files are told by name and never fetched; a visitor's address is not kept."""
    desk = a_desk()
    name = desk.say(
        1, "See there",
        attachments=[{"id": 3, "filename": "log.txt", "size": "9", "preferences": {}}],
        preferences={"form": {"remote_ip": "203.0.113.9"}, "locale": "de"},
    )  # fmt: skip
    said = by_name(pages(connector(), desk))[str(name)]
    assert said.context == {"attachments": ["log.txt"]}
    assert b"203.0.113.9" not in said.raw
    assert b'"locale"' in said.raw


@pytest.mark.parametrize(
    ("state", "status"),
    [(1, "new"), (2, "open"), (3, "pending"), (7, "pending"), (8, "pending")],
)
def test_states(state: int, status: str) -> None:
    """A state is what its kind says, whatever the desk's people call it."""
    desk = a_desk()
    desk.state(1, state)
    assert by_name(pages(connector(), desk))["1"].context["status"] == status


def test_closed() -> None:
    """A ticket that is closed is told again with the time it was."""
    desk = a_desk()
    first = pages(connector(), desk)
    desk.now += timedelta(hours=1)
    desk.state(1, 4)
    said = by_name(pages(connector(), desk, last_cursor(first)))["1"]
    assert said.context["status"] == "closed"
    assert said.context["solved_at"] == "2026-11-20T13:00:00+00:00"


def test_fields() -> None:
    """Fields people added to tickets become company, version and attributes."""
    desk = a_desk()
    desk.tickets[1] |= {"customer_plan": "pro", "mrr": "120", "app": "5.2", "firm": "B"}
    fields = {"plan": "customer_plan", "revenue": "mrr", "version": "app"}
    said = by_name(pages(connector(fields=fields), desk))["1"]
    assert said.attributes == {"plan": "pro", "revenue": 120.0}
    assert (said.app_version, said.company) == ("5.2", "Acme Inc.")
    assert (
        by_name(pages(connector(fields={"company": "firm"}), desk))["1"].company == "B"
    )


def test_tags_are_asked_for_only_where_wanted() -> None:
    """Tags take a call for each ticket, which is made where the setting says so."""
    desk = a_desk()
    desk.tags[1] = ["export", "billing"]
    assert "tags" not in by_name(pages(connector(), desk))["1"].context
    assert not [one for one in desk.requests if one.url.path.endswith("/tags")]
    assert by_name(pages(connector(tags=True), desk))["1"].context["tags"] == [
        "export",
        "billing",
    ]


def test_made_internal() -> None:
    """An article that becomes internal is gone, and the next begins the ticket."""
    desk = a_desk()
    desk.say(1, "Bob, look at that", "Agent")
    first = pages(connector(), desk)
    desk.now += timedelta(hours=1)
    desk.articles[1][0]["internal"] = True
    desk.touch(1)
    (page, *_) = pages(connector(), desk, last_cursor(first))
    assert page.gone == ["1"]
    assert [said.external_id for said in page.items] == ["2"]


def test_odd_articles() -> None:
    """What lacks nearly everything is told with what it has."""
    desk = a_desk()
    desk.tickets[1] |= {"organization": None, "customer": "-", "title": None}
    name = desk.say(1, "")
    nothing = ("from", "content_type", "type", "preferences", "attachments")
    desk.articles[1][1] |= dict.fromkeys(nothing)
    said = by_name(pages(connector(), desk))[str(name)]
    assert (said.author, said.email, said.kind) == ("-", "", Kind.AUTO)


def test_another_tickets_articles() -> None:
    """Articles of another ticket are an error, never put under this one."""
    desk = a_desk()
    desk.articles[1][0]["ticket_id"] = 2
    with pytest.raises(SourceUnavailable, match="another ticket"):
        pages(connector(), desk)


def test_report() -> None:
    """Before a pull it tells whose token it is, and what the pull takes."""
    desk = a_desk()
    found = checked(connector(tags=True), desk)
    assert found.account == f"chris@acme.example at {HOST}"
    assert found.facts["roles"] == "Agent"
    assert found.facts["calls of a first pull"] == "about 5 for 1 tickets"
    assert found.facts["changes"] == "found by search"
    assert "permission admin" in found.facts["articles"]
    together = checked(connector(), a_desk(admin=True)).facts["articles"]
    assert together == "read 500 at once, of all tickets"


def test_report_without_search() -> None:
    """It says that without Elasticsearch every ticket is listed, and of no rights."""
    assert (
        "every ticket is listed"
        in checked(connector(), a_desk(elastic="")).facts["changes"]
    )
    assert "role Agent" in checked(connector(), ZammadDesk()).facts["changes"]


def test_no_address() -> None:
    """Without an address there is a question for one."""
    with pytest.raises(ConfigError, match="url is empty"):
        connector(url=" ")


def test_refused() -> None:
    """A key the desk does not know is named as what is wrong, and never shown."""
    desk = a_desk(token="another")
    with pytest.raises(SignInFailed, match="key") as caught:
        pages(connector(), desk)
    assert "canary" not in str(caught.value)
