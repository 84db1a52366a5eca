"""Calling a server as a browser does, and as one that means harm would."""

from __future__ import annotations

import asyncio
from contextlib import AbstractAsyncContextManager

import aiohttp
import pytest

from serve.serving import Serving


def talk(
    client: aiohttp.ClientSession, served: Serving, **headers: str | None
) -> AbstractAsyncContextManager[aiohttp.ClientWebSocketResponse]:
    """Open the connection that types, as our own page would unless told otherwise."""
    told = {"Origin": served.origin, **headers}
    return client.ws_connect(
        f"{served.origin}/ws?width=100&height=30",
        headers={name: value for name, value in told.items() if value is not None},
    )


async def refused(
    client: aiohttp.ClientSession, served: Serving, **headers: str | None
) -> int:
    """The status with which the connection is refused."""
    with pytest.raises(aiohttp.WSServerHandshakeError) as error:
        async with talk(client, served, **headers):
            pass
    return error.value.status


async def first_frame(
    tab: aiohttp.ClientWebSocketResponse, until: str = "Inbox"
) -> None:
    """Wait until the app has drawn these words."""
    seen = b""
    async with asyncio.timeout(30):
        while until.encode() not in seen:
            message = await tab.receive()
            assert message.type is aiohttp.WSMsgType.BINARY, message
            seen += message.data


async def close_code(tab: aiohttp.ClientWebSocketResponse) -> int | None:
    """Why the server closed the connection, once it has."""
    async with asyncio.timeout(30):
        async for _ in tab:
            pass
    return tab.close_code


async def status(client: aiohttp.ClientSession, address: str, **headers: str) -> int:
    """The status of an answer."""
    async with client.get(address, headers=headers) as answer:
        return answer.status
