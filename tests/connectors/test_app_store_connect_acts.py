"""What goes wrong is told in one line; what is there is told; answers are sent once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from cryptography.hazmat.primitives import serialization as form
from cryptography.hazmat.primitives.asymmetric import ec

from servers.app_store_connect import (
    KEY_ID,
    NOON,
    AppStoreConnect,
    a_history,
    refusal,
)
from servers.app_store_pulls import last, ours, pages, rows
from servers.described import Described
from triage.connector import (
    ConfigError,
    Outgoing,
    Receipt,
    Report,
    Secret,
    SignInFailed,
    SourceError,
    SourceUnavailable,
)
from triage.errors import RateLimited, TriageError

OURS = Path(__file__).parents[1] / "servers" / "app_store_connect.openapi.json"
CANARY = "-----BEGIN PRIVATE KEY-----\nY2FuYXJ5\n-----END PRIVATE KEY-----"
KEY = "k" * 32


def checked(server: AppStoreConnect, **told: Any) -> Report:
    async def run() -> Report:
        async with server.http() as http:
            return await ours(**told).check(http)

    return asyncio.run(run())


def a_reply(to: str, text: str = "Thank you.") -> Outgoing:
    return Outgoing(act="reply", key=KEY, text=text, to=to, thread=to)


def sent(server: AppStoreConnect, outgoing: Outgoing) -> Receipt | None:
    async def run() -> Receipt | None:
        async with server.http() as http:
            return await ours().sent(http, outgoing)

    return asyncio.run(run())


def send(server: AppStoreConnect, outgoing: Outgoing) -> Receipt:
    async def run() -> Receipt:
        async with server.http() as http:
            return await ours().send(http, outgoing)

    return asyncio.run(run())


def test_check_tells_whose_key_it_is_and_what_is_there() -> None:
    """Team, apps, reviews, oldest day, calls left and calls needed, nothing pulled."""
    server = a_history(450, AppStoreConnect(), apps=2)
    report = checked(server, apps=("com.acme.app2",))
    assert report.account == f"team key {KEY_ID}, which sees Acme 1, Acme 2"
    assert report.waiting == 450
    assert report.seconds is not None
    assert report.facts == {
        "may": "read reviews; whether it may answer them as well, Apple does not"
        " tell beforehand (a key of the role Customer Support may)",
        "com.acme.app2": "Acme 2: 450 reviews",
        "oldest review": "2026-01-12",
        "versions": "read",
        "calls left": "3,496 in this hour",
        "first pull": "about 9 calls",
    }
    Described.at(OURS).check(server.requests)


@pytest.mark.parametrize("versions", [False, True])
def test_the_calls_it_foretells_are_about_those_it_makes(versions: bool) -> None:
    """Never fewer than half of them, never more than twice."""
    server = a_history(900, AppStoreConnect())
    told = checked(server, versions=versions).facts["first pull"]
    foretold = int(told.split()[1])
    before = len(server.requests)
    pages(server, versions=versions)
    made = len(server.requests) - before
    assert made / 2 <= foretold <= made * 2


def test_an_individual_key_signs_as_its_person() -> None:
    """Without an issuer the token says so, and the service takes it."""
    server = a_history(3, AppStoreConnect(issuer=""))
    assert rows(pages(server, issuer_id=""))
    assert checked(server, issuer_id="").account.startswith("individual key")


def test_the_token_is_kept_and_made_anew_before_it_ends() -> None:
    """One lasts for many pages; a pull of hours never shows an old one."""
    server = a_history(60, AppStoreConnect(size=5))

    def pass_time(_: str) -> None:
        server.now += timedelta(minutes=6)

    server.after = pass_time
    pages(server, versions=False)
    tokens = [one.headers["authorization"] for one in server.requests]
    assert len(tokens) == 13
    assert len(set(tokens)) == 4


def test_a_wait_that_outlasts_the_token_costs_no_error() -> None:
    """Asked to wait until the token is over, it goes on with a new one."""
    server = a_history(20, AppStoreConnect(size=5))
    limited = [refusal(429, "RATE_LIMIT_EXCEEDED", **{"Retry-After": "890"})] * 2

    def before(asked: httpx.Request) -> httpx.Response | None:
        return limited.pop() if limited and "cursor" in asked.url.params else None

    server.before = before
    assert len(rows(pages(server, versions=False))) == 27
    assert server.slept == [890, 890]


def wrong_key(server: AppStoreConnect) -> dict[str, Any]:
    text = ec.generate_private_key(ec.SECP256R1()).private_bytes(
        form.Encoding.PEM, form.PrivateFormat.PKCS8, form.NoEncryption()
    )
    return {"key": Secret(text.decode())}


def clock_off(server: AppStoreConnect) -> dict[str, Any]:
    server.off = timedelta(hours=1)
    return {}


def refusing(status: int, code: str) -> Callable[[AppStoreConnect], dict[str, Any]]:
    def make(server: AppStoreConnect) -> dict[str, Any]:
        server.before = lambda _: refusal(status, code)
        return {}

    return make


def app_gone(server: AppStoreConnect) -> dict[str, Any]:
    server.before = lambda asked: (
        refusal(404, "NOT_FOUND")
        if asked.url.path.endswith(("/customerReviews", "/appStoreVersions"))
        else None
    )
    return {}


CASES: list[tuple[Any, type[TriageError], str]] = [
    (lambda _: {"key": Secret("canary-no-key")}, ConfigError, "setting key is not a p"),
    (lambda _: {"key": Secret(CANARY)}, ConfigError, "cannot be read as one"),
    (lambda _: {"key_id": "../x"}, ConfigError, "write key_id= as the list of keys"),
    (lambda _: {"key_id": ""}, ConfigError, "write key_id="),
    (lambda _: {"key_id": "AAAAAAAAAA"}, SignInFailed, "does not know the key AAAAAAAA"),
    (lambda _: {"issuer_id": "of-another-team"}, SignInFailed, "NOT_AUTHORIZED.*issuer"),
    (lambda _: {"issuer_id": ""}, SignInFailed, "not revoked"),
    (wrong_key, SignInFailed, "key is the file of this very key"),
    (clock_off, SignInFailed, "clock is 60 minutes behind the server's; set the clock"),
    (refusing(403, "FORBIDDEN_ERROR"), SignInFailed, "role Customer Support and access"),
    (refusing(403, "FORBIDDEN.REQUIRED_AGREEMENTS_MISSING_OR_EXPIRED"), SignInFailed,
     "account holder has accepted"),
    (lambda _: {"apps": ("com.acme.none",)}, ConfigError, "are: com.acme.app1"),
    (lambda _: {"apps": (" ",)}, ConfigError, "write apps="),
    (app_gone, ConfigError, "take it out of apps="),
    (lambda _: {"countries": ("Atlantis",)}, ConfigError, "is no country"),
    (refusing(500, "UNEXPECTED_ERROR"), SourceUnavailable, "is in trouble"),
    (refusing(400, "PARAMETER_ERROR.INVALID"), SourceUnavailable, "refused what was"),
]  # fmt: skip


@pytest.mark.parametrize(("make", "kind", "words"), CASES)
@pytest.mark.parametrize("ask", [pages, checked])
def test_each_error_says_in_one_line_what_to_fix(
    make: Any, kind: type[TriageError], words: str, ask: Any
) -> None:
    """Pulled or checked, the same sentence; nothing of the key is in it."""
    server = a_history(3, AppStoreConnect())
    told = make(server)
    with pytest.raises(kind, match=words) as failed:
        ask(server, **told)
    said = str(failed.value)
    assert "\n" not in said
    assert not any(word in said for word in ("canary", "Y2FuYXJ5", "Bearer", "eyJ"))


def html(_: Any) -> httpx.Response:
    return httpx.Response(200, html="<html><p>One moment</p></html>")


def test_a_web_page_is_no_answer() -> None:
    """What a proxy puts in between is told as such."""
    server = a_history(3, AppStoreConnect())
    server.before = html
    with pytest.raises(SourceUnavailable, match="a web page where data was expected"):
        pages(server)


def at(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


SHORT: list[dict[str, str]] = [
    {"Retry-After": "7"},
    {"Retry-After": format_datetime(at(7), usegmt=True)},
    {"X-RateLimit-Retry-After": "7"},
    {"X-RateLimit-Reset": f"{at(7).timestamp():.0f}"},
    {"X-Rate-Limit-Reset": "7"},
    {"X-RateLimit-Requests-Reset": f"{at(7).timestamp() * 1000:.0f}"},
    {"RateLimit-Reset": "7"},
    {"Rate-Limit-Reset": "7"},
    {},
]
LONG: list[dict[str, str]] = [
    {"X-Rate-Limit": "user-hour-lim:3500;user-hour-rem:0;"},
    {"Retry-After": "3600"},
]


@pytest.mark.parametrize("headers", SHORT)
def test_a_short_rest_is_taken(headers: dict[str, str]) -> None:
    """However it is asked for, the pull waits and goes on by itself."""
    server = a_history(20, AppStoreConnect(size=5))
    limited = [refusal(429, "RATE_LIMIT_EXCEEDED", **headers)]
    server.before = lambda asked: (
        limited.pop() if limited and "cursor" in asked.url.params else None
    )
    assert len(rows(pages(server, versions=False))) == 27
    assert len(server.slept) == 1
    assert not headers or server.slept == [7]


@pytest.mark.parametrize("headers", LONG)
def test_a_long_rest_ends_the_pull_until_then(headers: dict[str, str]) -> None:
    """The error says when to return."""
    server = a_history(20, AppStoreConnect(size=5))
    server.before = lambda asked: (
        refusal(429, "RATE_LIMIT_EXCEEDED", **headers)
        if "cursor" in asked.url.params
        else None
    )
    with pytest.raises(RateLimited) as failed:
        pages(server, versions=False)
    assert failed.value.until == at(3600)


def test_an_answer_is_sent_replaced_and_comes_back() -> None:
    """What is there is told before and after; the next pull brings it as ours."""
    server = a_history(5, AppStoreConnect())
    found = pages(server)
    one = server.app().listed("")[1]
    assert sent(server, a_reply(one.id)) is None
    receipt = send(server, a_reply(one.id))
    assert receipt == Receipt(
        external_id=f"{one.id}/reply", at=server.now, state="PENDING_PUBLISH"
    )
    assert sent(server, a_reply(one.id)) == receipt
    other = sent(server, a_reply(f"{one.id}/reply", "Better now?"))
    assert other
    assert other.text == "Thank you."
    send(server, a_reply(f"{one.id}/reply", "Better now?"))
    assert one.answer == "Better now?"
    again = rows(pages(server, last(found)))
    assert again[receipt.external_id].body == "Better now?"
    assert again[receipt.external_id].context == {"state": "PENDING_PUBLISH"}
    Described.at(OURS).check(server.requests)


def test_an_answer_that_is_not_taken_says_why() -> None:
    """A review that is gone, a key that may not, a name that is none."""
    server = a_history(5, AppStoreConnect())
    with pytest.raises(SourceError, match=r"did not take the reply \(409 ENTITY_ERR"):
        send(server, a_reply("00000022-none"))
    refusing(403, "FORBIDDEN_ERROR")(server)
    with pytest.raises(SignInFailed, match="give it the role Customer Support"):
        send(server, a_reply("00000022-none"))
    with pytest.raises(ConfigError, match="name which"):
        send(server, a_reply(""))
    with pytest.raises(ConfigError, match="only reply"):
        send(server, Outgoing(act="close", key=KEY, text="", to="1"))


def test_a_write_is_made_once() -> None:
    """Whether an answer that broke off was taken is asked, never guessed."""
    server = a_history(5, AppStoreConnect())
    server.before = lambda asked: (
        httpx.Response(503) if asked.method == "POST" else None
    )
    with pytest.raises(SourceUnavailable):
        send(server, a_reply(server.app().listed("")[0].id))
    assert [one.method for one in server.requests] == ["POST"]
