"""Request Tracker keeps what every connector of a service promises."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import httpx
import pytest

from servers.pulls import checked, pages
from servers.request_tracker import RequestTrackerService, connector
from triage.connector import (
    ConfigError,
    Cursor,
    Incoming,
    Kind,
    Page,
    SourceUnavailable,
)
from triage.testing import check_service


def test_contract() -> None:
    """Killed, repeated, refused or lied to, a pull ends in the same store."""
    check_service(connector, RequestTrackerService)


def pulled(
    server: RequestTrackerService, cursor: Cursor | None = None, **told: Any
) -> list[Page]:
    """Every page of a pull."""
    return pages(connector(**told), server, cursor)


def items(pages: list[Page]) -> list[Incoming]:
    return [one for page in pages for one in page.items if isinstance(one, Incoming)]


def a_server(page: int = 100) -> RequestTrackerService:
    return RequestTrackerService(page=page)


def test_calls() -> None:
    """A hundred conversations of five messages take few calls; once more, one."""
    server = a_server()
    rows = server.fill(100)
    first = pulled(server)
    assert len(items(first)) == rows == 500
    # Six pages, each with its tickets, texts, files and headers; who "agent" is.
    assert len(server.requests) == 1 + 6 * 5 + 1
    server.requests.clear()
    (again,) = pulled(server, first[-1].cursor)
    assert (list(again.items), len(server.requests)) == ([], 1)


def test_one_more() -> None:
    """What is new since is fetched alone, however long its conversation."""
    server = a_server()
    server.fill(30)
    cursor = pulled(server)[-1].cursor
    server.requests.clear()
    server.happened(3, "Correspond", server.customer(2), text="And now?")
    (page,) = pulled(server, cursor)
    assert [one.body for one in items([page])] == ["And now?"]
    assert len(server.requests) == 5


def test_only_our_side_is_asked_about() -> None:
    """Whose side somebody is on costs no call where a mail made the account."""
    server = a_server()
    server.fill(20)
    server.user("bob", "bob@customer.example")
    server.happened(1, "Correspond", "bob", text="I have it as well.")
    server.user("cleo", "cleo@acme.example")
    server.happened(1, "Correspond", "cleo", text="I am from here.")
    told = items(pulled(server, own_domains=("acme.example",)))
    kinds = {one.email: one.kind for one in told}
    assert kinds["bob@customer.example"] is Kind.FEEDBACK
    assert kinds["cleo@acme.example"] is Kind.AGENT
    paths = [one.url.path for one in server.requests if "/user/" in one.url.path]
    assert paths == ["/REST/2.0/user/bob"]


def test_colleagues_with_addresses_for_names() -> None:
    """One of ours whose account is named by an address is asked about, and ours."""
    server = a_server()
    server.opened(server.customer(1), "It crashes.")
    server.user("dan@acme.example", "dan@acme.example", privileged=True)
    server.happened(1, "Correspond", "dan@acme.example", text="Which version?")
    assert [one.kind for one in items(pulled(server))] == [Kind.FEEDBACK, Kind.AGENT]


@pytest.mark.parametrize(
    ("status", "resolved", "ours"),
    [
        ("new", False, "new"), ("open", False, "open"), ("stalled", False, "pending"),
        ("resolved", True, "solved"), ("rejected", True, "closed"),
        ("waiting for parts", False, "open"), ("shipped", True, "solved"),
        ("open", True, "open"),
    ],
)  # fmt: skip
def test_statuses(status: str, resolved: bool, ours: str) -> None:
    """A status is told in our words; one of the desk's own by whether it is over."""
    server = a_server()
    ticket = server.opened(server.customer(1), "It crashes.", Status=status)
    if resolved:
        server.tickets[ticket]["Resolved"] = server.now
    (told,) = items(pulled(server))
    assert told.context["status"] == ours
    assert ("solved_at" in told.context) == (ours in {"solved", "closed"})


