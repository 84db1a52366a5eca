"""
A stream that runs in a thread with a loop of its own and is listened to from here.

So what blocks or computes holds up nobody else, and a thread that does not stop when it
is told to is left behind: it is a daemon, and so are those it waits for.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, cast

T = TypeVar("T")

GRACE = 5.0
"""Seconds a thread that was told to stop is waited for."""


class Silence(Exception):
    """The thread gave no sign of life for too long and was left behind."""


async def lane(
    begin: Callable[[], AsyncIterator[T]],
    *,
    patience: float | None,
    done: Callable[[], None] = lambda: None,
) -> AsyncGenerator[T]:
    """
    Yield what the stream yields, as it comes; raise what it raises.

    Args:
        begin: Makes the stream, called in the thread.
        patience: Seconds of silence until ``Silence`` is raised; None for any.
        done: Called in the thread when the stream is over.
    """
    side = _Side(begin, done)
    side.start()
    try:
        while True:
            try:
                async with asyncio.timeout(patience):
                    one = await side.told.get()
            except TimeoutError:
                raise Silence from None
            if isinstance(one, _Over):
                if one.error is not None:
                    raise one.error
                return
            yield one
    finally:
        await side.stop()


@dataclass(frozen=True, slots=True)
class _Over:
    error: BaseException | None


class _Side(Generic[T]):
    """The thread, seen from both ends."""

    def __init__(
        self, begin: Callable[[], AsyncIterator[T]], done: Callable[[], None]
    ) -> None:
        self.told: asyncio.Queue[T | _Over] = asyncio.Queue()
        self._begin, self._done = begin, done
        self._home = asyncio.get_running_loop()
        self._over = asyncio.Event()
        self._loop = asyncio.new_event_loop()
        self._loop.set_default_executor(_Daemons())
        self._task: asyncio.Task[None] | None = None
        self._is_stopped = False

    def start(self) -> None:
        threading.Thread(target=self._run, name="triage-lane", daemon=True).start()

    async def stop(self) -> None:
        """Tell the thread to stop, and wait for it within reason."""
        self._is_stopped = True
        if not self._over.is_set():
            # Its loop may have closed this very moment.
            with contextlib.suppress(RuntimeError):
                self._loop.call_soon_threadsafe(self._cancel)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(GRACE):
                await self._over.wait()

    def _cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _run(self) -> None:
        error: BaseException | None = None
        try:
            self._task = self._loop.create_task(self._follow())
            self._loop.run_until_complete(self._task)
        except asyncio.CancelledError:
            # Told to; whoever told it listens to nothing more.
            error = None
        except BaseException as raised:  # handed to whoever listens, who raises it
            error = raised
        finally:
            try:
                self._put_away()
            finally:
                self._tell(_Over(error))

    def _put_away(self) -> None:
        """What a stream left running is ended as well, within reason."""
        try:
            left = asyncio.all_tasks(self._loop)
            for task in left:
                task.cancel()
            if left:
                self._loop.run_until_complete(asyncio.wait(left, timeout=GRACE))
            self._loop.run_until_complete(self._loop.shutdown_asyncgens())
            self._loop.close()
        finally:
            self._done()

    async def _follow(self) -> None:
        async with aclosing(cast("AsyncGenerator[T, None]", self._begin())) as stream:
            async for one in stream:
                self._tell(one)
                # Lets a stream that never waits hear that it is to stop.
                await asyncio.sleep(0)
                if self._is_stopped:
                    return

    def _tell(self, one: T | _Over) -> None:
        # Whoever listened may be gone, and its loop with it.
        with contextlib.suppress(RuntimeError):
            self._home.call_soon_threadsafe(self._hear, one)

    def _hear(self, one: T | _Over) -> None:
        self.told.put_nowait(one)
        if isinstance(one, _Over):
            self._over.set()


class _Daemons(ThreadPoolExecutor):
    """A thread for each call, none of which holds up the end of the program."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kw: Any) -> Future[Any]:
        future: Future[Any] = Future()

        def work() -> None:
            if not future.set_running_or_notify_cancel():
                return
            try:
                future.set_result(fn(*args, **kw))
            except BaseException as error:  # as every executor does
                future.set_exception(error)

        threading.Thread(target=work, name="triage-blocking", daemon=True).start()
        return future
