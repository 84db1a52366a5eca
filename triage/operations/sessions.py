"""Sessions: what somebody heard in person, written down, changed, taken away."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from triage.errors import NotFound, UsageError
from triage.operations.changes import added, edited, removed
from triage.operations.highlights import highlight_columns
from triage.operations.labels import named, quoted
from triage.operations.marked_text import Heard
from triage.operations.session_rows import (
    Asked,
    columns,
    consent_changes,
    consent_moved,
    highlight_changes,
)
from triage.operations.session_text import Marked, SessionText
from triage.research import Consent, FollowUp, Highlight, Session
from triage.step import Change, Step

VERB = "research"

_SCALE = re.compile(r"(-?\d+(?:\.\d+)?)-(\d+(?:\.\d+)?)")


def write(
    session: Session, asked: Asked | None, highlights: Sequence[Highlight]
) -> Step:
    """A session that was not there, with its consent and what is marked in it."""
    checked(session)
    return Step(
        VERB,
        named(f"Wrote {name(session)}"),
        (
            added("session", session.id, columns(session)),
            *consent_changes(session.feedback_id, None, asked),
            *(added("highlight", one.id, highlight_columns(one)) for one in highlights),
        ),
    )


def rewrite(
    before: Session,
    after: Session,
    asked: tuple[Asked | None, Asked | None],
    highlights: tuple[Sequence[Highlight], Sequence[Highlight]],
) -> Step:
    """A session says something else; each pair is what was and what becomes of it."""
    checked(after)
    told = edited("session", before.id, columns(before), columns(after))
    changes = (
        *([told] if told else ()),
        *consent_moved(before.feedback_id, after.feedback_id, *asked),
        *highlight_changes(*highlights),
    )
    what = _what(told, asked, changes)
    return Step(VERB, named(f"Changed {name(after)}: {what}"), changes)


def remove(
    session: Session, asked: Asked | None, highlights: Sequence[Highlight]
) -> Step:
    """A session goes, with its consent and what was marked in it."""
    return Step(
        VERB,
        named(f"Removed {name(session)}"),
        (
            *(
                removed("highlight", one.id, highlight_columns(one))
                for one in highlights
            ),
            *consent_changes(session.feedback_id, asked, None),
            removed("session", session.id, columns(session)),
        ),
    )


def keep_follow_up(
    session: Session, index: int, at: datetime, *, done: bool = True
) -> Step:
    """
    What was promised is done, or is open after all.

    Args:
        index: Which of the session's follow-ups, from 0.
    """
    if not 0 <= index < len(session.follow_ups):
        count = len(session.follow_ups)
        there = f"there are {count}" if count else "there are none"
        raise NotFound(f"{session.short} has no follow-up {index + 1}; {there}")
    one = session.follow_ups[index]
    if done == (one.done_at is not None):
        return Step(VERB, "", ())
    kept = list(session.follow_ups)
    kept[index] = replace(one, done_at=at if done else None)
    after = replace(session, follow_ups=tuple(kept))
    change = edited("session", session.id, columns(session), columns(after))
    told = "Did what was promised" if done else "Opened what was promised again"
    return Step(
        VERB,
        named(f"{told} in {name(session)}: {quoted(one.text)}"),
        (change,) if change else (),
    )


def name(session: Session) -> str:
    """``i3, interview with Ana`` in a sentence of the history."""
    kind = session.kind.replace("_", " ")
    whom = f" with {session.participant}" if session.participant else ""
    about = f" {quoted(session.title)}" if session.title else ""
    return f"{session.short}, {kind}{whom}{about}"


def checked(session: Session) -> None:
    """
    Refuse what cannot be a session.

    Raises:
        UsageError: It has neither words nor figures, or its rating is off its scale.
    """
    if not session.text and session.rating is None and not session.told:
        raise UsageError(
            "a session needs words: what was said, or what was seen, below the line ---"
        )
    if session.rating is None:
        return
    match = _SCALE.fullmatch(session.scale)
    if match is None:
        raise UsageError("a rating needs its scale, for example scale: 0-10")
    low, high = float(match[1]), float(match[2])
    if not low <= session.rating <= high:
        raise UsageError(f"a rating on {session.scale} is not {session.rating:g}")


def as_told(session: Session, told: SessionText, at: datetime) -> Session:
    """
    A session with all that its text says; what the text cannot say stays.

    Raises:
        UsageError: It took place in the future.
    """
    held_at = told.held_at or session.held_at
    if held_at > at + timedelta(days=1):
        raise UsageError(f"the date is still to come: {held_at.astimezone():%Y-%m-%d}")
    return replace(
        session,
        kind=told.kind,
        text=told.text,
        title=told.title,
        participant=told.participant,
        email=told.email,
        company=told.company,
        segment=told.segment,
        language=told.language,
        held_at=held_at,
        guide=told.guide,
        asked=told.asked,
        confirmed=told.confirmed,
        surprise=told.surprise,
        circumstances=dict(told.circumstances),
        told=dict(told.told),
        rating=told.rating,
        scale=told.scale or ("" if told.rating is None else _usual(told.metric)),
        metric=told.metric,
        follow_ups=_follow_ups(session.follow_ups, told, at),
    )


def _usual(metric: str) -> str:
    """The scale that is part of a question's definition; "" where it has several."""
    return "0-10" if metric == "nps" else ""


