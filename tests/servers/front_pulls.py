"""Pulls of the small Front, each request held to its description."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

from servers.front import (
    FrontService,
    connector,
    described,
)
from triage.connector import (
    Cursor,
    Incoming,
    Page,
)


def pages(
    server: FrontService, cursor: Cursor | None = None, **told: Any
) -> list[Page]:
    """Every page of a pull, its requests held to the description."""

    async def run() -> list[Page]:
        async with server.http() as http:
            return [page async for page in connector(**told).pull(http, cursor)]

    before = len(server.requests)
    found = asyncio.run(run())
    described().check(server.requests[before:])
    return found


def items(found: list[Page]) -> dict[str, Incoming]:
    told = [one for page in found for one in page.items]
    assert all(isinstance(one, Incoming) for one in told)
    return {one.external_id: one for one in told if isinstance(one, Incoming)}


def last(found: list[Page]) -> Cursor:
    return next(page.cursor for page in reversed(found) if page.cursor)


def asked(server: FrontService, part: str) -> int:
    return sum(part in one.url.path for one in server.requests)


def talking(**told: Any) -> tuple[FrontService, str]:
    """A Front with one conversation of three messages, a minute apart."""
    server = FrontService(**told)
    name = server.begin("The export loses my tags.")
    for words, ours in [("Which version?", True), ("It is 5.2.", False)]:
        server.now += timedelta(minutes=1)
        server.say(name, words, ours=ours)
    return server, name
