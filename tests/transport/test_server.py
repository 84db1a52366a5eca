"""Against a server on this machine that drips, swells, lies and sends elsewhere."""

from __future__ import annotations

import asyncio
import gzip
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest

from triage.connector import Secret
from triage.errors import SourceUnavailable
from triage.transport import Http

resource = pytest.importorskip("resource", reason="memory is measured on Unix")

Reply = Callable[[asyncio.StreamWriter], Awaitable[None]]


class Server:
    """
    A server that answers each connection in one way.

    Attributes:
        heads: The heads of the requests that came.
    """

    def __init__(self, reply: Reply) -> None:
        self._reply = reply
        self.heads: list[bytes] = []
        self.url = ""

    async def answer(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        try:
            self.heads.append(await reader.readuntil(b"\r\n\r\n"))
            await self._reply(writer)
            await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass  # the client hung up, as it should
        finally:
            writer.close()


@asynccontextmanager
async def serving(reply: Reply) -> AsyncIterator[Server]:
    server = Server(reply)
    listener = await asyncio.start_server(server.answer, "127.0.0.1", 0)
    host, port = listener.sockets[0].getsockname()
    server.url = f"http://{host}:{port}"
    try:
        yield server
    finally:
        listener.close()
        await listener.wait_closed()


async def no_sleep(_: float) -> None:
    pass


def said(head: str, body: bytes = b"") -> Reply:
    async def reply(writer: asyncio.StreamWriter) -> None:
        writer.write(head.replace("\n", "\r\n").encode() + b"\r\n\r\n" + body)

    return reply


async def test_honest_server() -> None:
    """An honest answer arrives, over a real connection."""
    body = gzip.compress(b'{"ok": true}', mtime=0)
    head = f"HTTP/1.1 200 OK\nContent-Encoding: gzip\nContent-Length: {len(body)}"
    async with serving(said(head, body)) as server, Http(server.url) as http:
        assert (await http.get("x", auth=Secret("t0ken"))).json() == {"ok": True}
        assert b"Authorization: Bearer t0ken" in server.heads[0]
        assert b"Accept-Encoding: gzip\r\n" in server.heads[0]


async def test_slow_drip() -> None:
    """A body that drips a byte at a time ends at the deadline, not with the server."""

    async def drip(writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n")
        for _ in range(1000):
            writer.write(b" ")
            await writer.drain()
            await asyncio.sleep(0.02)

    async with (
        serving(drip) as server,
        Http(server.url, sleep=no_sleep, deadline=0.1) as http,
    ):
        started = asyncio.get_running_loop().time()
        with pytest.raises(SourceUnavailable, match=r"within 0\.1 s"):
            await http.get("x")
        assert asyncio.get_running_loop().time() - started < 2
        assert len(server.heads) == 5


def bomb(megabytes: int) -> bytes:
    """That many megabytes of nothing, packed."""
    pack = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    zeros = bytes(1_000_000)
    return b"".join(pack.compress(zeros) for _ in range(megabytes)) + pack.flush()


async def test_bomb() -> None:
    """300 MB packed into 300 kB are refused within 80 MB of memory."""
    body = bomb(300)
    head = f"HTTP/1.1 200 OK\nContent-Encoding: gzip\nContent-Length: {len(body)}"
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    async with serving(said(head, body)) as server, Http(server.url) as http:
        with pytest.raises(SourceUnavailable, match="more than 50 MB"):
            await http.get("x")
        assert len(server.heads) == 1
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert (after - before) / 1024 <= 80


@pytest.mark.parametrize("packing", ["gzip, gzip", "br", "deflate", "zstd", "gzip,br"])
async def test_other_packing(packing: str) -> None:
    """Packing nobody asked for, or twice over, is refused unread."""
    head = f"HTTP/1.1 200 OK\nContent-Encoding: {packing}\nContent-Length: 2"
    async with serving(said(head, b"{}")) as server, Http(server.url) as http:
        with pytest.raises(SourceUnavailable, match="not asked for"):
            await http.get("x")


async def test_swelling_body() -> None:
    """A body without an end is cut off at 10 MB."""

    async def swell(writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        while not writer.is_closing():
            writer.write(b" " * 100_000)
            await writer.drain()

    async with serving(swell) as server, Http(server.url) as http:
        with pytest.raises(SourceUnavailable, match="more than 10 MB"):
            await http.get("x")


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("HTTP/1.1 200 OK\nContent-Length: 100", b'{"tickets": ['),
        ("HTTP/1.1 200 OK\nTransfer-Encoding: chunked", b"5\r\n[1, 2"),
        ("HTTP/1.1 200 OK\nTransfer-Encoding: chunked", b"nonsense\r\n"),
        ("HTTP/1.1 abc\nContent-Length: 2", b"{}"),
        ("HTTP/1.1 200 OK\nX-Long: " + "a" * 600_000, b"{}"),
        ("", b""),
    ],
)
async def test_broken_answers(head: str, body: bytes) -> None:
    """Half an answer is no answer: it is asked for again, then reported."""
    async with (
        serving(said(head, body)) as server,
        Http(server.url, sleep=no_sleep) as http,
    ):
        with pytest.raises(SourceUnavailable, match="broke off"):
            await http.get("x")
        assert len(server.heads) == 5


@pytest.mark.parametrize(
    "body",
    [
        gzip.compress(b'{"ok": true}', mtime=0)[:-4],
        gzip.compress(b'{"ok": true}', mtime=0) + b"more",
        b"not packed at all",
    ],
)
async def test_broken_packing(body: bytes) -> None:
    """A packed answer that does not end where it should is not half believed."""
    head = f"HTTP/1.1 200 OK\nContent-Encoding: gzip\nContent-Length: {len(body)}"
    async with serving(said(head, body)) as server, Http(server.url) as http:
        with pytest.raises(SourceUnavailable, match="packed answer"):
            await http.get("x")


async def test_redirect_across_origins() -> None:
    """A redirect to another port gets neither the key nor a connection."""
    async with serving(said("HTTP/1.1 200 OK\nContent-Length: 0")) as other:
        head = f"HTTP/1.1 307 Moved\nLocation: {other.url}/x\nContent-Length: 0"
        async with serving(said(head)) as server, Http(server.url) as http:
            with pytest.raises(SourceUnavailable, match="not sent there"):
                await http.get("x", headers={"X-API-Key": Secret("k3y")})
        assert other.heads == []


async def test_nobody_there() -> None:
    """A server that is not there is tried five times, and the error says what to do."""
    async with serving(said("")) as server:
        pass
    pauses: list[float] = []

    async def sleep(seconds: float) -> None:
        pauses.append(seconds)

    async with Http(server.url, sleep=sleep) as http:
        with pytest.raises(SourceUnavailable, match="cannot be reached"):
            await http.get("x")
    assert len(pauses) == 4


async def test_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """A proxy in the environment is not asked: it would see the key."""
    async with serving(said("HTTP/1.1 200 OK\nContent-Length: 2", b"{}")) as server:
        monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
        monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
        async with Http(server.url) as http:
            assert (await http.get("x")).json() == {}
