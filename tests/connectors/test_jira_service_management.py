"""Jira Service Management: who said what, whatever was seen by whom."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import httpx
import pytest

from servers.jira_service_management import (
    ORGANIZATIONS,
    PLAN,
    JiraServiceManagementService,
    adf,
    connector,
    person,
    told_at,
)
from servers.pulls import checked, pages
from triage.connector import ConfigError, Cursor, Incoming, Kind, Page
from triage.testing import check_service

AGENT = person("agent", "atlassian")
ANN = person("ann")


def test_contract() -> None:
    """Killed, repeated, refused or lied to, a pull ends in the same store."""
    check_service(connector, JiraServiceManagementService)


def pulled(
    server: JiraServiceManagementService, cursor: Cursor | None = None, **told: Any
) -> list[Page]:
    """Every page of a pull."""
    return pages(connector(**told), server, cursor)


def items(pages: list[Page]) -> list[Incoming]:
    return [one for page in pages for one in page.items if isinstance(one, Incoming)]


def a_server(**told: Any) -> JiraServiceManagementService:
    return JiraServiceManagementService(**{"page": 100, **told})


def test_who_said_what() -> None:
    """Customers' words are feedback, others' are ours, internal ones nobody's."""
    server = a_server()
    name = server.opened(ANN, "It loses my tags.\n\nEvery time.")
    server.now += timedelta(minutes=5)
    server.commented(name, AGENT, "Which version?")
    server.commented(name, AGENT, "She pays little.", jsdPublic=False)
    role = {"type": "role", "value": "Administrators"}
    server.commented(name, AGENT, "For administrators.", visibility=role)
    server.commented(name, person("bot", "app"), "I am a robot.")
    server.commented(name, ANN, "5.2 on a Mac.")
    told = items(pulled(server))
    assert [(one.kind, one.body) for one in told] == [
        (Kind.FEEDBACK, "It loses my tags.\n\nEvery time."),
        (Kind.AGENT, "Which version?"),
        (Kind.AGENT, "I am a robot."),
        (Kind.FEEDBACK, "5.2 on a Mac."),
    ]
    first = told[0]
    assert (first.title, first.author, first.email) == (
        "Case 1", "Ann", "ann@customer.example",
    )  # fmt: skip
    assert first.url == "https://acme.atlassian.net/browse/SUP-1"
    assert {one.thread for one in told} == {name}
    assert b"She pays little" not in b"".join(one.raw for one in told)
    assert told[1].received_at == server.now


def test_opened_for_somebody() -> None:
    """What a colleague opens for a customer is the colleague's; an app's is theirs."""
    server = a_server()
    server.opened(ANN, "She called and was cross.", creator=AGENT)
    server.opened(ANN, "Sent by your form.", creator=person("form", "app"))
    ours, theirs = items(pulled(server))
    assert (ours.kind, ours.email) == (Kind.AGENT, "agent@acme.example")
    assert (theirs.kind, theirs.email) == (Kind.FEEDBACK, "ann@customer.example")


def test_customers_with_accounts_of_their_own() -> None:
    """Where our domains are named, an Atlassian account elsewhere is a customer's."""
    server = a_server()
    zoe = {**person("zoe", "atlassian"), "emailAddress": "zoe@customer.example"}
    name = server.opened(zoe, "It crashes.")
    server.commented(name, AGENT, "When?")
    assert [one.kind for one in items(pulled(server))] == [Kind.AGENT, Kind.AGENT]
    told = items(pulled(server, own_domains=("acme.example",)))
    assert [one.kind for one in told] == [Kind.FEEDBACK, Kind.AGENT]


@pytest.mark.parametrize(
    ("name", "category", "ours"),
    [
        ("Open", "new", "new"), ("Waiting for support", "indeterminate", "open"),
        ("Waiting for customer", "indeterminate", "pending"),
        ("Resolved", "done", "solved"), ("Closed", "done", "closed"),
        ("Anything", "undefined", "open"),
    ],
)  # fmt: skip
def test_statuses(name: str, category: str, ours: str) -> None:
    """A status is told in our words, by its name or else its category."""
    server = a_server()
    server.opened(ANN, "x", status={"name": name, "statusCategory": {"key": category}})
    (told,) = items(pulled(server))
    assert told.context["status"] == ours


def test_fields() -> None:
    """Labels, resolution, organization, files and fields of choice come along."""
    server = a_server()
    server.opened(
        ANN,
        "It crashes.",
        labels=["export", "mac"],
        resolution={"name": "Done"},
        resolutiondate=told_at(server.now),
        attachment=[{"id": "1", "filename": "shot.png", "content": "https://x/"}],
        **{ORGANIZATIONS: [{"id": "1", "name": "Globex"}], PLAN: {"value": "Gold"}},
    )
    for name in ("Plan", "plan", PLAN):
        (told,) = items(pulled(server, fields={"plan": name}))
        assert told.attributes == {"plan": "Gold"}
    assert told.company == "Globex"
    assert told.context == {
        "status": "open", "solved_at": server.now.isoformat(), "resolution": "Done",
        "tags": ["export", "mac"], "attachments": ["shot.png"],
    }  # fmt: skip
    with pytest.raises(ConfigError, match="no field 'Plann'"):
        pulled(server, fields={"plan": "Plann"})


