"""What stands round a text: its thread, who says the same, what it may be."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from triage.model import Feedback, Kind, State
from triage.text.display import one_line
from triage.tui import words
from triage.tui.manner import Manner
from triage.tui.passage import Passage
from triage.tui.study import Study
from triage.tui.targets import standing
from triage.workspace import Outcome, Suggestion

_OTHERS = 3
_PARTS = 5
_WORTH_A_REASON = 0.1


def around(found: Study, now: datetime, manner: Manner) -> Iterator[Passage]:
    """The thread, who says the same, what it may be, what they said before."""
    yield from _thread(found, now, manner)
    yield from _same_as(found, manner)
    yield from _maybe_same(found, manner)
    yield from _pain_guesses(found, manner)
    yield from _earlier(found, now, manner)


def _thread(found: Study, now: datetime, manner: Manner) -> Iterator[Passage]:
    """The parts of a conversation nearest to this one, a line each."""
    if len(found.thread) < 2:
        return
    yield Passage(
        text=f"Thread   {words.count(len(found.thread), 'message')}"
        f"   {manner.key('thread')} opens it",
        style="head", gap=1, asks="thread",
    )  # fmt: skip
    ids = [one.id for one in found.thread]
    here = ids.index(found.feedback.id) if found.feedback.id in ids else 0
    first = max(0, min(here - _PARTS // 2, len(ids) - _PARTS))
    for one in found.thread[first : first + _PARTS]:
        mark = "▸" if one.id == found.feedback.id else " "
        yield Passage(
            text=f"{mark} {words.age(one.received_at, now):>4}  {speaker(one)}"
            f"  {words.opening('', one.body or one.title)}",
            style="dim", indent=1, brief=True,
        )  # fmt: skip


def speaker(feedback: Feedback) -> str:
    """Who wrote a part of a conversation: a customer, or our side."""
    who = one_line(words.author(feedback), 30)
    return f"{who}, our side" if feedback.kind is Kind.AGENT else who


def _same_as(found: Study, manner: Manner) -> Iterator[Passage]:
    others = [
        member for member in found.group.members
        if member.feedback.id != found.feedback.id
    ]  # fmt: skip
    if not others:
        return
    size = len(found.group.members)
    yield Passage(
        text=f"Same as   {size} in this group, {words.people(found.group.people)}"
        f"   {manner.key('members')} opens it",
        style="head", gap=1, asks="members",
    )  # fmt: skip
    for member in others[:_OTHERS]:
        other = member.feedback
        yield Passage(
            text=f"“{words.opening(other.title, other.body, 90)}”  {_where(other)}",
            style="dim",
            indent=2,
        )
    if len(others) > _OTHERS:
        yield Passage(text=f"and {len(others) - _OTHERS:,} more", style="dim", indent=2)


def _maybe_same(found: Study, manner: Manner) -> Iterator[Passage]:
    if not found.suggestions:
        return
    yield Passage(
        text=f"Maybe the same   {manner.key('merge')} to say so",
        style="head", gap=1, asks="merge",
    )  # fmt: skip
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


def _pain_guesses(found: Study, manner: Manner) -> Iterator[Passage]:
    if found.evidence or not found.guesses:
        return
    probable = found.guesses[0].confidence is not None
    yield Passage(
        text=f"{'Pain point?' if probable else 'Like a pain point?'}"
        f"   {manner.key('accept-guess')} accepts, {manner.key('accept')} asks",
        style="head", gap=1, asks="accept",
    )  # fmt: skip
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


def _earlier(found: Study, now: datetime, manner: Manner) -> Iterator[Passage]:
    """What the same customer said before, and what became of it."""
    if not found.earlier:
        return
    before = found.times_heard[0] - 1
    yield Passage(
        text=f"Said before   {words.count(before, 'message')}"
        f"   {manner.key('customer')} opens all",
        style="head", gap=1, asks="customer",
    )  # fmt: skip
    for one in found.earlier:
        said = one.feedback
        yield Passage(
            text=f"{words.age(said.received_at, now):>4}"
            f"  {became(one, now)}  {words.opening(said.title, said.body)}",
            style="dim", indent=2, brief=True,
        )  # fmt: skip


def became(outcome: Outcome, now: datetime) -> str:
    """What became of a feedback, in a few words: "declined (not planned)"."""
    if outcome.pain_points:
        shorts = ", ".join(point.short for point in outcome.pain_points)
        return f"{shorts} {one_line(outcome.pain_points[0].title, 40)}"
    where = standing(outcome.disposition, now)
    if where is State.INBOX:
        return "waits in the inbox"
    reason = one_line(outcome.disposition.reason, 40) if outcome.disposition else ""
    return f"{where} ({reason})" if reason else str(where)
