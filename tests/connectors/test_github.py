"""Issues and discussions of GitHub keep what every service promises."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import httpx
import pytest
from graphql import parse, validate

from servers.described import at_hand
from servers.github import GitHubService, connector, pages
from servers.github_described import refused, theirs_described, theirs_schema
from servers.github_forge import BOT, NOW
from servers.github_server import GitHubServer
from servers.pulls import by_name, checked, client, last_cursor
from triage.connector import Channel, ConfigError, Kind, RateLimited, SignInFailed
from triage.plugins import CONNECTORS, one
from triage.testing import check_service
from triage_connectors import github_queries
from triage_connectors.github import GitHub


def test_entry_point() -> None:
    """It is found by its name."""
    assert one(CONNECTORS, "github") is GitHub


@pytest.mark.parametrize("exclusive", [False, True])
def test_contract(*, exclusive: bool) -> None:
    """Killed, limited, edited and lied to, it ends in the same store."""
    check_service(connector, lambda: GitHubService(exclusive=exclusive))


def test_vendors_description() -> None:
    """Where the vendor's description is at hand, requests are held to it."""
    at_hand(theirs_described())
    server = GitHubServer()
    server.open("It is slow")
    pages(server)
    request = server.asked("/issues")[0]
    assert not refused(request)
    assert refused(type(request)("GET", request.url.copy_add_param("pages", "1")))


@pytest.mark.parametrize(
    "query", ["LATEST", "ONE", "MORE_COMMENTS", "MORE_REPLIES", "THERE"]
)
def test_vendors_schema(query: str) -> None:
    """Where the vendor's schema is at hand, what is asked of GraphQL is held to it."""
    assert (
        validate(at_hand(theirs_schema()), parse(getattr(github_queries, query))) == []
    )


def test_who_speaks() -> None:
    """Customers' words are feedback; owners', members' and robots' are our side's."""
    server = GitHubServer()
    server.open("It loses my tags")
    server.say(1, "We look into it", "olga", "MEMBER")
    server.say(1, "Bump", BOT)
    server.say(1, "Mine too", "bea", "CONTRIBUTOR")
    server.say(1, "Same here", "", "NONE")
    server.say(1, "I work there", "Tim")
    change = server.propose("Mends it")
    server.say(change["number"], "Nice")
    told = by_name(pages(server, team=("tim",)))
    assert [(one.kind, one.author, one.body) for one in told.values()] == [
        (Kind.FEEDBACK, "ann", "It loses my tags"),
        (Kind.AGENT, "olga", "We look into it"),
        (Kind.AGENT, BOT, "Bump"),
        (Kind.FEEDBACK, "bea", "Mine too"),
        (Kind.FEEDBACK, "", "Same here"),
        (Kind.AGENT, "Tim", "I work there"),
    ]
    assert {one.thread for one in told.values()} == {"acme/app#1"}
    assert {one.channel for one in told.values()} == {Channel.SOCIAL}
    first = next(iter(told.values()))
    assert (first.title, first.url) == (
        "Export 1",
        "https://github.com/acme/app/issues/1",
    )


def test_what_is_true_of_an_issue() -> None:
    """Labels, state, type, votes and files stand on the first message."""
    server = GitHubServer()
    row = server.open(
        "It hangs: ![a shot](https://github.com/user-attachments/assets/1)"
    )
    row["labels"] = [{"id": 1, "name": "bug"}, "export"]
    row |= {"type": {"name": "Bug"}, "milestone": {"title": "5.2"}}
    row["reactions"] |= {"+1": 3, "total_count": 3}
    found = pages(server)
    (first,) = by_name(found).values()
    assert first.context == {
        "status": "open", "tags": ["bug", "export"], "issue_type": "Bug",
        "milestone": "5.2", "reactions": {"+1": 3}, "attachments": ["a shot"],
    }  # fmt: skip
    assert first.body == "It hangs: a shot"
    row |= {"state": "closed", "state_reason": "completed", "closed_at": server.stamp()}
    server.touch(row)
    found = pages(server, last_cursor(found))
    (first,) = by_name(found).values()
    assert first.context["status"] == "solved"
    assert first.context["solved_at"] == "2026-03-02T13:00:00+00:00"
    assert first.edited_at == first.received_at
    row["state_reason"] = "not_planned"
    server.touch(row)
    (first,) = by_name(pages(server, last_cursor(found))).values()
    assert first.context["status"] == "closed"
    assert "solved_at" not in first.context


