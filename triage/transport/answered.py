"""A client that asks a function instead of the network, for anybody's tests."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime

import httpx

from triage.transport.http import Http


def answered(
    answer: Callable[[httpx.Request], httpx.Response],
    *,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> Http:
    """Return a client for which ``answer`` is the network, whatever host it asks."""
    return Http(client_transport=httpx.MockTransport(answer), clock=clock, sleep=sleep)


def said(
    status: int = 200, headers: Mapping[str, str] | None = None, content: bytes = b""
) -> httpx.Response:
    """Return an answer made of these."""
    return httpx.Response(status, headers=dict(headers or {}), content=content)
