"""A person's word about two groups, each led by the one that was compared."""

from __future__ import annotations

from triage.model import Feedback, Verdict
from triage.workspace import Entry, Workspace


def rule(
    workspace: Workspace, one: Feedback, other: Feedback, said: Verdict
) -> Entry | None:
    """
    Rule about the groups of two that were compared, as they are at this moment.

    Where they say the same, the group of ``other`` joins that of ``one``.
    """
    ours, theirs = led_by(workspace, one), led_by(workspace, other)
    if said is Verdict.SAME:
        return workspace.merge(theirs, ours)
    return workspace.set_apart(ours, theirs, said)


def led_by(workspace: Workspace, compared: Feedback) -> list[Feedback]:
    """Its group, itself first: a ruling names one pair."""
    members = [member.feedback for member in workspace.group_of(compared).members]
    return sorted(members, key=lambda member: member.id != compared.id)
