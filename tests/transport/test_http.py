"""The client asks one origin and explains what it is refused."""

from __future__ import annotations

import gzip
import json
import logging
from pathlib import Path

import httpx
import pytest

from transport.desk import HOME, Desk, ok
from triage.connector import Secret
from triage.errors import (
    ConfigError,
    SignInFailed,
    SourceUnavailable,
)
from triage.transport import Http


async def test_get() -> None:
    """A path is asked under the address, with its parameters, and JSON comes back."""
    desk = Desk(ok({"tickets": [1, 2]}))
    answer = await desk.http.get("tickets", params={"page": 2, "open": True})
    assert answer.json() == {"tickets": [1, 2]}
    assert str(desk.asked[0].url) == f"{HOME}/tickets?page=2&open=true"
    assert desk.asked[0].headers["Accept-Encoding"] == "gzip"
    assert desk.asked[0].headers["User-Agent"].startswith("triage/")


async def test_whole_addresses() -> None:
    """A ``next`` address within the origin keeps its query, path and all."""
    desk = Desk(ok())
    await desk.http.get(f"{HOME}/tickets?cursor=abc", params={"size": 5})
    await desk.http.get("/other?x=1")
    assert [str(request.url) for request in desk.asked] == [
        f"{HOME}/tickets?cursor=abc&size=5",
        "https://desk.example/other?x=1",
    ]


@pytest.mark.parametrize(
    ("auth", "header"),
    [
        (Secret("t0ken"), "Bearer t0ken"),
        (("anna", Secret("pass")), "Basic YW5uYTpwYXNz"),
        ((Secret("key"), "X"), "Basic a2V5Olg="),
    ],
)
async def test_sign_in(auth: Secret | tuple[str | Secret, str], header: str) -> None:
    """A secret signs as a bearer token, a pair as user and password."""
    desk = Desk(ok())
    await desk.http.get("tickets", auth=auth)
    assert desk.asked[0].headers["Authorization"] == header


async def test_secret_headers_and_forms() -> None:
    """Secrets travel in headers and forms, where a source wants them there."""
    desk = Desk(ok())
    await desk.http.post(
        "token",
        form={"grant": "client", "secret": Secret("a&b")},
        headers={"X-API-Key": Secret("k3y")},
    )
    assert desk.asked[0].headers["X-API-Key"] == "k3y"
    assert desk.asked[0].content == b"grant=client&secret=a%26b"
    assert desk.asked[0].headers["Content-Type"] == "application/x-www-form-urlencoded"


async def test_post_json() -> None:
    """A search is posted as JSON."""
    desk = Desk(ok())
    await desk.http.post("search", json={"query": "é"}, idempotent=True)
    assert json.loads(desk.asked[0].content) == {"query": "é"}
    assert desk.asked[0].headers["Content-Type"] == "application/json"


async def test_post_json_with_a_secret() -> None:
    """A key travels in JSON as it is; what is no value of JSON does not."""
    desk = Desk(ok())
    await desk.http.post("sign-in", json={"user": "ann", "password": Secret('a"b')})
    assert json.loads(desk.asked[0].content) == {"user": "ann", "password": 'a"b'}
    with pytest.raises(TypeError, match="object"):
        await desk.http.post("sign-in", json={"user": object()})


async def test_other_methods() -> None:
    """Writes back to a tracker may use any method."""
    desk = Desk(ok())
    await desk.http.send("PUT", "tickets/1", json={"status": "open"})
    assert desk.asked[0].method == "PUT"


async def test_gzip() -> None:
    """A packed answer is unpacked."""
    packed = gzip.compress(b'{"ok": true}')
    desk = Desk(
        httpx.Response(200, content=packed, headers=[("content-encoding", "gzip")])
    )
    assert (await desk.http.get("x")).json() == {"ok": True}


async def test_no_address() -> None:
    """A client that was told no address asks nobody."""
    async with Http() as http:
        assert repr(http) == "Http()"
        with pytest.raises(ConfigError, match=r"http\.at"):
            await http.get("https://desk.example/")


async def test_at() -> None:
    """One client serves several origins, each bound to its own."""
    desk = Desk(ok())
    other = desk.http.at("https://sign-in.example")
    await other.post("token")
    assert desk.asked[0].url.host == "sign-in.example"
    assert repr(other) == "Http(sign-in.example)"
    assert repr(desk.http) == "Http(desk.example/api/v2)"
    with pytest.raises(SourceUnavailable, match="another server"):
        await other.get(f"{HOME}/tickets", auth=Secret("t0ken"))


async def test_foreign_next() -> None:
    """A ``next`` link to another origin is refused before anything is sent."""
    desk = Desk(ok())
    for link in (
        "https://evil.example/api",
        "//evil.example/",
        "http://desk.example/api",
        "https://desk.example:8443/",
        "https://me@desk.example/",
        "https://desk.example\\@evil.example/",
        "https://desk.example.evil.example/",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "https://desk.example\n.evil.example/",
    ):
        with pytest.raises(SourceUnavailable):
            await desk.http.get(link, auth=Secret("t0ken"))
    assert desk.asked == []


@pytest.mark.parametrize(
    ("status", "error", "advice"),
    [
        (400, SourceUnavailable, "check the settings"),
        (401, SignInFailed, "has not expired"),
        (403, SignInFailed, "the right to"),
        (404, ConfigError, "check the address"),
        (410, SourceUnavailable, "newer Triage"),
        (422, SourceUnavailable, "check the settings"),
        (304, SourceUnavailable, "check the settings"),
    ],
)
async def test_refusals(status: int, error: type[Exception], advice: str) -> None:
    """A refusal is not asked again; its error names the place and what to do."""
    desk = Desk(httpx.Response(status))
    with pytest.raises(error, match=advice) as caught:
        await desk.http.get("tickets?cursor=private")
    assert str(caught.value).startswith("desk.example/api/v2/tickets ")
    assert "private" not in str(caught.value)
    assert len(desk.asked) == 1


