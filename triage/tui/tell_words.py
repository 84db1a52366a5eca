"""How somebody who asked reads in a line and whole; asks no widget."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from triage.model import Importance
from triage.text.display import one_line
from triage.tui import pain_words, words
from triage.tui.passage import Passage
from triage.tui.table import Field
from triage.tui.wrap import head
from triage.workspace import Asker, ToldView, ToTell, Way

STATES = {
    "told": "✓ told", "waiting": "● waits", "skipped": "– never",
    "untold": "○ untold",
}  # fmt: skip

_QUOTES = 8
_TEXT = 4_000
"""Bytes shown of a quote."""


@dataclass(frozen=True, slots=True)
class Row:
    """Somebody who asked, and the way to them."""

    asker: Asker
    way: Way

    @property
    def key(self) -> int:
        """What a mark on it is named by."""
        return self.asker.latest.feedback.id


FIELDS: tuple[Field[Row], ...] = (
    Field(name="state", width=8, say=lambda one: STATES[one.asker.state]),
    Field(name="who", width=14, say=lambda one: who(one.asker, 40)),
    Field(name="matters", width=11, from_width=100,
          say=lambda one: pain_words.weight(Importance(one.asker.importance))),
    Field(name="promise", width=7,
          say=lambda one: "✓" if one.asker.promises else ""),
    Field(name="way", width=5, say=lambda one: one.way.act or "none"),
    Field(name="in their words", style="row",
          say=lambda one: f"“{words.row_text(one.asker.latest.evidence.quote)}”"),
)  # fmt: skip


def who(asker: Asker, limit: int) -> str:
    """What they are called, safe on one line."""
    return words.row_text(asker.name or "somebody", limit)


def counted(size: ToTell | None, rows: Sequence[Row]) -> str:
    """``14 people asked · 3 told · 9 to tell, 2 without a way``."""
    if size is None:
        return ""
    lost = sum(one.asker.state == "untold" and not one.way.act for one in rows)
    parts = [
        f"{words.people(size.people)} asked",
        f"{size.told:,} told" if size.told else "",
        f"{size.waiting:,} {'waits' if size.waiting == 1 else 'wait'} in the outbox"
        if size.waiting
        else "",
        f"{size.skipped:,} left out" if size.skipped else "",
        f"{size.left:,} to tell" + (f", {lost:,} without a way" if lost else ""),
    ]
    return " · ".join(part for part in parts if part)


def shipped(size: ToTell | None) -> str:
    """What it is that has shipped, or that nothing has."""
    if size is None or not size.shipped:
        return "nothing has shipped yet"
    titles = ", ".join(one_line(plan.item.title, 60) for plan in size.shipped)
    return f"shipped: {titles}"


def whole(row: Row, now: datetime) -> Iterator[Passage]:
    """Who, the way to them, what they were promised and told, then their words."""
    asker = row.asker
    said = asker.latest.feedback
    yield Passage(text=who(asker, 80), style="title")
    facts = [STATES[asker.state], asker.person, one_line(said.company, 40)]
    yield Passage(text=" · ".join(fact for fact in facts if fact), style="dim")
    if row.way.act:
        yield Passage(text=f"Can be reached: {one_line(row.way.short, 200)}", gap=1)
    else:
        why = one_line(row.way.why, 300)
        yield Passage(text=f"Cannot be reached: {why}", style="note", gap=1)
    for promise in asker.promises:
        by = f" by {one_line(promise.by, 30)}" if promise.by else ""
        when = words.moment(promise.at, now) if promise.at else ""
        yield Passage(text=f"Promised {when}{by}", style="head", gap=1)
        yield Passage(text=one_line(promise.text, 500))
    for told in asker.told:
        yield from _told(told, now)
    yield from _quotes(asker, now)


def _told(told: ToldView, now: datetime) -> Iterator[Passage]:
    verbs = {"told": "Told", "waiting": "Waits to be sent", "skipped": "Left out"}
    if not told.state:
        return
    when = words.moment(told.at, now) if told.at else ""
    by = f" by {one_line(told.by, 30)}" if told.by else ""
    how = one_line(told.told.how, 200)
    draft = f" · {told.draft.draft.short}" if told.draft else ""
    yield Passage(text=f"{verbs[told.state]} {when}{by}", style="head", gap=1)
    yield Passage(text=f"{how}{draft}", style="dim")
    if told.words:
        yield Passage(text=head(told.words, _TEXT))


def _quotes(asker: Asker, now: datetime) -> Iterator[Passage]:
    for quote in asker.quotes[:_QUOTES]:
        said = quote.feedback
        when = words.moment(said.received_at, now)
        place = f"{one_line(said.source, 30)} · {said.channel.value} · {said.short}"
        yield Passage(text=f"Said {when}", style="head", gap=1)
        yield Passage(text=place, style="dim")
        yield Passage(text=head(quote.evidence.quote, _TEXT))
    more = len(asker.quotes) - _QUOTES
    if more > 0:
        yield Passage(text=f"and {words.count(more, 'earlier quote')}", style="dim")


def left_out(reasons: Sequence[tuple[str, str]]) -> str:
    """How many no draft was written to, and why the first was not; "" for none."""
    if not reasons:
        return ""
    name, why = reasons[0]
    told = f"{one_line(name, 30) or 'somebody'}: {one_line(why, 120)}"
    return f"{words.people(len(reasons))} left out: {told}"
