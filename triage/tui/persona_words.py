"""How personas read on a screen: who they are, how many, how far to be trusted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice

from triage.measures.map_bias import Bias
from triage.measures.persona_confidence import Level
from triage.store.persona_views import PersonaPain
from triage.text.display import one_line
from triage.tui import empathy_words, words
from triage.tui.map_places import INFERRED, OBSERVED
from triage.tui.passage import Passage
from triage.tui.table import Field
from triage.workspace import PersonaView

ASSUMED = f"{INFERRED} assumed"
"""Said of a persona nobody stands behind."""

PAINS = 6
"""Pain points told beside a persona."""

QUOTES = 3
"""Quotes told beside a persona."""

_CONFIDENCE = {
    Level.NONE: ASSUMED, Level.LOW: "▂ low", Level.FAIR: "▄ fair",
    Level.GOOD: "▆ good",
}  # fmt: skip


def fields(now: datetime) -> tuple[Field[PersonaView], ...]:
    """A persona as a row."""
    return (
        Field(name="persona", width=20, style="row",
              say=lambda one: words.row_text(one.persona.name)),
        Field(name="heard", width=6, right=True, say=lambda one: f"{one.n:,}"),
        Field(name="people", width=6, right=True, say=lambda one: f"{one.people:,}"),
        Field(name="pains", width=5, right=True,
              say=lambda one: f"{len(one.pains):,}" if one.pains else "–"),
        Field(name="observed", width=8, right=True, say=observed),
        Field(name="confidence", width=10, say=confidence),
        Field(name="reviewed", say=lambda one: reviewed(one, now)),
    )  # fmt: skip


def observed(view: PersonaView) -> str:
    """``3 of 4``: how many entries of the map a quote shows."""
    if not view.notes:
        return "–"
    return f"{sum(one.is_observed for one in view.notes)} of {len(view.notes)}"


def confidence(view: PersonaView) -> str:
    """How far it may be trusted, in a glyph and a word."""
    return _CONFIDENCE[view.confidence.level]


def reviewed(view: PersonaView, now: datetime) -> str:
    """``6w ago``; marked where somebody should look again."""
    at = view.persona.reviewed_at
    due = "! " if view.is_due else ""
    return f"{due}{ago(at, now)}" if at else f"{due}never"


def ago(at: datetime, now: datetime) -> str:
    """``2d ago``, ``just now``."""
    told = words.age(at, now)
    return "just now" if told == "now" else f"{told} ago"


def who(view: PersonaView) -> str:
    """The query, or that nobody has said."""
    query = one_line(view.persona.query, 300)
    return query or "nobody has said who it is, so nobody is found"


def heard(view: PersonaView, now: datetime) -> str:
    """``42 heard, of 31 people and 9 companies, last 2d ago``."""
    if view.is_assumed:
        return f"{ASSUMED}: nobody who was heard is like this"
    people = words.people(view.people)
    firms = view.companies
    of = f" and {words.count(firms, 'company', 'companies')}" if firms else ""
    last = f", last {ago(view.last, now)}" if view.last else ""
    return f"{view.n:,} heard, of {people}{of}{last}"


def card(
    view: PersonaView, objections: Sequence[str], now: datetime, key: str
) -> Iterator[Passage]:
    """All there is to know of one, beside the list; ``key`` opens the objections."""
    persona = view.persona
    yield Passage(text=words.row_text(persona.name, 300), style="title")
    if persona.role:
        yield Passage(text=one_line(persona.role, 300))
    yield Passage(text=heard(view, now), style="dim")
    yield Passage(text="Who", style="head", gap=1)
    yield Passage(text=who(view), indent=2)
    if view.channels:
        told = " · ".join(
            f"{str(channel).replace('_', ' ')} {size:,}"
            for channel, size in view.channels.items()
        )
        yield Passage(text=told, style="dim", indent=2)
    yield Passage(text=f"Confidence  {confidence(view)}", style="head", gap=1)
    for want in view.confidence.wants:
        yield Passage(text=f"wants {want}", style="dim", indent=2)
    yield Passage(text="Map", style="head", gap=1)
    if view.notes:
        yield Passage(text=empathy_words.shares(view.notes), indent=2)
    else:
        yield Passage(text="nothing is written on it yet", style="dim", indent=2)
    for said in objections[:1]:
        yield Passage(text=f"! {said}", indent=2)
    if len(objections) > 1:
        more = words.count(len(objections) - 1, "more objection")
        told = f"and {more}, {key} shows them"
        yield Passage(text=told, style="dim", indent=2)
    yield from _pains(view)
    yield from _quotes(view)


def objections(
    rests_on: str, biases: Sequence[Bias]
) -> Iterator[Sequence[tuple[str, str]]]:
    """What speaks against a map, with its figures, and what to do about each."""
    yield [("It rests on ", "$muted"), (one_line(rests_on, 200), "")]
    for one in biases:
        yield [("", "")]
        yield [("! ", "bold $warning"), (one_line(one.what, 300), "bold")]
        yield [("  → ", "$accent"), (one_line(one.todo, 300), "")]
    if not biases:
        yield [("", "")]
        yield [("Nothing speaks against it.", "bold")]


def objected(biases: Sequence[Bias], key: str) -> list[tuple[str, str]]:
    """The first objection in a line, and how many more ``key`` shows."""
    if not biases:
        return [("Nothing speaks against it", "$muted")]
    return [
        (f"! {words.count(len(biases), 'objection')}", "bold $warning"),
        (f", {key} shows {'it' if len(biases) == 1 else 'them'}:  ", "$muted"),
        (one_line(biases[0].what, 300), ""),
    ]  # fmt: skip


def _pains(view: PersonaView) -> Iterator[Passage]:
    yield Passage(text="Pain points", style="head", gap=1)
    for one in view.pains[:PAINS]:
        yield Passage(text=pain(one), indent=2, brief=True)
    if len(view.pains) > PAINS:
        yield Passage(text=f"and {len(view.pains) - PAINS} more", style="dim", indent=2)
    if not view.pains:
        yield Passage(text="none of its people is quoted for one", style="dim",
                      indent=2)  # fmt: skip


def pain(one: PersonaPain) -> str:
    """``12  Export fails on large projects  p1``."""
    title = words.row_text(one.pain_point.title, 120)
    return f"{words.people(one.people):>9}  {title}  {one.pain_point.short}"


def hurts(view: PersonaView) -> str:
    """``Export fails (12 people) · Money is taken twice (4 people)``."""
    return " · ".join(
        f"{words.row_text(one.pain_point.title, 60)} ({words.people(one.people)})"
        for one in view.pains[:3]
    )


def _quotes(view: PersonaView) -> Iterator[Passage]:
    cited = {
        one.highlight.id: one.highlight for note in view.notes for one in note.cited
    }
    if not cited:
        return
    yield Passage(text="In their words", style="head", gap=1)
    for one in islice(cited.values(), QUOTES):
        quote = words.row_text(one.quote, 160)
        yield Passage(text=f"{OBSERVED} “{quote}”", indent=2)