def test_late() -> None:
    """A change that was begun before the last and is there only now still comes."""
    server = a_server()
    server.fill(40)
    server.add()
    server.now += timedelta(seconds=5)
    server.add()
    late = server.transactions.pop(-2)
    first = pulled(server)
    assert str(late["id"]) not in {one.external_id for one in items(first)}
    server.transactions.insert(-1, late)
    late_ones = items(pulled(server, first[-1].cursor))
    assert str(late["id"]) in {one.external_id for one in late_ones}


def test_moved_into_sight() -> None:
    """A ticket that comes into a queue that is read comes with all that was said."""
    server = a_server()
    ticket = server.opened(server.customer(1), "It crashes.", Queue=2)
    server.happened(ticket, "Correspond", server.customer(1), text="Still.")
    server.opened(server.customer(2), "Mine as well.")
    first = pulled(server, queues=("Feedback",))
    assert len(items(first)) == 1
    server.tickets[ticket]["Queue"] = 1
    told = {"Field": "Queue", "OldValue": "2", "NewValue": "1"}
    server.happened(ticket, "Set", "agent", **told)
    second = pulled(server, first[-1].cursor, queues=("Feedback",))
    assert [one.body for one in items(second)] == ["It crashes.", "Still."]


def test_hidden_target() -> None:
    """What went into a ticket we may not see is told no more, and nothing breaks."""
    server = a_server()
    seen = server.opened(server.customer(1), "It crashes.")
    unseen = server.opened(server.customer(2), "Private.", Queue=2)
    first = pulled(server)
    server.merged(seen, unseen)
    (second,) = pulled(server, first[-1].cursor)
    assert (list(second.items), list(second.gone_threads)) == ([], [])


def test_a_search_that_forgets() -> None:
    """A ticket that a search leaves out is not taken for deleted."""
    server = a_server()
    server.add()

    def answer(request: httpx.Request) -> httpx.Response:
        said = server.answer(request)
        if request.url.path.endswith("/tickets"):
            return httpx.Response(200, json={**said.json(), "items": [], "count": 0})
        return said

    with pytest.raises(SourceUnavailable, match="other tickets than it was asked for"):
        pages(connector(), server, answer=answer)


def test_nothing_said() -> None:
    """A message of a file alone is kept out of triage, its file named."""
    server = a_server()
    part = {"ContentType": "image/png", "Filename": "shot.png", "MessageId": "m"}
    server.opened(server.customer(1), "It crashes.")
    server.happened(1, "Correspond", server.customer(1), parts=[part])
    _, told = items(pulled(server))
    assert (told.kind, told.body) == (Kind.AUTO, "")
    assert told.context == {"attachments": ["shot.png"]}


@pytest.mark.parametrize(
    "head",
    ["Auto-Submitted: auto-replied", "Return-Path: <>", "Subject: Out of office: x"],
)
def test_automatic(head: str) -> None:
    """What a mail program sends of itself is not told; what a form sends is."""
    server = a_server()
    server.opened(server.customer(1), "It crashes.")
    for interface in ("Email", "REST"):
        part = {
            "ContentType": "text/plain", "Content": f"By {interface}.",
            "MessageId": "m", "Headers": f"X-RT-Interface: {interface}\n{head}\n",
        }  # fmt: skip
        server.happened(1, "Correspond", server.customer(1), parts=[part])
    assert [one.body for one in items(pulled(server))] == ["It crashes.", "By REST."]


def test_addresses() -> None:
    """However its address was copied, the same server is asked."""
    for url in ("https://rt.acme.example/", "https://rt.acme.example/REST/2.0"):
        assert connector(url=url).home == "https://rt.acme.example"
    with pytest.raises(ConfigError, match="no address"):
        connector(url="rt.acme.example")


def test_ordinary_account() -> None:
    """An account without privileges is told what to tick for it."""
    server = a_server()
    server.user("27", "x@acme.example")
    told = {"Name": "x", "Privileged": 0, "id": 27}

    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("/user/27"):
            return httpx.Response(200, json=told)
        return server.answer(request)

    with pytest.raises(ConfigError, match="granted rights"):
        checked(connector(), server, answer=answer)
