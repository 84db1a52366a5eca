"""Pull, commit page and cursor together, group what is new; told as events."""

from __future__ import annotations

import contextlib
import os
import socket
import time
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, cast

from triage.connector import Connector, Cursor, Page
from triage.errors import SourceError, TriageError
from triage.store import codec, evidence, tone
from triage.store.counts import Counts
from triage.store.database import Database
from triage.store.driver import sqlite3

if TYPE_CHECKING:
    from triage.transport import Http

LEASE = timedelta(minutes=10)
"""How long a source stays with a process that gives no sign of life."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Began:
    """A source is being pulled."""

    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """A page is stored, its cursor with it; ``counts`` are those of the whole run."""

    source: str
    counts: Counts
    progress: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Grouped:
    """What arrived is being compared with everything stored."""

    done: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """The source could not be pulled to its end; what came before is kept."""

    source: str
    error: TriageError


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """The source is done, well or not."""

    source: str
    batch_id: int
    counts: Counts
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Attached:
    """What the machine was sure of is evidence now, in one step that can be undone."""

    step: int
    label: str
    feedback: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Woken:
    """Feedback that was to sleep until new evidence: what arrived is some."""

    feedback: int


SyncEvent = Began | Fetched | Grouped | Failed | Ended | Attached | Woken


@dataclass(frozen=True, slots=True, kw_only=True)
class Pull:
    """
    One run over one source.

    Attributes:
        label: What the batch is called: a file's name, or "sync".
        resume: Begin at the stored cursor and move it; an import reads all.
        limit: Stop after the page that reaches this many inputs.
    """

    source: str
    connector_name: str
    connector: Connector
    http: Http | None
    label: str
    resume: bool
    limit: int | None = None


async def pull(db: Database, run: Pull) -> AsyncIterator[SyncEvent]:
    """
    Store what a source tells, page by page; a crash repeats a page at worst.

    Nothing is written before the first page is there, so a source whose settings are
    wrong leaves no trace.
    """
    yield Began(source=run.source)
    started = time.monotonic()
    counts = Counts()
    failure: TriageError | None = None
    # Whatever else ends a pull, a bug or Ctrl-C, is no success either.
    story = "the pull was stopped before its end"
    batch: _Batch | None = None
    # A connector of files is given no client and asks for none.
    http = cast("Http", run.http)
    try:
        async with _pages(run.connector.pull(http, _cursor(db, run))) as pages:
            async for page in pages:
                batch, stored = _store(db, run, batch, page)
                counts.add(stored)
                yield Fetched(source=run.source, counts=counts, progress=page.progress)
                if run.limit and counts.total >= run.limit:
                    break
        story = ""
    except SourceError as error:
        failure = error
        story = str(error)
    except TriageError as error:
        story = str(error)
        raise
    finally:
        if batch or failure:
            batch = _end(db, run, batch, story)
    if batch is None:
        batch = _end(db, run, None, "")
    if failure:
        yield Failed(source=run.source, error=failure)
    yield Ended(
        source=run.source,
        batch_id=batch.id,
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


def group_pending(
    db: Database, *, strict: bool = False, stop: Callable[[], bool] = lambda: False
) -> Iterator[Grouped]:
    """
    Compare what is pending with everything stored, then read its language and tone.

    Resumable after any crash.
    """
    from triage.grouping.bands import DEFAULT, STRICT
    from triage.store import fit, group_index  # brings numpy

    stopped = False

    def asked() -> bool:
        nonlocal stopped
        stopped = stopped or stop()
        return stopped

    level = STRICT if strict else DEFAULT
    now = fit.present(strict=strict)
    if fit.is_empty(db.read()) and fit.stored(db.read()) != now:
        with db.write() as write:
            fit.keep(write, now)
    for done, total in group_index.group_pending(db, level, stop=asked):
        yield Grouped(done=done, total=total)
    for _ in tone.read_pending(db, stop=asked):
        pass


@dataclass(frozen=True, slots=True)
class _Batch:
    id: int
    source_id: int


def _cursor(db: Database, run: Pull) -> Cursor | None:
    """Where to resume; refuses while another process pulls the same source."""
    row = (
        db.read()
        .execute("SELECT * FROM source WHERE name = ?", (run.source,))
        .fetchone()
    )
    if row is None:
        return None
    _refuse_if_leased(row, run.source)
    return row["cursor"] if run.resume else None


def _store(
    db: Database, run: Pull, batch: _Batch | None, page: Page
) -> tuple[_Batch, Counts]:
    if not run.resume:
        page = Page(page.items, None, page.gap, page.progress)
    with db.write() as write:
        batch = batch or _begin(write, run)
        write.execute(
            "UPDATE source SET lease_holder = ?, lease_at = ? WHERE id = ?",
            (_holder(), codec.to_text(_now()), batch.source_id),
        )
        return batch, evidence.save_page(write, batch.source_id, batch.id, page, _now())


def _begin(write: sqlite3.Connection, run: Pull) -> _Batch:
    source_id = evidence.ensure_source(write, run.source, run.connector_name)
    row = write.execute("SELECT * FROM source WHERE id = ?", (source_id,)).fetchone()
    _refuse_if_leased(row, run.source)
    return _Batch(evidence.begin_batch(write, source_id, run.label, _now()), source_id)


def _end(db: Database, run: Pull, batch: _Batch | None, failure: str) -> _Batch:
    with db.write() as write:
        batch = batch or _begin(write, run)
        evidence.end_batch(write, batch.id, failure, _now())
        _give_back_lease(write, batch.source_id)
    return batch


def _refuse_if_leased(row: codec.Row, source: str) -> None:
    holder, beat = row["lease_holder"], codec.to_time(row["lease_at"])
    if holder in {None, _holder()} or beat is None or _now() - beat > LEASE:
        return
    if _is_alive(holder):
        raise SourceError(
            f"{source} is being pulled by {holder} already;"
            " wait for it, or try again in ten minutes"
        )


def _holder() -> str:
    return f"{socket.gethostname()}:{os.getpid()}"


def _give_back_lease(write: sqlite3.Connection, source_id: int) -> None:
    write.execute(
        "UPDATE source SET lease_holder = NULL, lease_at = NULL WHERE id = ?",
        (source_id,),
    )


def _is_alive(holder: str) -> bool:
    """Whether the process may still run: unknown on another host, so yes."""
    host, _, pid = holder.rpartition(":")
    if host != socket.gethostname():
        return True
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _now() -> datetime:
    return datetime.now(UTC)
