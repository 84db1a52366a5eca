"""Pulls of a made-up service of surveys, whose clock is ours and whose waiting costs nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from factories import pulled
from servers.described import Described
from triage.connector import Cursor, Incoming, Page, Report, Unreadable
from triage.sync import Ended, Pull
from triage.transport import Http
from triage.transport.answered import answered
from triage.workspace import Workspace


def client(server: Any) -> Http:
    """A client of that service; who waits moves its clock on."""

    async def sleep(seconds: float) -> None:
        server.now += timedelta(seconds=seconds)

    return answered(server.answer, clock=lambda: server.now, sleep=sleep)


def pages(source: Any, server: Any, cursor: Cursor | None = None) -> list[Page]:
    """Every page of a pull."""

    async def all_of_them() -> list[Page]:
        async with client(server) as http:
            return [page async for page in source.pull(http, cursor)]

    return asyncio.run(all_of_them())


def checked(source: Any, server: Any) -> Report:
    """What the source says of itself."""

    async def asked() -> Report:
        async with client(server) as http:
            report: Report = await source.check(http)
            return report

    return asyncio.run(asked())


def fetched(source: Any, server: Any, about: Sequence[str]) -> Page:
    """Those as they are now."""

    async def asked() -> Page:
        async with client(server) as http:
            page: Page = await source.fetch(http, about)
            return page

    return asyncio.run(asked())


def by_name(found: Sequence[Page]) -> dict[str, Incoming]:
    """What was said, by external id; nothing in it could not be read."""
    told = [one for page in found for one in page.items]
    assert not [one for one in told if isinstance(one, Unreadable)], told
    return {one.external_id: one for one in told if isinstance(one, Incoming)}


def last_cursor(found: Sequence[Page]) -> Cursor:
    """Where the next pull begins."""
    return next(page.cursor for page in reversed(found) if page.cursor)


def sync(workspace: Workspace, source: Any, server: Any, name: str) -> Ended:
    """One run into a workspace, as ``triage sync`` makes it."""
    run = Pull(
        source=name, connector_name=name, connector=source, http=client(server),
        label="sync", resume=True,
    )  # fmt: skip
    ended = pulled(workspace.db, run)[-1]
    assert isinstance(ended, Ended), ended
    return ended


def allowed(requests: Sequence[Any], *described: Described | None) -> None:
    """Every request is one the descriptions at hand allow."""
    for one in described:
        if one is not None:
            one.check(requests)
