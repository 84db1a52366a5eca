"""Sources that are pulled for ever: whenever they say so, else now and then."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from datetime import datetime

from triage.errors import TriageError
from triage.store.database import Database
from triage.sync.aside import lane
from triage.sync.events import Ended, Failed, Skipped, SyncEvent
from triage.sync.lanes import Job, Lanes, Tell, merged

SAFETY = 1800.0
"""Seconds after which a source that tells by itself is pulled all the same."""

_JITTER = 0.1
_SOON = 60.0


@dataclass(frozen=True, slots=True)
class Rhythm:
    """
    How often to look where nothing tells.

    Attributes:
        every: Seconds between two pulls, give or take a tenth, so that many
            workspaces do not ask at once.
    """

    every: float = 300.0

    def pause(self) -> float:
        """Seconds until the next look."""
        return self.every * random.uniform(1 - _JITTER, 1 + _JITTER)


async def watch(
    db: Database, jobs: Sequence[Job], rhythm: Rhythm
) -> AsyncGenerator[SyncEvent]:
    """
    Pull each source, wait until there may be more, and again; ends when it is left.

    A source that fails is tried again when its back-off is over, a bug of a connector
    included; each is told when it happens.
    """
    lanes = Lanes(db)
    workers = [
        lambda tell, job=job: _Watch(db, lanes, job, rhythm, tell).keep()
        for job in jobs
    ]
    async with aclosing(merged(workers)) as events:
        async for event in events:
            yield event


class _Watch:
    """One source, watched."""

    def __init__(
        self, db: Database, lanes: Lanes, job: Job, rhythm: Rhythm, tell: Tell
    ) -> None:
        self._db, self._lanes, self._job = db, lanes, job
        self._rhythm, self._tell = rhythm, tell
        self._idle = 0
        self._complaint = ""

    async def keep(self) -> None:
        """Pull and wait, for ever."""
        if self._job.not_before is not None:
            await asyncio.sleep(self._left_until(self._job.not_before))
        while True:
            last: SyncEvent | None = None
            failed: Failed | None = None
            async for event in self._lanes.pulled(self._job):
                last = event
                failed = event if isinstance(event, Failed) else failed
                self._tell(event)
            if failed:
                await asyncio.sleep(self._wait_after(failed))
            elif isinstance(last, Ended):
                await self._wait(brought=last.counts.new + last.counts.changed > 0)
            else:
                await asyncio.sleep(min(self._rhythm.every, _SOON))

    def _wait_after(self, failed: Failed) -> float:
        if failed.retry_at is None:
            return self._rhythm.pause()
        return max(1.0, self._left_until(failed.retry_at))

    def _left_until(self, moment: datetime) -> float:
        left = (moment - self._db.clock()).total_seconds()
        # And a little more, so that the moment has come.
        return max(0.0, left + random.uniform(0.1, 1))

    async def _wait(self, *, brought: bool) -> None:
        """Until the source says there may be more, or it is time to look anyway."""
        if self._job.turns is None:
            await asyncio.sleep(self._rhythm.pause())
            return
        # Told again and again of nothing, it is believed less and less.
        self._idle = 0 if brought else self._idle + 1
        if self._idle > 1:
            await asyncio.sleep(min(0.25 * 2.0**self._idle, self._rhythm.every))
        began = time.monotonic()
        try:
            async with asyncio.timeout(max(SAFETY, self._rhythm.every)):
                await self._turn()
        except TimeoutError:
            self._idle = 0
        except TriageError as error:
            # Any connection ends some day; one that never holds is told.
            if time.monotonic() - began < _SOON:
                self._complain(str(error))
                await asyncio.sleep(min(self._rhythm.every, _SOON))
        except Exception as bug:  # told with its trace; the others go on
            self._tell(Failed(source=self._job.source, error=bug))
            await asyncio.sleep(self._rhythm.pause())
        if time.monotonic() - began > _SOON:
            self._idle = 0

    async def _turn(self) -> None:
        assert self._job.turns is not None
        stream = lane(self._job.turns, patience=None, done=self._db.release)
        async with aclosing(stream) as turns:
            async for _ in turns:
                self._complaint = ""
                return
        # It stopped telling without a word: looked at as one that never does.
        await asyncio.sleep(self._rhythm.pause())

    def _complain(self, why: str) -> None:
        """Say once that it cannot be watched; it is looked at often instead."""
        if why != self._complaint:
            self._complaint = why
            told = f"it cannot be watched, so it is looked at now and then: {why}"
            self._tell(Skipped(source=self._job.source, why=told))
