"""Whatever a JMAP server answers, a person reads in one line what to do."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest

from servers.jmap import TOKEN
from servers.jmap_pulls import (
    a_server,
    ids,
    last_cursor,
    pages,
)
from triage.connector import (
    ConfigError,
    Cursor,
    RateLimited,
    Secret,
    SignInFailed,
    SourceError,
    SourceUnavailable,
)


def refusing(status: int = 200, **told: Any) -> Any:
    """Answers every call of methods like this."""

    def before(request: httpx.Request) -> httpx.Response | None:
        if request.method != "POST":
            return None
        return httpx.Response(status, **told)

    return before


def method_error(kind: str, **told: Any) -> Any:
    return refusing(json={"methodResponses": [["error", {"type": kind, **told}, "0"]]})


def test_accounts() -> None:
    """An account is meant by id or name; the wrong one is answered with those there are."""
    server = a_server(1)
    pages(server, account="team")
    assert server.asked[-1][1]["accountId"] == "a2"
    with pytest.raises(ConfigError, match=r"no one account 'x'.*Team \(a2\)"):
        pages(server, account="x")
    with pytest.raises(ConfigError, match="of its own"):
        pages(server, last_cursor(pages(server)), account="a2")
    server.session = {"accounts": {}}
    with pytest.raises(ConfigError, match="no mail"):
        pages(server)


def test_foreign_api() -> None:
    """Neither an answer nor a redirect leads the token to another host."""
    server = a_server(1, session={"apiUrl": "https://evil.example/api"})
    with pytest.raises(SourceUnavailable, match="another server"):
        pages(server)
    server = a_server(1)
    server.before = lambda _: httpx.Response(
        301, headers={"location": "https://evil.example/"}
    )
    with pytest.raises(SourceUnavailable, match="another server"):
        pages(server)
    assert {request.url.host for request in server.requests} == {"mail.example"}


@pytest.mark.parametrize("what", ["same", "state"])
def test_circles(what: str) -> None:
    """A server that leads in circles ends with an error."""
    server = a_server(4, limits={"maxObjectsInGet": 2})
    cursor = None if what == "same" else last_cursor(pages(server))

    def before(request: httpx.Request) -> httpx.Response | None:
        if request.method != "POST":
            return None
        told = json.loads(request.content)
        method, arguments, _ = told["methodCalls"][0]
        if method == "Email/query":
            arguments.pop("anchor", None)
            arguments["position"] = 0
            return server._called(told)
        if method == "Email/changes":
            values: dict[str, Any] = {"created": [], "updated": [], "destroyed": []}
            values["newState"] = arguments["sinceState"]
            values["hasMoreChanges"] = True
            row = ["Email/changes", values, "0"]
            return httpx.Response(200, json={"methodResponses": [row]})
        return None

    server.before = before
    with pytest.raises(SourceUnavailable, match="circles"):
        pages(server, cursor)


@pytest.mark.parametrize(
    ("kind", "error", "says"),
    [
        ("accountNotFound", ConfigError, "account="),
        ("accountNotSupportedByMethod", ConfigError, "holds no mail"),
        ("forbidden", SignInFailed, "has the right"),
        ("unknownMethod", SourceUnavailable, "imap connector"),
        ("serverUnavailable", SourceUnavailable, "later"),
        ("serverFail", SourceUnavailable, "later"),
        ("invalidArguments", SourceUnavailable, "invalidArguments"),
        ("\x1b[31m" + "canary" * 20, SourceUnavailable, "unnamed"),
    ],
)
def test_method_errors(kind: str, error: type[Exception], says: str) -> None:
    """Each error of a method says in one line what to do."""
    server = a_server(1)
    server.before = method_error(kind, description=f"{TOKEN} is wrong")
    with pytest.raises(error, match=says) as told:
        pages(server)
    assert TOKEN not in str(told.value)
    assert "\n" not in str(told.value)


@pytest.mark.parametrize(
    ("kind", "error", "says"),
    [
        ("unknownCapability", ConfigError, "imap connector"),
        ("notJSON", SourceUnavailable, "notJSON"),
        ("notRequest", SourceUnavailable, "notRequest"),
        ("limit", RateLimited, "maxConcurrentRequests"),
        ("else", SourceUnavailable, "400, else"),
    ],
)
def test_problems(kind: str, error: type[Exception], says: str) -> None:
    """Each error of a whole request does, too."""
    server = a_server(1)
    problem = {"type": f"urn:ietf:params:jmap:error:{kind}", "detail": TOKEN}
    server.before = refusing(400, json={**problem, "limit": "maxConcurrentRequests"})
    with pytest.raises(error, match=says):
        pages(server)


def test_wrong_token() -> None:
    """A wrong token is a refused sign-in, at once."""
    server = a_server(1)
    with pytest.raises(SignInFailed, match="401"):
        pages(server, token=Secret("another-token"))
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    "told",
    [
        {"token": None},
        {"token": None, "user": "ann"},
        {"token": None, "password": Secret("p" * 9)},
        {"password": Secret("p" * 9)},
    ],
)
def test_nothing_to_sign_in_with(told: dict[str, Any]) -> None:
    """Too little or too much to sign in with is said before anything is asked."""
    server = a_server(1)
    with pytest.raises(ConfigError, match=r"token|user="):
        pages(server, **told)
    assert server.requests == []


def test_no_jmap_there() -> None:
    """A host without JMAP, and a page that is no session, say what to give instead."""
    server = a_server(1)
    server.before = lambda _: httpx.Response(404)
    with pytest.raises(ConfigError, match="imap connector"):
        pages(server)
    server.before = lambda _: httpx.Response(200, json=[])
    with pytest.raises(ConfigError, match="no JMAP session"):
        pages(server)


def test_too_often() -> None:
    """A server that wants rest is given it, and then asked again."""
    server = a_server(2)
    refusals = [httpx.Response(429, headers={"retry-after": "7"})] * 2

    def before(request: httpx.Request) -> httpx.Response | None:
        return refusals.pop() if refusals and "/api" in request.url.path else None

    server.before = before
    assert ids(pages(server)) == ["M1", "M2"]
    assert server.slept == [7.0, 7.0]


@pytest.mark.parametrize(
    "values",
    [
        [], {}, {"methodResponses": 5}, {"methodResponses": []},
        {"methodResponses": [["Mailbox/get", {}, "0"]]},
        {"methodResponses": [["Mailbox/get", {"list": [{"id": 5}]}, "0"]]},
        {"methodResponses": [["Mailbox/get", {"list": [5]}, "0"]]},
        {"methodResponses": [["Mailbox/get", [], "0"]]},
    ],
)  # fmt: skip
def test_strange_answers(values: Any) -> None:
    """What is not JMAP is an error a person can read, never a bug."""
    server = a_server(1)
    server.before = refusing(json=values)
    with pytest.raises(SourceUnavailable, match="JMAP promises"):
        pages(server)


@pytest.mark.parametrize(
    "told",
    [
        {"apiUrl": 5}, {"apiUrl": "https://[x"}, {"downloadUrl": None},
        {"downloadUrl": "https://mail.example:99999/{blobId}"}, {"accounts": 5},
        {"capabilities": None, "accounts": {"a1": 5}}, {"primaryAccounts": []},
    ],
)  # fmt: skip
def test_strange_sessions(told: dict[str, Any]) -> None:
    """A session that makes no sense is an error a person can read, never a bug."""
    with pytest.raises((SourceUnavailable, ConfigError)):
        pages(a_server(1, session=told))


def test_no_address() -> None:
    """What is no address is said to be none before anything is asked."""
    for url in ("https://[x", "https://mail.example:port", "ftp://mail.example"):
        with pytest.raises(ConfigError, match="web address"):
            pages(a_server(1), url=url)


@pytest.mark.parametrize(
    "cursor",
    [
        "", "5", "{}", '{"v":1}', '{"v":2,"account":"a1"}',
        '{"v":1,"account":1,"boxes":[],"state":"","backfill":null,"since":""}',
        '{"v":1,"account":"a1","boxes":5,"state":"","backfill":null,"since":""}',
        '{"v":1,"account":"a1","boxes":[],"state":"1","backfill":null,"since":"x"}',
        '{"v":1,"account":"a1","boxes":[],"state":"1","backfill":5,"since":""}',
        '{"v":1,"account":"a1","boxes":[],"state":"1","backfill":{"boxes":[]},"since":""}',
    ],
)  # fmt: skip
def test_damaged_cursors(cursor: str) -> None:
    """A cursor that was not written here is refused with what to do."""
    if cursor:
        with pytest.raises(SourceError, match="add it again"):
            pages(a_server(1), Cursor(cursor))
    else:
        assert ids(pages(a_server(1), Cursor(cursor))) == ["M1"]
