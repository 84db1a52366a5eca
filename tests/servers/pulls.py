"""
Pulls of a made-up desk, whose clock is ours and whose waiting costs nothing.

A desk answers requests, keeps them, tells the time and why a request is none that its
descriptions allow; whatever is asked of one here is held to them.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from typing import Any, TypeAlias, TypeVar

import httpx

from factories import pulled
from triage.connector import Cursor, Incoming, Page, Report, Unreadable
from triage.sync import Ended, Pull
from triage.transport import Http
from triage.transport.answered import answered
from triage.workspace import Workspace

Answers: TypeAlias = Callable[[httpx.Request], httpx.Response]
_T = TypeVar("_T")


def client(desk: Any, answer: Answers | None = None) -> Http:
    """
    Return a client that asks this desk alone; who waits moves its clock on.

    Args:
        answer: What is asked in the desk's place, to come between.
    """

    async def sleep(seconds: float) -> None:
        desk.now += timedelta(seconds=seconds)

    return answered(answer or desk.answer, clock=lambda: desk.now, sleep=sleep)


def pages(
    source: Any,
    desk: Any,
    cursor: Cursor | None = None,
    *,
    answer: Answers | None = None,
) -> list[Page]:
    """Every page of a pull."""

    async def all_of_them(http: Http) -> list[Page]:
        return [page async for page in source.pull(http, cursor)]

    return _asked(desk, all_of_them, answer)


def checked(source: Any, desk: Any, *, answer: Answers | None = None) -> Report:
    """What the source says of itself."""

    async def report(http: Http) -> Report:
        told: Report = await source.check(http)
        return told

    return _asked(desk, report, answer)


def fetched(source: Any, desk: Any, about: Sequence[str]) -> Page:
    """Those as they are now."""

    async def those(http: Http) -> Page:
        page: Page = await source.fetch(http, about)
        return page

    return _asked(desk, those)


def by_name(found: Sequence[Page]) -> dict[str, Incoming]:
    """What was said, by external id; nothing in it could not be read."""
    told = [one for page in found for one in page.items]
    assert not [one for one in told if isinstance(one, Unreadable)], told
    return {one.external_id: one for one in told if isinstance(one, Incoming)}


def each_once(found: Sequence[Page]) -> dict[str, Incoming]:
    """The same; nothing in it was told twice."""
    told = by_name(found)
    assert len(told) == sum(len(page.items) for page in found)
    return told


def gone(found: Sequence[Page]) -> list[str]:
    """What was told as deleted: messages and conversations, in order."""
    return [one for page in found for one in (*page.gone, *page.gone_threads)]


def last_cursor(found: Sequence[Page]) -> Cursor:
    """Where the next pull begins."""
    return next(page.cursor for page in reversed(found) if page.cursor)


def asked(desk: Any, part: str) -> int:
    """How many requests had that in their path."""
    return sum(part in one.url.path for one in desk.requests)


def sync(workspace: Workspace, source: Any, desk: Any) -> Ended:
    """One run into a workspace, as ``triage sync`` makes it."""
    run = Pull(
        source="desk", connector_name="desk", connector=source, http=client(desk),
        label="sync", resume=True,
    )  # fmt: skip
    ended = pulled(workspace.db, run)[-1]
    assert isinstance(ended, Ended), ended
    return ended


def _asked(
    desk: Any, ask: Callable[[Http], Awaitable[_T]], answer: Answers | None = None
) -> _T:
    async def run() -> _T:
        async with client(desk, answer) as http:
            return await ask(http)

    before = len(desk.requests)
    told = asyncio.run(run())
    for request in desk.requests[before:]:
        assert not desk.refused(request), desk.refused(request)
    return told
