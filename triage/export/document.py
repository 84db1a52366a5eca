"""The backlog as JSON values: everything needed to build it again elsewhere."""

from __future__ import annotations

from typing import Any

from triage.export.backlog import Backlog, BacklogRow
from triage.export.columns import COLUMNS, finite, moment
from triage.model import Evidence, Feedback, RoadmapItem
from triage.store.views import Quote

VERSION = 1
SCHEMA = f"triage.backlog/{VERSION}"
LINE_SCHEMA = "triage.pain_point/1"


def document(backlog: Backlog) -> dict[str, Any]:
    """The whole backlog; ``schema`` first, so that the head of a file tells it."""
    return {
        "schema": SCHEMA,
        "as_of": moment(backlog.as_of),
        "formula": backlog.formula,
        "formula_hash": backlog.formula_hash,
        "formula_says": backlog.formula_says,
        "pain_points": [pain_point(row) for row in backlog.rows],
        "roadmap_items": [roadmap_item(item) for item in backlog.roadmap_items],
    }


def pain_point(row: BacklogRow) -> dict[str, Any]:
    """One pain point: every column, then what it rests on and what would settle it."""
    return {
        **{column.name: column.of(row) for column in COLUMNS},
        "inputs": _inputs(row),
        "evidence": [
            _evidence(quote)
            for quote in sorted(row.view.quotes, key=lambda quote: quote.evidence.id)
        ],
        "roadmap": [
            {**roadmap_item(plan.item), "extent": plan.link.extent.value}
            for plan in sorted(row.view.plans, key=lambda plan: plan.item.id)
        ],
    }


def feedback(said: Feedback) -> dict[str, Any]:
    """What a customer said once, whole."""
    return {
        "id": said.short,
        "source": said.source,
        "external_id": said.external_id,
        "channel": said.channel.value,
        "kind": said.kind.value,
        "title": said.title,
        "body": said.body,
        "author": said.author,
        "email": said.email,
        "company": said.company,
        "rating": finite(said.rating),
        "scale": said.scale,
        "metric": said.metric,
        "language": said.language,
        "app_version": said.app_version,
        "url": said.url,
        "thread": said.thread,
        "context": dict(said.context),
        "received_at": moment(said.received_at),
        "edited_at": moment(said.edited_at),
    }


def roadmap_item(item: RoadmapItem) -> dict[str, Any]:
    """Something planned."""
    return {
        "id": item.short,
        "title": item.title,
        "horizon": item.horizon.value,
        "status": item.status.value,
        "tracker": item.tracker,
        "key": item.key,
        "url": item.url,
    }


def _evidence(quote: Quote) -> dict[str, Any]:
    evidence: Evidence = quote.evidence
    return {
        "id": f"e{evidence.id}",
        "quote": evidence.quote,
        "start": evidence.start,
        "end": evidence.end,
        "importance": int(evidence.importance),
        "observed": evidence.observed,
        "at": moment(evidence.at),
        "by": evidence.by,
        "feedback": feedback(quote.feedback),
    }


def _inputs(row: BacklogRow) -> list[dict[str, Any]]:
    """What the formula took, and whether evidence, a person or nobody said so."""
    point = row.view.pain_point
    set_by_people: tuple[tuple[str, float | None, float], ...] = (
        ("severity", point.severity or None, 1),
        ("confidence", point.confidence, 1.0),
        ("effort", point.effort or None, 1.0),
    )
    return [
        {"name": "demand", "value": finite(row.score.demand), "from": "evidence"},
        *(
            {
                "name": name,
                "value": finite(default if value is None else value),
                "from": "default" if value is None else "person",
            }
            for name, value, default in set_by_people
        ),
    ]
