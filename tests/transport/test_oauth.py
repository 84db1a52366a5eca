"""Access tokens: asked for once while they last, renewed in time, refused in words."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from servers.oauth import OAuthServer, serving
from triage.connector import Secret
from triage.errors import ConfigError, SignInFailed, SourceError, SourceUnavailable
from triage.transport import Http

REFRESH = Secret("refresh-0")


@pytest.fixture
def server() -> Iterator[OAuthServer]:
    with serving() as made:
        yield made


class Clock:
    """A wall clock that a test sets."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


async def test_a_token_is_asked_for_once_while_it_lasts(server: OAuthServer) -> None:
    """One request serves every caller, those at once and those who went elsewhere."""
    async with Http() as http:
        oauth = server.oauth()
        found = await asyncio.gather(
            *(http.access_token(oauth, REFRESH) for _ in range(5)),
            http.at("https://mail.example").access_token(oauth, REFRESH),
        )
    assert set(found) == {Secret("access-1")}
    assert server.asked == [
        {
            "path": "/token", "grant_type": "refresh_token",
            "refresh_token": "refresh-0", "scope": "mail.read offline",
            "client_id": "client-1", "client_secret": "client-s3cret",
        }
    ]  # fmt: skip


async def test_a_public_client_sends_no_secret(server: OAuthServer) -> None:
    """A client without a secret signs with its id alone."""
    async with Http() as http:
        await http.access_token(server.oauth(client_secret=None), REFRESH)
    assert "client_secret" not in server.asked[0]


@pytest.mark.parametrize(
    ("lasts", "later", "asked"),
    [
        (3600, 3400, 1), (3600, 3500, 2), ("3600", 3400, 1), (60, 20, 1), (60, 40, 2),
        (None, 170, 1), (None, 190, 2), (-5, 170, 1), ("soon", 190, 2),
        (1e300, 86_000, 1), (1e300, 90_000, 2), ([1], 170, 1), (3600, -7200, 1),
    ],
)  # fmt: skip
async def test_it_is_renewed_shortly_before_its_end(
    server: OAuthServer, lasts: Any, later: float, asked: int
) -> None:
    """A token is replaced two minutes early; a clock set back keeps none for longer."""
    server.lasts, clock = lasts, Clock()
    async with Http(clock=clock) as http:
        await http.access_token(server.oauth(), REFRESH)
        clock.now += timedelta(seconds=later)
        await http.access_token(server.oauth(), REFRESH)
    assert len(server.asked) == asked


async def test_a_new_refresh_token_is_kept_and_used(server: OAuthServer) -> None:
    """Where each use brings another one, it is written back and used from then on."""
    server.rotates, clock, kept = True, Clock(), list[str]()
    refresh = Secret("refresh-0", kept.append)
    async with Http(clock=clock) as http:
        for _ in range(3):
            await http.access_token(server.oauth(), refresh)
            clock.now += timedelta(hours=2)
    assert kept == ["refresh-1", "refresh-2", "refresh-3"]
    sent = [form["refresh_token"] for form in server.asked]
    assert sent == ["refresh-0", "refresh-1", "refresh-2"]


async def test_a_revoked_token_says_sign_in_again(server: OAuthServer) -> None:
    """A refresh token that is accepted no more is told with the cure, not quoted."""
    gone = Secret("c4nary-gone")
    async with Http() as http:
        with pytest.raises(SignInFailed, match="sources sign-in NAME") as caught:
            await http.access_token(server.oauth(), gone)
    assert "invalid_grant: “Token *** was revoked”" in str(caught.value)


async def test_nobody_signed_in_yet(server: OAuthServer) -> None:
    """Without a refresh token nothing is asked, and the person is told what to do."""
    async with Http() as http:
        with pytest.raises(
            SignInFailed,
            match="nobody is signed in here; `triage sources sign-in NAME`",
        ):
            await http.access_token(server.oauth(), Secret(""))
    assert not server.asked


@pytest.mark.parametrize(
    ("status", "told", "kind", "says"),
    [
        (401, {"error": "invalid_client"}, SignInFailed, "client_id and client_secret"),
        (400, {"error": "invalid_scope"}, SignInFailed, "invalid_scope"),
        (200, {"error": "invalid_grant"}, SignInFailed, "invalid_grant"),
        (400, {"error": "temporarily_unavailable"}, SourceUnavailable, "in trouble"),
        (400, {"error": "\x1b]0;x\x07"}, SourceUnavailable, "no token and no reason"),
        (200, {"hello": 1}, SourceUnavailable, "no token and no reason"),
        (503, {"error": "server_error"}, SourceUnavailable, "try again later"),
        (429, {}, SourceError, "too often"),
        (200, {"access_token": "a b"}, SourceUnavailable, "does not know"),
        (200, {"access_token": "a\r\nX: y"}, SourceUnavailable, "does not know"),
        (200, {"access_token": 7}, SourceUnavailable, "does not know"),
        (200, {"access_token": "a", "token_type": "mac"}, SourceUnavailable, "does not"),
        (200, {"access_token": "a", "refresh_token": []}, SourceUnavailable, "does not"),
        (404, {}, ConfigError, "is not there"),
    ],
)  # fmt: skip
async def test_what_is_no_token_is_an_error_of_ours(
    server: OAuthServer, status: int, told: dict[str, Any], kind: type, says: str
) -> None:
    """Every other answer is one sentence, clean, and nothing is kept of it."""
    server.answers = [(status, told)]
    async with Http() as http:
        with pytest.raises(kind, match=says) as caught:
            await http.access_token(server.oauth(), REFRESH)
        assert str(caught.value).isprintable()
        assert await http.access_token(server.oauth(), REFRESH) == Secret("access-1")
