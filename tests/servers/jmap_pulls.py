"""Mails for the small JMAP server, and pulls of what it keeps."""

from __future__ import annotations

import asyncio
from typing import Any

from servers.jmap import HOST, TOKEN, JmapServer
from triage.connector import (
    Cursor,
    Incoming,
    Page,
    Secret,
)
from triage_connectors.jmap import Jmap


def a_mail(number: int, text: str = "", head: str = "") -> bytes:
    said = text or f"The export loses my tags, case {number}."
    lines = f"""\
From: Ann <ann{number}@customer.example>
To: help@us.example
Subject: Export {number}
Message-ID: <m{number}@customer.example>
{head}Content-Type: text/plain; charset=utf-8

{said}
"""
    return lines.replace("\n", "\r\n").encode()


def a_server(count: int = 7, **told: Any) -> JmapServer:
    server = JmapServer(**told)
    for number in range(1, count + 1):
        server.add(a_mail(number))
    return server


def ours(**told: Any) -> Jmap:
    return Jmap(**{"url": HOST, "token": Secret(TOKEN), **told})


def pages(server: JmapServer, cursor: Cursor | None = None, **told: Any) -> list[Page]:
    async def pulled() -> list[Page]:
        async with server.http() as http:
            return [page async for page in ours(**told).pull(http, cursor)]

    return asyncio.run(pulled())


def ids(found: list[Page]) -> list[str]:
    return [told.external_id for page in found for told in page.items]


def first(found: list[Page]) -> Incoming:
    told = found[0].items[0]
    assert isinstance(told, Incoming)
    return told


def last_cursor(found: list[Page]) -> Cursor:
    return next(page.cursor for page in reversed(found) if page.cursor)


def methods(server: JmapServer) -> list[str]:
    return [name for name, _ in server.asked]
