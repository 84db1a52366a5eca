"""What people hear in person: sessions, what they underline in them, guides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from triage.model import Channel, Feedback

RESEARCH = frozenset(
    {
        Channel.INTERVIEW,
        Channel.OBSERVATION,
        Channel.USABILITY,
        Channel.FOCUS_GROUP,
        Channel.VISIT,
        Channel.CONCEPT_TEST,
        Channel.PRICING,
    }
)
"""Channels in which somebody was asked in person: nothing leaves without consent."""

KINDS = (
    Channel.INTERVIEW, Channel.USABILITY, Channel.OBSERVATION, Channel.FOCUS_GROUP,
    Channel.VISIT, Channel.CONCEPT_TEST, Channel.PRICING, Channel.SURVEY, Channel.NOTE,
)  # fmt: skip
"""Kinds of sessions, the usual ones first."""

SOURCE = "research"
"""Where sessions are heard: the source their feedback is from."""


def is_heard_in_person(feedback: Feedback) -> bool:
    """Whether nothing of it leaves the file unless somebody consented."""
    return feedback.channel in RESEARCH or feedback.source == SOURCE


class Consent(StrEnum):
    """What somebody who was heard in person agreed to."""

    UNASKED = ""
    NO = "no"
    ANONYMOUS = "anonymous"
    """Their words may leave the file, their name may not."""
    NAMED = "named"

    @property
    def word(self) -> str:
        """What people call it: ``unasked`` where nobody asked."""
        return self.value or "unasked"

    @property
    def lets_words_out(self) -> bool:
        """Whether what they said may leave the file."""
        return self in (Consent.ANONYMOUS, Consent.NAMED)

    @property
    def lets_name_out(self) -> bool:
        """Whether it may be said who said it."""
        return self is Consent.NAMED


class Feeling(StrEnum):
    """What somebody felt, as a person heard it; from the worst to the best."""

    ANGRY = "angry"
    FRUSTRATED = "frustrated"
    DISAPPOINTED = "disappointed"
    WORRIED = "worried"
    CONFUSED = "confused"
    SAD = "sad"
    SURPRISED = "surprised"
    HOPEFUL = "hopeful"
    RELIEVED = "relieved"
    PLEASED = "pleased"
    DELIGHTED = "delighted"


class Meaning(StrEnum):
    """What words tell of the one who said them."""

    NEED = "need"
    WORRY = "worry"
    MOTIVATION = "motivation"
    JOB = "job"
    GOAL = "goal"
    CONTEXT = "context"
    PREFERENCE = "preference"
    BEHAVIOUR = "behaviour"


class Stance(StrEnum):
    """How a competitor does something, beside us, to the one who said so."""

    BETTER = "better"
    WORSE = "worse"
    SAME = "same"


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """Something promised in a session: a call back, a screenshot, an answer."""

    text: str
    due: date | None = None
    done_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """
    One conversation or observation, as somebody wrote it down; shown as ``i3``.

    Its text is heard as one feedback of its kind, so that it is found, grouped, triaged
    and quoted as any other.

    Attributes:
        feedback_id: The feedback it is heard as.
        key: What that is called at the source ``SOURCE``; the same for ever.
        kind: One of ``KINDS``.
        text: What was said and seen, in Markdown or plain.
        participant: Who was heard: a name or a pseudonym ("P3").
        held_at: When it took place; aware, UTC.
        guide: Name of the guide that was followed; "" for none.
        asked: The open question that opened it.
        confirmed: Whether the participant confirmed how they were understood; None
            where nobody asked.
        surprise: What nobody had expected.
        circumstances: Context of use by name: place, device, noise, hurry, software.
        told: Figures given, by name, such as prices ("too_cheap").
        rating: The number given, on ``scale`` ("0-10"), measuring ``metric`` ("nps").
        follow_ups: What was promised.
        digest: Of the file it was read from, as that was; "" for one written here.
        number: Of the feedback it is heard as, so that undo brings back the same.
    """

    id: int
    feedback_id: int
    key: str
    kind: Channel
    text: str
    held_at: datetime
    title: str = ""
    participant: str = ""
    email: str = ""
    company: str = ""
    segment: str = ""
    language: str = ""
    guide: str = ""
    asked: str = ""
    confirmed: bool | None = None
    surprise: str = ""
    circumstances: Mapping[str, str] = field(default_factory=dict)
    told: Mapping[str, float] = field(default_factory=dict)
    rating: float | None = None
    scale: str = ""
    metric: str = ""
    follow_ups: tuple[FollowUp, ...] = ()
    digest: str = ""
    number: int = 0
    at: datetime | None = None
    by: str = ""

    @property
    def short(self) -> str:
        """The id people type."""
        return f"i{self.id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Beside whom somebody put us, in what, and how they do it: better, worse, same."""

    competitor: str
    aspect: str = ""
    stance: Stance = Stance.SAME


@dataclass(frozen=True, slots=True, kw_only=True)
class Highlight:
    """
    A passage somebody underlined, and what they heard in it; shown as ``h3``.

    Attributes:
        quote: The words, copied, so an edit of the text cannot change them.
        start: Where they begin in the feedback's text, in characters.
        end: Where they end, exclusive.
        feeling: What the one who said it felt; None where nobody has said.
        intensity: 1 (a little) to 3 (very much); 0 without a feeling.
        meaning: What it tells of them; None where nobody has said.
    """

    id: int
    feedback_id: int
    quote: str
    start: int
    end: int
    tags: tuple[str, ...] = ()
    feeling: Feeling | None = None
    intensity: int = 0
    meaning: Meaning | None = None
    comparison: Comparison | None = None
    at: datetime | None = None
    by: str = ""

    @property
    def short(self) -> str:
        """The id people type."""
        return f"h{self.id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """What is to be asked in a session, by name, in Markdown."""

    id: int
    name: str
    kind: Channel
    text: str
    language: str = "en"
    at: datetime | None = None
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listened:
    """
    A listening session that took place.

    Attributes:
        seconds: How long somebody listened.
        feedback: Keys of what was heard, in order.
        noted: How many notes were taken.
        at: When it began.
    """

    id: int
    seconds: int
    feedback: tuple[int, ...]
    noted: int = 0
    at: datetime | None = None
    by: str = ""
