"""How clients reach a made-up service that another process serves: all hosts are it."""

from __future__ import annotations

import ssl
from datetime import datetime
from urllib.parse import urlsplit

import httpx

from bench.stores.pulling import Waits

NOW = "x-bench-now"
"""Header: the time of whoever asks, by which the service sets its clock."""
SCHEME = "x-bench-scheme"
"""Header: in which scheme the service is asked, were it not on this machine."""
_TRIES = 20


class Reaching(httpx.AsyncBaseTransport):
    """Sends every request to one server of this machine, under the host it is for."""

    def __init__(self, url: str, waits: Waits) -> None:
        there = urlsplit(url)
        self._waits = waits
        self._host, self._port = there.hostname or "", there.port
        # The server speaks no TLS; reading the usual certificates takes long.
        self._wire = httpx.AsyncHTTPTransport(
            verify=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        )

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """As of any transport."""
        there = request.url.copy_with(scheme="http", host=self._host, port=self._port)
        headers = request.headers.copy()
        headers[NOW] = self._waits.now().isoformat()
        headers[SCHEME] = request.url.scheme
        sent = httpx.Request(
            request.method, there, headers=headers, content=await request.aread(),
            extensions=request.extensions,
        )  # fmt: skip
        return await self._wire.handle_async_request(sent)

    async def aclose(self) -> None:
        """Let go of every connection."""
        await self._wire.aclose()


class Patient(Reaching):
    """The same for a script that knows of limits: it rests as long as it is told to."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """As of any transport."""
        for _ in range(_TRIES):
            answer = await super().handle_async_request(request)
            if answer.status_code != httpx.codes.TOO_MANY_REQUESTS:
                break
            await answer.aclose()
            await self._waits.sleep(float(answer.headers.get("retry-after", 60)))
        return answer


def received(request: httpx.Request) -> tuple[httpx.Request, datetime | None]:
    """The request as it was made, and the time of whoever made it."""
    headers = request.headers.copy()
    scheme, now = headers.pop(SCHEME, "http"), headers.pop(NOW, "")
    asked = httpx.Request(
        request.method, request.url.copy_with(scheme=scheme), headers=headers,
        content=request.content,
    )  # fmt: skip
    return asked, datetime.fromisoformat(now) if now else None
