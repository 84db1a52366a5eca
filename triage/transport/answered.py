"""A client that asks a function instead of the network, for anybody's tests."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from typing import NoReturn, TypeAlias

import httpx

from triage.transport.http import Http

Request: TypeAlias = httpx.Request
"""What a service is asked."""
Answer: TypeAlias = httpx.Response
"""What it answers."""


def answered(
    answer: Callable[[Request], Answer],
    *,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> Http:
    """Return a client for which ``answer`` is the network, whatever host it asks."""
    return Http(client_transport=httpx.MockTransport(answer), clock=clock, sleep=sleep)


def said(
    status: int = 200, headers: Mapping[str, str] | None = None, content: bytes = b""
) -> Answer:
    """Return an answer made of these."""
    return Answer(status, headers=dict(headers or {}), content=content)


def break_off(request: Request) -> NoReturn:
    """Answer nothing: the connection ends before the answer came."""
    raise httpx.ReadError("the connection was reset", request=request)
