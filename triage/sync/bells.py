"""Who waits for a source is woken when the source was told of, in whatever thread."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable


class Bells:
    """Rung where a source was told of; heard in the loop of whoever waits."""

    def __init__(self) -> None:
        self._heard: dict[str, tuple[asyncio.AbstractEventLoop, asyncio.Event]] = {}

    def ring(self, source: str) -> None:
        """Wake whoever waits for this source."""
        if source in self._heard:
            loop, event = self._heard[source]
            if not loop.is_closed():
                loop.call_soon_threadsafe(event.set)

    async def turns(
        self, source: str, is_waiting: Callable[[], bool]
    ) -> AsyncIterator[None]:
        """Yield whenever something is to be fetched."""
        event = asyncio.Event()
        self._heard[source] = asyncio.get_running_loop(), event
        while True:
            if is_waiting():
                yield None
            await event.wait()
            event.clear()
