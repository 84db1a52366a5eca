"""What the reading pane says about one feedback, as passages; asks no widget."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from triage.measures import revenue_of
from triage.model import (
    Channel,
    Disposition,
    Evidence,
    Feedback,
    Label,
    Note,
    PainPoint,
    State,
    Tone,
)
from triage.operations.pain_points import text_of
from triage.text.display import one_line
from triage.tui import pinned_words, words
from triage.tui.quoting import Span
from triage.tui.wrap import SHOWN, head
from triage.workspace import Group, Guess, Suggestion, Workspace

_OTHERS = 3
_MARKED = 8
_WORTH_A_REASON = 0.1

_UNSPACED = "[\u0e00-\u0eff\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff]"

_PLAIN = {Channel.EMAIL, Channel.REVIEW, Channel.TICKET}
"""Channels that a source's name tells by itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """
    A run of text in one style.

    Attributes:
        style: title, dim, text, head, note or good.
        origin: Where it begins in the feedback's text; None where it is not part of it.
        telling: Words to mark in it, in lower case.
        indent: Cells left free at its left.
        gap: Empty lines before it.
    """

    text: str
    style: str = "text"
    origin: int | None = None
    telling: frozenset[str] = frozenset()
    indent: int = 0
    gap: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Study:
    """What takes longer to find out than a key press may last."""

    feedback: Feedback
    group: Group
    customer: Sequence[Feedback]
    turn: tuple[int, int]
    """Which of its customer's messages it is, and of how many."""
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

    def stands_in_inbox(self, now: datetime) -> bool:
        """Whether it waits to be decided."""
        return self.disposition is None or self.disposition.standing(now) is State.INBOX


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
    return Study(
        feedback=feedback,
        group=group,
        customer=workspace.of_customer(feedback),
        turn=workspace.turn(feedback),
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
    )


def passages(
    feedback: Feedback,
    found: Study | None,
    now: datetime,
    *,
    limit: int = SHOWN,
) -> Iterator[Passage]:
    """The feedback, then why and what next; ``found`` may come later."""
    telling = _telling(found)
    if feedback.title:
        yield Passage(text=head(feedback.title, 4096), style="title", origin=0)
    yield Passage(text=" · ".join(_facts(feedback, found, now)), style="dim")
    card = _card(feedback, found)
    if card:
        yield Passage(text=card, style="dim")
    if found:
        for text, style in pinned_words.told(found.label, found.notes, now):
            yield Passage(text=text, style=style)
        woke = pinned_words.woke(found.disposition, found.group)
        if woke:
            yield Passage(text=woke, style="good", gap=1)
    if found and found.decided:
        yield Passage(text=_newcomers(found), style="good", gap=1)
    for evidence, point in found.evidence if found else ():
        yield Passage(
            text=f"already evidence of {point.short} “{one_line(point.title, 60)}”"
            f" · {evidence.importance.name.lower().replace('_', ' ')}"
            f"{_part(feedback, evidence)}",
            style="note",
        )
    if found and found.evidence and found.stands_in_inbox(now):
        yield Passage(text="A accepts it as it is quoted", style="good")
    text = head(feedback.body, limit)
    if text:
        yield Passage(
            text=text.rstrip(),
            origin=len(feedback.title) + 2 if feedback.title else 0,
            telling=telling,
            gap=1,
        )
    if len(text) < len(feedback.body):
        left = len(feedback.body) - len(text)
        yield Passage(text=f"… {left:,} characters more, z shows them", style="note")
    if found:
        yield from _same_as(found)
        yield from _maybe_same(found)
        yield from _pain_guesses(found)


def quoted_spans(feedback: Feedback, found: Study | None) -> tuple[Span, ...]:
    """Parts of the text that are evidence, where it still says what was quoted."""
    text = text_of(feedback)
    return tuple(
        (one.start, one.end)
        for one, _ in (found.evidence if found else ())
        if text[one.start : one.end] == one.quote
    )


def _part(feedback: Feedback, evidence: Evidence) -> str:
    """The words quoted, where they are not all of them."""
    if evidence.quote == text_of(feedback):
        return ""
    return f": “{one_line(evidence.quote, 60)}”"


def _facts(feedback: Feedback, found: Study | None, now: datetime) -> Iterator[str]:
    stars = words.stars(feedback.rating, feedback.scale, feedback.metric)
    if stars:
        yield stars
    place = one_line(feedback.source, 40)
    yield place if feedback.channel in _PLAIN else f"{feedback.channel}, {place}"
    if feedback.app_version:
        yield one_line(feedback.app_version, 30)
    for name in ("device", "os", "os_version", "country"):
        told = feedback.context.get(name)
        if isinstance(told, str | int | float) and str(told).strip():
            yield one_line(str(told), 30)
    tone = found.tone if found else Tone()
    told = tone.language or feedback.language
    if told:
        yield words.language(one_line(told, 20))
    # What stars say is said by the stars.
    if tone.sentiment and tone.sentiment_from != "rating":
        yield f"sounds {tone.sentiment}"
    yield words.moment(feedback.received_at, now)
    if feedback.edited_at:
        yield f"edited {words.moment(feedback.edited_at, now)}"
    yield feedback.short


