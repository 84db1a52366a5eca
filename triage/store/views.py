"""What front ends are shown: nouns joined the way a screen or a listing needs them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from triage.model import (
    Disposition,
    Evidence,
    Feedback,
    Match,
    PainPoint,
    RoadmapItem,
    RoadmapLink,
    RoadmapStatus,
    Ruling,
    State,
    Verdict,
)
from triage.planning import Estimate, Story, Tracked


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueRow:
    """
    One line of a queue: a feedback, standing for the members of its group in a state.

    Attributes:
        id: The feedback shown; its group's newest member when the queue was opened.
        items: Members of the group that stand in this queue.
        total: All members of the group.
        people: Distinct customers among the members in this queue.
        sources: Distinct sources among them.
        state: Where this feedback stands now.
        notes: How many notes are on it.
        opening: The first words, title before body; may hold anything, show it safely.
        country: As the source told it, like device and os; "" where it did not.
    """

    id: int
    number: int
    group_id: int
    items: int
    total: int
    people: int
    sources: int
    state: State
    author: str
    email: str
    company: str
    source: str
    channel: str
    title: str
    opening: str
    rating: float | None
    scale: str
    metric: str
    language: str
    sentiment: str
    app_version: str
    country: str
    device: str
    os: str
    tags: tuple[str, ...]
    owner: str
    notes: int
    received_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TagCount:
    """A tag as it is mostly written, and how much has it."""

    name: str
    feedback: int
    pain_points: int
    highlights: int = 0

    @property
    def total(self) -> int:
        """All that has it, together."""
        return self.feedback + self.pain_points + self.highlights


@dataclass(frozen=True, slots=True, kw_only=True)
class ToneCount:
    """
    How many feedback of a week and source are in a language and of a sentiment.

    Attributes:
        week: Its Monday, as 2026-01-05; in UTC.
        language: "" where it is not known.
        sentiment: "" where it was not read yet.
    """

    week: str
    source: str
    language: str
    sentiment: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One feedback of a group, and what a machine or a person says ties it in."""

    feedback: Feedback
    disposition: Disposition | None
    match: Match | None
    """Its best match within the group; None where a person put it there."""
    is_resend: bool = False
    """Whether the same person sent the same once more (``measures.resends``)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """
    What says the same: derived, so no decision ever hangs on it.

    Attributes:
        id: Its earliest member's id.
        short: The id people type: ``g`` and that member's number.
    """

    id: int
    short: str
    members: tuple[Member, ...]
    rulings: tuple[Ruling, ...]
    people: int
    sources: int

    @property
    def resends(self) -> int:
        """How many of its members somebody had sent before."""
        return sum(member.is_resend for member in self.members)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptMatch:
    """
    A match as it is kept, with what both are called here and at their source.

    Attributes:
        left: Short id of the earlier one; ``left_group`` of the group it is in.
        band: "grouped" where it is sure enough to group by, else "suggested".
        verdict: What a person ruled about the pair; None where nobody did.
    """

    left: str
    left_source: str
    left_external_id: str
    left_group: str
    left_opening: str
    right: str
    right_source: str
    right_external_id: str
    right_group: str
    right_opening: str
    score: float
    band: str
    verdict: Verdict | None

    @property
    def is_together(self) -> bool:
        """Whether both are in one group."""
        return self.left_group == self.right_group


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One feedback and what became of it: where it stands, what it is evidence of."""

    feedback: Feedback
    disposition: Disposition | None
    pain_points: tuple[PainPoint, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """Another group that may say the same, and why the machine thinks so."""

    match: Match
    other: Feedback
    """The one of that group that matches best."""
    group_id: int
    group_short: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """
    A pain point a feedback may belong to, and why.

    Attributes:
        likeness: 0 to 1; how alike, and no probability.
        confidence: The probability that a person would choose it, as past decisions
            bear out; None where there are too few of them.
        quote: The nearest piece of evidence, or the pain point's title.
        words: Words of the feedback that speak for it, the most telling first.
    """

    pain_point: PainPoint
    likeness: float
    confidence: float | None
    quote: str
    words: tuple[str, ...]

    @property
    def share(self) -> float:
        """What to show of the two: the probability, where there is one."""
        return self.likeness if self.confidence is None else self.confidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """One piece of evidence with the feedback it came from."""

    evidence: Evidence
    feedback: Feedback


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """
    A roadmap item and how a pain point hangs on it.

    Attributes:
        tracked: What its tracker said of it last; None where it is planned here alone.
    """

    item: RoadmapItem
    link: RoadmapLink
    tracked: Tracked | None = None

    @property
    def status(self) -> RoadmapStatus | None:
        """How far it has come; None where its tracker's word for that means nothing."""
        return how_far(self.item, self.tracked)


@dataclass(frozen=True, slots=True, kw_only=True)
class PainView:
    """A pain point with everything that speaks for it."""

    pain_point: PainPoint
    quotes: tuple[Quote, ...]
    plans: tuple[Plan, ...]
    estimates: tuple[Estimate, ...] = ()
    stories: tuple[Story, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RoadmapView:
    """A roadmap item and the pain points it would settle."""

    item: RoadmapItem
    pain_points: tuple[PainPoint, ...]
    people: int
    tracked: Tracked | None = None

    @property
    def status(self) -> RoadmapStatus | None:
        """How far it has come; None where its tracker's word for that means nothing."""
        return how_far(self.item, self.tracked)


def how_far(item: RoadmapItem, tracked: Tracked | None) -> RoadmapStatus | None:
    """What its tracker says, else what was set here; None for a word of no meaning."""
    if tracked is None:
        return item.status
    return RoadmapStatus(tracked.status) if tracked.status else None


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetView:
    """How many calls a service still takes, of how many in so many seconds."""

    name: str
    left: int
    of: int
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceView:
    """
    A source, how its last pulls went, and who pulls it now.

    Attributes:
        settings: What the settings file says; empty for one-shot imports.
        configured: Whether ``sync`` pulls it.
        writes: Whether anything may be sent there.
        sends: Whether nothing comes from it: it only takes what is sent there.
        gone: How many of its feedback it has no more.
        newest_at: When the newest of its feedback was said.
        failure: Why the last pull failed; "" if it did not.
        failures: How many failed in a row.
        retry_at: Before then it is only pulled where somebody asks.
        gap: What the source says it can no longer give, since ``gap_at``.
        usual: How long there usually is between two pulls, where that can be told.
        is_late: Whether that was exceeded by far: what pulls it may be dead.
        holder: The process that pulls it now, as host and process id; "" for none.
        running: What that pull has brought so far, once anything came.
        lag: How long ago its last success was.
        calls: How many the last pull made; None where no service was asked.
        next_calls: About how many the next one will make: the median of the last pulls
            but the very first; None where there were none.
        budgets: How often its service may be asked still.
    """

    name: str
    connector: str
    configured: bool
    settings: Mapping[str, Any]
    writes: bool = False
    sends: bool = False
    feedback: int = 0
    quarantined: int = 0
    gone: int = 0
    newest_at: datetime | None = None
    synced_at: datetime | None = None
    failed_at: datetime | None = None
    failure: str = ""
    failures: int = 0
    retry_at: datetime | None = None
    gap: str = ""
    gap_at: datetime | None = None
    usual: timedelta | None = None
    is_late: bool = False
    holder: str = ""
    running: BatchView | None = None
    lag: timedelta | None = None
    calls: int | None = None
    next_calls: int | None = None
    budgets: tuple[BudgetView, ...] = ()

    @property
    def health(self) -> str:
        """One word: pulling, failed, late, gap, new, well, once or sends."""
        if self.holder:
            return "pulling"
        if self.failure:
            return "failed"
        if self.is_late:
            return "late"
        if self.gap:
            return "gap"
        if not self.configured:
            return "once"
        if self.sends:
            return "sends"
        return "well" if self.synced_at else "new"

    @property
    def next_at(self) -> datetime | None:
        """When it is pulled next, as far as that can be told; None for who knows."""
        if self.retry_at or self.synced_at is None or self.usual is None:
            return self.retry_at
        return self.synced_at + self.usual


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchView:
    """
    One import or sync run, which can be taken back whole.

    Attributes:
        gone: How many the source was found to have no more.
        failure: What ended it early; "" where nothing did.
    """

    id: int
    source: str
    label: str
    started_at: datetime
    finished_at: datetime | None
    new: int
    changed: int
    same: int
    quarantined: int
    gone: int
    failure: str
    taken_back_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quarantined:
    """An input that could not be read, why, and where its bytes are."""

    feedback_id: int
    short: str
    source: str
    external_id: str
    why: str