def test_edited_and_hidden() -> None:
    """An edit comes as one, and why a comment was hidden is told."""
    server = GitHubServer()
    server.open("It is slow")
    comment = server.say(1, "It is awful")
    found = pages(server)
    comment |= {"body": "It is not good", "minimized": {"reason": "off-topic"}}
    server.touch(comment)
    told = by_name(pages(server, last_cursor(found)))
    (one_,) = told.values()
    assert (one_.body, one_.context) == ("It is not good", {"hidden": "off-topic"})
    assert one_.edited_at == NOW + timedelta(hours=1)


def test_discussions() -> None:
    """A discussion comes with its comments and replies, its answer and its votes."""
    server = GitHubServer()
    talk = server.ask("May it export?", upvoteCount=7)
    answer = server.answer_to(talk, "It may", "olga", "MEMBER", isAnswer=True)
    server.answer_to(talk, "Where?", to=answer)
    server.answer_to(talk, "Nonsense", BOT)
    talk |= {"isAnswered": True, "answerChosenAt": server.stamp()}
    talk["labels"]["nodes"].append({"id": "L1", "name": "export"})
    told = list(by_name(pages(server)).values())
    assert [(one.kind, one.body) for one in told] == [
        (Kind.FEEDBACK, "May it export?"),
        (Kind.AGENT, "It may"),
        (Kind.FEEDBACK, "Where?"),
        (Kind.AGENT, "Nonsense"),
    ]
    assert told[0].title == "Idea 1"
    assert told[0].context == {
        "status": "solved", "solved_at": NOW.isoformat(), "tags": ["export"],
        "category": "Ideas", "upvotes": 7,
    }  # fmt: skip
    assert told[1].context["answer"] is True
    assert {one.thread for one in told} == {"acme/app#1"}
    assert b"Where?" not in told[0].raw


def test_long_discussions() -> None:
    """What a page has no room for is read on, comments and replies alike."""
    server = GitHubServer(size=3)
    talk = server.ask("Where is everybody?")
    for number in range(8):
        comment = server.answer_to(talk, f"Here {number}")
        for reply in range(number):
            server.answer_to(talk, f"There {reply}", to=comment)
    told = by_name(pages(server))
    assert len(told) == 1 + 8 + 28
    assert len({one.body for one in told.values()}) == 1 + 8 + 7


def test_deleted_in_a_discussion() -> None:
    """A comment that was deleted is gone, while its replies stand."""
    server = GitHubServer()
    talk = server.ask("May it export?")
    comment = server.answer_to(talk, "My number is 555")
    server.answer_to(talk, "Take it out", to=comment)
    found = pages(server)
    comment |= {"deletedAt": server.stamp(), "body": ""}
    server.touch(talk)
    again = pages(server, last_cursor(found))
    assert [name for page in again for name in page.gone] == [
        f"discussion comment {comment['databaseId']}"
    ]


def test_second_run() -> None:
    """A run with nothing new makes three calls for a repository, and tells nothing."""
    server = GitHubServer()
    server.open("It is slow")
    server.say(1, "Still")
    server.ask("Why?")
    found = pages(server)
    server.requests.clear()
    assert pages(server, last_cursor(found)) == []
    assert len(server.requests) == 3
    assert len(server.asked("/graphql")) == 1


def test_no_call_for_an_issue() -> None:
    """However many issues changed, their comments come in one list."""
    server = GitHubServer()
    for number in range(1, 301):
        server.open(f"It is slow {number}")
        server.say(number, "Still")
        server.now += timedelta(seconds=1)
    assert len(by_name(pages(server))) == 600
    assert len(server.requests) == 4 + 4 + 1


def test_pages_are_begun_by_time() -> None:
    """What changes while a list is read shifts nothing out of sight."""
    server = GitHubServer(size=3)
    for number in range(1, 10):
        server.open(f"It is slow {number}")
        server.now += timedelta(minutes=1)

    def changed(request: httpx.Request) -> None:
        if len(server.asked("/issues")) == 2:
            server.issues[1]["body"] = "It is quick"
            server.touch(server.issues[1])

    server.before = changed
    told = by_name(pages(server))
    assert len(told) == 9
    assert told["issue 1000001"].body == "It is quick"
    assert all("page" not in one.url.params for one in server.asked("/issues"))


def test_a_full_second() -> None:
    """Of a second that fills pages, all comes by numbered pages."""
    server = GitHubServer(size=3)
    for number in range(10):
        server.open(f"It is slow {number}")
    assert len(by_name(pages(server))) == 10


def test_since() -> None:
    """A first pull begins where it is told to."""
    server = GitHubServer()
    server.open("Long ago")
    server.ask("Long ago, too")
    server.now += timedelta(days=30)
    server.open("Now")
    server.ask("Now, too")
    told = by_name(pages(server, since=NOW + timedelta(days=20)))
    assert {one.body for one in told.values()} == {"Now", "Now, too"}


