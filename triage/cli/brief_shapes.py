"""A brief as ``--json`` prints it."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from triage.cli.output import moment

if TYPE_CHECKING:
    from triage.brief import Brief, Metric, Shipped


def of_brief(brief: Brief) -> dict[str, Any]:
    """All that the page says, as values."""
    return {
        "since": moment(brief.since),
        "until": moment(brief.until),
        "formula": brief.formula,
        "open": brief.ranked,
        "pain_points": [_told(asdict(one)) for one in brief.pains],
        "moved": [_told(asdict(one)) for one in brief.moved],
        "feedback": brief.feedback,
        "people": brief.people,
        "weeks": [
            {
                "monday": f"{one.monday}", "feedback": one.count,
                "negative": one.negative,
            }
            for one in brief.weeks
        ],
        "metrics": [_metric(one) for one in brief.metrics],
        "shipped": [_shipped(one) for one in brief.shipped],
        "planned": [_told(asdict(one)) for one in brief.planned],
        "to_tell": [_told(asdict(one)) for one in brief.to_tell],
    }  # fmt: skip


def _told(fields: dict[str, Any]) -> dict[str, Any]:
    short = fields.pop("short")
    return {"id": short, **fields}


def _metric(one: Metric) -> dict[str, Any]:
    return {
        "name": one.name,
        "n": one.n,
        "value": one.value,
        "interval": one.interval,
        "is_share": one.percent,
        "before_n": one.before_n,
        "change": one.change.value,
        "change_interval": one.change.interval,
    }


def _shipped(one: Shipped) -> dict[str, Any]:
    effect = one.effect
    return {
        "id": one.short,
        "title": one.title,
        "at": moment(one.at),
        "pains": one.pains,
        "days": effect.days,
        "before": effect.before,
        "after": effect.after,
        "people_before": effect.people_before,
        "people_after": effect.people_after,
        "verdict": effect.verdict,
        "scale": effect.scale,
        "rated": effect.rated,
        "ratings": effect.ratings,
        "rating_change": effect.change.value,
        "rating_change_interval": effect.change.interval,
    }
