"""A door on this machine at which services tell what has changed, one path each."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Final
from urllib.parse import unquote

PATIENCE: Final = 10.0
"""Seconds for a service to say what it has to say."""
LARGEST: Final = 1_048_576
"""Bytes of one telling."""
_HEAD: Final = 16_384
_AT_ONCE: Final = 32

_WORDS: Final = {
    204: "No Content",
    400: "Bad Request",
    401: "Unauthorized",
    404: "Not Found",
    405: "Method Not Allowed",
    411: "Length Required",
    413: "Content Too Large",
    431: "Request Header Fields Too Large",
    503: "Service Unavailable",
}


@asynccontextmanager
async def receiving(
    take: Callable[[str, Mapping[str, str], bytes], int], port: int
) -> AsyncIterator[str]:
    """
    Answer at a port of 127.0.0.1 alone; what reaches it from afar is a tunnel's matter.

    Args:
        take: Is handed the path without its slash, the headers by their names in lower
            case, and the body; the status to answer with.
        port: 0 takes any that is free.

    Returns:
        Its address.
    """
    turn = asyncio.Semaphore(_AT_ONCE)

    async def knocked(
        reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        try:
            async with turn, asyncio.timeout(PATIENCE):
                status = await _answer(reader, take)
                writer.write(_reply(status))
                await writer.drain()
        except (OSError, TimeoutError, asyncio.IncompleteReadError):
            pass  # it went away, or never said all of it: it will tell it again
        finally:
            writer.close()

    server = await asyncio.start_server(knocked, "127.0.0.1", port, limit=_HEAD)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()


async def _answer(
    reader: asyncio.StreamReader,
    take: Callable[[str, Mapping[str, str], bytes], int],
) -> int:
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except asyncio.LimitOverrunError:
        return 431
    first, *lines = head.decode("latin-1").split("\r\n")
    method, _, rest = first.partition(" ")
    target, _, version = rest.partition(" ")
    if not version.startswith("HTTP/1.") or not target.startswith("/"):
        return 400
    if method != "POST":
        return 405
    headers = {
        name.strip().lower(): value.strip()
        for name, colon, value in (line.partition(":") for line in lines)
        if colon
    }
    length = headers.get("content-length", "")
    if not length.isascii() or not length.isdecimal():
        return 411  # chunks have no length, and no service that we know sends them
    if len(length) > 9 or int(length) > LARGEST:
        return 413
    body = await reader.readexactly(int(length))
    return take(unquote(target[1:].partition("?")[0]), headers, body)


def _reply(status: int) -> bytes:
    return (
        f"HTTP/1.1 {status} {_WORDS[status]}\r\n"
        f"{'' if status == 204 else 'Content-Length: 0' + chr(13) + chr(10)}"
        "Connection: close\r\n\r\n"
    ).encode()
