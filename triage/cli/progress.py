"""How a pull is told while it runs, and what it came to."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Any

import click

from triage.cli.output import cells, clock, count, emit, line_of, moment, note
from triage.text.display import one_line
from triage.text.pace import Pace

if TYPE_CHECKING:
    from triage.store.counts import Counts
    from triage.sync import (
        Attached,
        Ended,
        Failed,
        Fetched,
        Moved,
        Skipped,
        SyncEvent,
        Woken,
    )

WORDS = ("new", "changed", "same", "quarantined", "gone")

PARTLY = 3
"""Exit code: some sources or files were read, others not."""


class Progress:
    """
    Told on stderr: one line that changes on a terminal, JSON lines for a script.

    Attributes:
        counts: What became of every input so far, over all sources.
        failures: The source or file that failed, and why.
        skipped: The source that was left alone, and why.
    """

    def __init__(self, *, as_json: bool, asked: int = 1) -> None:
        self.as_json = as_json
        self.counts = dict.fromkeys(WORDS, 0)
        self.batches: list[dict[str, Any]] = []
        self.failures: list[tuple[str, str]] = []
        self.skipped: list[dict[str, Any]] = []
        self.attached: list[dict[str, Any]] = []
        self.moved: list[dict[str, Any]] = []
        self.woken = 0
        self._asked = asked
        self._on_terminal = sys.stderr.isatty()
        self._began = time.monotonic()
        self._stage = ""
        self._paces: dict[tuple[str, str], Pace] = {}
        self._told_at = 0.0
        self._running: dict[str, Counts] = {}
        self._done = 0
        self._cut: set[str] = set()
        self._shown = 0

    def take(self, event: SyncEvent) -> None:
        """Tell what happened."""
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
            self._fetch(event)
        elif isinstance(event, Grouped):
            share = event.done / event.total if event.total else None
            self._tell("", "compared", event.done, share)
        elif isinstance(event, Failed):
            self.failed(event)
        elif isinstance(event, Skipped):
            self.skip(event)
        elif isinstance(event, Ended):
            self.end(event)
        elif isinstance(event, Attached):
            self._attach(event)
        elif isinstance(event, Woken):
            self._wake(event)
        elif isinstance(event, Moved):
            self._move(event)

    def fail(self, name: str, why: str, retry_at: str | None = None) -> None:
        """One source or file could not be read to its end."""
        self.failures.append((name, why))
        self.wipe()
        if self.as_json:
            told = {"event": "failed", "source": name, "why": why}
            click.echo(line_of({**told, "retry_at": retry_at}), err=True)
        else:
            note(f"triage: {name}: {why}")

    def failed(self, event: Failed) -> None:
        """A source failed, and is left alone for a while."""
        self._done += 1
        self._cut.add(event.source)
        self.fail(event.source, event.why, moment(event.retry_at))
        if event.retry_at and not self.as_json:
            note(f"  not tried again before {clock(event.retry_at)} unless you ask")

    def skip(self, event: Skipped) -> None:
        """A source was left alone, which is no failure."""
        self._done += 1
        told = {
            "source": event.source,
            "why": event.why,
            "retry_at": moment(event.retry_at),
        }
        self.skipped.append(told)
        self.wipe()
        if self.as_json:
            click.echo(line_of({"event": "skipped", **told}), err=True)
        else:
            note(f"{event.source}: {event.why}")

    def stop(self) -> None:
        """A person interrupted: say what is kept."""
        self.wipe()
        running = sum(counts.total for counts in self._running.values())
        kept = sum(self.counts[word] for word in WORDS if word != "gone") + running
        note(
            f"stopped; {count(kept, 'input')} read until then and kept."
            " Do it again to go on"
        )

    def stage(self, word: str, share: float) -> None:
        """Work in stages has come to one; ``share`` of all is done."""
        now = time.monotonic()
        is_other = word != self._stage
        if self._on_terminal and (is_other or now - self._told_at >= 0.1):
            self._told_at, self._stage = now, word
            pace = self._paces.setdefault(("", ""), Pace())
            self._show(f"{word}, {pace.told(None, share)}")

    def _show(self, text: str) -> None:
        line = one_line(text, 78)
        room = max(0, self._shown - cells(line))
        click.echo(f"\r{line}{' ' * room}", nl=False, err=True)
        self._shown = cells(line)

    def wipe(self) -> None:
        """Empty the line that changes."""
        if self._shown:
            click.echo("\r" + " " * self._shown + "\r", nl=False, err=True)
            self._shown = 0

    def code(self, asked: int) -> int:
        """The exit code of so many that were asked for: what was left alone is well."""
        tried = asked - len(self.skipped)
        failed = len({name for name, _ in self.failures})
        if not failed:
            return 0
        if failed < tried:
            note(f"{failed} of {tried} failed; the others are in")
        return 1 if failed >= tried else PARTLY

    @property
    def seconds(self) -> float:
        """How long it has taken."""
        return round(time.monotonic() - self._began, 3)

    def as_dict(self) -> dict[str, Any]:
        """What it came to, for ``--json``."""
        # Who was cut short by a fault has no end of its own; its pages are stored.
        cut = [figures(counts) for counts in self._running.values()]
        return {
            **{
                word: many + sum(one[word] for one in cut)
                for word, many in self.counts.items()
            },
            "batches": self.batches,
            "attached": self.attached,
            "woken": self.woken,
            "failed": [{"source": name, "why": why} for name, why in self.failures],
            "skipped": self.skipped,
            "seconds": self.seconds,
        }

    def _attach(self, event: Attached) -> None:
        self.attached.append({"step": event.step, "feedback": event.feedback})
        self.wipe()
        if not self.as_json:
            emit(one_line(f"{event.label} (step {event.step})", 400))

    def _wake(self, event: Woken) -> None:
        self.woken += event.feedback
        self.wipe()
        if not self.as_json:
            emit(f"{event.feedback:,} woke up: something new says the same")

    def _move(self, event: Moved) -> None:
        told = of_moved(event)
        self.moved.append(told)
        self.wipe()
        if self.as_json:
            click.echo(line_of({"event": "moved", **told}), err=True)
        else:
            emit(one_line(event.line, 400))

    def end(self, event: Ended) -> None:
        """A source is done, well or not."""
        told = figures(event.counts)
        self._running.pop(event.source, None)
        self._done += event.source not in self._cut
        for word in WORDS:
            self.counts[word] += told[word]
        batch = f"b{event.batch_id}" if event.batch_id else None
        self.batches.append(
            {
                "id": batch, "source": event.source, **told,
                "seconds": round(event.seconds, 3),
            }
        )  # fmt: skip
        self.wipe()
        if not self.as_json:
            emit(spoken(event))
        if told["quarantined"] and batch:
            note(
                f"{count(told['quarantined'], 'input')} of {event.source} could not be"
                " read, and kept apart; `triage sources quarantined` says why"
            )

    def _fetch(self, event: Fetched) -> None:
        self._running[event.source] = event.counts
        if len(set(self._running) - self._cut) > 1 and self._on_terminal:
            self._tell_all()
        else:
            self._tell(event.source, "read", event.counts.total, event.progress)

    def _is_early(self) -> bool:
        now = time.monotonic()
        if now - self._told_at < (0.1 if self._on_terminal else 1.0):
            return True
        self._told_at = now
        return False

    def _tell_all(self) -> None:
        """Several at once on one line: how much of each, and how many are done."""
        if self._is_early():
            return
        parts = [
            f"{name} {one.total:,}"
            for name, one in sorted(self._running.items())
            if name not in self._cut
        ]
        room = 78 - len(f" · {self._done} of {self._asked} done")
        told = one_line(" · ".join(parts), room)
        self._show(f"{told} · {self._done} of {self._asked} done")

    def _tell(self, name: str, did: str, many: int, share: float | None) -> None:
        pace = self._paces.setdefault((name, did), Pace())
        if self._is_early():
            return
        if self._on_terminal:
            told = pace.told(many, share)
            place = f"{name}: " if name else ""
            self._show(f"{place}{many:,} {did}{', ' * bool(told)}{told}")
        elif self.as_json:
            event = {"event": did, "source": name, "count": many, "share": share}
            click.echo(line_of(event), err=True)


def of_moved(event: Moved) -> dict[str, Any]:
    """Something planned that is in another state at its tracker."""
    return {
        "source": event.source,
        "roadmap_item": event.name,
        "key": event.key,
        "title": event.title,
        "before": event.before,
        "state": event.state,
        "status": event.status or None,
        "gone": event.is_gone,
        "people": event.people,
        "pain_points": list(event.pain_points),
    }


def figures(counts: Counts) -> dict[str, int]:
    """Every count by its word, those of nothing too."""
    return {word: getattr(counts, word) for word in WORDS}


def spoken(event: Ended) -> str:
    """What came of a source, on one line."""
    told = figures(event.counts)
    words = ", ".join(
        f"{told[word]:,} {word}" for word in WORDS if word != "gone" or told[word]
    )
    many = event.counts.total
    rate = f", {many / event.seconds:,.0f}/s" if event.seconds > 1 else ""
    place = f"b{event.batch_id}" if event.batch_id else "nothing was stored"
    return one_line(f"{event.source}: {words} ({place}, {event.seconds:.1f} s{rate})")
