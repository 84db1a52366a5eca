"""Every noun of the product, as frozen dataclasses; imports nothing of ours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import Any


class Channel(StrEnum):
    """How a customer spoke."""

    EMAIL = "email"
    REVIEW = "review"
    TICKET = "ticket"
    SURVEY = "survey"
    INTERVIEW = "interview"
    OBSERVATION = "observation"
    USABILITY = "usability"
    FOCUS_GROUP = "focus_group"
    VISIT = "visit"
    CONCEPT_TEST = "concept_test"
    PRICING = "pricing"
    SOCIAL = "social"
    NOTE = "note"


class Kind(StrEnum):
    """Whether a message is a customer's own words."""

    FEEDBACK = "feedback"
    AUTO = "auto"
    """Bounces, auto-replies, reports: kept, never triaged."""
    AGENT = "agent"
    """Written by our own side: kept, never triaged."""
    COPY = "copy"
    """What another source told before: kept, and counted there."""
    QUARANTINED = "quarantined"
    """Could not be read: raw bytes are kept until it can."""


class State(StrEnum):
    """Where a feedback stands in triage."""

    INBOX = "inbox"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    ARCHIVED = "archived"
    SPAM = "spam"
    SNOOZED = "snoozed"


class Sentiment(StrEnum):
    """How pleased a customer sounds."""

    NEGATIVE = "negative"
    NEUTRAL = "neutral"
    POSITIVE = "positive"


class Verdict(StrEnum):
    """What a person ruled about two pieces of feedback."""

    SAME = "same"
    DIFFERENT = "different"
    RELATED = "related"


class Priority(IntEnum):
    """How soon, as a person set it; the numbers are those trackers import."""

    NONE = 0
    URGENT = 1
    HIGH = 2
    MEDIUM = 3
    LOW = 4


class Importance(IntEnum):
    """How much it matters to the one who said it."""

    NOT_IMPORTANT = 0
    NICE_TO_HAVE = 1
    IMPORTANT = 2
    CRITICAL = 3


class PainStatus(StrEnum):
    """What has become of a pain point."""

    OPEN = "open"
    RESOLVED = "resolved"
    DISMISSED = "dismissed"


class Horizon(StrEnum):
    """When a roadmap item is meant to happen."""

    NOW = "now"
    NEXT = "next"
    LATER = "later"


class RoadmapStatus(StrEnum):
    """How far a roadmap item has come."""

    PLANNED = "planned"
    IN_PROGRESS = "in_progress"
    SHIPPED = "shipped"
    DROPPED = "dropped"


