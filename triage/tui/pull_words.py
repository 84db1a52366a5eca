"""What a pull of one or several sources is told as, while it goes on and at its end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from triage.errors import SourceError, TriageError
from triage.store.counts import Counts
from triage.text.display import one_line
from triage.text.pace import Pace

if TYPE_CHECKING:
    from triage.sync import Ended, Failed, Fetched, Grouped, Moved, SyncEvent


class Told:
    """
    One sync or import as it goes.

    Args:
        asked: How many sources are pulled.
        stop: The key that stops it.
        sources: The key of the screen that keeps what went wrong.
    """

    def __init__(self, asked: int, stop: str, sources: str) -> None:
        self._asked, self._sources = asked, sources
        self._halt = f"{stop} stops"
        self._running: dict[str, Counts] = {}
        self._paces: dict[str, Pace] = {}
        self._done: set[str] = set()
        self._sum = Counts()
        self._failed: dict[str, Failed] = {}
        self._left: list[str] = []
        self._attached = self._woken = 0
        self._moved: list[Moved] = []

    def take(self, event: SyncEvent) -> str:
        """What the status line says now; "" where it stays."""
        from triage.sync import (
            Attached,
            Ended,
            Failed,
            Fetched,
            Grouped,
            Moved,
            Skipped,
            Woken,
        )

        if isinstance(event, Fetched):
            return self._fetched(event)
        if isinstance(event, Grouped):
            return self._grouped(event)
        if isinstance(event, Failed):
            self._failed[event.source] = event
            self._done.add(event.source)
        elif isinstance(event, Skipped):
            self._left.append(event.source)
            self._done.add(event.source)
        elif isinstance(event, Ended):
            self._ended(event)
        elif isinstance(event, Attached):
            self._attached += event.feedback
        elif isinstance(event, Woken):
            self._woken += event.feedback
        elif isinstance(event, Moved):
            self._moved.append(event)
        return ""

    def knows(self, bug: Exception) -> bool:
        """Whether it was told as the failure of a source."""
        bugs = bug.exceptions if isinstance(bug, ExceptionGroup) else (bug,)
        told = [failed.error for failed in self._failed.values()]
        return all(one in told for one in bugs)

    def complaint(self) -> TriageError | None:
        """What failed, once it is over: one with its reason, several by their names."""
        if not self._failed:
            return None
        if len(self._failed) > 1:
            names = ", ".join(one_line(name, 20) for name in self._failed)
            return SourceError(
                f"{len(self._failed)} sources failed: {names}."
                f" {self._sources} says why, and what to do"
            )
        ((name, failed),) = self._failed.items()
        if self._asked == 1 and isinstance(failed.error, TriageError):
            return failed.error
        return SourceError(f"{one_line(name, 40)}: {failed.why}")

    def end(self, *, stopped: bool) -> str:
        """What it came to, in one line."""
        for counts in self._running.values():
            self._sum.add(counts)
        self._running.clear()
        new, changed = self._sum.new, self._sum.changed
        if stopped:
            return f"Stopped: {new:,} new kept; the next sync goes on from there"
        parts = [f"Done: {new:,} new, {changed:,} changed"]
        if self._attached:
            parts[0] += f", {self._attached:,} attached by itself"
        if self._woken:
            parts[0] += f", {self._woken:,} woke up: something new says the same"
        parts += self._plans()
        if self._failed:
            names = ", ".join(one_line(name, 20) for name in self._failed)
            parts.append(f"failed: {names}, {self._sources} says why")
        if self._left:
            names = ", ".join(one_line(name, 20) for name in self._left)
            parts.append(f"left alone for now: {names}")
        if not self._failed:
            parts.append("n shows what is new")
        return " · ".join(parts)

    def _plans(self) -> list[str]:
        """What has moved at trackers: one in words, several counted."""
        shipped = [one for one in self._moved if one.status == "shipped"]
        if len(self._moved) == 1:
            return [one_line(self._moved[0].line, 120)]
        if not self._moved:
            return []
        told = f"{len(self._moved)} plans moved"
        return [f"{told}, {len(shipped)} shipped" if shipped else told]

    def _fetched(self, event: Fetched) -> str:
        self._running[event.source] = event.counts
        going_on = sorted(set(self._running) - self._done)
        if len(going_on) > 1:
            parts = [
                f"{one_line(name, 20)} {self._running[name].total:,}"
                for name in going_on
            ]
            done = f"{len(self._done)} of {self._asked} done"
            return one_line(" · ".join([done, *parts, self._halt]))
        read = event.counts.total
        pace = self._paces.setdefault(event.source, Pace())
        told = (
            f"{event.source}: {read:,} read", f"{event.counts.new:,} new",
            pace.told(read, event.progress), self._halt,
        )  # fmt: skip
        return one_line(" · ".join(part for part in told if part))

    def _grouped(self, event: Grouped) -> str:
        pace = self._paces.setdefault("", Pace())
        share = event.done / event.total if event.total else None
        told = (
            f"compared {event.done:,} of {event.total:,} with the rest",
            pace.told(event.done, share), self._halt,
        )  # fmt: skip
        return one_line(" · ".join(part for part in told if part))

    def _ended(self, event: Ended) -> None:
        self._done.add(event.source)
        self._running.pop(event.source, None)
        self._sum.add(event.counts)
