"""How sources, their pulls and what they could not tell look in JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from triage.cli.output import moment
from triage.cli.shapes import Json

if TYPE_CHECKING:
    from triage.workspace import BatchView, Quarantined, SourceView


def of_source(source: SourceView) -> Json:
    """A source and how it fares; no settings, which may hold secrets."""
    usual, running = source.usual, source.running
    return {
        "name": source.name,
        "connector": source.connector,
        "configured": source.configured,
        "writes": source.writes,
        "health": source.health,
        "feedback": source.feedback,
        "quarantined": source.quarantined,
        "gone": source.gone,
        "newest_at": moment(source.newest_at),
        "synced_at": moment(source.synced_at),
        "failed_at": moment(source.failed_at),
        "failure": source.failure,
        "failures": source.failures,
        "retry_at": moment(source.retry_at),
        "next_at": moment(source.next_at),
        "usual_seconds": usual.total_seconds() if usual else None,
        "late": source.is_late,
        "gap": source.gap,
        "gap_at": moment(source.gap_at),
        "lag_seconds": source.lag.total_seconds() if source.lag is not None else None,
        "calls": source.calls,
        "next_calls": source.next_calls,
        "budgets": [
            {"left": one.left, "of": one.of, "seconds": one.seconds}
            for one in source.budgets
        ],
        "pulled_by": source.holder,
        "pulling": of_batch(running) if running else None,
    }


def of_batch(batch: BatchView) -> Json:
    """One import or sync run."""
    return {
        "id": f"b{batch.id}",
        "source": batch.source,
        "label": batch.label,
        "new": batch.new,
        "changed": batch.changed,
        "same": batch.same,
        "quarantined": batch.quarantined,
        "gone": batch.gone,
        "failure": batch.failure,
        "started_at": moment(batch.started_at),
        "finished_at": moment(batch.finished_at),
        "taken_back_at": moment(batch.taken_back_at),
    }


def of_quarantined(one: Quarantined) -> Json:
    """An input that could not be read."""
    return {
        "id": one.short,
        "source": one.source,
        "external_id": one.external_id,
        "why": one.why,
    }