def test_without_discussions() -> None:
    """Switched off, GraphQL is not asked."""
    server = GitHubServer()
    server.open("It is slow")
    server.ask("Why?")
    assert len(by_name(pages(server, discussions=False))) == 1
    assert not server.asked("/graphql")


def test_issues_switched_off() -> None:
    """A repository without issues still has its discussions."""
    server = GitHubServer(switched_off=True)
    server.ask("Why?")
    assert len(by_name(pages(server))) == 1


def test_a_place_that_is_known_no_more() -> None:
    """Where GraphQL forgot a place, the walk begins anew and all comes."""
    server = GitHubServer(size=2)
    for number in range(5):
        server.ask(f"Why {number}?")
        server.now += timedelta(minutes=1)
    found = pages(server)
    place = found[0].cursor
    told = {"errors": [{"type": "INVALID_CURSOR_ARGUMENTS", "message": "bad place"}]}
    done: list[bool] = []

    def forgot(request: httpx.Request) -> httpx.Response | None:
        if request.url.path != "/graphql" or done:
            return None
        done.append(True)
        return httpx.Response(200, json=told)

    server.before = forgot
    assert len(by_name(pages(server, place))) == 5


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(200, json={"errors": [{"type": "RATE_LIMITED"}]},
                       headers={"x-ratelimit-reset": "1772460000"}),
        httpx.Response(403, json={"message": "You have exceeded a secondary rate limit"}),
    ],
)  # fmt: skip
def test_asked_too_often(answer: httpx.Response) -> None:
    """GraphQL's own way of saying it, and the second limit's, are waited for."""
    server = GitHubServer()
    server.before = lambda request: answer if "graphql" in request.url.path else None
    with pytest.raises(RateLimited) as caught:
        pages(server)
    assert caught.value.until is not None


def test_what_discussions_need() -> None:
    """A token that may not read discussions is told so, and what to set."""
    server = GitHubServer()
    told = {"data": None, "errors": [{"type": "FORBIDDEN", "message": "no access"}]}
    server.before = lambda request: (
        httpx.Response(200, json=told) if "graphql" in request.url.path else None
    )
    with pytest.raises(SignInFailed, match="discussions=no"):
        pages(server)


def test_enterprise() -> None:
    """A company's own server is asked where it is, and sets its own limits."""
    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(str(request.url.copy_with(query=None)))
        data = {
            "repository": {
                "discussions": {"nodes": [], "pageInfo": {"hasNextPage": False}}
            }
        }
        return httpx.Response(
            200, json=[] if request.method == "GET" else {"data": data}
        )

    server = GitHubServer()
    server.before = answer
    here = connector(api="https://git.acme.example/api/v3/")

    async def pulled() -> None:
        async with client(server) as http:
            assert [page async for page in here.pull(http, None)] == []
            assert not http.usage.budgets

    asyncio.run(pulled())
    assert asked == [
        "https://git.acme.example/api/v3/repos/acme/app/issues",
        "https://git.acme.example/api/v3/repos/acme/app/issues/comments",
        "https://git.acme.example/api/graphql",
    ]


def test_check() -> None:
    """It says whose token it is, what is there, and how many calls that takes."""
    server = GitHubServer()
    for number in range(1, 4):
        server.open(f"It is slow {number}")
        server.say(number, "Still")
    server.ask("Why?")
    report = checked(connector(), server)
    assert report.account == "eve at GitHub"
    assert report.facts == {
        "acme/app": "3 issues, 3 comments with those to pull requests, 1 discussions",
        "first pull": "about 3 calls for 4 conversations",
        "deletions": "told by webhooks alone: no list of GitHub's shows them",
        "left this hour": "4,990 of 5,000 points for discussions",
    }
    for request in server.requests:
        assert not refused(request), refused(request)


@pytest.mark.parametrize("name", ["", "acme", "acme/app/issues", "../x", "acme/a b"])
def test_no_repository(name: str) -> None:
    """What names no repository is refused before anything is asked."""
    with pytest.raises(ConfigError, match="repos"):
        connector(repos=(name,))
    with pytest.raises(ConfigError):
        connector(repos=())


def test_questions_are_small() -> None:
    """No question may fetch half a million rows, or cost more than is counted."""
    lists = 1 + github_queries.DISCUSSIONS * 2
    lists += github_queries.DISCUSSIONS * github_queries.COMMENTS
    rows = github_queries.DISCUSSIONS * github_queries.COMMENTS
    assert rows * (1 + github_queries.REPLIES) < 500_000
    assert round(lists / 100) <= 16
