"""How many tabs may have the app open at once."""

from __future__ import annotations

import asyncio

PATIENCE = 3.0
"""Seconds a newcomer waits: a tab that is reloaded leaves while it comes."""


class Seats:
    """A limited number of seats, each left as it was taken."""

    def __init__(self, number: int, patience: float = PATIENCE) -> None:
        self.number = number
        self._patience = patience
        self._free = asyncio.Semaphore(number)

    async def take(self) -> bool:
        """Take a seat, waiting a moment for one; False where none gets free."""
        try:
            async with asyncio.timeout(self._patience):
                return await self._free.acquire()
        except TimeoutError:
            return False

    def leave(self) -> None:
        """Let somebody else sit there."""
        self._free.release()
