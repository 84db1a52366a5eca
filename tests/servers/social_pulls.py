"""Pulls of a made-up network of posts, each request held to its description."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from datetime import timedelta
from typing import Any, Protocol, TypeVar

import httpx

from triage.connector import Cursor, Incoming, Page, Report
from triage.testing import Service
from triage.transport import Http
from triage.transport.answered import answered

T = TypeVar("T")


class Social(Service, Protocol):
    """A made-up network that keeps what it was asked."""

    requests: list[httpx.Request]

    def refused(self, request: httpx.Request) -> str: ...


def client(service: Social) -> Http:
    """A client that asks this network alone, and never really waits."""

    async def sleep(seconds: float) -> None:
        service.now += timedelta(seconds=seconds)

    return answered(service.answer, clock=lambda: service.now, sleep=sleep)


def pages(service: Social, source: Any, cursor: Cursor | None = None) -> list[Page]:
    """A pull, page by page."""

    async def pulled() -> list[Page]:
        async with client(service) as http:
            return [page async for page in source.pull(http, cursor)]

    return _held(service, pulled())


def report(service: Social, source: Any) -> Report:
    """What the network says of itself."""

    async def asked() -> Report:
        async with client(service) as http:
            told: Report = await source.check(http)
            return told

    return _held(service, asked())


def items(found: list[Page]) -> dict[str, Incoming]:
    """What was said, by its name."""
    told = [one for page in found for one in page.items]
    assert len({one.external_id for one in told}) == len(told)
    return {one.external_id: one for one in told if isinstance(one, Incoming)}


def gone(found: list[Page]) -> list[str]:
    """What is there no more."""
    return [name for page in found for name in page.gone]


def _held(service: Social, asked: Coroutine[Any, Any, T]) -> T:
    service.requests.clear()
    told = asyncio.run(asked)
    for request in service.requests:
        assert not service.refused(request), service.refused(request)
    return told