async def test_allowed_refusals() -> None:
    """A refusal that has a meaning can be asked for as an answer."""
    desk = Desk(httpx.Response(404))
    assert (await desk.http.get("tickets/9", allow={404})).status == 404


async def test_quoted_reasons() -> None:
    """What a source says about a refusal is quoted, made harmless and shortened."""
    said = {"error": "start_time\x1b[2J is " + "far " * 100}
    desk = Desk(httpx.Response(400, json=said))
    with pytest.raises(SourceUnavailable, match="start_time") as caught:
        await desk.http.get("x")
    assert "\x1b" not in str(caught.value)
    assert len(str(caught.value)) < 400


async def test_pages_of_html() -> None:
    """A web page with status 200 is not data, and says so."""
    for answer in (
        httpx.Response(200, html="<html>Sign in</html>"),
        httpx.Response(
            200, text="\n<!doctype html>", headers={"content-type": "text/json"}
        ),
    ):
        response = await Desk(answer).http.get("x")
        with pytest.raises(SourceUnavailable, match="a web page"):
            response.json()


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_redirects(status: int) -> None:
    """A redirect within the origin is followed, key and all."""
    moved = httpx.Response(status, headers={"location": "../v3/tickets"})
    desk = Desk(moved, ok())
    await desk.http.get("tickets", headers={"X-API-Key": Secret("k3y")})
    assert str(desk.asked[1].url) == "https://desk.example/api/v3/tickets"
    assert desk.asked[1].headers["X-API-Key"] == "k3y"


@pytest.mark.parametrize(
    "location",
    [
        "https://evil.example/x",
        "http://desk.example/x",
        "//evil.example",
        "https://[bad",
    ],
)
async def test_foreign_redirects(location: str) -> None:
    """A redirect elsewhere is not followed: the key would go along."""
    desk = Desk(httpx.Response(302, headers={"location": location}))
    with pytest.raises(SourceUnavailable, match=r"not sent there|not an address"):
        await desk.http.get("x", headers={"X-API-Key": Secret("k3y")})
    assert len(desk.asked) == 1


async def test_redirect_circles() -> None:
    """Five redirects are followed, not more."""
    desk = Desk(httpx.Response(302, headers={"location": "/x"}))
    with pytest.raises(SourceUnavailable, match="circles"):
        await desk.http.get("x")
    assert len(desk.asked) == 6


async def test_redirected_writes() -> None:
    """A write is repeated at its new place as it was, or not at all."""
    desk = Desk(httpx.Response(308, headers={"location": "/new"}), ok())
    await desk.http.post("replies", json=[1])
    assert desk.asked[1].method == "POST"
    assert desk.asked[1].content == b"[1]"
    desk = Desk(httpx.Response(302, headers={"location": "/new"}))
    with pytest.raises(SourceUnavailable, match="has moved"):
        await desk.http.post("replies", json=[1])
    assert len(desk.asked) == 1


async def test_cookies() -> None:
    """No cookie is kept: it would be a secret nobody declared."""
    desk = Desk(httpx.Response(200, json={}, headers={"set-cookie": "sid=1; path=/"}))
    await desk.http.get("x")
    await desk.http.get("x")
    assert "cookie" not in desk.asked[1].headers


async def test_log(caplog: pytest.LogCaptureFixture) -> None:
    """The log holds no address: a query tells what somebody searched for."""
    caplog.set_level(logging.INFO)
    await Desk(ok()).http.get("x?q=private")
    assert "private" not in caplog.text


async def test_untrusted_certificates() -> None:
    """A certificate nobody vouches for ends it at once, and says so."""
    desk = Desk(httpx.ConnectError("[SSL: CERTIFICATE_VERIFY_FAILED] self-signed"))
    with pytest.raises(SourceUnavailable, match="certificate"):
        await desk.http.get("x")
    assert len(desk.asked) == 1


@pytest.mark.parametrize("key", ["line\nbreak", " padded", "smörgås", "nul\0"])
async def test_impossible_keys(key: str) -> None:
    """A key no header can hold is refused here: the client below would quote it."""
    desk = Desk(ok())
    with pytest.raises(ConfigError, match="copy it") as caught:
        await desk.http.get("x", headers={"X-API-Key": Secret(key)})
    assert key not in repr(caught.value)


async def test_unforeseen_errors_of_the_client() -> None:
    """What the client below calls wrong is an error of ours as well."""
    for error in (
        httpx.InvalidURL("x"),
        httpx.StreamError("x"),
        httpx.DecodingError("x"),
    ):
        with pytest.raises(SourceUnavailable):
            await Desk(error).http.get("x")


def test_verification_is_no_switch() -> None:
    """No code can turn off the check of certificates, or read proxies unasked."""
    source = "".join(
        path.read_text("utf-8")
        for path in (Path(__file__).parents[2] / "triage").rglob("*.py")
    )
    assert "verify=False" not in source
    assert "CERT_NONE" not in source
    assert "trust_env=True" not in source


def test_one_place() -> None:
    """httpx is imported by the transport and nobody else."""
    root = Path(__file__).parents[2]
    importers = {
        path.relative_to(root).parts[:2]
        for folder in ("triage", "connectors")
        for path in (root / folder).rglob("*.py")
        if "import httpx" in path.read_text("utf-8")
    }
    assert importers <= {("triage", "transport")}
