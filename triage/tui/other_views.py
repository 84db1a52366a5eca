"""A feedback as it was sent, and the conversation it is part of, as passages."""

from __future__ import annotations

import codecs
from collections.abc import Iterator, Sequence
from datetime import datetime

from triage.model import Feedback
from triage.text.display import one_line
from triage.tui import words
from triage.tui.around import speaker
from triage.tui.manner import Manner
from triage.tui.passage import Passage
from triage.tui.wrap import head


def as_sent(feedback: Feedback, raw: bytes, manner: Manner) -> Iterator[Passage]:
    """The bytes the source sent, as text: headers and all, nothing left out."""
    yield Passage(
        text=f"As it was sent   {words.count(len(raw), 'byte')}"
        f" from {one_line(feedback.source, 40)}   {manner.key('raw')} goes back",
        style="head", asks="raw",
    )  # fmt: skip
    yield Passage(text=_decoded(raw[: manner.limit]), sought=manner.sought, gap=1)
    yield from _rest(len(raw) - manner.limit, "byte", manner)


def conversation(
    feedback: Feedback, thread: Sequence[Feedback], now: datetime, manner: Manner
) -> Iterator[Passage]:
    """Every part of a conversation whole, oldest first, this one marked."""
    yield Passage(
        text=f"Thread   {words.count(len(thread), 'message')}"
        f"   {manner.key('thread')} goes back",
        style="head", asks="thread",
    )  # fmt: skip
    room = manner.limit
    for one in thread:
        mark = "▸ " if one.id == feedback.id else ""
        facts = (speaker(one), words.moment(one.received_at, now), one.short)
        yield Passage(
            text=mark + " · ".join(facts), style="title" if mark else "dim", gap=1
        )
        text = head(one.body or one.title, max(0, room))
        room -= len(text.encode("utf-8", "replace"))
        yield Passage(text=text.rstrip(), sought=manner.sought)
    total = sum(
        len((one.body or one.title).encode("utf-8", "replace")) for one in thread
    )
    yield from _rest(total - manner.limit, "byte", manner)


def _rest(left: int, unit: str, manner: Manner) -> Iterator[Passage]:
    if left > 0:
        key = manner.key("more-text")
        yield Passage(
            text=f"… {words.count(left, unit)} more, {key} shows them", style="note",
            asks="more-text",
        )  # fmt: skip


def _decoded(raw: bytes) -> str:
    """Bytes as text; the last character may be cut, and is then left out."""
    try:
        return codecs.getincrementaldecoder("utf-8")().decode(raw)
    except UnicodeDecodeError:
        from triage.text.charset import decode

        return decode(raw).text
