"""Several questions to a service at once, as few as it bears."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from typing import Final, TypeVar

T = TypeVar("T")

WIDTH: Final = 4
"""Questions on their way at once; desks mind more than a handful."""


async def together(
    questions: Iterable[Callable[[], Awaitable[T]]], width: int = WIDTH
) -> list[T]:
    """
    Return the answers in the order of the questions.

    The first error is raised once nothing is on its way any more.
    """
    turn = asyncio.Semaphore(width)

    async def ask(question: Callable[[], Awaitable[T]]) -> T:
        async with turn:
            return await question()

    asked = [asyncio.ensure_future(ask(question)) for question in questions]
    try:
        return await asyncio.gather(*asked)
    finally:
        for one in asked:
            one.cancel()
        await asyncio.gather(*asked, return_exceptions=True)
