"""The backlog as JSON values: everything needed to build it again elsewhere."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from triage.export.backlog import Backlog, BacklogRow
from triage.export.columns import COLUMNS, finite, moment
from triage.model import Evidence, Feedback, RoadmapItem
from triage.planning import Estimate, Story, Tracked
from triage.scoring import Scored
from triage.store.views import Quote, how_far

VERSION = 1
SCHEMA = f"triage.backlog/{VERSION}"
LINE_SCHEMA = "triage.pain_point/1"


def document(backlog: Backlog) -> dict[str, Any]:
    """The whole backlog; ``schema`` first, so that the head of a file tells it."""
    return {
        "schema": SCHEMA,
        "as_of": moment(backlog.as_of),
        "formula": backlog.formula.title,
        "formula_hash": backlog.formula.hash,
        "formula_says": backlog.formula.says,
        "pain_points": [
            pain_point(row, scores)
            for row, scores in zip(backlog.rows, backlog.every_score(), strict=True)
        ],
        "roadmap_items": [
            roadmap_item(item, backlog.tracked.get((item.tracker, item.key)))
            for item in backlog.roadmap_items
        ],
        "weights": backlog.weights.told(),
        "weights_hash": backlog.weights.hash,
        "redacted": backlog.is_redacted,
    }


def pain_point(row: BacklogRow, scores: Iterable[Scored]) -> dict[str, Any]:
    """One pain point: every column, then what it rests on and what would settle it."""
    quotes = {quote.evidence.id for quote in row.view.quotes}
    return {
        **{column.name: column.of(row) for column in COLUMNS},
        "inputs": _inputs(row.scored),
        "evidence": [
            _evidence(quote)
            for quote in sorted(row.view.quotes, key=lambda quote: quote.evidence.id)
        ],
        "roadmap": [
            {
                **roadmap_item(plan.item, plan.tracked),
                "extent": plan.link.extent.value,
            }
            for plan in sorted(row.view.plans, key=lambda plan: plan.item.id)
        ],
        "estimates": [
            _estimate(one, quotes)
            for one in sorted(row.view.estimates, key=lambda one: one.name)
        ],
        "stories": [
            _story(one, quotes)
            for one in sorted(row.view.stories, key=lambda one: one.id)
        ],
        "scores": [_score(one, quotes) for one in scores],
        "own_story": row.view.pain_point.story,
        "own_acceptance": row.view.pain_point.acceptance,
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


def roadmap_item(item: RoadmapItem, tracked: Tracked | None = None) -> dict[str, Any]:
    """Something planned, and what its tracker said of it last."""
    return {
        "id": item.short,
        "title": item.title,
        "horizon": item.horizon.value,
        "status": how_far(item, tracked),
        "own_status": item.status.value,
        "tracker": item.tracker,
        "key": item.key,
        "url": item.url,
        "owner": item.owner,
        "target": item.target,
        "tracked": None if tracked is None else _tracked(tracked),
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


def _tracked(tracked: Tracked) -> dict[str, Any]:
    # When it was asked is left out: each sync would make another file of it.
    return {
        "title": tracked.title,
        "state": tracked.state,
        "status": tracked.status or None,
        "url": tracked.url,
        "owner": tracked.owner,
        "target": tracked.target,
        "updated_at": moment(tracked.updated_at),
        "gone_at": moment(tracked.gone_at),
    }


def _estimate(one: Estimate, quotes: Collection[int]) -> dict[str, Any]:
    return {
        "name": one.name,
        "value": finite(one.value),
        "evidence": _cited(one.evidence, quotes),
        "reason": one.reason,
        "at": moment(one.at),
        "by": one.by,
    }


def _story(one: Story, quotes: Collection[int]) -> dict[str, Any]:
    return {
        "id": one.short,
        "role": one.role,
        "want": one.want,
        "benefit": one.benefit,
        "context": one.context,
        "criteria": [
            {"given": each.given, "when": each.when, "then": each.then}
            for each in one.criteria
        ],
        "evidence": _cited(one.evidence, quotes),
        "assumption": one.assumption,
        "at": moment(one.at),
        "by": one.by,
    }


def _cited(evidence: Iterable[int], quotes: Collection[int]) -> list[str]:
    """Those quotes that are evidence still."""
    return [f"e{one}" for one in sorted(evidence) if one in quotes]


def _inputs(scored: Scored) -> list[dict[str, Any]]:
    """What the formula took, and whether evidence, a person or nobody said so."""
    return [
        {"name": one.name, "value": finite(one.value), "from": one.origin.value}
        for one in scored.parts
    ]


def _score(scored: Scored, quotes: Collection[int]) -> dict[str, Any]:
    # Who set an input and when stands with the estimates: a column's own is told by
    # the history here, which a backlog that is restored elsewhere begins anew.
    placed = scored.placed
    return {
        "formula": f"{scored.formula}-{scored.version}",
        "formula_hash": scored.formula_hash,
        "value": finite(scored.value),
        "low": finite(scored.low),
        "high": finite(scored.high),
        "lacks": list(scored.lacks),
        "working": scored.working,
        "placed": None if placed is None else finite(placed.value),
        "parts": [
            {
                "name": one.name,
                "value": finite(one.value),
                "from": one.origin.value,
                "says": one.says,
                "evidence": _cited(one.evidence, quotes),
                "reason": one.reason,
                "uncapped": finite(one.uncapped),
            }
            for one in scored.parts
        ],
    }
