"""What people have decided about the demo's feedback before it opens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from triage.connector import Channel, Incoming, Kind
from triage.demo.casting import Said, everything_said
from triage.demo.dice import Dice
from triage.demo.incoming import external_ids, sources
from triage.demo.plans import PAIN_POINTS
from triage.model import Importance, State

_PAIN_OF = {story: pain for pain in PAIN_POINTS for story in pain.stories}
_DECLINED = {
    "linux-app": "not planned",
    "watch": "not planned",
    "writing-goals": "out of scope",
    "map-embed": "out of scope",
    "student-discount": "already exists",
    "ai-off": "already exists",
    "price-increase": "works as designed",
    "press": "not feedback",
    "job": "not feedback",
}
_SNOOZED = {"export-epub": 12, "citations": 26, "dark-mode-web": 5}
_SEEN = {"Praise": "praise", "Questions": "answered by support"}
_NEW_DAYS = 21.0
_OVERLOOKED = 0.08


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """
    What somebody decided about one feedback.

    Attributes:
        reason: Why, in a word or two; empty where it is evidence.
        until: When it returns, for what is snoozed.
        pain: Key of the pain point it is evidence for; empty where it is none.
        quote: The words taken as evidence, verbatim in the feedback's body.
        at: When it was decided; after it was received, before today.
    """

    source: str
    external_id: str
    state: State
    at: datetime
    by: str
    reason: str = ""
    until: datetime | None = None
    pain: str = ""
    quote: str = ""
    importance: Importance = Importance.NOT_IMPORTANT


def decisions(today: datetime) -> tuple[Decision, ...]:
    """Every decision up to ``today``, in the order it was made."""
    feedback = {
        (name, one.external_id): one
        for name, delivered in sources(today).items()
        for one in delivered
    }
    said = everything_said()
    ids = external_ids(said)
    made = [
        _decision(one, feedback[one.source, ids[one.key]], today)
        for one in said
        if one.kind is Kind.FEEDBACK and _is_decided(one)
    ]
    return tuple(sorted(made, key=lambda d: (d.at, d.source, d.external_id)))


def _is_decided(one: Said) -> bool:
    """Last week is mostly open, the weeks before are mostly done."""
    share = 1.0 - _OVERLOOKED
    if one.days < _NEW_DAYS:
        share = 0.12 + 0.5 * one.days / _NEW_DAYS
    return Dice(f"decided {one.key}").chance(share)


def _decision(one: Said, feedback: Incoming, today: datetime) -> Decision:
    story = one.story
    pain = None if one.how == "news" else _PAIN_OF.get(story.key)
    state, reason, until = State.ARCHIVED, _SEEN.get(story.area, "seen, too few"), None
    if pain is not None:
        state, reason = State.ACCEPTED, ""
    elif story.key.startswith("spam"):
        state, reason = State.SPAM, ""
    elif one.how == "news":
        reason = "says nothing new"
    elif story.key in _DECLINED:
        state, reason = State.DECLINED, _DECLINED[story.key]
    elif story.key in _SNOOZED and one.days < 60:
        state, reason = State.SNOOZED, "after the exporter"
        until = today + timedelta(days=_SNOOZED[story.key])
    dice = Dice(f"who decided {one.key}")
    return Decision(
        source=one.source,
        external_id=feedback.external_id,
        state=state,
        reason=reason,
        until=until,
        pain=pain.key if pain else "",
        quote=one.quote if pain else "",
        importance=_importance(one) if pain else Importance.NOT_IMPORTANT,
        at=_decided_at(feedback, today, dice),
        by=dice.pick(("dana", "dana", "jon", "mira")),
    )


def _decided_at(feedback: Incoming, today: datetime, dice: Dice) -> datetime:
    received = feedback.received_at or today
    left = (today - received) * 0.9
    return received + min(timedelta(days=dice.between(0.1, 4.0)), left)


def _importance(one: Said) -> Importance:
    """The story's usual weight, moved by how the customer rated us."""
    weight = one.story.importance
    if one.rating is not None:
        stars = one.channel is Channel.REVIEW
        bad, good = (1, 4) if stars else (3, 7)
        weight += int(one.rating <= bad) - int(one.rating >= good)
    return Importance(max(1, min(3, weight)))
