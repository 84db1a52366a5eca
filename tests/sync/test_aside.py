"""A stream in a thread of its own is heard, stopped, and never waited for in vain."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import AsyncIterator
from contextlib import aclosing
from functools import partial

import pytest

from triage.sync import aside
from triage.sync.aside import Silence, lane


async def counting(pause: float = 0, upto: int = 3) -> AsyncIterator[int]:
    for number in range(upto):
        await asyncio.sleep(pause)
        yield number


async def test_it_is_heard_in_order_from_another_thread() -> None:
    """What the stream yields comes as it was told; the end is told in its thread."""
    ended: list[str] = []

    async def named() -> AsyncIterator[str]:
        async for number in counting():
            yield f"{number} {threading.current_thread().name}"

    stream = lane(
        named, patience=5, done=lambda: ended.append(threading.current_thread().name)
    )
    assert [one async for one in stream] == [f"{n} triage-lane" for n in range(3)]
    assert ended == ["triage-lane"]


async def test_what_it_raises_is_raised_here() -> None:
    """An error comes with the lines it went through."""

    async def broken() -> AsyncIterator[int]:
        yield 1
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError) as raised:
        _ = [one async for one in lane(broken, patience=5)]
    assert "broken" in {entry.name for entry in raised.traceback}


async def test_left_early_it_is_stopped() -> None:
    """A stream that waits is cancelled, one that never waits hears it between two."""
    closed: list[str] = []

    async def endless(pause: float | None) -> AsyncIterator[int]:
        try:
            while True:
                if pause is not None:
                    await asyncio.sleep(pause)
                yield 1
        finally:
            closed.append("closed")

    for pause in (None, 0.01):
        began = time.monotonic()
        async with aclosing(lane(partial(endless, pause), patience=5)) as stream:
            async for _ in stream:
                break
        assert time.monotonic() - began < 2
    assert closed == ["closed", "closed"]


@pytest.mark.parametrize("how", ["thread", "blocked"])
async def test_silence_ends_it(monkeypatch: pytest.MonkeyPatch, how: str) -> None:
    """Neither a call that blocks nor one in a thread of its own is waited for."""
    monkeypatch.setattr(aside, "GRACE", 0.1)
    free = threading.Event()

    async def stuck() -> AsyncIterator[int]:
        if how == "thread":
            await asyncio.to_thread(free.wait, 30)
        else:
            free.wait(30)
        yield 1

    began = time.monotonic()
    with pytest.raises(Silence):
        _ = [one async for one in lane(stuck, patience=0.2)]
    assert time.monotonic() - began < 2
    free.set()


async def test_what_it_left_running_is_ended() -> None:
    """A task the stream began and forgot does not outlive its thread."""
    ends: list[str] = []

    async def forgotten() -> None:
        try:
            await asyncio.sleep(60)
        finally:
            ends.append("ended")

    tasks = []

    async def careless() -> AsyncIterator[int]:
        tasks.append(asyncio.ensure_future(forgotten()))
        await asyncio.sleep(0.01)
        yield 1

    assert [one async for one in lane(careless, patience=5)] == [1]
    assert ends == ["ended"]
