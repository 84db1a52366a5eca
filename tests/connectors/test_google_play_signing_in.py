"""Whose key Google Play is asked with, and what is said when it is refused."""

from __future__ import annotations

import asyncio
import json
import traceback
from datetime import timedelta
from typing import Any

import pytest

from servers.google_play import APP, EMAIL, NOW, PlayServer, a_review, key_file, pem
from servers.google_play_pulls import a_server, bucket, ours, pages
from triage.connector import ConfigError, Secret, SignInFailed
from triage_connectors.google_play import GooglePlay


def failed(server: PlayServer, **told: Any) -> str:
    """What a person is told; no secret is in it, nor in its traceback."""
    with pytest.raises((SignInFailed, ConfigError)) as error:
        pages(server, **told)
    words = str(error.value)
    printed = "".join(traceback.format_exception(error.value))
    for secret in (pem(0).splitlines()[3], "ya29."):
        assert secret not in words + printed
    assert "\n" not in words
    return words


def test_one_token_for_each_scope() -> None:
    """A token is asked for once while it lasts, and another one for the bucket."""
    server = a_server(9, page=2)
    server.put("202610", b"")
    pages(server, **bucket())
    assert len(server.asked("/token")) == 2
    assert set(server.tokens.values()) == {
        "https://www.googleapis.com/auth/androidpublisher",
        "https://www.googleapis.com/auth/devstorage.read_only",
    }


def test_renewed() -> None:
    """A token near its end is not used; one refused early is asked for once more."""
    server = a_server(4, page=1)
    source = ours()

    async def pulled() -> int:
        async with server.http() as http:
            count = 0
            async for page in source.pull(http, None):
                count += len(page.items)
                if len(server.asked("/token")) == 1:
                    server.now += timedelta(minutes=58)
                elif server.tokens and len(server.asked("/token")) == 2:
                    server.tokens.clear()
            return count

    assert asyncio.run(pulled()) == 5
    assert len(server.asked("/token")) == 3


def test_revoked() -> None:
    """A key that was revoked is told as one, with the account it is of."""
    words = failed(a_server(1, revoked={"key0"}))
    assert EMAIL in words
    assert "revoked" in words
    assert "Invalid JWT Signature" in words


def test_another_accounts_key() -> None:
    """So is a key that is not the account's."""
    assert "another account's" in failed(a_server(1), key=Secret(key_file(1)))


def test_account_gone() -> None:
    """An account that was deleted is told as gone."""
    assert "no such account any more" in failed(a_server(1, gone=True))


@pytest.mark.parametrize(
    ("hours", "side"), [(1.5, "90 minutes ahead of"), (-2, "120 minutes behind")]
)
def test_clock(hours: float, side: str) -> None:
    """A clock that is off by an hour is named, and by how much."""
    words = failed(a_server(1, ahead=timedelta(hours=hours)))
    assert f"this machine's clock is {side} Google's" in words


def test_clock_without_a_date() -> None:
    """Where no date comes with the refusal, its words tell the clock."""
    server = a_server(1)
    server.trouble["/token"] = (
        400,
        {
            "error": "invalid_grant",
            "error_description": "Invalid JWT: Token must be a short-lived token",
        },
    )
    assert "set this machine's clock right" in failed(server)


@pytest.mark.parametrize(
    ("status", "told", "said"),
    [
        (401, {"error": "invalid_client"}, "no such account"),
        (400, {"error": "disabled_client", "error_description": "x"}, "is disabled"),
        (403, {"error": "access_denied"}, "the key is not accepted"),
        (400, {"error": "unauthorized_client"}, "the key is not accepted"),
    ],
)
def test_refusals(status: int, told: dict[str, str], said: str) -> None:
    """Each way Google refuses a key says what to do."""
    server = a_server(1)
    server.trouble["/token"] = status, told
    assert said in failed(server)


def error(code: int, said: str, **more: Any) -> tuple[int, Any]:
    return code, {"error": {"code": code, "message": said, **more}}


