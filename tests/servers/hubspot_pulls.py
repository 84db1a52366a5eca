"""Pulls of the small HubSpot, each request held to its descriptions."""

from __future__ import annotations

import asyncio
from typing import Any

from servers import hubspot_described
from servers.hubspot import HubSpotService, connector
from triage.connector import Cursor, Incoming, Page


def pages(
    server: HubSpotService, cursor: Cursor | None = None, **told: Any
) -> list[Page]:
    """Every page of a pull."""

    async def run() -> list[Page]:
        async with server.http() as http:
            return [page async for page in connector(**told).pull(http, cursor)]

    before = len(server.requests)
    found = asyncio.run(run())
    for request in server.requests[before:]:
        assert not hubspot_described.refused(request)
    return found


def items(found: list[Page]) -> dict[str, Incoming]:
    """What was said, by id."""
    told = [one for page in found for one in page.items]
    assert all(isinstance(one, Incoming) for one in told)
    return {one.external_id: one for one in told if isinstance(one, Incoming)}


def last(found: list[Page]) -> Cursor:
    """Where the pull was left."""
    return next(page.cursor for page in reversed(found) if page.cursor)


def gone(found: list[Page]) -> list[str]:
    """What was told as deleted."""
    return [one for page in found for one in (*page.gone, *page.gone_threads)]


def asked(server: HubSpotService, part: str) -> int:
    """How many requests had that in their path."""
    return sum(part in one.url.path for one in server.requests)
