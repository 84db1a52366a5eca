"""A server that cannot prove who it is gets nothing, not even a question."""

from __future__ import annotations

import asyncio
import contextlib
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from certificates import YEAR, a_certificate
from triage.connector import Secret
from triage.errors import SourceUnavailable
from triage.transport import Http

CANARY = "canary-tls-5f3a91c2"


@dataclass(slots=True)
class Server:
    """
    A server of this machine that speaks TLS.

    Attributes:
        port: Where it listens.
        heard: What came to it, in the clear once it was unsealed.
        knocks: Connections that were tried.
    """

    port: int = 0
    heard: list[bytes] = field(default_factory=list)
    knocks: int = 0

    async def answer(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            self.heard.append(await reader.readuntil(b"\r\n\r\n"))
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")
            await writer.drain()
        writer.close()


@asynccontextmanager
async def serving(certificate: Path) -> AsyncIterator[Server]:
    sealed = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    sealed.load_cert_chain(certificate)
    server = Server()

    def knocked(_socket: ssl.SSLObject, _name: str, _context: ssl.SSLContext) -> None:
        server.knocks += 1

    sealed.sni_callback = knocked
    # The client hangs up as soon as it sees whom it is talking to.
    asyncio.get_running_loop().set_exception_handler(lambda *_: None)
    listener = await asyncio.start_server(server.answer, "localhost", 0, ssl=sealed)
    server.port = listener.sockets[0].getsockname()[1]
    async with listener:
        yield server


async def test_trusted(tmp_path: Path) -> None:
    """A server whose certificate was named in the settings is asked."""
    certificate = a_certificate(tmp_path, "localhost", datetime.now(UTC) + YEAR)
    async with (
        serving(certificate) as server,
        Http(f"https://localhost:{server.port}", ca_file=certificate) as http,
    ):
        assert (await http.get("x", auth=Secret(CANARY))).json() == {}
    assert CANARY.encode() in server.heard[0]


@pytest.mark.parametrize(
    ("host", "ahead", "is_named"),
    [
        ("other.example", YEAR, True),
        ("localhost", -YEAR, True),
        ("localhost", YEAR, False),
    ],
    ids=["another host's", "expired", "nobody's"],
)
async def test_untrusted(
    host: str, ahead: timedelta, is_named: bool, tmp_path: Path
) -> None:
    """Another host's, an expired and an unknown certificate end it; nothing is sent."""
    certificate = a_certificate(tmp_path, host, datetime.now(UTC) + ahead)
    async with (
        serving(certificate) as server,
        Http(
            f"https://localhost:{server.port}",
            ca_file=certificate if is_named else None,
        ) as http,
    ):
        with pytest.raises(SourceUnavailable, match="does not trust") as caught:
            await http.get("x", auth=Secret(CANARY))
    assert CANARY not in repr(caught.value)
    assert server.heard == []
    assert server.knocks == 1
