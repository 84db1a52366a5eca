"""Personas, and what is written on their maps; what one says cites somebody's words."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from triage.empathy import Area, EmpathyNote, Persona
from triage.errors import UsageError
from triage.operations.changes import added, edited, moment, removed
from triage.operations.highlights import highlight_columns
from triage.operations.labels import named, quoted
from triage.research import Highlight
from triage.step import Change, Step

LONGEST_NAME = 80
"""Characters of a persona's name or role at most."""

LONGEST = 2_000
"""Characters of an entry at most."""

_SHORT = re.compile(r"[uU]\d{1,18}")


def add(persona: Persona, others: Collection[Persona]) -> Step:
    """A new persona, called as no other."""
    told = checked(persona, others)
    return Step(
        "persona",
        named(f"Added {_name(told)}"),
        (added("persona", told.id, _columns(told)),),
    )


def edit(before: Persona, after: Persona, others: Collection[Persona]) -> Step:
    """Who it is, what it is called, what it does; only what differs."""
    told = checked(after, [one for one in others if one.id != before.id])
    done = edited("persona", before.id, _columns(before), _columns(told))
    names = ", ".join(done.after or ()) if done else "nothing"
    return Step(
        "persona", named(f"Changed {_name(told)}: {names}"), (done,) if done else ()
    )


def review(before: Persona, at: datetime) -> Step:
    """Somebody looked whether it still holds."""
    after = replace(before, reviewed_at=at)
    done = edited("persona", before.id, _columns(before), _columns(after))
    return Step("persona", named(f"Reviewed {_name(before)}"), (done,) if done else ())


def remove(persona: Persona, notes: Sequence[EmpathyNote]) -> Step:
    """A persona goes, and what is written on its map; highlights stay."""
    return Step(
        "persona",
        named(f"Removed {_name(persona)}"),
        (
            *(removed("empathy_note", one.id, _note_columns(one)) for one in notes),
            removed("persona", persona.id, _columns(persona)),
        ),
    )


def write(
    note: EmpathyNote, persona: Persona, cited: Sequence[Highlight], made: int = 0
) -> Step:
    """
    A new entry on a persona's map.

    Args:
        cited: The passages it cites, in the order they are cited.
        made: How many of these, the last ones, are made in this very step.
    """
    told = checked_note(note, persona, cited)
    return Step(
        "persona",
        named(f"Wrote {_entry(told)} of {_name(persona)}"),
        (*_made(cited, made), added("empathy_note", told.id, _note_columns(told))),
    )


def change(
    before: EmpathyNote,
    after: EmpathyNote,
    persona: Persona,
    cited: Sequence[Highlight],
    made: int = 0,
) -> Step:
    """An entry says something else, stands elsewhere or cites something else."""
    told = checked_note(after, persona, cited)
    done = edited("empathy_note", before.id, _note_columns(before), _note_columns(told))
    names = ", ".join(done.after or ()) if done else "nothing"
    return Step(
        "persona",
        named(f"Changed {_entry(told)} of {_name(persona)}: {names}"),
        (*_made(cited, made), done) if done else (),
    )


def strike(note: EmpathyNote, persona: Persona) -> Step:
    """An entry goes; what it cites stays."""
    return Step(
        "persona",
        named(f"Removed {_entry(note)} of {_name(persona)}"),
        (removed("empathy_note", note.id, _note_columns(note)),),
    )


def checked(persona: Persona, others: Collection[Persona]) -> Persona:
    """
    The persona as it is kept: name, role and query on one line each.

    Raises:
        UsageError: It has no name, one too long, one like an id, or another's.
    """
    told = replace(
        persona,
        name=_line("a persona's name", persona.name),
        role=_line("a role", persona.role),
        query=" ".join(persona.query.split()),
    )
    if not told.name:
        raise UsageError("a persona needs a name")
    if _SHORT.fullmatch(told.name):
        raise UsageError(f"{told.name} is how personas are numbered; give it a name")
    for other in others:
        if other.name.casefold() == told.name.casefold():
            raise UsageError(f"{other.short} is called {other.name} already")
    return told


def checked_note(
    note: EmpathyNote, persona: Persona, cited: Sequence[Highlight]
) -> EmpathyNote:
    """
    The entry as it is kept: words on one line, none cited twice.

    Raises:
        UsageError: "says" without a quote, no words, or too many.
    """
    ids = tuple(dict.fromkeys(one.id for one in cited))
    if note.area is Area.SAYS and not ids:
        raise UsageError(
            f"what {persona.name} says needs a quote: cite a highlight (h3) or a quote"
            " of a pain point (e7), or write it under thinks"
        )
    text = " ".join(note.text.split())
    if not text and cited:
        # Their own words are the best there is to write.
        text = " ".join(cited[0].quote.split())[:LONGEST]
    if not text:
        raise UsageError("an entry needs words; nothing was written")
    if len(text) > LONGEST:
        raise UsageError(
            f"an entry of {len(text):,} characters is too long: {LONGEST:,} at most"
        )
    return replace(note, text=text, highlights=ids)


def area_named(name: str) -> Area:
    """
    The area a person names, by its first letters.

    Raises:
        UsageError: None is, or several are.
    """
    folded = name.strip().casefold()
    found = [one for one in Area if folded and one.startswith(folded)]
    if len(found) == 1 or folded in found:
        return Area(folded) if folded in found else found[0]
    raise UsageError(f"{name!r} is no area; there are {', '.join(Area)}")


def _made(cited: Sequence[Highlight], made: int) -> tuple[Change, ...]:
    """Passages underlined because somebody cites them; what is felt is still open."""
    return tuple(
        added("highlight", one.id, highlight_columns(one))
        for one in cited[len(cited) - made :]
    )


def _columns(persona: Persona) -> Mapping[str, Any]:
    return {
        "name": persona.name,
        "query": persona.query,
        "role": persona.role,
        "reviewed_at": moment(persona.reviewed_at),
        "at": moment(persona.at),
        "by": persona.by,
    }


def _note_columns(note: EmpathyNote) -> Mapping[str, Any]:
    return {
        "persona_id": note.persona_id,
        "area": note.area.value,
        "text": note.text,
        "highlights": json.dumps(list(note.highlights), separators=(",", ":")),
        "at": moment(note.at),
        "by": note.by,
    }


def _line(what: str, text: str) -> str:
    told = " ".join(text.split())
    if len(told) > LONGEST_NAME:
        raise UsageError(
            f"{what} of {len(told):,} characters is too long: {LONGEST_NAME} at most"
        )
    return told


def _name(persona: Persona) -> str:
    return f"{persona.short} {quoted(persona.name)}"


def _entry(note: EmpathyNote) -> str:
    return f"{note.short} {quoted(note.text)} ({note.area})"