def offset(session: Session) -> int:
    """Where the session's text begins in its feedback's, as quotes count it."""
    return len(session.title) + 2 if session.title and session.text else 0


def highlighted(
    session: Session, passages: Sequence[Marked], *, at: datetime, by: str
) -> list[Highlight]:
    """What is marked in a session's text, as highlights without an id yet."""
    begin = offset(session)
    return [
        Highlight(
            id=0, feedback_id=session.feedback_id, at=at, by=by,
            quote=session.text[one.start : one.end],
            start=begin + one.start, end=begin + one.end, **_heard(one.heard),
        )
        for one in passages
    ]  # fmt: skip


def _heard(heard: Heard) -> dict[str, Any]:
    return {
        "tags": heard.tags,
        "feeling": heard.feeling,
        "intensity": heard.intensity,
        "meaning": heard.meaning,
        "comparison": heard.comparison,
    }


_CALLED = {
    "held_at": "date", "confirmed": "understood", "follow_ups": "follow-ups",
    "told": "figures", "digest": "", "feedback_id": "",
}  # fmt: skip


def _what(
    told: Change | None,
    asked: tuple[Asked | None, Asked | None],
    changes: Sequence[Change],
) -> str:
    """What changed, in words: ``text, date, consent, 2 highlights``."""
    names = [_CALLED.get(one, one) for one in (told.after if told else None) or ()]
    before, after = (one.consent if one else Consent.UNASKED for one in asked)
    if before is not after:
        names.append(f"consent {after.word}")
    count = sum(change.table == "highlight" for change in changes)
    if count:
        names.append("a highlight" if count == 1 else f"{count} highlights")
    return ", ".join(filter(None, names)) or "read again"


def _follow_ups(
    known: Sequence[FollowUp], told: SessionText, at: datetime
) -> tuple[FollowUp, ...]:
    """As the text has them; when one was done is known better than its day."""
    done = {one.text: one.done_at for one in known if one.done_at}
    found = []
    for one in told.follow_ups:
        stood = done.get(one.text)
        day = one.done_on
        if not one.is_done:
            done_at = None
        elif stood and day in {None, stood.astimezone().date()}:
            done_at = stood
        elif day:
            done_at = datetime(day.year, day.month, day.day).astimezone()
        else:
            done_at = at
        found.append(FollowUp(text=one.text, due=one.due, done_at=done_at))
    return tuple(found)
