"""Personas as people write them down; each call is one step."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from triage.empathy import Area, EmpathyNote, Persona
from triage.errors import NotFound, UsageError
from triage.model import Evidence, Sentiment
from triage.operations import personas
from triage.query import parsed
from triage.research import Feeling, Highlight
from triage.store import decided, researched
from triage.store.journal import Entry
from triage.store.persona_reading import person_key, views
from triage.store.persona_views import CitedView, NoteView, PersonaView
from triage.workspace.deciding import Deciding

if TYPE_CHECKING:
    # Judging a map is not needed to list personas.
    from triage.measures.map_bias import Bias, Mapped

_PERSONA = re.compile(r"[uU](\d{1,18})")
_ENTRY = re.compile(r"[mM]?(\d{1,18})")
_CITED = re.compile(r"([hHeE])(\d{1,18})")

Cited = Highlight | str | int
"""
A highlight, its id, or what people type: ``h3``, or ``e7`` for its passage.

A highlight without an id is words nobody has underlined yet.
"""

_BAD = frozenset(
    {
        Feeling.ANGRY, Feeling.FRUSTRATED, Feeling.DISAPPOINTED, Feeling.WORRIED,
        Feeling.CONFUSED, Feeling.SAD,
    }
)  # fmt: skip
_GOOD = frozenset(
    {Feeling.HOPEFUL, Feeling.RELIEVED, Feeling.PLEASED, Feeling.DELIGHTED}
)


class Personas(Deciding):
    """Verb: persona, to add, edit, review or remove one, or an entry of its map."""

    clock: Callable[[], datetime]

    def add_persona(self, name: str, query: str = "", role: str = "") -> Persona:
        """
        A new persona; what was made.

        Args:
            query: Who it is, as for a view; "" finds nobody yet.

        Raises:
            UsageError: It has no name, another's, or its query makes no sense.
        """
        self.db.refuse_if_read_only()
        parsed(query)
        others = researched.personas(self.db.read())
        made = personas.checked(
            Persona(
                id=0, name=name, query=query, role=role, at=self.clock(),
                by=self.config.by,
            ),
            others,
        )  # fmt: skip
        made = replace(made, id=self.reserve("persona", 1))
        self.do(personas.add(made, others))
        return made

    def edit_persona(self, persona: Persona, **what: str) -> Entry | None:
        """Set its ``name``, ``query`` or ``role``; the others stay."""
        parsed(what.get("query", ""))
        others = researched.personas(self.db.read())
        return self.do(personas.edit(persona, replace(persona, **what), others))  # type: ignore[arg-type]

    def review_persona(self, persona: Persona) -> Entry | None:
        """Somebody looked today whether it still holds."""
        return self.do(personas.review(persona, self.clock()))

    def remove_persona(self, persona: Persona) -> Entry | None:
        """A persona goes, with what is written on its map."""
        notes = researched.empathy_notes(self.db.read(), persona.id)
        return self.do(personas.remove(persona, notes))

    def write_entry(
        self,
        persona: Persona,
        area: Area | str,
        text: str = "",
        highlights: Sequence[Cited] = (),
    ) -> EmpathyNote:
        """
        A new entry of its map; what was made.

        Args:
            text: "" for the first passage's own words.
            highlights: What it cites; a quote of a pain point (``e7``) becomes a
                highlight in the same step, where its passage is none yet.

        Raises:
            UsageError: "says" without a quote, no words, or no such area.
        """
        self.db.refuse_if_read_only()
        cited, made = self._cited(highlights)
        note = EmpathyNote(
            id=0, persona_id=persona.id, area=personas.area_named(area), text=text,
            at=self.clock(), by=self.config.by,
        )  # fmt: skip
        note = personas.checked_note(note, persona, cited)
        cited = self._numbered(cited, made)
        note = replace(note, id=self.reserve("empathy_note", 1))
        self.do(personas.write(note, persona, cited, made))
        return self._entry(note.id)

    def change_entry(
        self,
        note: EmpathyNote,
        *,
        area: Area | str | None = None,
        text: str | None = None,
        highlights: Sequence[Cited] | None = None,
    ) -> Entry | None:
        """It says something else, stands elsewhere, or cites these and no others."""
        self.db.refuse_if_read_only()
        persona = self._persona(note.persona_id)
        cited, made = self._cited(note.highlights if highlights is None else highlights)
        after = replace(
            note,
            area=note.area if area is None else personas.area_named(area),
            text=note.text if text is None else text,
        )
        personas.checked_note(after, persona, cited)
        cited = self._numbered(cited, made)
        return self.do(personas.change(note, after, persona, cited, made))

    def remove_entry(self, note: EmpathyNote) -> Entry | None:
        """An entry goes; the highlights it cites stay."""
        return self.do(personas.strike(note, self._persona(note.persona_id)))

    # Asking

    def persona(self, name: str | int) -> Persona:
        """
        The persona a person names: ``u3``, or what it is called.

        Raises:
            NotFound: There is none.
        """
        match = _PERSONA.fullmatch(str(name).strip())
        if isinstance(name, int) or match:
            return self._persona(name if isinstance(name, int) else int(match[1]))  # type: ignore[index]
        told = " ".join(name.split()).casefold()
        for one in researched.personas(self.db.read()):
            if one.name.casefold() == told:
                return one
        raise NotFound(f"no persona is called {name}; `triage persona list` shows them")

    def entry_named(self, name: str | int) -> EmpathyNote:
        """The entry of a map a person names (``m3``)."""
        match = _ENTRY.fullmatch(str(name).strip())
        if match is None:
            raise UsageError(f"{name!r} is no entry of a map; one looks like m3")
        return self._entry(int(match[1]))

    def personas(self) -> list[PersonaView]:
        """Every persona, by name."""
        read = self.db.read()
        return views(read, researched.personas(read), self.clock())

    def persona_view(self, persona: Persona) -> PersonaView:
        """One persona, with who stands behind it and what is on its map."""
        return views(self.db.read(), [persona], self.clock())[0]

    def persona_queries(self) -> list[tuple[str, str]]:
        """Name and query of each persona that has one, by name; as segments are."""
        return [
            (one.name, one.query)
            for one in researched.personas(self.db.read())
            if one.query
        ]

    def bias(self, view: PersonaView) -> tuple[Bias, ...]:
        """What its map rests on too much or too little; nothing where all is fair."""
        from triage.measures.map_bias import biases

        return biases(self._mapped(view))

    def rests_on(self, view: PersonaView) -> str:
        """What its map rests on, in a line."""
        from triage.measures.map_bias import summary

        return summary(self._mapped(view))

    def _mapped(self, view: PersonaView) -> Mapped:
        from triage.measures.map_bias import Entry, Mapped

        return Mapped(
            entries=[
                Entry(one.note.area, one.is_observed, one.note.by) for one in view.notes
            ],
            voices=_voices(view.notes),
            made=view.persona.at,
            reviewed=view.persona.reviewed_at,
            found=view.people,
            now=self.clock(),
        )

    def _persona(self, persona_id: int) -> Persona:
        return researched.persona(researched.row(self.db.read(), "persona", persona_id))

    def _entry(self, note_id: int) -> EmpathyNote:
        found = researched.row(self.db.read(), "empathy_note", note_id)
        return researched.empathy_note(found)

    def _cited(self, names: Iterable[Cited]) -> tuple[list[Highlight], int]:
        """What is cited, those that are still to be made last; how many these are."""
        there: list[Highlight] = []
        new: list[Highlight] = []
        for name in names:
            found, is_new = self._passage(name)
            (new if is_new else there).append(found)
        spans = {(one.feedback_id, *_place(one)): one for one in new}
        return [*there, *spans.values()], len(spans)

    def _passage(self, name: Cited) -> tuple[Highlight, bool]:
        read = self.db.read()
        if isinstance(name, Highlight):
            return self._underlined(name)
        match = _CITED.fullmatch(str(name).strip())
        if match is None and not isinstance(name, int):
            raise UsageError(
                f"{name!r} cannot be cited; a highlight looks like h3, a quote like e7"
            )
        if match is None or match[1] in "hH":
            row = researched.row(read, "highlight", int(match[2] if match else name))
            return researched.highlight(row), False
        quote = decided.evidence(read, int(match[2]))
        return self._underlined(
            Highlight(
                id=0, feedback_id=quote.feedback_id, quote=quote.quote,
                start=quote.start, end=quote.end,
            )
        )  # fmt: skip

    def _underlined(self, passage: Highlight) -> tuple[Highlight, bool]:
        """The highlight of these words, or what it will be where there is none yet."""
        if passage.id:
            return passage, False
        for one in researched.highlights(self.db.read(), [passage.feedback_id]):
            if _place(one) == _place(passage):
                return one, False
        return replace(passage, at=self.clock(), by=self.config.by), True

    def _numbered(self, cited: Sequence[Highlight], made: int) -> list[Highlight]:
        if not made:
            return list(cited)
        first = self.reserve("highlight", made)
        there = len(cited) - made
        return [
            *cited[:there],
            *(replace(one, id=first + i) for i, one in enumerate(cited[there:])),
        ]


def _place(one: Highlight | Evidence) -> tuple[int, int, str]:
    """Where words stand, and which: an edited text has others at the same place."""
    return one.start, one.end, one.quote


def _voices(notes: Sequence[NoteView]) -> list[Any]:
    from triage.measures.map_bias import Voice

    cited = {one.highlight.id: one for note in notes for one in note.cited}
    return [
        Voice(
            person=person_key(one.feedback),
            source=one.feedback.source,
            channel=one.feedback.channel.value,
            company=_company(one),
            at=one.feedback.received_at,
            tone=_tone(one),
            is_theirs=one.is_theirs,
        )
        for one in cited.values()
    ]


def _company(cited: CitedView) -> str:
    from triage.measures import company_of

    return company_of(cited.feedback)


def _tone(cited: CitedView) -> int:
    """What a person said they felt stands over what the words sound like."""
    feeling = cited.highlight.feeling
    if feeling is not None:
        return (feeling in _GOOD) - (feeling in _BAD)
    return (cited.sentiment == Sentiment.POSITIVE) - (
        cited.sentiment == Sentiment.NEGATIVE
    )
