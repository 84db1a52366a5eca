"""Several sources at once, a thread each, told in one stream; none holds up another."""

from __future__ import annotations

import asyncio
from collections.abc import (
    AsyncGenerator,
    AsyncIterator,
    Callable,
    Coroutine,
    Iterable,
    Sequence,
)
from contextlib import aclosing
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

from triage.errors import Held, TriageError
from triage.store import leases
from triage.store.database import Database
from triage.store.driver import explained
from triage.sync import pulling
from triage.sync.aside import Silence, lane
from triage.sync.events import Failed, Skipped, SyncEvent

AT_ONCE = 4
"""Sources pulled at the same time."""

BEAT = 60.0
"""Seconds between two signs of life in the leases of what is being pulled."""

Tell: TypeAlias = Callable[[SyncEvent], None]


@dataclass(frozen=True, slots=True)
class Job:
    """
    A source to be pulled.

    Attributes:
        pull: Makes the stream of one pull; called in a thread.
        failed: Notes a failure that the pull could not; when to try again.
        turns: Makes the stream that yields whenever more may be there; None where
            nothing tells.
        not_before: Watched, it is first pulled then: it failed lately.
    """

    source: str
    pull: Callable[[], AsyncIterator[SyncEvent]]
    failed: Callable[[Exception], datetime | None]
    turns: Callable[[], AsyncIterator[None]] | None = None
    not_before: datetime | None = None


async def together(db: Database, jobs: Sequence[Job]) -> AsyncGenerator[SyncEvent]:
    """
    Pull all of them, a few at a time, and tell their events as they come.

    A failure is told as ``Failed``, what another process holds as ``Skipped``. A bug is
    told too, and raised once the others are done.
    """
    lanes = Lanes(db)
    bugs: list[Exception] = []

    async def one(job: Job, tell: Tell) -> None:
        async for event in lanes.pulled(job):
            if isinstance(event, Failed) and event.is_bug:
                bugs.append(event.error)
            tell(event)

    workers = [lambda tell, job=job: one(job, tell) for job in jobs]
    async with aclosing(merged(workers)) as events:
        async for event in events:
            yield event
    if len(bugs) > 1:
        raise ExceptionGroup("several connectors have faults", bugs)
    if bugs:
        raise bugs[0]


async def merged(
    workers: Iterable[Callable[[Tell], Coroutine[Any, Any, None]]],
) -> AsyncGenerator[SyncEvent]:
    """What several tell, in one stream; left early, it stops them all."""
    told: asyncio.Queue[SyncEvent | None] = asyncio.Queue()
    tasks = [asyncio.ensure_future(work(told.put_nowait)) for work in workers]
    everybody = asyncio.gather(*tasks)
    everybody.add_done_callback(lambda _: told.put_nowait(None))
    try:
        while (event := await told.get()) is not None:
            yield event
        await everybody
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(everybody, *tasks, return_exceptions=True)


class Lanes:
    """The threads of a process that pull: so many at once, and their signs of life."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._turn = asyncio.Semaphore(AT_ONCE)
        self._pulling: list[str] = []
        self._heart: asyncio.Task[None] | None = None

    async def pulled(self, job: Job) -> AsyncGenerator[SyncEvent]:
        """One pull of one source, when it is its turn; nothing it meets is raised."""
        async with self._turn:
            self._begin(job.source)
            try:
                async for event in self._told(job):
                    yield event
            finally:
                self._end(job.source)

    async def _told(self, job: Job) -> AsyncGenerator[SyncEvent]:
        # The pull itself gives up first, unless its thread is stuck.
        patience = pulling.PATIENCE * 1.1 + 1
        stream = lane(job.pull, patience=patience, done=self._db.release)
        try:
            async with aclosing(stream) as events:
                async for event in events:
                    yield event
        except Held as held:
            yield Skipped(source=job.source, why=str(held))
        except Silence:
            error = pulling.silent()
            retry_at = await asyncio.to_thread(job.failed, error)
            yield Failed(source=job.source, error=error, retry_at=retry_at)
        except TriageError as error:
            yield Failed(source=job.source, error=error)
        except Exception as error:  # told now; a bug is raised once the others are done
            yield Failed(source=job.source, error=explained(error) or error)

    def _begin(self, source: str) -> None:
        self._pulling.append(source)
        if self._heart is None:
            self._heart = asyncio.ensure_future(self._beat())

    def _end(self, source: str) -> None:
        self._pulling.remove(source)
        if not self._pulling and self._heart is not None:
            self._heart.cancel()
            self._heart = None

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(BEAT)
            await asyncio.to_thread(self._renew, tuple(self._pulling))

    def _renew(self, names: Sequence[str]) -> None:
        try:
            with self._db.write() as write:
                leases.renew(write, names, self._db.clock())
        finally:
            self._db.release()
