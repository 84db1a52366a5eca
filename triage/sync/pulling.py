"""One run over one source: every page is stored together with the cursor behind it."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncGenerator, AsyncIterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from triage.connector import Connector, Page
from triage.errors import Held, SourceError, SourceUnavailable
from triage.store.counts import Counts
from triage.store.database import Database
from triage.sync.events import Began, Ended, Failed, Fetched, SyncEvent
from triage.sync.keeping import Keeping, Rehearsing, Run, fail
from triage.sync.tracking import tracked

if TYPE_CHECKING:
    from triage.transport import Http

__all__ = ["Pull", "fail", "pull"]

PATIENCE = 600.0
"""Seconds a source may be silent before a pull is given up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pull(Run):
    """
    One run over one source.

    Attributes:
        limit: Stop after the page that reaches this many inputs.
        rehearse: Count what would come of it and keep nothing.
    """

    connector: Connector
    http: Http | None
    limit: int | None = None
    rehearse: bool = False


async def pull(db: Database, run: Pull) -> AsyncIterator[SyncEvent]:
    """
    Store what a source tells, page by page; a crash repeats a page at worst.

    A tracker is asked for what the roadmap has of it, as well or instead.

    A source whose settings are wrong leaves no trace, unless it is a configured one.
    Errors of the source are told as ``Failed``; every other one is raised, and none
    counts as a success.
    """
    yield Began(source=run.source)
    started = time.monotonic()
    counts = Counts()
    failed: Failed | None = None
    keeping = Rehearsing(db, run) if run.rehearse else Keeping(db, run)
    # A connector of files is given no client and asks for none.
    http = cast("Http", run.http)
    try:
        cursor = keeping.begin()
        if hasattr(run.connector, "pull"):
            async with _pages(run.connector.pull(http, cursor)) as pages:
                while (page := await _next(pages)) is not None:
                    counts.add(keeping.store(page))
                    yield Fetched(
                        source=run.source, counts=counts, progress=page.progress
                    )
                    if run.limit and counts.total >= run.limit:
                        break
        if hasattr(run.connector, "planned"):
            for moved in await tracked(db, run, keeping, counts):
                yield moved
        keeping.end(None, run.http)
    except Held:
        keeping.stop()
        raise
    except SourceError as error:
        retry_at = keeping.end(error, run.http)
        failed = Failed(source=run.source, error=error, retry_at=retry_at)
    except Exception as error:
        keeping.end(error, run.http)
        raise
    except BaseException:
        keeping.stop()
        raise
    if failed:
        yield failed
    yield Ended(
        source=run.source,
        batch_id=keeping.batch_id,
        counts=counts,
        seconds=time.monotonic() - started,
    )


@contextlib.asynccontextmanager
async def _pages(stream: AsyncIterator[Page]) -> AsyncIterator[AsyncIterator[Page]]:
    """The pages; whatever the connector holds open is let go at once, not some day."""
    try:
        yield stream
    finally:
        if isinstance(stream, AsyncGenerator):
            await stream.aclose()


async def _next(pages: AsyncIterator[Page]) -> Page | None:
    try:
        async with asyncio.timeout(PATIENCE) as limit:
            return await anext(pages, None)
    except TimeoutError as error:
        if not limit.expired():
            raise
        raise silent() from error
    except SystemExit as error:
        # A script made a connector ends the program; the other sources go on.
        raise RuntimeError("a connector ended the program") from error


def silent() -> SourceUnavailable:
    """What is said of a source that says nothing."""
    return SourceUnavailable(
        f"nothing came for {PATIENCE / 60:.0f} minutes, so it was given up; what came"
        " before is kept, and the next sync goes on from there"
    )
