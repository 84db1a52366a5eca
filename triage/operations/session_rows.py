"""Rows of a session, of what its participant agreed to and of what is marked in it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from triage.operations.changes import added, edited, moment, removed
from triage.operations.highlights import highlight_columns
from triage.research import Consent, FollowUp, Highlight, Session
from triage.step import Change


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A row of ``consent``: what somebody agreed to, and who wrote that down when."""

    consent: Consent
    at: datetime
    by: str = ""


def columns(session: Session) -> Mapping[str, Any]:
    """A row of ``session``, but for its id."""
    return {
        "feedback_id": session.feedback_id,
        "key": session.key,
        "kind": str(session.kind),
        "title": session.title,
        "text": session.text,
        "participant": session.participant,
        "email": session.email,
        "company": session.company,
        "segment": session.segment,
        "language": session.language,
        "held_at": moment(session.held_at),
        "guide": session.guide,
        "asked": session.asked,
        "confirmed": None if session.confirmed is None else int(session.confirmed),
        "surprise": session.surprise,
        "circumstances": _json(dict(sorted(session.circumstances.items()))),
        "told": _json(dict(sorted(session.told.items()))),
        "rating": session.rating,
        "scale": session.scale,
        "metric": session.metric,
        "follow_ups": _json(list(map(_follow_up_column, session.follow_ups))),
        "digest": session.digest,
        "number": session.number,
        "at": moment(session.at),
        "by": session.by,
    }


def consent_changes(
    feedback_id: int, before: Asked | None, after: Asked | None
) -> tuple[Change, ...]:
    """What somebody agreed to, from what it was; None where nobody wrote it down."""
    if before is None and after is None:
        return ()
    if before is None or after is None:
        make, one = (removed, before) if after is None else (added, after)
        assert one is not None
        return (make("consent", feedback_id, _consent_columns(one)),)
    if before.consent is after.consent:
        return ()
    change = edited(
        "consent", feedback_id, _consent_columns(before), _consent_columns(after)
    )
    return (change,) if change else ()


def consent_moved(
    was: int, becomes: int, before: Asked | None, after: Asked | None
) -> tuple[Change, ...]:
    """As ``consent_changes``, where the feedback may be another by now."""
    if was == becomes:
        return consent_changes(was, before, after)
    return (*consent_changes(was, before, None), *consent_changes(becomes, None, after))


def _consent_columns(asked: Asked) -> Mapping[str, Any]:
    return {"consent": str(asked.consent), "at": moment(asked.at), "by": asked.by}


def highlight_changes(
    before: Sequence[Highlight], after: Sequence[Highlight]
) -> tuple[Change, ...]:
    """Highlights that go, change and come; one with a known id changes."""
    stood = {one.id: one for one in before}
    changes: list[Change | None] = [
        removed("highlight", one.id, highlight_columns(one))
        for one in before
        if one.id not in {kept.id for kept in after}
    ]
    for one in after:
        known = stood.get(one.id)
        told = highlight_columns(one)
        changes.append(
            edited("highlight", one.id, highlight_columns(known), told)
            if known
            else added("highlight", one.id, told)
        )
    return tuple(change for change in changes if change)


def _follow_up_column(one: FollowUp) -> dict[str, Any]:
    return {
        "text": one.text,
        "due": one.due.isoformat() if one.due else None,
        "done_at": moment(one.done_at),
    }


def _json(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"), allow_nan=False)
