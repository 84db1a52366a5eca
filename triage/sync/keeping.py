"""How a run is kept: its lease, its batch, its pages, and how it ended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING

from triage.connector import Cursor, Page, Planned
from triage.errors import Held, SourceError
from triage.store import budgets, evidence, leases, tracking
from triage.store.counts import Counts
from triage.store.database import Database
from triage.store.driver import sqlite3
from triage.sync.backoff import retry_at
from triage.sync.events import told

if TYPE_CHECKING:
    from triage.transport import Http

_STOPPED = "the pull was stopped before its end"


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """
    What a run is kept under.

    Attributes:
        label: What the batch is called: a file's name, or "sync".
        resume: Begin at the stored cursor and move it; an import reads all.
        configured: It is kept whatever ends it, before the first page too.
        statuses: What a tracker's words mean, where a person has said.
    """

    source: str
    connector_name: str
    label: str
    resume: bool
    configured: bool = False
    statuses: Mapping[str, str] = field(default_factory=dict)


class Keeping:
    """
    One run as it is stored.

    Attributes:
        batch_id: 0 until a page is stored.
    """

    def __init__(self, db: Database, run: Run) -> None:
        self._db, self._run = db, run
        self._source_id = 0
        self._is_new = False
        self.batch_id = 0

    def begin(self) -> Cursor | None:
        """Hold the source, and where to resume; ``Held`` where another process does."""
        with self._db.write() as write:
            row = _row(write, self._run.source)
            self._is_new = row is None
            self._source_id = self._hold(write)
        return row["cursor"] if row is not None and self._run.resume else None

    def store(self, page: Page) -> Counts:
        """Keep a page and the cursor behind it, or neither."""
        if not self._run.resume:
            page = replace(page, cursor=None)
        with self._db.write() as write:
            # Another may have taken it over from a process that seemed to be gone.
            source_id = self._hold(write)
            batch_id = self.batch_id or self._begin_batch(write, source_id)
            counts = evidence.save_page(
                write, source_id, batch_id, page, self._db.clock()
            )
        self._source_id, self.batch_id = source_id, batch_id
        return counts

    def keys(self) -> list[str]:
        """What the roadmap has of this tracker."""
        return tracking.keys(self._db.read(), self._run.source)

    def track(
        self, asked: Sequence[str], told: Sequence[Planned]
    ) -> tuple[Counts, list[tracking.Move]]:
        """Keep what a tracker says of what was asked, and mark what is gone there."""
        with self._db.write() as write:
            self._source_id = self._hold(write)
            self.batch_id = self.batch_id or self._begin_batch(write, self._source_id)
            wanted = set(asked)
            return tracking.save(
                write, self._run.source, [one for one in told if one.key in wanted],
                self._run.statuses, self._db.clock(), asked=asked,
            )  # fmt: skip

    def end(self, error: Exception | None, http: Http | None = None) -> datetime | None:
        """
        Note how the run ended and let the source go; when to try again after an error.

        Nothing is noted of settings that were wrong from the start, unless the source
        is a configured one.
        """
        is_noted = (
            error is None
            or isinstance(error, SourceError)
            or self._run.configured
            or self.batch_id
        )
        if not is_noted:
            self.stop()
            return None
        with self._db.write() as write:
            source_id = self._source_id or self._hold(write)
            batch_id = self.batch_id or self._begin_batch(write, source_id)
            until = self._end(write, source_id, batch_id, error)
            if http is not None:
                used = http.usage
                calls, by = used.calls, used.budgets.values()
                budgets.note(write, source_id, batch_id, calls, by)
        self.batch_id = batch_id
        return until

    def stop(self) -> None:
        """Somebody stopped it, or holds the source: no success, and no failure."""
        with self._db.write() as write:
            leases.give_back(write, self._source_id)
            if self.batch_id:
                evidence.end_batch(write, self.batch_id, _STOPPED, self._db.clock())
            elif self._is_new:
                evidence.forget_source(write, self._source_id)

    def _hold(self, write: sqlite3.Connection) -> int:
        name = self._run.connector_name
        source_id = evidence.ensure_source(write, self._run.source, name)
        leases.take(write, source_id, self._db.clock())
        return source_id

    def _begin_batch(self, write: sqlite3.Connection, source_id: int) -> int:
        now = self._db.clock()
        return evidence.begin_batch(write, source_id, self._run.label, now)

    def _end(
        self,
        write: sqlite3.Connection,
        source_id: int,
        batch_id: int,
        error: Exception | None,
    ) -> datetime | None:
        now = self._db.clock()
        evidence.end_batch(write, batch_id, told(error) if error else "", now)
        leases.give_back(write, source_id)
        if error is None:
            return None
        row = write.execute("SELECT failures FROM source WHERE id = ?", (source_id,))
        failures = int(row.fetchone()["failures"]) + 1
        until = retry_at(error, failures, now)
        evidence.back_off(write, source_id, failures, until)
        return until


class Rehearsing(Keeping):
    """A run of which nothing is kept; it counts what would be."""

    def __init__(self, db: Database, run: Run) -> None:
        super().__init__(db, run)
        self._told: set[str] = set()

    def begin(self) -> Cursor | None:
        """Where a real run would resume."""
        row = _row(self._db.read(), self._run.source)
        return row["cursor"] if row is not None and self._run.resume else None

    def store(self, page: Page) -> Counts:
        """What the page would bring, beside the pages before it."""
        fresh = [one for one in page.items if one.external_id not in self._told]
        again = len(page.items) - len(fresh)
        counts = self._counted(replace(page, items=fresh))
        counts.same += again
        self._told.update(one.external_id for one in fresh)
        return counts

    def _counted(self, page: Page) -> Counts:
        counts = Counts()
        now = self._db.clock()
        with self._db.rehearse() as write:
            source_id = evidence.ensure_source(
                write, self._run.source, self._run.connector_name
            )
            batch = evidence.begin_batch(write, source_id, self._run.label, now)
            counts.add(evidence.save_page(write, source_id, batch, page, now))
        return counts

    def track(
        self, asked: Sequence[str], told: Sequence[Planned]
    ) -> tuple[Counts, list[tracking.Move]]:
        """What a tracker says, kept nowhere."""
        with self._db.rehearse() as write:
            return tracking.save(
                write, self._run.source, told, self._run.statuses, self._db.clock(),
                asked=asked,
            )  # fmt: skip

    def end(self, error: Exception | None, http: Http | None = None) -> datetime | None:
        """Nothing is noted."""
        del error, http
        return None

    def stop(self) -> None:
        """Nothing is held."""


def fail(db: Database, run: Run, error: Exception) -> datetime | None:
    """Note a failure of a configured source that came to no run; when to try again."""
    try:
        return Keeping(db, run).end(error)
    except Held:
        # Whoever pulls it now will say how it went.
        return None


def _row(read: sqlite3.Connection, source: str) -> sqlite3.Row | None:
    found: sqlite3.Row | None = read.execute(
        "SELECT * FROM source WHERE name = ?", (source,)
    ).fetchone()
    return found
