"""Bodies that never end, and a socket of this machine that breaks off."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl
import struct
import zlib
from collections.abc import AsyncIterator
from functools import cache
from typing import Literal

import httpx

from triage.transport.answered import Answer, Request

Ending = Literal["closed", "reset"]

_PLAN = "x-plan"
"""Header: which of the things it was told to say a request is to meet."""


class Swelling(httpx.AsyncByteStream):
    """A body without an end."""

    async def __aiter__(self) -> AsyncIterator[bytes]:
        while True:
            yield b" " * 1_000_000


class Dripping(httpx.AsyncByteStream):
    """A body of which a byte comes every five seconds, for ever."""

    async def __aiter__(self) -> AsyncIterator[bytes]:
        while True:
            await asyncio.sleep(5)
            yield b" "


class Whole(httpx.AsyncByteStream):
    """Bytes as they are, which an answer itself would unpack."""

    def __init__(self, told: bytes) -> None:
        self._told = told

    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield self._told


@cache
def bomb(megabytes: int) -> bytes:
    """That many megabytes of nothing, packed."""
    pack = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    zeros = bytes(1_000_000)
    return b"".join(pack.compress(zeros) for _ in range(megabytes)) + pack.flush()


def head(answer: Answer, **headers: str) -> bytes:
    """How an answer begins on the wire; ``headers`` beside its kind, or instead."""
    told = {"Content-Type": answer.headers.get("content-type", "text/plain")}
    told |= {name.replace("_", "-"): value for name, value in headers.items()}
    lines = "".join(f"{name}: {value}\r\n" for name, value in told.items())
    return f"HTTP/1.1 {answer.status_code} Told\r\n{lines}\r\n".encode()


class Wire:
    """A server of this machine that says what it is told to, and goes."""

    def __init__(self) -> None:
        self._plans: list[tuple[bytes, Ending]] = []
        self._starting = asyncio.Lock()
        self._server: asyncio.Server | None = None
        # The server speaks no TLS; reading the usual certificates takes long.
        self._client = httpx.AsyncHTTPTransport(
            verify=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        )

    async def ask(self, request: Request, says: bytes, ending: Ending) -> Answer:
        """Ask it, whoever the request is for; what it says then is all it says."""
        self._plans.append((says, ending))
        return await self._ask(request, await self._port(), len(self._plans) - 1)

    async def refuse(self, request: Request) -> Answer:
        """Ask where nobody is."""
        with socket.create_server(("127.0.0.1", 0)) as here:
            port = here.getsockname()[1]
        return await self._ask(request, port)

    async def aclose(self) -> None:
        """Let go of it."""
        await self._client.aclose()
        if self._server:
            self._server.close()
            await self._server.wait_closed()

    async def _ask(self, request: Request, port: int, plan: int = 0) -> Answer:
        there = request.url.copy_with(scheme="http", host="127.0.0.1", port=port)
        # No kept connection: each question meets the same fate.
        headers = {**request.headers, "Connection": "close", _PLAN: f"{plan}"}
        asked = Request(
            request.method, there, headers=headers, content=request.content,
            extensions=request.extensions,
        )  # fmt: skip
        return await self._client.handle_async_request(asked)

    async def _port(self) -> int:
        async with self._starting:
            if self._server is None:
                self._server = await asyncio.start_server(self._say, "127.0.0.1", 0)
        return int(self._server.sockets[0].getsockname()[1])

    async def _say(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        ending: Ending = "closed"
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            asked = await reader.readuntil(b"\r\n\r\n")
            plan = asked.partition(f"{_PLAN}: ".encode())[2].partition(b"\r")[0]
            says, ending = self._plans[int(plan)]
            writer.write(says)
            await writer.drain()
        if ending == "reset":
            plug = writer.get_extra_info("socket")
            # Closed so, it says RST, as a crash or a firewall does.
            plug.setsockopt(
                socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0)
            )
            writer.transport.abort()
        writer.close()
