"""How entries of an empathy map, what shows them and what is wrong read on a screen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from triage.empathy import Area
from triage.store.persona_views import CitedView
from triage.text.display import one_line
from triage.tui import heard_words, words
from triage.tui.map_places import AREAS, INFERRED, OBSERVED, MapEntry
from triage.tui.passage import Passage
from triage.workspace import NoteView, PersonaView

UNDER = 3
"""Quotes told under an entry where nothing stands beside the map."""


def entries(view: PersonaView, now: datetime) -> dict[Area, list[MapEntry]]:
    """What is on a map, area by area, each with what it rests on."""
    return {
        area: [
            MapEntry(
                id=one.note.id, text=worded(one), observed=one.is_observed,
                under=tuple(_under(one, now)),
            )
            for one in view.notes_of(area)
        ]
        for area in AREAS
    }  # fmt: skip


def worded(one: NoteView) -> str:
    """What it says, in quotation marks where somebody said it word for word."""
    text = one.note.text
    return f"“{text}”" if any(_is_same(cited, one) for cited in one.cited) else text


def _is_same(cited: CitedView, one: NoteView) -> bool:
    return " ".join(cited.highlight.quote.split()) == " ".join(one.note.text.split())


def _under(one: NoteView, now: datetime) -> Iterator[str]:
    for cited in one.cited[:UNDER]:
        if not _is_same(cited, one):
            yield f"“{words.row_text(cited.highlight.quote)}”"
        yield f" {spoken(cited, now)}"
    more = len(one.cited) - UNDER
    if more > 0:
        yield f" and {words.count(more, 'more quote')}"
    if not one.cited:
        yield f"{INFERRED} {concluded(one, now)}"


def spoken(cited: CitedView, now: datetime) -> str:
    """Who said a quote, when, where, and what they felt."""
    feedback, heard = cited.feedback, cited.highlight
    facts = [
        one_line(words.author(feedback), 40),
        heard_words.felt(heard.feeling or "", heard.intensity),
        one_line(feedback.source, 30), words.moment(feedback.received_at, now),
        feedback.short, "" if cited.is_theirs else "none of its people",
    ]  # fmt: skip
    return " · ".join(fact for fact in facts if fact)


def concluded(one: NoteView, now: datetime) -> str:
    """``inferred by dana on 3 May 14:02: no quote shows it``."""
    note = one.note
    by = f" by {one_line(note.by, 30)}" if note.by else ""
    on = f" on {words.moment(note.at, now)}" if note.at else ""
    gone = " any more" if one.gone else ""
    return f"inferred{by}{on}: no quote shows it{gone}"


def shares(notes: Sequence[NoteView]) -> str:
    """``● 3 observed  ○ 1 inferred``."""
    seen = sum(one.is_observed for one in notes)
    return f"{OBSERVED} {seen} observed  {INFERRED} {len(notes) - seen} inferred"


def whole(one: NoteView, now: datetime, cite: str) -> Iterator[Passage]:
    """An entry with every quote that shows it; ``cite`` is the key that cites more."""
    note = one.note
    yield Passage(text=words.row_text(worded(one), 2000), style="title")
    if one.is_observed:
        many = words.count(len(one.cited), "quote")
        by = f" · written by {one_line(note.by, 30)}" if note.by else ""
        yield Passage(text=f"{OBSERVED} observed in {many}{by} · {note.short}",
                      style="head")  # fmt: skip
    else:
        yield Passage(text=f"{INFERRED} {concluded(one, now)} · {note.short}",
                      style="head")  # fmt: skip
        yield Passage(text=f"{cite} cites the words that do.", style="dim")
    for cited in one.cited:
        same = _is_same(cited, one)
        if not same:
            quote = words.row_text(cited.highlight.quote, 600)
            yield Passage(text=f"“{quote}”", gap=1)
        said = spoken(cited, now)
        yield Passage(text=said, style="dim", indent=1, gap=1 if same else 0)


def nothing(area: Area, write: str) -> Iterator[Passage]:
    """That an area is empty, and which key writes in it."""
    yield Passage(text=f"{area.capitalize()}: nothing yet", style="title")
    yield Passage(text=f"{write} writes the first.", style="dim")
