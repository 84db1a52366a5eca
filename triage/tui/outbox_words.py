"""How a draft and what became of it read, in a line and whole; asks no widget."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from triage.draft import Draft
from triage.model import Feedback
from triage.text.display import one_line
from triage.tui import reply_words, words
from triage.tui.passage import Passage
from triage.tui.wrap import head
from triage.workspace import DraftView

if TYPE_CHECKING:
    from triage.connector import Act

STATES = {
    "waiting": "● waits", "sending": "◐ sending", "failed": "✕ failed",
    "sent": "✓ sent", "dropped": "○ dropped",
}  # fmt: skip

_UNSURE = "? unsure"

GLYPHS = {"waiting": "✎", "sending": "✎", "failed": "✕", "sent": "↵"}
"""Beside a row in a list of feedback: what became of an answer to it."""

_TEXT = 16_000
"""Bytes shown of either text."""


@dataclass(frozen=True, slots=True)
class Holds:
    """What holds for a draft at its source."""

    act: Act
    writes: bool


def state(view: DraftView) -> str:
    """Glyph and word: what broke off may have arrived, and says so."""
    return _UNSURE if broke_off(view) else STATES[view.state]


def broke_off(view: DraftView) -> bool:
    """Whether nobody is sending it, and nobody knows whether it arrived."""
    delivery = view.delivery
    return view.state == "sending" and delivery is not None and not delivery.holder


def to(view: DraftView) -> str:
    """Whom it is for; what it is about, where it answers nobody."""
    if view.feedback is not None:
        return words.row_text(words.author(view.feedback), 60)
    return words.row_text(view.draft.title or view.draft.act, 60)


def length(view: DraftView, longest: int | None) -> str:
    """``312/350``, or how long it is where nobody limits it."""
    size = len(view.draft.text)
    if longest is None:
        return f"{size:,}"
    return f"{size:,}/{longest:,}"


def row(view: DraftView) -> str:
    """What it says; first why it could not be sent, where it could not."""
    text = view.draft.text
    if view.state == "failed" and view.delivery:
        text = f"{view.delivery.failure} — {text}"
    return words.row_text(text, 400)


def whole(
    view: DraftView,
    rules: Holds | None,
    now: datetime,
    key: Callable[[str], str],
    *,
    tried: str = "",
) -> Iterator[Passage]:
    """
    What it says beside what it answers, and what became of it.

    Args:
        rules: What holds at its source; None where that cannot be told.
        key: The key that asks for an action, as people read it.
        tried: What a dry run said of it; "" where none was made.
    """
    yield Passage(text=f"{_verb(view)} {to(view)}", style="title")
    yield Passage(text=" · ".join(_facts(view, now)), style="dim")
    yield from _fate(view, rules, now, key)
    if tried and view.state in {"waiting", "failed"}:
        yield Passage(text="Only tried", style="head", gap=1)
        yield Passage(text=one_line(tried, 800))
    yield Passage(text=_measured(view, rules), style="head", gap=1)
    yield Passage(text=head(view.draft.text, _TEXT))
    if view.feedback is not None:
        yield from _answers(view.feedback, now)


_VERBS = {"reply": "Reply to", "email": "Mail to"}


def _verb(view: DraftView) -> str:
    return _VERBS.get(view.draft.act, view.draft.act.capitalize())


def _facts(view: DraftView, now: datetime) -> Iterator[str]:
    draft = view.draft
    yield one_line(draft.source, 40)
    yield draft.short
    if view.to:
        yield one_line(view.to, 80)
    if draft.title:
        yield f"“{one_line(draft.title, 80)}”"
    if draft.at:
        yield f"written {words.moment(draft.at, now)}"
    if draft.by:
        yield f"by {one_line(draft.by, 30)}"


def _measured(view: DraftView, rules: Holds | None) -> str:
    longest = rules.act.longest if rules else None
    told, _ = reply_words.counted(len(view.draft.text), longest)
    what = "Was to be sent" if view.state == "dropped" else "Says"
    return f"{what}   {told}"


def _fate(
    view: DraftView, rules: Holds | None, now: datetime, key: Callable[[str], str]
) -> Iterator[Passage]:
    delivery = view.delivery
    if view.state == "waiting":
        sends = f"{key('send')} sends it, {key('edit-draft')} changes it"
        yield Passage(text=f"Waits to be sent: {sends}", style="note", gap=1)
    elif view.state == "dropped":
        yield Passage(text="Dropped: it is not sent", style="note", gap=1)
    elif delivery is None:
        return
    elif view.state == "failed":
        tries = f", tried {delivery.tries} times" if delivery.tries > 1 else ""
        when = words.moment(delivery.ended_at or delivery.started_at, now)
        yield Passage(text=f"Failed {when}{tries}", style="head", gap=1)
        yield Passage(text=one_line(delivery.failure, 800))
        yield Passage(text=f"{key('send')} tries again", style="note")
    elif broke_off(view):
        when = words.moment(delivery.started_at, now)
        yield Passage(text=f"Broke off {when}", style="head", gap=1)
        yield Passage(text=one_line(delivery.failure or "the program ended", 800))
        asks = f"{key('send')} looks what is there, and sends it only if it is not"
        yield Passage(text=asks, style="note")
    elif view.state == "sending":
        since = words.moment(delivery.started_at, now)
        yield Passage(text=f"Being sent since {since}", style="head", gap=1)
    else:
        yield from _sent(view, now)
    if rules is not None and not rules.writes and view.state in {"waiting", "failed"}:
        yield Passage(text=allow(view.draft.source), style="note", gap=1)


def allow(source: str) -> str:
    """That a source is only read so far, and what changes that."""
    name = one_line(source, 40)
    return (
        f"{name} has writes off, so sending is a dry run;"
        f" `triage sources set {name} writes=true` allows it"
    )


def _sent(view: DraftView, now: datetime) -> Iterator[Passage]:
    delivery = view.delivery
    assert delivery is not None
    when = words.moment(delivery.ended_at or delivery.started_at, now)
    who = f" by {one_line(delivery.by, 30)}" if delivery.by else ""
    yield Passage(text=f"Sent {when}{who}", style="good", gap=1)
    told = [
        one_line(str(delivery.receipt[name]), 200)
        for name in ("state", "url") if delivery.receipt.get(name)
    ]  # fmt: skip
    if told:
        yield Passage(text=" · ".join(told), style="dim")
    there = delivery.receipt.get("text")
    if there and there != view.draft.text:
        yield Passage(text="What stands there now", style="head", gap=1)
        yield Passage(text=head(str(there), _TEXT))


def _answers(feedback: Feedback, now: datetime) -> Iterator[Passage]:
    yield Passage(text="Answers", style="head", gap=1)
    yield Passage(text=reply_words.facts(feedback, feedback.source, now), style="dim")
    if feedback.title:
        yield Passage(text=head(feedback.title, 4096), style="title")
    yield Passage(text=head(feedback.body, _TEXT))


def question(drafts: Sequence[Draft], dry: frozenset[str]) -> str:
    """
    What is asked before anything is sent.

    Args:
        dry: Sources that are only read so far.
    """
    many = Counter(one.source for one in drafts)
    is_answer = all(one.act == "reply" for one in drafts)
    noun = ("reply", "replies") if is_answer else ("draft", "drafts")
    told = words.count(len(drafts), *noun)
    if dry >= many.keys():
        first = f"Try what sending {told} would do?"
    else:
        first = f"Send {told}?"
    lines = [first]
    for source, size in many.items():
        name = one_line(source, 40)
        lines.append(f"  {size:,} to {name}{': dry run' if source in dry else ''}")
    lines.extend(allow(source) for source in many if source in dry)
    if not dry >= many.keys():
        lines.append("What is sent cannot be taken back here.")
    return "\n".join(lines)
