"""A door on this machine that a browser is sent back to once, and then is shut."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

_PATIENCE = 10.0  # seconds for a browser to say what it wants
_LARGEST = 16_384

_PAGE = (
    '<!doctype html><html lang="en"><meta charset="utf-8"><title>Triage</title>'
    "<p>{}</p></html>"
)
_HEADERS = (
    "Content-Type: text/html; charset=utf-8\r\n"
    "Cache-Control: no-store\r\n"
    "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'\r\n"
    "Referrer-Policy: no-referrer\r\n"
    "X-Content-Type-Options: nosniff\r\n"
    "Connection: close\r\n"
)
_DONE = ("200 OK", "That is all. You can close this page and go back to the terminal.")
_NO = ("400 Bad Request", "This does not answer the sign-in that Triage waits for.")
_NOWHERE = ("404 Not Found", "There is nothing here.")


@dataclass(frozen=True, slots=True)
class Door:
    """
    Where the browser comes back to.

    Attributes:
        address: The redirect address.
        answer: What it brought, by name, once it did.
    """

    address: str
    answer: asyncio.Future[Mapping[str, str]]


@asynccontextmanager
async def listening(
    is_ours: Callable[[Mapping[str, str]], bool],
) -> AsyncIterator[Door]:
    """
    Listen on a port of this machine's own choosing until what is awaited came.

    Anybody on this machine may knock: what ``is_ours`` denies is sent away, and the
    door stays open for the one that is awaited. No page shows a word of what was asked.
    """
    answer: asyncio.Future[Mapping[str, str]] = (
        asyncio.get_running_loop().create_future()
    )
    host = ""

    async def knocked(
        reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        try:
            async with asyncio.timeout(_PATIENCE):
                head = await reader.readuntil(b"\r\n\r\n")
                asked = _asked(head, host)
                opens = asked is not None and not answer.done() and is_ours(asked)
                writer.write(_reply(*(_DONE if opens else _NO if asked else _NOWHERE)))
                await writer.drain()
                if opens and asked and not answer.done():
                    answer.set_result(asked)
        except (OSError, TimeoutError, asyncio.IncompleteReadError):
            pass  # it went away, or never said what it wanted
        except asyncio.LimitOverrunError:
            writer.write(_reply(*_NO))
        finally:
            writer.close()

    server = await asyncio.start_server(knocked, "127.0.0.1", 0, limit=_LARGEST)
    host = f"127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield Door(f"http://{host}/", answer)
    finally:
        server.close()


def _asked(head: bytes, host: str) -> Mapping[str, str] | None:
    """The query of a request for our address; None where it is for something else."""
    first, *rest = head.decode("latin-1").split("\r\n")
    method, _, target = first.partition(" ")
    target = target.partition(" ")[0]
    hosts = [
        line.partition(":")[2].strip()
        for line in rest
        if line.lower().startswith("host:")
    ]
    # Another name for this address is a page elsewhere that reaches for it.
    if method != "GET" or hosts != [host] or not target.startswith("/?"):
        return None
    return dict(parse_qsl(urlsplit(target).query))


def _reply(status: str, words: str) -> bytes:
    page = _PAGE.format(words).encode()
    return (
        f"HTTP/1.1 {status}\r\n{_HEADERS}Content-Length: {len(page)}\r\n\r\n".encode()
        + page
    )
