"""How endless pulling is told: a line for what came, nothing while nothing does."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from triage.cli.ending import confess
from triage.cli.output import clock, emit, emit_json, moment, note
from triage.cli.progress import Progress, figures, spoken
from triage.store.counts import Counts

if TYPE_CHECKING:
    from triage.sync import Ended, Failed, Skipped, SyncEvent


class Watching(Progress):
    """Told pull by pull, and none of it remembered: it may go on for months."""

    def __init__(self, *, as_json: bool) -> None:
        super().__init__(as_json=as_json)
        # Lines for a log, whoever looks on.
        self._on_terminal = False
        self._failing: set[str] = set()

    def failed(self, event: Failed) -> None:
        """A pull failed; it is tried again by itself."""
        self._failing.add(event.source)
        if event.is_bug:
            confess(event.error)
        if self.as_json:
            counts = self._running.pop(event.source, Counts())
            self._line(
                event.source, "failed", counts, why=event.why,
                retry_at=moment(event.retry_at),
            )  # fmt: skip
            return
        again = f"; again at {clock(event.retry_at)}" if event.retry_at else ""
        note(f"{clock(datetime.now(UTC))} {event.source}: {event.why}{again}")

    def skip(self, event: Skipped) -> None:
        """A source was left alone this time."""
        if self.as_json:
            self._line(event.source, "skipped", Counts(), why=event.why)
        else:
            note(f"{clock(datetime.now(UTC))} {event.source}: {event.why}")

    def end(self, event: Ended) -> None:
        """A pull is over; one that failed was told as that."""
        counts = event.counts
        self._running.pop(event.source, None)
        self._paces.clear()
        if event.source in self._failing:
            self._failing.discard(event.source)
        elif self.as_json:
            self._line(
                event.source, "pulled", counts, batch=f"b{event.batch_id}",
                seconds=round(event.seconds, 3),
            )  # fmt: skip
        elif counts.new or counts.changed or counts.quarantined or counts.gone:
            emit(f"{clock(datetime.now(UTC))} {spoken(event)}")

    def take(self, event: SyncEvent) -> None:
        """Tell what happened, and forget it."""
        super().take(event)
        self.attached.clear()
        self.moved.clear()

    def stop(self) -> None:
        """Ending is how this ends."""
        self.wipe()
        if not self.as_json:
            note("stopped; what came is kept")

    def _line(self, source: str, outcome: str, counts: Counts, **more: Any) -> None:
        told: dict[str, Any] = {
            "source": source, "outcome": outcome, "at": moment(datetime.now(UTC)),
            "id": more.pop("batch", None), **figures(counts), "seconds": None,
            "why": "", "retry_at": None,
        }  # fmt: skip
        emit_json("pull", told | more)
