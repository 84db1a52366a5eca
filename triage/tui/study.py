"""What is found out about one feedback, in a thread beside the screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from triage.errors import TriageError
from triage.model import (
    Disposition,
    Evidence,
    Feedback,
    Label,
    Note,
    PainPoint,
    State,
    Tone,
)
from triage.research import Highlight
from triage.text.left_out import Part
from triage.tui.targets import standing
from triage.workspace import (
    DraftView,
    Group,
    Guess,
    Outcome,
    Person,
    ReplyRules,
    Suggestion,
    Workspace,
)

EARLIER = 2
"""Messages of the same customer that are told of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Study:
    """What takes longer to find out than a key press may last."""

    feedback: Feedback
    group: Group
    evidence: Sequence[tuple[Evidence, PainPoint]]
    decided: Disposition | None
    """How others of its group were decided, where this one still waits."""
    decided_into: PainPoint | None
    suggestions: Sequence[Suggestion]
    guesses: Sequence[Guess]
    tone: Tone
    disposition: Disposition | None
    label: Label | None
    notes: Sequence[Note]
    replies: Sequence[DraftView]
    """What was written to its customer, oldest first."""
    rules: ReplyRules | None
    """What holds for a reply; None where it cannot be answered."""
    parts: Sequence[Part]
    """All of the message: what is shown of it, and what was left out."""
    thread: Sequence[Feedback]
    """The conversation, oldest first; the feedback alone where there is none."""
    times_heard: tuple[int, int]
    """How often its customer had spoken by then, and in all."""
    earlier: Sequence[Outcome]
    """The latest of what they said before, newest first."""
    person: Person | None = None
    """Whoever said it, with all their sources and their company; None for nobody."""
    highlights: Sequence[Highlight] = ()
    """What somebody underlined in it."""
    elsewhere: Sequence[Feedback] = ()
    """The same as other sources told it, what it is a copy of first."""

    def stands_in_inbox(self, now: datetime) -> bool:
        """Whether it waits to be decided."""
        return standing(self.disposition, now) is State.INBOX


def study(workspace: Workspace, feedback: Feedback) -> Study:
    """Look everything up; for a thread beside the screen."""
    group = workspace.group_of(feedback)
    mine = {member.feedback.id: member for member in group.members}[feedback.id]
    ruled = [member for member in group.members if member.disposition is not None]
    decided = ruled[-1].disposition if ruled and mine.disposition is None else None
    into = None
    if decided and decided.state is State.ACCEPTED:
        linked = workspace.evidence_of(ruled[-1].feedback)
        if linked:
            into = workspace.pain_point(linked[-1].pain_point_id).pain_point
    said_by = feedback.customer_id
    return Study(
        feedback=feedback,
        group=group,
        evidence=[
            (one, workspace.pain_point(one.pain_point_id).pain_point)
            for one in workspace.evidence_of(feedback)
        ],
        decided=decided,
        decided_into=into,
        suggestions=workspace.suggestions(group, 3),
        guesses=workspace.guesses(feedback, 3),
        tone=workspace.tone(feedback),
        disposition=mine.disposition,
        label=workspace.labels([feedback.id]).get(feedback.id),
        notes=workspace.notes(feedback),
        replies=workspace.drafts_of([feedback]),
        rules=_rules(workspace, feedback),
        parts=workspace.whole(feedback),
        thread=workspace.thread(feedback),
        times_heard=workspace.times_heard(feedback),
        earlier=workspace.earlier(feedback, EARLIER),
        person=None if said_by is None else workspace.person(said_by),
        highlights=workspace.highlights(feedback),
        elsewhere=workspace.elsewhere(feedback),
    )


def _rules(workspace: Workspace, feedback: Feedback) -> ReplyRules | None:
    try:
        return workspace.reply_rules(feedback)
    except TriageError:
        # Why not is said to whoever asks for a reply.
        return None