def test_ratings() -> None:
    """A rating comes with its scale and remark, by the one who asked, at its time."""
    server = a_server()
    name = server.opened(ANN, "It crashes.")
    other = server.opened(ANN, "It hangs.")
    cursor = pulled(server)[-1].cursor
    server.requests.clear()
    server.now += timedelta(hours=2)
    server.rated(name, 2, "Took a week.")
    told = items(pulled(server, cursor))[-1]
    assert (told.external_id, told.rating, told.scale) == (f"csat {name}", 2, "1-5")
    assert (told.metric, told.body, told.email) == (
        "csat", "Took a week.", "ann@customer.example",
    )  # fmt: skip
    assert told.received_at == server.now
    # One call for the rating; none for the request that has none.
    paths = [request.url.path for request in server.requests]
    assert [path for path in paths if path.endswith("feedback")] == [
        f"/rest/servicedeskapi/request/{name}/feedback"
    ]
    server.rated(other, 5)
    silent = items(pulled(server))[-1]
    assert (silent.kind, silent.rating) == (Kind.AUTO, 5)


def test_many_comments() -> None:
    """Of a request with more comments than a search brings, all come."""
    server = a_server(brought=20)
    name = server.opened(ANN, "It crashes.")
    for number in range(123):
        server.commented(name, ANN, f"Time {number}.")
    told = items(pulled(server))
    assert [one.body for one in told[1:]] == [f"Time {n}." for n in range(123)]
    paths = [request.url.path for request in server.requests]
    assert paths.count(f"/rest/api/3/issue/{name}/comment") == 2


def test_gone_meanwhile() -> None:
    """A request that is gone before its comments are asked for is told as gone."""
    server = a_server(brought=0)
    name = server.opened(ANN, "It crashes.")
    server.commented(name, ANN, "Still.")

    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("/comment"):
            return httpx.Response(404, json={"errorMessages": ["gone"]})
        return server.answer(request)

    (page,) = pages(connector(), server, answer=answer)
    assert (list(page.items), list(page.gone_threads)) == ([], [name])


def test_edited() -> None:
    """An edited comment says when; a description is as old as its request."""
    server = a_server()
    name = server.opened(ANN, "It crashes.")
    server.commented(name, ANN, "Allways.")
    cursor = pulled(server)[-1].cursor
    server.now += timedelta(hours=1)
    (comment,) = server.issues[name]["comments"]
    comment |= {"body": adf("Always."), "updated": told_at(server.now)}
    server.touched(name, description=adf("It crashes at once."))
    first, second = items(pulled(server, cursor))
    assert (first.body, first.edited_at) == ("It crashes at once.", first.received_at)
    assert (second.body, second.edited_at) == ("Always.", server.now)


def test_calls() -> None:
    """A hundred requests a call, comments and all; nothing new is two calls."""
    server = a_server()
    rows = server.fill(300)
    first = pulled(server)
    assert len(items(first)) == rows == 1500
    assert len(server.requests) == 1 + 3
    server.requests.clear()
    (again,) = pulled(server, first[-1].cursor)
    assert (list(again.items), len(server.requests)) == ([], 2)


def test_since() -> None:
    """A first pull asks for what changed since, by how long ago that is."""
    server = a_server()
    server.opened(ANN, "Long ago.")
    server.now += timedelta(days=3)
    server.opened(ANN, "Of late.")
    server.now += timedelta(hours=1)
    told = items(pulled(server, since=server.now - timedelta(days=1)))
    assert [one.body for one in told] == ["Of late."]


def test_check() -> None:
    """It says whose token it is, where, and about how much there is."""
    server = a_server()
    server.fill(250)
    report = checked(connector(fields={"plan": "Plan"}), server)
    assert report.account == "Triage at acme.atlassian.net"
    assert report.facts["requests"] == "about 250"
    assert report.facts["calls of a first pull"].startswith("about 4,")


def test_settings() -> None:
    """A site is understood however it is copied; what is no project is said so."""
    for site in (
        "acme",
        "https://acme.atlassian.net/jira/servicedesk",
        "ACME.atlassian.net",
    ):
        assert connector(site=site).host == "acme.atlassian.net"
    for wrong in ({"site": "a b"}, {"projects": ()}, {"projects": ('S"P',)}):
        with pytest.raises(ConfigError):
            connector(**wrong)
