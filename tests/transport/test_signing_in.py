"""Signing in by a code or by a browser: what goes right, and every way it goes wrong."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Iterator
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest

from servers.oauth import Form, OAuthServer, serving
from triage.connector import OAuth, Secret
from triage.errors import ConfigError, SignInFailed, SourceUnavailable
from triage.transport import Http
from triage.transport.device import GoThere, by_device
from triage.transport.redirect import by_redirect


@pytest.fixture
def server() -> Iterator[OAuthServer]:
    with serving() as made:
        yield made


class Person:
    """Somebody told where to go, who waits no longer than they are made to."""

    def __init__(self) -> None:
        self.told: list[GoThere] = []
        self.slept: list[float] = []

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)

    async def device(self, oauth: OAuth) -> Secret:
        async with Http(sleep=self.sleep) as http:
            return await by_device(http, oauth, self.told.append, self.sleep)


async def test_a_code_is_typed_elsewhere(server: OAuthServer) -> None:
    """A person is told address and code; polling keeps the pace asked for, then ends."""
    server.polls, person = ["authorization_pending", "authorization_pending"], Person()
    server.interval = 3
    oauth = server.oauth(device_url=f"{server.url}/device")
    assert await person.device(oauth) == Secret("refresh-1")
    assert person.told == [GoThere(f"{server.url}/go", "WDJB-MJHT", 60.0)]
    assert person.slept == [3, 3, 3]
    assert server.asked[0] == {
        "path": "/device", "client_id": "client-1", "scope": "mail.read offline",
    }  # fmt: skip
    assert server.asked[1]["device_code"] == "device-code-1"


async def test_a_poll_too_soon_slows_down_for_good(server: OAuthServer) -> None:
    """``slow_down`` adds five seconds to every pause that follows."""
    server.polls = ["slow_down", "authorization_pending", "slow_down"]
    person = Person()
    await person.device(server.oauth(device_url=f"{server.url}/device"))
    assert person.slept == [1, 6, 6, 11]


async def test_a_poll_that_fails_is_made_again(server: OAuthServer) -> None:
    """A server that is down or overrun for a moment ends no sign-in."""
    server.answers, person = [(503, {}), (429, {})], Person()
    assert await person.device(server.oauth(device_url=f"{server.url}/device"))
    assert person.slept == [1, 2, 4]


@pytest.mark.parametrize(
    ("poll", "says"),
    [
        ("access_denied", "refused in the browser"),
        ("authorization_declined", "refused in the browser"),
        ("expired_token", "has ended"),
        ("invalid_client", "client_id and client_secret"),
        ("bad_verification_code", "bad_verification_code"),
    ],
)
async def test_a_code_may_be_refused(server: OAuthServer, poll: str, says: str) -> None:
    """No, too late and a wrong client are told apart."""
    server.polls = [poll]
    with pytest.raises(SignInFailed, match=says):
        await Person().device(server.oauth(device_url=f"{server.url}/device"))


async def test_a_code_nobody_types(server: OAuthServer) -> None:
    """The time a code is good for is waited out, and no longer."""
    server.device_lasts = 0.5
    with pytest.raises(SignInFailed, match="nobody typed the code in time"):
        await Person().device(server.oauth(device_url=f"{server.url}/device"))


async def test_no_lasting_token(server: OAuthServer) -> None:
    """A sign-in that would be over in an hour is refused, with the reason."""
    server.gives_refresh = False
    with pytest.raises(SignInFailed, match="no lasting token"):
        await Person().device(server.oauth(device_url=f"{server.url}/device"))


async def test_a_device_endpoint_that_is_none(server: OAuthServer) -> None:
    """An address that answers something else is said so; nothing is polled."""
    with pytest.raises(SignInFailed, match="unsupported_grant_type"):
        await Person().device(server.oauth(device_url=f"{server.url}/token"))
    assert len(server.asked) == 1


# By redirect


async def browse(address: str, **changed: str) -> httpx.Response:
    """What a browser does: the server's page, then where it is sent; its last page."""
    async with httpx.AsyncClient() as browser:
        sent = await browser.get(address)
        back = httpx.URL(sent.headers["location"])
        return await browser.get(back.copy_merge_params(changed) if changed else back)


