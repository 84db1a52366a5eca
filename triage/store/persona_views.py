"""What front ends are shown of personas: who they are, and what is on their maps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from triage.empathy import Area, EmpathyNote, Persona
from triage.measures.persona_confidence import Confidence
from triage.model import Channel, Feedback, PainPoint
from triage.research import Consent, Feeling, Highlight


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedView:
    """
    A passage an entry cites.

    Attributes:
        is_theirs: Whether one of the persona's people said it.
        sentiment: How pleased the whole feedback sounds, "" where it was not read.
        consent: What who said it agreed to; None where nobody needs to be asked.
    """

    highlight: Highlight
    feedback: Feedback
    is_theirs: bool
    sentiment: str = ""
    consent: Consent | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteView:
    """
    An entry of a map with the passages it cites, those that are still there.

    Attributes:
        gone: Ids of highlights that were removed since.
    """

    note: EmpathyNote
    cited: tuple[CitedView, ...] = ()
    gone: tuple[int, ...] = ()

    @property
    def highlights(self) -> tuple[Highlight, ...]:
        """The passages it cites."""
        return tuple(one.highlight for one in self.cited)

    @property
    def feedback(self) -> tuple[Feedback, ...]:
        """What each of these passages is of, in the same order."""
        return tuple(one.feedback for one in self.cited)

    @property
    def is_observed(self) -> bool:
        """Whether somebody's words show it; else whoever wrote it inferred it."""
        return bool(self.cited)

    @property
    def elsewhere(self) -> tuple[Highlight, ...]:
        """The passages somebody else said, who is none of the persona's people."""
        return tuple(one.highlight for one in self.cited if not one.is_theirs)


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonaPain:
    """
    A pain point of which people of a persona spoke.

    Attributes:
        people: Distinct people of the persona who are quoted for it.
        quotes: How many quotes are theirs.
    """

    pain_point: PainPoint
    people: int
    quotes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Felt:
    """How often the persona's people felt something, as highlights say."""

    feeling: Feeling
    highlights: int
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonaView:
    """
    A persona with who it is and what is written on its map.

    Attributes:
        n: Feedback its query finds; what somebody sent again counts once.
        people: Distinct people who said it.
        companies: Distinct companies they wrote for.
        channels: How much came by each channel, the most first.
        pains: Pain points its people are quoted for, by how many people, then quotes.
        by_hand: Pain points that name the persona themselves.
        feelings: What its people felt, as highlights of what they said have it.
        last: When one of them was heard last; None where nobody was.
        is_due: Whether somebody should look again whether it still holds.
    """

    persona: Persona
    n: int
    people: int
    companies: int
    channels: Mapping[Channel, int]
    pains: tuple[PersonaPain, ...]
    by_hand: tuple[PainPoint, ...]
    feelings: tuple[Felt, ...]
    notes: tuple[NoteView, ...]
    last: datetime | None
    confidence: Confidence
    is_due: bool
    ids: frozenset[int] = field(default=frozenset(), repr=False)
    """Keys of the people, as ``persons.counted`` has them; for whoever asks who."""

    @property
    def is_assumed(self) -> bool:
        """Whether nobody stands behind it."""
        return not self.n

    def notes_of(self, area: Area) -> tuple[NoteView, ...]:
        """What is written in an area, by id."""
        return tuple(one for one in self.notes if one.note.area is area)