def _card(feedback: Feedback, found: Study | None) -> str:
    """Who said it: name, company, plan, what they pay, how often they wrote."""
    facts = [one_line(words.author(feedback), 60)]
    if feedback.company and feedback.company != facts[0]:
        facts.append(one_line(feedback.company, 40))
    for name in ("plan", "segment"):
        told = feedback.context.get(name)
        if isinstance(told, str) and told.strip():
            facts.append(one_line(told, 30))
    revenue = revenue_of(feedback)
    if revenue:
        facts.append(f"{words.money(revenue)}/month")
    place, said = found.turn if found else (1, 1)
    if said > 1:
        facts.append(f"{words.ordinal(place)} of {said:,} messages")
    return " · ".join(facts)


def _newcomers(found: Study) -> str:
    decided = found.decided
    assert decided is not None
    new = sum(1 for member in found.group.members if member.disposition is None)
    if found.decided_into:
        into = found.decided_into
        return (
            f"{new} new in {into.short} “{one_line(into.title, 60)}”,"
            " = to accept the same"
        )
    why = f" ({one_line(decided.reason, 40)})" if decided.reason else ""
    return f"{new} new in a group that was {decided.state}{why}, = to decide the same"


def _same_as(found: Study) -> Iterator[Passage]:
    others = [
        member for member in found.group.members
        if member.feedback.id != found.feedback.id
    ]  # fmt: skip
    if not others:
        return
    size = len(found.group.members)
    yield Passage(
        text=f"Same as   {size} in this group, {words.people(found.group.people)}"
        "   O opens it",
        style="head",
        gap=1,
    )
    for member in others[:_OTHERS]:
        other = member.feedback
        yield Passage(
            text=f"“{words.opening(other.title, other.body, 90)}”  {_where(other)}",
            style="dim",
            indent=2,
        )
    if len(others) > _OTHERS:
        yield Passage(text=f"and {len(others) - _OTHERS:,} more", style="dim", indent=2)


def _maybe_same(found: Study) -> Iterator[Passage]:
    if not found.suggestions:
        return
    yield Passage(text="Maybe the same   2 to say so", style="head", gap=1)
    for one in found.suggestions:
        size = f" and {one.size - 1} more" if one.size > 1 else ""
        yield Passage(
            text=f"{one.match.score:3.0f} %  “"
            f"{words.opening(one.other.title, one.other.body, 80)}”{size}",
            style="dim",
            indent=2,
        )
        why = shared(one)
        if why:
            yield Passage(text=f"both say {why}", style="note", indent=8)


def _pain_guesses(found: Study) -> Iterator[Passage]:
    if found.evidence or not found.guesses:
        return
    probable = found.guesses[0].confidence is not None
    yield Passage(
        text=f"{'Pain point?' if probable else 'Like a pain point?'}"
        "   A accepts, 1 asks",
        style="head",
        gap=1,
    )
    for place, guess in enumerate(found.guesses):
        point = guess.pain_point
        yield Passage(
            text=f"{percent(guess.share):>5} {bar(guess.share)}"
            f"  {point.short} {one_line(point.title)}",
            style="dim",
            indent=2,
        )
        if place and guess.share < _WORTH_A_REASON:
            continue
        if guess.quote != point.title:
            yield Passage(
                text=f"“{words.opening('', guess.quote, 80)}”", style="dim", indent=8
            )
        if guess.words:
            told = " · ".join(one_line(word, 30) for word in guess.words)
            yield Passage(text=f"both say {told}", style="note", indent=8)


def bar(share: float, cells: int = 6) -> str:
    """A share of 0 to 1 as a row of blocks."""
    full = min(cells, max(0, round(share * cells)))
    return "▰" * full + "▱" * (cells - full)


def shared(suggestion: Suggestion, limit: int = 6) -> str:
    """The telling words both say, for a line."""
    told = suggestion.match.reason.get("shared") or ()
    return " · ".join(one_line(str(word), 30) for word in list(told)[:limit])


def percent(score: float) -> str:
    """A likeness of 0 to 100 for a column."""
    return f"{_percent(score):.0f} %"


def _percent(score: float) -> float:
    return score * 100 if score <= 1 else score


def _where(feedback: Feedback) -> str:
    return one_line(feedback.source, 24)


def _telling(found: Study | None) -> frozenset[str]:
    """Words this feedback shares with its best match in the group or beyond."""
    if found is None:
        return frozenset()
    told: set[str] = set()
    for member in found.group.members:
        if member.match and found.feedback.id in {
            member.match.left_id, member.match.right_id,
        }:  # fmt: skip
            told.update(str(word) for word in member.match.reason.get("shared") or ())
    if not told and found.suggestions:
        best = found.suggestions[0].match.reason.get("shared") or ()
        told.update(str(word) for word in best)
    # What is short in an alphabet tells little; nearly everything is shared by copies.
    long = sorted(filter(_tells, told), key=lambda word: (-len(word), word))
    return frozenset(folded(word) for word in long[:_MARKED])


def _tells(word: str) -> bool:
    return len(word) > 3 or not word.isascii()


def folded(word: str) -> str:
    """A word as ``Passage.telling`` keeps it."""
    return word.casefold()


@lru_cache(64)
def finder(telling: frozenset[str]) -> re.Pattern[str]:
    """Finds these words, whole in alphabets and anywhere in scripts without spaces."""
    parts = [
        re.escape(word) if re.search(_UNSPACED, word) else rf"\b{re.escape(word)}\b"
        for word in sorted(telling, key=len, reverse=True)
    ]
    return re.compile("|".join(parts), re.IGNORECASE)
