"""A session as ``--json`` prints it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from triage.cli.highlight_shapes import of_highlight
from triage.cli.output import moment

if TYPE_CHECKING:
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
        "consent": view.consent.word,
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
        "highlights": [
            of_highlight(one, view.feedback.short) for one in view.highlights
        ],
        "text": told.text,
        "at": moment(told.at),
        "by": told.by,
    }
