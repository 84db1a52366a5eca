"""Personas as front ends are shown them: counted, quoted, and how far to be trusted."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from triage.empathy import EmpathyNote, Persona
from triage.measures.persona_confidence import confidence, is_due
from triage.model import Channel, Feedback, PainPoint
from triage.query import parsed
from triage.research import Feeling, Highlight
from triage.store import codec, queries, researched, tone
from triage.store.counted import PERSON
from triage.store.driver import plain, sqlite3
from triage.store.persona_counts import Behind, behind
from triage.store.persona_views import (
    CitedView,
    Felt,
    NoteView,
    PersonaPain,
    PersonaView,
)


def views(
    read: sqlite3.Connection, personas: Sequence[Persona], now: datetime
) -> list[PersonaView]:
    """These personas, in their order; the same whether asked for one or for many."""
    told = [one for one in personas if one.query]
    stood = behind(read, [parsed(one.query) for one in told], now)
    found = {one.id: who for one, who in zip(told, stood, strict=True)}
    points = {
        row["id"]: codec.pain_point(row)
        for row in read.execute("SELECT * FROM pain_point ORDER BY id")
    }
    quotes, felt = _quotes(read), _felt(read)
    notes = _notes(read, {one.id for one in personas})
    cited = _Cited(read, [one for written in notes.values() for one in written])
    made = []
    for one in personas:
        who = found.get(one.id) or Behind()
        written = tuple(cited.view(note, who.people) for note in notes[one.id])
        last = codec.from_key(who.last) if who.n else None
        made.append(
            PersonaView(
                persona=one,
                n=who.n,
                people=len(who.people),
                companies=len(who.companies),
                channels={
                    Channel(name): many for name, many in who.channels.most_common()
                },
                pains=_pains(quotes, points, who.people),
                by_hand=_by_hand(points.values(), one),
                feelings=_feelings(felt, who.people),
                notes=written,
                last=last,
                confidence=confidence(
                    people=len(who.people), channels=len(who.channels),
                    entries=len(written), last=last, now=now,
                    observed=sum(note.is_observed for note in written),
                ),
                is_due=is_due(one.at, one.reviewed_at, now),
                ids=frozenset(who.people),
            )
        )  # fmt: skip
    return made


def person_key(feedback: Feedback) -> int:
    """Who counts as one, as ``persons.counted`` has it: read, a feedback names it."""
    return -feedback.id if feedback.customer_id is None else feedback.customer_id


class _Cited:
    """What entries cite, read at once."""

    def __init__(self, read: sqlite3.Connection, notes: Sequence[EmpathyNote]) -> None:
        ids = {key for one in notes for key in one.highlights}
        self.highlights = researched.highlights_by_id(read, ids)
        keys = list({one.feedback_id for one in self.highlights.values()})
        self.feedback = queries.feedback_many(read, keys)
        self.tones = tone.tones(read, keys)
        self.consents = researched.consents(read, self.feedback.values())

    def view(self, note: EmpathyNote, people: set[int]) -> NoteView:
        """One entry; ``people`` are those of its persona."""
        there = [
            self.highlights[key] for key in note.highlights if key in self.highlights
        ]
        return NoteView(
            note=note,
            cited=tuple(self._cited(one, people) for one in there),
            gone=tuple(key for key in note.highlights if key not in self.highlights),
        )

    def _cited(self, highlight: Highlight, people: set[int]) -> CitedView:
        said = self.feedback[highlight.feedback_id]
        read = self.tones.get(said.id)
        sentiment = read.sentiment if read else None
        return CitedView(
            highlight=highlight,
            feedback=said,
            is_theirs=person_key(said) in people,
            sentiment=sentiment or "",
            consent=self.consents.get(said.id),
        )


def _notes(
    read: sqlite3.Connection, persona_ids: set[int]
) -> Mapping[int, list[EmpathyNote]]:
    only = next(iter(persona_ids)) if len(persona_ids) == 1 else None
    found: dict[int, list[EmpathyNote]] = defaultdict(list)
    for one in researched.empathy_notes(read, only):
        if one.persona_id in persona_ids:
            found[one.persona_id].append(one)
    return found


_Quotes = dict[int, list[int]]


def _quotes(read: sqlite3.Connection) -> _Quotes:
    """Of everybody who is quoted the pain point of each quote."""
    found: _Quotes = defaultdict(list)
    for point, person in plain(read).execute(
        f"SELECT e.pain_point_id, {PERSON}"
        " FROM evidence e JOIN feedback f ON f.id = e.feedback_id"
    ):
        found[person].append(point)
    return found


def _pains(
    quotes: _Quotes, points: Mapping[int, PainPoint], people: set[int]
) -> tuple[PersonaPain, ...]:
    many: Counter[int] = Counter()
    who: Counter[int] = Counter()
    for person in people & quotes.keys():
        many.update(quotes[person])
        who.update(set(quotes[person]))
    return tuple(
        PersonaPain(pain_point=points[key], people=who[key], quotes=many[key])
        for key in sorted(who, key=lambda key: (-who[key], -many[key], key))
    )


def _felt(read: sqlite3.Connection) -> list[tuple[str, int]]:
    return [
        (row[0], row[1])
        for row in read.execute(
            f"SELECT h.feeling, {PERSON} FROM highlight h"
            " JOIN feedback f ON f.id = h.feedback_id WHERE h.feeling <> ''"
        )
    ]


def _feelings(felt: Iterable[tuple[str, int]], people: set[int]) -> tuple[Felt, ...]:
    theirs = [(feeling, person) for feeling, person in felt if person in people]
    many = Counter(feeling for feeling, _ in theirs)
    return tuple(
        Felt(
            feeling=Feeling(feeling), highlights=count,
            people=len({person for one, person in theirs if one == feeling}),
        )
        for feeling, count in sorted(many.items(), key=lambda one: (-one[1], one[0]))
    )  # fmt: skip


def _by_hand(points: Iterable[PainPoint], persona: Persona) -> tuple[PainPoint, ...]:
    names = {persona.name.casefold(), persona.short}
    return tuple(
        one
        for one in points
        if not names.isdisjoint(
            name.strip().casefold() for name in (one.persona, *one.persona.split(";"))
        )
    )