def test_missing_permission() -> None:
    """A right that is missing is told with where it is given, and to whom."""
    server = a_server(1)
    server.trouble["/androidpublisher"] = error(
        403,
        "The caller does not have permission",
        status="PERMISSION_DENIED",
        errors=[{"reason": "permissionDenied"}],
    )
    words = failed(server)
    assert EMAIL in words
    assert "Users and permissions" in words
    assert "Reply to reviews" in words
    assert "a day" in words


@pytest.mark.parametrize(
    "more",
    [
        {"errors": [{"reason": "accessNotConfigured"}]},
        {"details": [{"@type": "ErrorInfo", "reason": "SERVICE_DISABLED"}]},
        {"details": {"reason": "SERVICE_DISABLED"}},
    ],
)
def test_api_off(more: dict[str, Any]) -> None:
    """A project whose API was never enabled is told to enable it."""
    server = a_server(1)
    server.trouble["/androidpublisher"] = error(403, "It has not been used", **more)
    assert "API is not enabled" in failed(server)


def test_wrong_package() -> None:
    """An app nobody there knows is named, with where its name belongs."""
    words = failed(a_server(1), packages=("com.acme.nothing",))
    assert "com.acme.nothing" in words
    assert "packages" in words


def test_bucket_refused() -> None:
    """A bucket that may not be read needs the right for all apps."""
    server = a_server(1)
    server.trouble["/storage"] = error(403, "does not have storage.objects.list access")
    words = failed(server, **bucket())
    assert "the bucket pubsite_prod_rev_0123456789" in words
    assert "for all apps" in words


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("service-account.json", "no JSON"),
        ("", "no JSON"),
        (pem(0), "a bare private key"),
        ('{"type": "service_account"', "no JSON that can be read"),
        ("[" * 100_000, "no JSON"),
        ('{"installed": {"client_id": "x"}}', "file of an OAuth client"),
        ('{"type": "authorized_user"}', "no service account's file"),
        ('{"type": "service_account", "client_email": "a@b.example"}', "is cut"),
        (key_file(private_key="-----BEGIN PRIVATE KEY-----\nAAAA\n"), "cannot be read"),
        (key_file(private_key="no key"), "does not begin"),
    ],
)
def test_bad_key_files(text: str, said: str) -> None:
    """What is no key file is told as what it is, and what to give instead."""
    words = failed(a_server(1), key=Secret(text))
    assert said in words
    assert "key=file:PATH" in words


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example/token",
        "http://oauth2.googleapis.com/token",
        "https://oauth2.googleapis.com.evil.example/token",
        "https://oauth2.googleapis.com@evil.example/token",
        "https://oauth2.googleapis.com:8443/token",
        "https://evilgoogleapis.com/token",
        "https://oauth2.googleapis.com/token?next=https://evil.example",
        "file:///etc/passwd",
        "ftp://localhost/token",
        "//[",
        "nonsense",
    ],
)
def test_another_sign_in(url: str) -> None:
    """A key file that names a stranger's address to sign in at is sent nowhere."""
    server = a_server(1)
    assert "nothing was sent" in failed(server, key=Secret(key_file(token_uri=url)))
    assert not server.requests


def test_who_is_asked() -> None:
    """The token goes to the origins the settings name, and to no other."""
    server = a_server(3)
    server.put("202610", b"")
    pages(server, **bucket())
    assert {one.url.host for one in server.requests} == {
        "oauth2.googleapis.com", "androidpublisher.googleapis.com",
        "storage.googleapis.com",
    }  # fmt: skip


def test_no_key_needed_to_build() -> None:
    """A source is built without looking at its key; only asking needs it."""
    assert GooglePlay(packages=(APP,), key=Secret("env:KEY"))
    server = PlayServer()
    server.reviews[APP] = [a_review(1, NOW)]
    assert json.loads(key_file())["client_email"] == EMAIL
    assert pages(server)