class Extent(StrEnum):
    """How much of a pain point a roadmap item would settle."""

    FULL = "full"
    PARTIAL = "partial"


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """
    What a customer said once.

    Attributes:
        id: Integer key that follows ``received_at`` (microseconds, made unique).
        number: Short id for people, in order of arrival; shown as ``f12``.
        source: Name of the source it came from.
        external_id: The source's own id; unique within the source.
        rating: The number given, on the scale ``scale`` ("1-5", "0-10").
        metric: What the rating measures: stars, nps, csat, ces or empty.
        customer_id: Who said it: the earliest of the customers that are one person.
        context: Anything else the source told, by name (plan, device, country …);
            where it told nothing, what was known of the company as this came, whose
            names are in ``from_company``.
        received_at: Aware, UTC. The moment of import where the source gave none.
        gone_at: When its source was found to have it no more; None while it does.
    """

    id: int
    number: int
    source: str
    external_id: str
    channel: Channel
    kind: Kind
    title: str
    body: str
    received_at: datetime
    edited_at: datetime | None = None
    customer_id: int | None = None
    author: str = ""
    email: str = ""
    company: str = ""
    rating: float | None = None
    scale: str = ""
    metric: str = ""
    language: str = ""
    app_version: str = ""
    url: str = ""
    thread: str = ""
    context: Mapping[str, Any] = field(default_factory=dict)
    gone_at: datetime | None = None

    @property
    def short(self) -> str:
        """The id people type."""
        return f"f{self.number}"

    @property
    def is_edited(self) -> bool:
        """Whether it was changed after it came; some sources always give a time."""
        return self.edited_at is not None and self.edited_at > self.received_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Disposition:
    """
    Where one feedback stands, and why; no row means the inbox.

    Attributes:
        wakes_after: Number of the last feedback there was when it was put to sleep
            until new evidence: any later one in its group or thread wakes it. None
            where only time does.
        is_stirred: Whether there is such a one now; follows from the rest.
    """

    feedback_id: int
    state: State
    reason: str = ""
    until: datetime | None = None
    wakes_after: int | None = None
    is_stirred: bool = field(default=False, compare=False)

    def standing(self, now: datetime) -> State:
        """Where it stands at a moment: who has slept enough waits in the inbox."""
        is_over = self.until is not None and self.until <= now
        if self.state is State.SNOOZED and (is_over or self.is_stirred):
            return State.INBOX
        return self.state


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """What people pinned on one feedback; no row means nothing."""

    feedback_id: int
    tags: tuple[str, ...] = ()
    owner: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What somebody wrote down about one feedback; shown as ``n3``."""

    id: int
    feedback_id: int
    text: str
    at: datetime | None = None
    by: str = ""

    @property
    def short(self) -> str:
        """The id people type."""
        return f"n{self.id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tone:
    """
    The language of a feedback and how pleased it sounds, as far as anybody can tell.

    Attributes:
        language: ISO 639 code; "" where it is not known.
        confidence: How sure the language is, 0 to 1; 1 where somebody said it.
        score: -1 (furious) to 1 (delighted), as rated or read; a person's word
            changes ``sentiment`` and leaves it.
        language_from: person, source, text or "".
        sentiment_from: person, rating, text or "".
    """

    language: str = ""
    confidence: float = 0.0
    sentiment: Sentiment | None = None
    score: float = 0.0
    language_from: str = ""
    sentiment_from: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A person's word on language or sentiment; empty where they said nothing."""

    feedback_id: int
    language: str = ""
    sentiment: Sentiment | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """
    A machine's opinion that two pieces of feedback say the same.

    Attributes:
        score: 0 to 100; 100 is an exact copy after normalising.
        reason: What both say and what only one says, as data for display.
    """

    left_id: int
    right_id: int
    score: float
    reason: Mapping[str, Any] = field(default_factory=dict)

    @property
    def ends(self) -> tuple[int, int]:
        """Both pieces of feedback."""
        return self.left_id, self.right_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """A person's word about two pieces of feedback; beats any score, for ever."""

    id: int
    left_id: int
    right_id: int
    verdict: Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class PainPoint:
    """
    Something that hurts customers, in one sentence, with what a person set.

    Attributes:
        id: Short id for people; shown as ``p3``. Never reused.
        severity: 1 (cosmetic) to 5 (work is lost).
        effort: Person-months, as a person guessed.
        confidence: 0 to 1.
        reach: People per quarter, where somebody knows better than the evidence.
        impact: RICE impact: 3, 2, 1, 0.5 or 0.25.
    """

    id: int
    title: str
    statement: str = ""
    status: PainStatus = PainStatus.OPEN
    severity: int | None = None
    priority: Priority = Priority.NONE
    effort: float | None = None
    confidence: float | None = None
    reach: float | None = None
    impact: float | None = None
    moscow: str = ""
    persona: str = ""
    owner: str = ""
    story: str = ""
    acceptance: str = ""
    tags: tuple[str, ...] = ()
    created_at: datetime | None = None

    @property
    def short(self) -> str:
        """The id people type."""
        return f"p{self.id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """
    One quote that shows a pain point.

    Attributes:
        quote: The customer's words, copied, so an edit at the source cannot change it.
        start: Where the quote begins in the feedback's text, in characters.
        end: Where it ends, exclusive.
        observed: Said by the customer; False where somebody inferred it.
    """

    id: int
    pain_point_id: int
    feedback_id: int
    quote: str
    start: int
    end: int
    importance: Importance = Importance.NICE_TO_HAVE
    observed: bool = True
    at: datetime | None = None
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoadmapItem:
    """
    Something planned, here or in a tracker; shown as ``r2``.

    Attributes:
        tracker: Name of the source that tracks it; "" where it is planned here alone.
        key: What it is called there.
        target: When it is meant to be there: "2027-03", "Q2", a release; any words.
    """

    id: int
    title: str
    horizon: Horizon = Horizon.LATER
    status: RoadmapStatus = RoadmapStatus.PLANNED
    tracker: str = ""
    key: str = ""
    url: str = ""
    owner: str = ""
    target: str = ""

    @property
    def short(self) -> str:
        """The id people type."""
        return f"r{self.id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class RoadmapLink:
    """Which roadmap item would settle which pain point, and how far."""

    id: int
    pain_point_id: int
    roadmap_item_id: int
    extent: Extent = Extent.FULL
