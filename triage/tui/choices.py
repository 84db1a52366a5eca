"""What a picker offers for a decision: reasons, moments, groups that say the same."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from triage.errors import TriageError
from triage.model import Feedback, Sentiment
from triage.operations.tone import AS_READ
from triage.text.display import one_line
from triage.text.language_names import language, languages
from triage.text.when import Until, until, when
from triage.tui import words
from triage.tui.around import percent, shared
from triage.tui.dialogs.picker import Choice, Find, among
from triage.workspace import Workspace

_MOMENTS = {
    "later today": "later today",
    "tomorrow morning": "tomorrow",
    "next week": "next week",
    "in two weeks": "in 2 weeks",
}
"""What is offered, and how ``when`` reads it."""


def reasons(usual: Sequence[str]) -> Find:
    """Why feedback is declined: the usual reasons, numbered, then one's own words."""
    known = among([Choice(reason, reason) for reason in usual])

    def find(text: str) -> Sequence[Choice]:
        own = " ".join(text.split())
        if not own:
            return [
                Choice(reason, reason, str(place) if place < 10 else "")
                for place, reason in enumerate(usual, 1)
            ]
        found = list(known(text))
        if own and own.casefold() not in {str(one.value) for one in found}:
            found.append(Choice(own, f"because: {own}", "own words"))
        return found

    return find


def ends(now: datetime) -> Find:
    """Until when to snooze: the usual moments, new evidence, or what is typed."""
    evidence = Choice(
        Until(None, on_evidence=True), "new evidence", "whoever says the same"
    )

    def find(text: str) -> Sequence[Choice]:
        if not text.strip():
            usual = [_moment(name, read, now) for name, read in _MOMENTS.items()]
            return [*usual, evidence]
        found = until(text, now)
        if found is None:
            return [one for one in find("") if text.casefold() in one.label]
        if found.moment is None:
            return [evidence]
        there = _local(found.moment)
        named = f"{there:%A} {words.moment(there, now)}"
        sooner = Choice(Until(there, on_evidence=True), f"{named}, or new evidence")
        alone = Choice(Until(there, on_evidence=False), named, "as typed")
        return [sooner] if found.on_evidence else [alone, sooner]

    return find


def owners(workspace: Workspace) -> Find:
    """Who may look after feedback: whoever does, oneself, anybody typed, nobody."""

    def find(text: str) -> Sequence[Choice]:
        known = dict.fromkeys((*workspace.owners(), workspace.config.by))
        wanted = " ".join(text.split())
        found = [
            Choice(name, one_line(name), "you" if name == workspace.config.by else "")
            for name in known
            if name and wanted.casefold() in name.casefold()
        ]
        if wanted and wanted.casefold() not in {
            str(one.value).casefold() for one in found
        }:
            found.append(Choice(wanted, one_line(wanted), "new"))
        return [*found, Choice("", "nobody")] if not wanted else found

    return find


def tones() -> Find:
    """How pleased it sounds, or a language, typed by its name or code."""
    known = [
        *(Choice(("sentiment", one.value), f"sounds {one}") for one in Sentiment),
        Choice(("sentiment", AS_READ), "sentiment as it was read"),
        Choice(("language", AS_READ), "language as it was read"),
        *(Choice(("language", code), language(code), code) for code in languages()),
    ]

    def find(text: str) -> Sequence[Choice]:
        wanted = text.strip().casefold()
        return [
            one for one in known if wanted in one.label.casefold() or wanted == one.note
        ]

    return find


def same_as(workspace: Workspace, feedback: Feedback) -> Find:
    """Groups that may say the same: suggested ones first, then those found by words."""

    def find(text: str) -> Sequence[Choice]:
        group = workspace.group_of(feedback)
        wanted = text.casefold().split()
        suggested = [
            Choice(
                one.other, words.opening(one.other.title, one.other.body),
                percent(one.match.score), f"both say {both}" if both else "",
            )
            for one in workspace.suggestions(group, 8)
            for both in (shared(one),)
        ]  # fmt: skip
        if not wanted:
            return suggested
        found = [
            one for one in suggested if all(w in one.label.casefold() for w in wanted)
        ]
        known = {one.value.id for one in found}
        known.update(member.feedback.id for member in group.members)
        try:
            keys = workspace.ids(None, text, limit=20)
        except TriageError:
            # Half-typed words may be no query yet.
            return found
        return found + [
            Choice(other, words.opening(other.title, other.body), other.short)
            for other in workspace.feedback_many(keys)
            if other.id not in known
        ]

    return find


def _moment(name: str, read: str, now: datetime) -> Choice:
    found = when(read, now)
    assert found is not None
    there = _local(found)
    return Choice(
        Until(there, on_evidence=False), name, f"{there:%a} {words.moment(there, now)}"
    )


def _local(moment: datetime) -> datetime:
    """The same reading of the clock, whatever it was put to meanwhile."""
    return moment.replace(tzinfo=None).astimezone()
