"""Pulls of the small Zammad desk, each request held to its description."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

from servers.zammad import ZammadDesk, connector, described
from triage.connector import Cursor, Incoming, Page, Report
from triage.transport import Http
from triage.transport.answered import answered


def client(desk: ZammadDesk) -> Http:
    """A client that asks this desk alone, and never really waits."""

    async def sleep(seconds: float) -> None:
        desk.now += timedelta(seconds=seconds)

    return answered(desk.answer, clock=lambda: desk.now, sleep=sleep)


def pages(desk: ZammadDesk, cursor: Cursor | None = None, **told: Any) -> list[Page]:
    """A pull, page by page."""

    async def pulled() -> list[Page]:
        async with client(desk) as http:
            source = connector(**told)
            return [page async for page in source.pull(http, cursor)]

    found = asyncio.run(pulled())
    described().check(desk.requests)
    return found


def report(desk: ZammadDesk, **told: Any) -> Report:
    """What the desk says of itself."""

    async def asked() -> Report:
        async with client(desk) as http:
            return await connector(**told).check(http)

    found = asyncio.run(asked())
    described().check(desk.requests)
    return found


def items(found: list[Page]) -> dict[str, Incoming]:
    """What was said, by its name."""
    told = [one for page in found for one in page.items]
    assert all(isinstance(one, Incoming) for one in told)
    return {one.external_id: one for one in told if isinstance(one, Incoming)}


def last_cursor(found: list[Page]) -> Cursor:
    """Where a pull was left."""
    cursor = next(page.cursor for page in reversed(found) if page.cursor)
    assert cursor
    return cursor
