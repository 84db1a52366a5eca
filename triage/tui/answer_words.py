"""How an answer to a feedback reads beneath it: one that waits, or stands there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from triage.tui import words
from triage.tui.manner import Manner
from triage.tui.outbox_words import GLYPHS
from triage.tui.passage import Passage
from triage.tui.study import Study
from triage.workspace import DraftView

_SHOWN = 160
"""Characters of an answer shown; its key shows the whole."""


def answers(found: Study, now: datetime, manner: Manner) -> Iterator[Passage]:
    """What our side says or would say; that it can say something, where it can."""
    replies = [one for one in found.replies if one.state != "dropped"]
    last = replies[-1] if replies else None
    rules = found.rules
    if rules is not None and rules.answered and (last is None or last.state != "sent"):
        yield Passage(text="Answered by our side", style="head", gap=1)
        yield _said(rules.answered)
    if last is not None:
        yield Passage(text=_fate(last, now, manner), style="good", gap=1, asks="reply")
        yield _said(last.draft.text)
        if last.delivery and last.delivery.failure and last.state != "sent":
            why = words.row_text(last.delivery.failure, 300)
            yield Passage(text=why, style="note", indent=2)
    elif rules is not None and not rules.answered:
        key = manner.key("reply")
        yield Passage(
            text=f"Reply   {key} writes one", style="head", gap=1, asks="reply"
        )


def _fate(view: DraftView, now: datetime, manner: Manner) -> str:
    glyph, delivery = GLYPHS[view.state], view.delivery
    if view.state == "sent" and delivery is not None:
        when = words.moment(delivery.ended_at or delivery.started_at, now)
        return f"{glyph} Answered {when}"
    if view.state == "failed":
        return f"{glyph} A reply could not be sent, {manner.key('go-outbox')} shows it"
    if view.state == "sending":
        return f"{glyph} A reply is being sent"
    key = manner.key("reply")
    return f"{glyph} A reply waits in the outbox, {key} changes it"


def _said(text: str) -> Passage:
    return Passage(text=f"“{words.row_text(text, _SHOWN)}”", style="dim", indent=2)
