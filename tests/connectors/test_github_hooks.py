"""What a GitHub webhook tells is read anew, and what is no more is gone."""

from __future__ import annotations

import hashlib
import hmac
import json
from typing import Any

import httpx
import pytest

from servers.github import connector, fetched
from servers.github_forge import REPO
from servers.github_server import GitHubServer
from triage.connector import ConfigError, Push, Secret, SignInFailed

SECRET = "canary-hook-5a11"


def told(event: str, values: Any, secret: str = SECRET) -> Push:
    """A delivery, signed with that secret."""
    body = json.dumps(values).encode()
    signature = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    headers = {
        "x-github-event": event,
        "x-github-delivery": "72d3162e",
        "x-hub-signature-256": f"sha256={signature}",
    }
    return connector(webhook_secret=Secret(SECRET)).push(headers, body)


def of(kind: str, number: int = 1, **more: Any) -> dict[str, Any]:
    return {"repository": {"full_name": REPO}, kind: {"number": number}, **more}


@pytest.mark.parametrize(
    ("event", "values", "about"),
    [
        ("issues", of("issue", action="edited"), ["acme/app issue 1"]),
        ("issue_comment", of("issue", action="created", comment={"id": 5}),
         ["acme/app issue 1"]),
        ("issue_comment", of("issue", action="deleted", comment={"id": 5}),
         ["acme/app issue 1 comment 5"]),
        ("discussion", of("discussion", 7), ["acme/app discussion 7"]),
        ("discussion_comment", of("discussion", 7, action="deleted", comment={"id": 5}),
         ["acme/app discussion 7 comment 5"]),
        ("ping", {"zen": "Keep it logically awesome."}, []),
        ("push", of("push"), []),
        ("issue_comment", {"repository": {"full_name": REPO},
                           "issue": {"number": 1, "pull_request": {"url": "x"}}}, []),
        ("issues", of("issue") | {"repository": {"full_name": "acme/other"}}, []),
        ("issues", [], []),
    ],
)  # fmt: skip
def test_push(event: str, values: Any, about: list[str]) -> None:
    """Of what happened, the conversation is told, and a comment that was deleted."""
    assert told(event, values) == Push("72d3162e", about)


def test_signature() -> None:
    """What is not signed with the webhook's secret is refused."""
    with pytest.raises(SignInFailed):
        told("issues", of("issue"), "another")
    with pytest.raises(SignInFailed):
        connector(webhook_secret=Secret(SECRET)).push({}, b"{}")
    with pytest.raises(ConfigError):
        connector().push({}, b"{}")


def test_fetch() -> None:
    """A conversation is read whole, each once."""
    server = GitHubServer()
    server.open("It is slow")
    server.say(1, "Still")
    talk = server.ask("Why?")
    server.answer_to(talk, "So it is")
    server.propose("Mends it")
    page = fetched(
        server, "acme/app issue 1", "acme/app discussion 2", "acme/app issue 1",
        "acme/app issue 3", "acme/other issue 1", "nonsense",
    )  # fmt: skip
    assert page.cursor is None
    assert [getattr(one, "body", "") for one in page.items] == [
        "It is slow", "Still", "Why?", "So it is",
    ]  # fmt: skip
    assert not page.gone


def test_deleted() -> None:
    """Deleted comments, issues and discussions are gone; what stands is not."""
    server = GitHubServer()
    server.open("It is slow")
    comment = server.say(1, "Still")
    talk = server.ask("Why?")
    reply = server.answer_to(talk, "So it is")
    about = [
        f"acme/app issue 1 comment {comment['id']}",
        "acme/app issue 1 comment 999",
        f"acme/app discussion 2 comment {reply['databaseId']}",
        "acme/app discussion 9",
        "acme/app issue 8",
    ]
    page = fetched(server, *about)
    assert page.gone == ["comment 999"]
    assert page.gone_threads == ["acme/app#9", "acme/app#8"]


def test_transferred() -> None:
    """An issue that was moved to another repository is gone from this one."""
    server = GitHubServer()
    row = server.open("It is slow")
    elsewhere = {"repository_url": "https://api.github.com/repos/acme/web"}

    def moved(request: httpx.Request) -> httpx.Response | None:
        if request.url.path.endswith("/issues/1"):
            to = "https://api.github.com/repositories/7/issues/3"
            return httpx.Response(301, headers={"location": to})
        if request.url.path == "/repositories/7/issues/3":
            return httpx.Response(200, json=row | elsewhere)
        return None

    server.before = moved
    assert fetched(server, "acme/app issue 1").gone_threads == ["acme/app#1"]


def test_a_repository_out_of_sight() -> None:
    """Where the token lost sight of the repository, nothing is gone."""
    server = GitHubServer()
    server.before = lambda request: httpx.Response(404, json={"message": "Not Found"})
    with pytest.raises(ConfigError, match="repos"):
        fetched(server, "acme/app issue 1")
