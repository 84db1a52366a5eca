"""A session as ``--json`` prints it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from triage.cli.output import moment

if TYPE_CHECKING:
    from triage.research import Highlight
    from triage.workspace import SessionView


def of_session(view: SessionView) -> dict[str, Any]:
    """All that is known of it."""
    told = view.session
    return {
        "id": told.short,
        "feedback": view.feedback.short,
        "kind": told.kind,
        "title": told.title,
        "participant": told.participant,
        "email": told.email,
        "company": told.company,
        "segment": told.segment,
        "language": told.language,
        "consent": view.consent,
        "held_at": moment(told.held_at),
        "guide": told.guide,
        "asked": told.asked,
        "understood": told.confirmed,
        "surprise": told.surprise,
        "circumstances": dict(told.circumstances),
        "told": dict(told.told),
        "rating": told.rating,
        "scale": told.scale,
        "metric": told.metric,
        "follow_ups": [
            {
                "text": one.text,
                "due": one.due.isoformat() if one.due else None,
                "done_at": moment(one.done_at),
            }
            for one in told.follow_ups
        ],
        "highlights": [_of_highlight(one) for one in view.highlights],
        "text": told.text,
        "at": moment(told.at),
        "by": told.by,
    }


def _of_highlight(one: Highlight) -> dict[str, Any]:
    beside = one.comparison
    return {
        "id": one.short,
        "quote": one.quote,
        "start": one.start,
        "end": one.end,
        "tags": list(one.tags),
        "feeling": one.feeling or "",
        "intensity": one.intensity,
        "meaning": one.meaning or "",
        "competitor": beside.competitor if beside else "",
        "aspect": beside.aspect if beside else "",
        "stance": beside.stance if beside else "",
    }
