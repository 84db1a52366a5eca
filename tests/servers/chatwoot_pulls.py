"""Pulls of the small Chatwoot, each request held to its descriptions."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from servers.chatwoot import ChatwootDesk, connector, described, exempt, theirs
from triage.connector import Cursor, Incoming, Page, Report
from triage.transport import Http
from triage.transport.answered import answered


def client(desk: ChatwootDesk) -> Http:
    """A client that asks this account alone, and never really waits."""

    async def sleep(seconds: float) -> None:
        desk.now += timedelta(seconds=seconds)

    return answered(desk.answer, clock=lambda: desk.now, sleep=sleep)


def pages(desk: ChatwootDesk, cursor: Cursor | None = None, **told: Any) -> list[Page]:
    """A pull, page by page."""

    async def pulled() -> list[Page]:
        async with client(desk) as http:
            source = connector(**told)
            return [page async for page in source.pull(http, cursor)]

    found = asyncio.run(pulled())
    check_requests(desk)
    return found


def fetched(desk: ChatwootDesk, about: Sequence[str], **told: Any) -> Page:
    """Some conversations, whole."""

    async def asked() -> Page:
        async with client(desk) as http:
            return await connector(**told).fetch(http, about)

    found = asyncio.run(asked())
    check_requests(desk)
    return found


def report(desk: ChatwootDesk, **told: Any) -> Report:
    """What the account says of itself."""

    async def asked() -> Report:
        async with client(desk) as http:
            return await connector(**told).check(http)

    found = asyncio.run(asked())
    check_requests(desk)
    return found


def check_requests(desk: ChatwootDesk) -> None:
    """Every request is one the descriptions allow."""
    described().check(desk.requests)
    vendor = theirs()
    if vendor:
        vendor.check(one for one in desk.requests if not exempt(one))


def items(found: Sequence[Page]) -> dict[str, Incoming]:
    """What was said, by its name."""
    told = [one for page in found for one in page.items]
    assert all(isinstance(one, Incoming) for one in told)
    return {one.external_id: one for one in told if isinstance(one, Incoming)}


def last_cursor(found: Sequence[Page]) -> Cursor:
    """Where a pull was left."""
    cursor = next(page.cursor for page in reversed(found) if page.cursor)
    assert cursor
    return cursor