class Visit:
    """One sign-in with a browser on this machine."""

    def __init__(self) -> None:
        self.told: asyncio.Future[GoThere] = asyncio.get_running_loop().create_future()
        self.signing_in: asyncio.Task[Secret]

    async def address(self) -> str:
        return (await self.told).address

    async def door(self) -> httpx.URL:
        """The redirect address alone."""
        return httpx.URL((await self.asked())["redirect_uri"])

    async def asked(self) -> Form:
        return dict(parse_qsl(urlsplit(await self.address()).query))


@contextlib.asynccontextmanager
async def visiting(oauth: OAuth, pasted: str | None = None) -> AsyncIterator[Visit]:
    visit = Visit()

    async def paste() -> str:
        assert pasted is not None
        return pasted.replace("STATE", (await visit.asked())["state"])

    async with Http() as http:
        visit.signing_in = asyncio.create_task(
            by_redirect(
                http,
                oauth,
                visit.told.set_result,
                paste if pasted is not None else None,
            )
        )
        try:
            yield visit
        finally:
            visit.signing_in.cancel()
            with contextlib.suppress(asyncio.CancelledError, Exception):
                await visit.signing_in


async def test_a_browser_comes_back(server: OAuthServer) -> None:
    """The address asks for a code with PKCE; the page shown is plain and holds nothing."""
    url = f"{server.url}/authorize?access_type=offline"
    async with visiting(server.oauth(authorize_url=url)) as visit:
        page = await browse(await visit.address())
        assert await visit.signing_in == Secret("refresh-1")
        asked = await visit.asked()
    assert asked["access_type"] == "offline"
    assert asked["code_challenge_method"] == "S256"
    assert len(asked["state"]) >= 32
    assert asked["redirect_uri"].startswith("http://127.0.0.1:")
    used = server.asked[-1]
    assert 43 <= len(used["code_verifier"]) <= 128
    assert used["redirect_uri"] == asked["redirect_uri"]
    assert page.status_code == 200
    assert "close this page" in page.text
    assert "code-0" not in page.text
    assert page.headers["referrer-policy"] == "no-referrer"
    assert page.headers["cache-control"] == "no-store"
    assert "default-src 'none'" in page.headers["content-security-policy"]


async def test_a_strangers_answer_is_sent_away(server: OAuthServer) -> None:
    """A wrong state, another path, host or method changes nothing; the right one comes."""
    async with visiting(server.oauth()) as visit:
        door = await visit.door()
        wrong = await browse(await visit.address(), state="wrong<script>")
        assert wrong.status_code == 400
        assert "script" not in wrong.text
        state = (await visit.asked())["state"]
        async with httpx.AsyncClient() as stranger:
            for method, url, host in (
                ("GET", door.join("/favicon.ico"), None),
                ("POST", door.copy_with(query=f"code=x&state={state}".encode()), None),
                ("GET", door.copy_with(query=f"code=x&state={state}".encode()), "evil"),
            ):
                headers = {"Host": host} if host else {}
                said = await stranger.request(method, url, headers=headers)
                assert said.status_code == 404
        assert not visit.signing_in.done()
        await browse(await visit.address())
        assert await visit.signing_in == Secret("refresh-1")


async def test_the_door_shuts(server: OAuthServer) -> None:
    """Once somebody came in nobody else does: an answer told twice finds no one."""
    async with visiting(server.oauth()) as visit:
        await browse(await visit.address())
        await visit.signing_in
        door = await visit.door()
        with pytest.raises(OSError):
            socket.create_connection((door.host, door.port), 1)


async def test_noise_at_the_door(server: OAuthServer) -> None:
    """What is no request, or too long a one, ends its own connection and no sign-in."""
    async with visiting(server.oauth()) as visit:
        door = await visit.door()
        for noise in (
            b"",
            b"\x00\xff\r\n\r\n",
            b"GET /?" + b"x" * 40_000 + b"\r\n\r\n",
        ):
            reader, writer = await asyncio.open_connection(door.host, door.port)
            writer.write(noise)
            with contextlib.suppress(ConnectionError):
                await writer.drain()
                writer.write_eof()
                await reader.read()
            writer.close()
        await browse(await visit.address())
        assert await visit.signing_in == Secret("refresh-1")


