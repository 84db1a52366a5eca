"""Several questions at once are answered in order, or fail as one."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from triage.connector import SourceUnavailable
from triage_connectors.together import together


async def test_answers_stand_in_the_order_of_the_questions() -> None:
    """However long each takes, the answers are in order, and few are on their way."""
    under_way, most = 0, 0

    def asking(number: int) -> Callable[[], Awaitable[int]]:
        async def ask() -> int:
            nonlocal under_way, most
            under_way += 1
            most = max(most, under_way)
            for _ in range(10 - number):
                await asyncio.sleep(0)
            under_way -= 1
            return number

        return ask

    answers = await together([asking(number) for number in range(10)], width=3)
    assert answers == list(range(10))
    assert most == 3


async def test_the_first_error_is_raised_when_nothing_is_under_way() -> None:
    """One that fails ends the others, and no task is left behind."""
    ended: list[str] = []

    async def slow() -> None:
        try:
            await asyncio.sleep(60)
        finally:
            ended.append("slow")

    async def broken() -> None:
        raise SourceUnavailable("no")

    with pytest.raises(SourceUnavailable):
        await together([slow, broken])
    assert ended == ["slow"]
