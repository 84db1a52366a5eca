"""Nobody is answered but a browser that was let in and shows our own page."""

from __future__ import annotations

from pathlib import Path

import aiohttp

from serve.calling import first_frame, refused, status, talk
from serve.serving import Serving
from triage.serve.pages import STATIC
from triage.serve.server import Server, Setting

EVERYWHERE = ("/", "/ws", "/download/x", "/static/terminal.js", "/nowhere")


async def test_no_token(served: Serving, stranger: aiohttp.ClientSession) -> None:
    """Without having opened a link, nothing is answered, files and typing included."""
    for path in EVERYWHERE:
        assert await status(stranger, served.origin + path) == 403
    assert await refused(stranger, served) == 403


async def test_wrong_token(served: Serving, stranger: aiohttp.ClientSession) -> None:
    """A wrong token lets nobody in and spends nothing; nor does a made-up cookie."""
    port = served.origin.rpartition(":")[2]
    for token in ("x", served.link.rpartition("/")[2][:-1], "%ff%00"):
        async with stranger.get(f"{served.origin}/enter/{token}") as answer:
            assert answer.status == 403
            assert not answer.cookies
    made_up = {"Cookie": f"triage-{port}=x"}
    assert await status(stranger, f"{served.origin}/", **made_up) == 403
    assert await status(stranger, served.link) == 200


async def test_foreign_origin(served: Serving, visitor: aiohttp.ClientSession) -> None:
    """A page of somebody else's cannot type, whoever looks at it."""
    for origin in (
        "https://evil.example", "null", served.origin + ".evil.example",
        served.origin.replace("127.0.0.1", "localhost"), "http://127.0.0.1:1",
        served.origin.replace("http:", "https:"),
    ):  # fmt: skip
        assert await refused(visitor, served, Origin=origin) == 403


async def test_no_origin(served: Serving, visitor: aiohttp.ClientSession) -> None:
    """Whoever does not say which page they are cannot type."""
    assert await refused(visitor, served, Origin=None) == 403


async def test_foreign_host(served: Serving, visitor: aiohttp.ClientSession) -> None:
    """A foreign name that is made to point here is not answered to, link or no link."""
    port = served.origin.rpartition(":")[2]
    for host in (
        f"evil.example:{port}",
        "127.0.0.1",
        "127.0.0.1:1",
        f"127.0.0.2:{port}",
        "",
    ):
        for path in (*EVERYWHERE, "/enter/x"):
            assert await status(visitor, served.origin + path, Host=host) == 403
        assert await refused(visitor, served, Host=host, Origin=f"http://{host}") == 403


async def test_one_session_too_many(
    served: Serving, visitor: aiohttp.ClientSession
) -> None:
    """One tab too many is told so in words; when another closes, there is room."""
    async with talk(visitor, served) as one:
        await first_frame(one)
        async with talk(visitor, served) as two:
            await first_frame(two)
            async with talk(visitor, served) as many:
                told = await many.receive(30)
                assert (told.type, told.data) == (aiohttp.WSMsgType.CLOSE, 1013)
                assert told.extra == "2 open already; close one of them and try again."
        async with talk(visitor, served) as again:
            await first_frame(again)


async def test_a_link_is_good_once(
    served: Serving, visitor: aiohttp.ClientSession
) -> None:
    """Another browser with the same link is refused, and let in by the next one."""
    async with aiohttp.ClientSession(
        cookie_jar=aiohttp.CookieJar(unsafe=True)
    ) as another:
        assert await status(another, served.link) == 403
        assert await status(another, f"{served.origin}/") == 403
        assert await status(another, served.next_link()) == 200
        assert await status(another, f"{served.origin}/") == 200
    assert await status(visitor, served.link) == 200, "whoever is in stays in"


async def test_the_cookie_is_for_us_alone(
    served: Serving, stranger: aiohttp.ClientSession
) -> None:
    """No script reads the cookie, no other site sends it, and the token is not in it."""
    async with stranger.get(served.link) as answer:
        (cookie,) = answer.cookies.values()
    assert cookie["httponly"]
    assert cookie["samesite"] == "Strict"
    assert cookie["path"] == "/"
    assert len(cookie.value) >= 43
    assert cookie.value not in served.link


async def test_every_answer_has_the_headers(
    served: Serving, visitor: aiohttp.ClientSession
) -> None:
    """Pages, files, refusals and mistakes alike forbid what the page does not need."""
    for path in (*EVERYWHERE, "/enter/x"):
        for host in (None, "evil.example"):
            headers = {"Host": host} if host else {}
            async with visitor.get(served.origin + path, headers=headers) as answer:
                policy = answer.headers["Content-Security-Policy"]
                assert "default-src 'none'; script-src 'self';" in policy
                assert "frame-ancestors 'none'" in policy
                assert "http" not in policy
                assert answer.headers["X-Frame-Options"] == "DENY"
                assert answer.headers["X-Content-Type-Options"] == "nosniff"
                assert answer.headers["Referrer-Policy"] == "no-referrer"
                assert answer.headers["Cache-Control"] == "no-store"
                assert answer.headers["Server"] == "triage"


async def test_named_files_only(
    served: Serving, visitor: aiohttp.ClientSession
) -> None:
    """Six files and an icon are there; no folder is listed, nothing beside them is."""
    for name in STATIC:
        assert await status(visitor, f"{served.origin}/static/{name}") == 200
    for path in (
        "/static", "/static/", "/static/js/textual.js", "/static/app.html",
        "/static/%2e%2e%2fpages.py", "/static/..%2f..%2fserver.py", "/work.db",
        "/static/%2Fetc%2Fpasswd", "/download/", "/download/x",
    ):  # fmt: skip
        assert await status(visitor, served.origin + path) == 404


async def test_only_reading_is_asked_for(
    served: Serving, visitor: aiohttp.ClientSession
) -> None:
    """Nothing but GET is answered; a preview of the link does not spend it."""
    for method in ("HEAD", "POST", "PUT", "OPTIONS"):
        async with visitor.request(method, f"{served.origin}/") as answer:
            assert answer.status == 405


async def test_the_page_asks_nobody_else(
    served: Serving, visitor: aiohttp.ClientSession
) -> None:
    """The page and its own files name no address of anybody else's."""
    for path in ("/", "/static/page.css", "/static/page.js"):
        async with visitor.get(served.origin + path) as answer:
            text = await answer.text()
        assert "//" not in text.replace("// ", "").replace('"ws") + "/ws', "")


async def test_a_forwarded_address(
    database: Path, stranger: aiohttp.ClientSession
) -> None:
    """An address named with --origin is answered to, its cookie secure over TLS."""
    setting = Setting(
        database=database, port=0,
        origins=("https://triage.example", "http://localhost:9000"),
    )  # fmt: skip
    server = Server(setting, tell=print, complain=print)
    runner = await server.start()
    near = f"http://127.0.0.1:{server.port}"
    try:
        token = server.link.removeprefix("https://triage.example/enter/")
        async with stranger.get(
            f"{near}/enter/{token}", headers={"Host": "triage.example"}
        ) as answer:
            (cookie,) = answer.cookies.values()
            assert cookie["secure"]
        told = {"Cookie": f"{cookie.key}={cookie.value}"}
        for host, expected in {
            "localhost:9000": 200, "LOCALHOST:9000": 200, "triage.example": 200,
            f"localhost:{server.port}": 200, "localhost:9001": 403,
            "triage.example:443": 403, "triage.example:80": 403,
        }.items():  # fmt: skip
            assert await status(stranger, f"{near}/", Host=host, **told) == expected
    finally:
        await runner.cleanup()