async def test_no_in_the_browser(server: OAuthServer) -> None:
    """Who refuses is told so, and no token is asked for."""
    server.redirects = {"error": "access_denied", "code": ""}
    async with visiting(server.oauth()) as visit:
        await browse(await visit.address())
        with pytest.raises(
            SignInFailed, match=r"refused in the browser \(access_denied"
        ):
            await visit.signing_in
    assert [form["path"] for form in server.asked] == ["/authorize"]


async def test_a_code_that_is_not_ours(server: OAuthServer) -> None:
    """A code slipped in for another sign-in fails at the server: the verifier differs."""
    async with visiting(server.oauth()) as visit:
        await browse(await visit.address(), code="code-of-another")
        with pytest.raises(SignInFailed, match="invalid_grant"):
            await visit.signing_in


async def test_the_address_is_pasted(server: OAuthServer) -> None:
    """Where the browser is on another machine, pasting its last address does as well."""
    async with visiting(server.oauth()) as visit:
        address = await visit.address()
        async with httpx.AsyncClient() as browser:
            sent = (await browser.get(address)).headers["location"]
    again = sent.replace(dict(parse_qsl(urlsplit(sent).query))["state"], "STATE")
    server.redirects = {}
    async with visiting(server.oauth(), pasted=again) as visit:
        # The code was made for the first sign-in, so its verifier is not ours.
        with pytest.raises(SignInFailed, match="invalid_grant"):
            await visit.signing_in
    assert server.asked[-1]["code"] == "code-0"


async def test_pasted_in_time(server: OAuthServer) -> None:
    """What is pasted for this very sign-in signs in."""
    told: asyncio.Future[GoThere] = asyncio.get_running_loop().create_future()

    async def paste() -> str:
        async with httpx.AsyncClient() as browser:
            sent = await browser.get((await told).address)
        return f"  {sent.headers['location']}\n"

    async with Http() as http:
        token = await by_redirect(http, server.oauth(), told.set_result, paste)
    assert token == Secret("refresh-1")


@pytest.mark.parametrize(
    "pasted", ["hello", "http://127.0.0.1/?code=x&state=y", "https://x/?code=1"]
)
async def test_something_else_is_pasted(server: OAuthServer, pasted: str) -> None:
    """What answers another sign-in, or none, is refused before anybody is asked."""
    async with visiting(server.oauth(), pasted) as visit:
        with pytest.raises(SignInFailed, match="does not answer this sign-in"):
            await visit.signing_in
    assert not server.asked


async def test_nothing_is_pasted(server: OAuthServer) -> None:
    """An empty line leaves it to the browser."""
    async with visiting(server.oauth(), pasted="") as visit:
        await browse(await visit.address())
        assert await visit.signing_in == Secret("refresh-1")


async def test_nobody_comes(
    server: OAuthServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The door is not kept open for ever."""
    monkeypatch.setattr("triage.transport.redirect.PATIENCE", 0.05)
    async with visiting(server.oauth()) as visit:
        with pytest.raises(SignInFailed, match="nobody signed in"):
            await visit.signing_in


async def test_signing_in_is_never_in_the_clear(server: OAuthServer) -> None:
    """A browser is sent, and a code told, over https or to this machine only."""
    async with Http() as http:
        for url in ("http://login.example/authorize", "ftp://x/", "nonsense"):
            oauth = server.oauth(authorize_url=url, device_url=url)
            with pytest.raises(ConfigError, match=r"in the clear|not a web address"):
                await by_redirect(http, oauth, lambda _: None)
            with pytest.raises(ConfigError, match=r"in the clear|not a web address"):
                await by_device(http, oauth, lambda _: None)


async def test_a_page_that_is_none(
    server: OAuthServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Codes and addresses that would command a terminal are not shown."""
    given = {
        "device_code": "x",
        "user_code": "\x1b[2J",
        "verification_uri": "https://x",
    }
    monkeypatch.setattr(server, "device", lambda _: (200, given))
    with pytest.raises(SourceUnavailable, match="user_code"):
        await Person().device(server.oauth(device_url=f"{server.url}/device"))
