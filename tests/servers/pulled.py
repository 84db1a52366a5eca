"""Whole pulls of a connector that asks a fake service, for tests to look at."""

from __future__ import annotations

import asyncio
from typing import Any

from triage.connector import Connector, Cursor, Incoming, Page, Report
from triage.transport import Http


def pages(connector: Connector, http: Http, cursor: Cursor | None = None) -> list[Page]:
    """Every page there is from a cursor on."""

    async def pulled() -> list[Page]:
        async with http:
            return [page async for page in connector.pull(http, cursor)]

    return asyncio.run(pulled())


def told(found: list[Page]) -> dict[str, Incoming]:
    """All that was told, by its id; what cannot be read is no part of it."""
    return {
        one.external_id: one
        for page in found
        for one in page.items
        if isinstance(one, Incoming)
    }


def gone(found: list[Page]) -> list[str]:
    """The threads that are told as gone, in order."""
    return [thread for page in found for thread in page.gone_threads]


def left(found: list[Page]) -> Cursor:
    """Where the next pull goes on."""
    cursors = [page.cursor for page in found if page.cursor]
    assert cursors
    return cursors[-1]


def checked(connector: Any, http: Http) -> Report:
    """What a source says of itself."""

    async def report() -> Report:
        async with http:
            told: Report = await connector.check(http)
            return told

    return asyncio.run(report())
