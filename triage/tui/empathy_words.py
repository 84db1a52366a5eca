"""How entries of an empathy map, what shows them and what is wrong read on a screen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from triage.empathy import Area
from triage.research import Highlight
from triage.store.persona_views import CitedView, NoteView, PersonaView
from triage.text.display import one_line
from triage.tui import words
from triage.tui.map_layout import AREAS, INFERRED, OBSERVED, MapEntry
from triage.tui.passage import Passage

UNDER = 3
"""Quotes told under an entry where nothing stands beside the map."""


def entries(view: PersonaView, now: datetime) -> dict[Area, list[MapEntry]]:
    """What is on a map, area by area, each with what it rests on."""
    return {
        area: [
            MapEntry(
                id=one.note.id, text=one.note.text, observed=one.is_observed,
                under=tuple(_under(one, now)),
            )
            for one in view.notes_of(area)
        ]
        for area in AREAS
    }  # fmt: skip


def _under(one: NoteView, now: datetime) -> Iterator[str]:
    for cited in one.cited[:UNDER]:
        yield f"“{words.row_text(cited.highlight.quote)}”"
        yield f" {spoken(cited, now)}"
    more = len(one.cited) - UNDER
    if more > 0:
        yield f" and {words.count(more, 'more quote')}"
    if not one.cited:
        yield f"{INFERRED} {concluded(one, now)}"


def spoken(cited: CitedView, now: datetime) -> str:
    """Who said a quote, when, where, and what they felt."""
    feedback = cited.feedback
    facts = [
        one_line(words.author(feedback), 40), felt(cited.highlight),
        one_line(feedback.source, 30), words.moment(feedback.received_at, now),
        feedback.short, "" if cited.is_theirs else "none of its people",
    ]  # fmt: skip
    return " · ".join(fact for fact in facts if fact)


def felt(highlight: Highlight) -> str:
    """``frustrated 2/3``; "" where nobody has said."""
    if highlight.feeling is None:
        return ""
    return f"{highlight.feeling} {highlight.intensity}/3"


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
    """An entry with every quote that shows it; ``cite`` is the key that changes that."""
    note = one.note
    yield Passage(text=words.row_text(note.text, 2000), style="title")
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
        quote = words.row_text(cited.highlight.quote, 600)
        yield Passage(text=f"“{quote}”", gap=1)
        yield Passage(text=spoken(cited, now), style="dim", indent=1)


def nothing(area: Area, write: str) -> Iterator[Passage]:
    """What belongs into an area that is empty, and which key writes it."""
    yield Passage(text=f"{area.capitalize()}: nothing yet", style="title")
    yield Passage(text=ASKED[area], style="dim")
    yield Passage(text=f"{write} writes the first.", style="dim", gap=1)


ASKED = {
    Area.SAYS: "In their own words: each needs a quote.",
    Area.THINKS: "What goes on in their head, and may never be said aloud.",
    Area.DOES: "What they do, seen or told: steps, detours, habits.",
    Area.FEELS: "What they feel, and about what.",
    Area.PAINS: "What they fear, lose, or stumble over.",
    Area.GAINS: "What they hope for, and how they would know they have it.",
    Area.GOALS: "What they want to get done.",
    Area.CONTEXTS: "Where, when and with what they work.",
    Area.PREFERENCES: "How they would rather have it.",
}
"""What an area asks, in a sentence."""
