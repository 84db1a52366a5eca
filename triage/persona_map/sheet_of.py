"""From a persona as it is stored to its map as it is drawn, here or elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from triage.empathy import MAP, OWN, Area
from triage.export.letting_out import nameless
from triage.measures.map_bias import Bias
from triage.operations.leaving import Leaving
from triage.persona_map.sheet import MapArea, MapEntry, MapQuote, Sheet
from triage.store.persona_views import CitedView, NoteView, PersonaView
from triage.text.counting import counted

PAINS = 5
"""Pain points told beside a map, at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """
    For whom a map is drawn.

    Attributes:
        leaves: Whether it leaves the file: nothing without consent.
        names: Whether people are named, as far as they may be.
    """

    leaves: bool
    names: bool


HERE = Shown(leaves=False, names=True)
"""Looked at here: all of it."""


def sheet_of(
    view: PersonaView,
    biases: Sequence[Bias],
    rests_on: str,
    shown: Shown,
    now: datetime,
) -> Sheet:
    """
    The map as it is drawn for them.

    An entry leaves where every quote it cites does: it is what somebody made of these
    words. What is inferred is nobody's words, and always leaves.
    """
    cited = [one for note in view.notes for one in note.cited]
    leaving = _leaving(cited) if shown.leaves else Leaving()
    areas = {area: _area(view, area, shown, leaving) for area in (*MAP, *OWN)}
    kept = {one.highlight.id for one in cited if not leaving.words(one.feedback)}
    return Sheet(
        name=view.persona.name,
        role=view.persona.role,
        is_assumed=view.is_assumed,
        facts=_facts(view),
        areas=tuple(areas[area] for area in MAP),
        own=tuple(areas[area] for area in OWN if areas[area].entries),
        pains=tuple(
            f"{one.pain_point.title} ({one.pain_point.short}):"
            f" {counted(one.people, 'person', 'people')},"
            f" {counted(one.quotes, 'quote')}"
            for one in view.pains[:PAINS]
        ),
        feelings=", ".join(
            f"{one.feeling} {one.highlights}"
            f" ({counted(one.people, 'person', 'people')})"
            for one in view.feelings
        ),
        biases=tuple(biases),
        rests_on=rests_on,
        withheld=len(kept),
        at=now,
    )


def _facts(view: PersonaView) -> tuple[str, ...]:
    if view.is_assumed:
        return ("Assumed: nobody is found who is meant by it.",)
    companies = view.companies
    at = f" at {counted(companies, 'company', 'companies')}" if companies else ""
    channels = ", ".join(
        f"{channel.replace('_', ' ')} {many:,}"
        for channel, many in view.channels.items()
    )
    confidence = f"Confidence: {view.confidence.level}"
    if view.confidence.wants:
        confidence += f"; more with {'; '.join(view.confidence.wants)}"
    people = counted(view.people, "person", "people")
    return (
        f"{view.n:,} feedback from {people}{at} ({channels}).",
        f"Heard last on {_day(view.last)}; {_reviewed(view)}.",
        f"{confidence}.",
    )


def _reviewed(view: PersonaView) -> str:
    at = view.persona.reviewed_at
    told = f"reviewed on {_day(at)}" if at else "never reviewed"
    return f"{told}, review due" if view.is_due else told


def _leaving(cited: Sequence[CitedView]) -> Leaving:
    return Leaving(
        {one.feedback.id: one.consent for one in cited if one.consent is not None}
    )


def _area(view: PersonaView, area: Area, shown: Shown, leaving: Leaving) -> MapArea:
    entries = tuple(_entry(one, shown, leaving) for one in view.notes_of(area))
    return MapArea(area=area, entries=entries)


def _entry(one: NoteView, shown: Shown, leaving: Leaving) -> MapEntry:
    told = [cited for cited in one.cited if leaving.words(cited.feedback)]
    withheld = len(one.cited) - len(told)
    text = "" if withheld else one.note.text
    for cited in one.cited:
        text = _named(text, cited, leaving)
    quotes = [_quote(cited, shown, leaving) for cited in told]
    same = [quote for quote in quotes if " ".join(quote.text.split()) == text]
    return MapEntry(
        short=one.note.short,
        text=f"“{text}”" if same else text,
        observed=one.is_observed,
        by=one.note.by,
        quotes=tuple(
            replace(quote, text="") if quote in same else quote for quote in quotes
        ),
        withheld=withheld,
    )


def _named(text: str, cited: CitedView, leaving: Leaving) -> str:
    """A text without what tells who said this, where their name may not leave."""
    said = cited.feedback
    return text if leaving.name(said) else nameless(said, text)


def _quote(cited: CitedView, shown: Shown, leaving: Leaving) -> MapQuote:
    said, quote = cited.feedback, cited.highlight.quote
    told = [said.context.get(name) for name in ("segment", "plan")]
    kind = next((one for one in told if isinstance(one, str) and one.strip()), "")
    is_named = shown.names and leaving.name(said)
    facts = [
        *([said.author or said.email, said.company] if is_named else []),
        kind,
        said.channel.replace("_", " "),
        _day(said.received_at),
        "" if cited.is_theirs else "somebody else's",
        str(cited.highlight.feeling or ""),
    ]
    return MapQuote(
        short=cited.highlight.short,
        text=_named(quote, cited, leaving),
        who=" · ".join(fact for fact in facts if fact),
    )


def _day(at: datetime | None) -> str:
    return "" if at is None else f"{at.date().isoformat()}"
