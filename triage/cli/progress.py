"""How a pull is told while it runs, and what it came to."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Any

import click

from triage.cli.output import cells, count, emit, line_of, note
from triage.text.display import one_line
from triage.text.pace import Pace

if TYPE_CHECKING:
    from triage.errors import TriageError
    from triage.sync import Attached, Ended, SyncEvent, Woken

_WORDS = ("new", "changed", "same", "quarantined")


class Progress:
    """
    Told on stderr: one line that changes on a terminal, JSON lines for a script.

    Attributes:
        counts: What became of every input so far, over all sources.
        failures: The source or file that failed, and how.
    """

    def __init__(self, *, as_json: bool) -> None:
        self.as_json = as_json
        self.counts = dict.fromkeys(_WORDS, 0)
        self.batches: list[dict[str, Any]] = []
        self.failures: list[tuple[str, TriageError]] = []
        self.attached: list[dict[str, Any]] = []
        self.woken = 0
        self._on_terminal = sys.stderr.isatty()
        self._began = time.monotonic()
        self._stage = ""
        self._paces: dict[tuple[str, str], Pace] = {}
        self._told_at = 0.0
        self._running = dict.fromkeys(_WORDS, 0)
        self._shown = 0

    def take(self, event: SyncEvent) -> None:
        """Tell what happened."""
        from triage.sync import Attached, Ended, Failed, Fetched, Grouped, Woken

        if isinstance(event, Fetched):
            self._running = event.counts.as_dict()
            many = sum(self._running.values())
            self._tell(event.source, "read", many, event.progress)
        elif isinstance(event, Grouped):
            share = event.done / event.total if event.total else None
            self._tell("", "compared", event.done, share)
        elif isinstance(event, Failed):
            self.fail(event.source, event.error)
        elif isinstance(event, Ended):
            self._end(event)
        elif isinstance(event, Attached):
            self._attach(event)
        elif isinstance(event, Woken):
            self._wake(event)

    def fail(self, name: str, error: TriageError) -> None:
        """One source or file could not be read to its end."""
        self.failures.append((name, error))
        self.wipe()
        if self.as_json:
            told = line_of({"event": "failed", "source": name, "why": str(error)})
            click.echo(told, err=True)
        else:
            note(f"triage: {name}: {error}")

    def stop(self) -> None:
        """A person interrupted: say what is kept."""
        self.wipe()
        kept = sum(self.counts.values()) + sum(self._running.values())
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

    @property
    def seconds(self) -> float:
        """How long it has taken."""
        return round(time.monotonic() - self._began, 3)

    def as_dict(self) -> dict[str, Any]:
        """What it came to, for ``--json``."""
        return {
            **self.counts,
            "batches": self.batches,
            "attached": self.attached,
            "woken": self.woken,
            "failed": [
                {"source": name, "why": str(error)} for name, error in self.failures
            ],
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

    def _end(self, event: Ended) -> None:
        told = event.counts.as_dict()
        for word in _WORDS:
            self.counts[word] += told[word]
        self._running = dict.fromkeys(_WORDS, 0)
        self.batches.append(
            {
                "id": f"b{event.batch_id}",
                "source": event.source,
                **told,
                "seconds": round(event.seconds, 3),
            }
        )
        self.wipe()
        if not self.as_json:
            spoken = ", ".join(f"{told[word]:,} {word}" for word in _WORDS)
            many = sum(told.values())
            rate = f", {many / event.seconds:,.0f}/s" if event.seconds > 1 else ""
            emit(
                one_line(
                    f"{event.source}: {spoken} (b{event.batch_id},"
                    f" {event.seconds:.1f} s{rate})"
                )
            )
        if told["quarantined"]:
            note(
                f"{count(told['quarantined'], 'input')} of {event.source} could not be"
                " read, and kept apart; `triage sources quarantined` says why"
            )

    def _tell(self, name: str, did: str, many: int, share: float | None) -> None:
        pace = self._paces.setdefault((name, did), Pace())
        now = time.monotonic()
        if now - self._told_at < (0.1 if self._on_terminal else 1.0):
            return
        self._told_at = now
        if self._on_terminal:
            told = pace.told(many, share)
            place = f"{name}: " if name else ""
            self._show(f"{place}{many:,} {did}{', ' * bool(told)}{told}")
        elif self.as_json:
            event = {"event": did, "source": name, "count": many, "share": share}
            click.echo(line_of(event), err=True)
