"""Sessions, consent, highlights, guides, personas: rows to nouns, and finding them."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from triage.empathy import Area, EmpathyNote, Persona
from triage.errors import NotFound
from triage.model import Channel, Feedback
from triage.research import (
    RESEARCH,
    SOURCE,
    Comparison,
    Consent,
    Feeling,
    FollowUp,
    Guide,
    Highlight,
    Listened,
    Meaning,
    Session,
    Stance,
    is_heard_in_person,
)
from triage.store import codec, persons
from triage.store.chunks import chunks, marks
from triage.store.driver import sqlite3

_MISSING = {
    "session": ("session i", "triage research list"),
    "highlight": ("highlight h", "triage highlight list"),
    "persona": ("persona u", "triage persona list"),
    "empathy_note": ("entry m", "triage persona show"),
}


def row(read: sqlite3.Connection, table: str, row_id: int) -> codec.Row:
    """
    The row with this id of one of these tables.

    Raises:
        NotFound: There is none; names the command that lists them.
    """
    found = read.execute(f"SELECT * FROM {table} WHERE id = ?", (row_id,)).fetchone()
    if found is None:
        what, command = _MISSING[table]
        raise NotFound(f"no {what}{row_id}; `{command}` shows them")
    return found


def session(values: codec.Row) -> Session:
    """From a row of ``session``."""
    confirmed = values["confirmed"]
    return Session(
        id=values["id"],
        feedback_id=values["feedback_id"],
        key=values["key"],
        kind=Channel(values["kind"]),
        title=values["title"],
        text=values["text"],
        participant=values["participant"],
        email=values["email"],
        company=values["company"],
        segment=values["segment"],
        language=values["language"],
        held_at=codec.must_be_time(values["held_at"]),
        guide=values["guide"],
        asked=values["asked"],
        confirmed=None if confirmed is None else bool(confirmed),
        surprise=values["surprise"],
        circumstances=json.loads(values["circumstances"]),
        told=json.loads(values["told"]),
        rating=values["rating"],
        scale=values["scale"],
        metric=values["metric"],
        follow_ups=tuple(map(_follow_up, json.loads(values["follow_ups"]))),
        digest=values["digest"],
        number=values["number"],
        at=codec.to_time(values["at"]),
        by=values["by"],
    )


def _follow_up(told: dict[str, Any]) -> FollowUp:
    return FollowUp(
        text=told["text"],
        due=date.fromisoformat(told["due"]) if told.get("due") else None,
        done_at=codec.to_time(told.get("done_at")),
    )


def highlight(values: codec.Row) -> Highlight:
    """From a row of ``highlight``."""
    competitor = values["competitor"]
    return Highlight(
        id=values["id"],
        feedback_id=values["feedback_id"],
        quote=values["quote"],
        start=values["start"],
        end=values["end"],
        tags=tuple(json.loads(values["tags"])),
        feeling=Feeling(values["feeling"]) if values["feeling"] else None,
        intensity=values["intensity"],
        meaning=Meaning(values["meaning"]) if values["meaning"] else None,
        comparison=Comparison(
            competitor=competitor,
            aspect=values["aspect"],
            stance=Stance(values["stance"]),
        )
        if competitor
        else None,
        at=codec.to_time(values["at"]),
        by=values["by"],
    )


def guide(values: codec.Row) -> Guide:
    """From a row of ``guide``."""
    return Guide(
        id=values["id"],
        name=values["name"],
        kind=Channel(values["kind"]),
        language=values["language"],
        text=values["text"],
        at=codec.to_time(values["at"]),
        by=values["by"],
    )


def persona(values: codec.Row) -> Persona:
    """From a row of ``persona``."""
    return Persona(
        id=values["id"],
        name=values["name"],
        query=values["query"],
        role=values["role"],
        reviewed_at=codec.to_time(values["reviewed_at"]),
        at=codec.to_time(values["at"]),
        by=values["by"],
    )


def empathy_note(values: codec.Row) -> EmpathyNote:
    """From a row of ``empathy_note``."""
    return EmpathyNote(
        id=values["id"],
        persona_id=values["persona_id"],
        area=Area(values["area"]),
        text=values["text"],
        highlights=tuple(json.loads(values["highlights"])),
        at=codec.to_time(values["at"]),
        by=values["by"],
    )


def listened(values: codec.Row) -> Listened:
    """From a row of ``listened``."""
    return Listened(
        id=values["id"],
        seconds=values["seconds"],
        feedback=tuple(json.loads(values["feedback"])),
        noted=values["noted"],
        at=codec.to_time(values["at"]),
        by=values["by"],
    )


def sessions(read: sqlite3.Connection) -> list[Session]:
    """Every session, the latest held first."""
    return [
        session(found)
        for found in read.execute("SELECT * FROM session ORDER BY held_at DESC, id")
    ]


def highlights_by_id(
    read: sqlite3.Connection, ids: Collection[int]
) -> dict[int, Highlight]:
    """These highlights by their ids; one that is gone is left out."""
    return {
        row["id"]: highlight(row)
        for chunk in chunks(list(ids))
        for row in read.execute(
            f"SELECT * FROM highlight WHERE id IN ({marks(chunk)})", chunk
        )
    }


def highlights(
    read: sqlite3.Connection, feedback_ids: Collection[int] | None = None
) -> list[Highlight]:
    """Highlights by id; all unless of some feedback."""
    if feedback_ids is None:
        found = read.execute("SELECT * FROM highlight ORDER BY id").fetchall()
    else:
        found = [
            one
            for chunk in chunks(list(feedback_ids))
            for one in read.execute(
                f"SELECT * FROM highlight WHERE feedback_id IN ({marks(chunk)})", chunk
            )
        ]
    return sorted(map(highlight, found), key=lambda one: one.id)


def people(read: sqlite3.Connection, feedback_ids: Collection[int]) -> dict[int, int]:
    """Who counts as one behind each of these feedback, by key."""
    return {
        found["id"]: found["person"]
        for chunk in chunks(list(feedback_ids))
        for found in read.execute(
            f"SELECT f.id, {persons.counted('f')} AS person FROM feedback f"
            f" WHERE f.id IN ({marks(chunk)})",
            chunk,
        )
    }


def personas(read: sqlite3.Connection) -> list[Persona]:
    """Every persona, by name."""
    return [
        persona(found)
        for found in read.execute("SELECT * FROM persona ORDER BY name, id")
    ]


def empathy_notes(
    read: sqlite3.Connection, persona_id: int | None = None
) -> list[EmpathyNote]:
    """What is written on a persona's map, or on all, by id."""
    narrow = "" if persona_id is None else " WHERE persona_id = ?"
    bound = () if persona_id is None else (persona_id,)
    return [
        empathy_note(found)
        for found in read.execute(
            f"SELECT * FROM empathy_note{narrow} ORDER BY id", bound
        )
    ]


def consents(
    read: sqlite3.Connection, feedback: Iterable[Feedback]
) -> dict[int, Consent]:
    """
    What those who were heard in person agreed to, by key of their feedback.

    Only of feedback that needs it: of a channel in ``RESEARCH``, or a session's. A
    person's word stands over what the source told as ``consent``.
    """
    found = {one.id: _told(one) for one in feedback if is_heard_in_person(one)}
    written = consents_written(read, found)
    return found | {key: Consent(one["consent"]) for key, one in written.items()}


def consents_written(
    read: sqlite3.Connection, feedback_ids: Collection[int]
) -> dict[int, dict[str, str]]:
    """The same where a person said so, as columns: what, when and by whom."""
    return {
        values["feedback_id"]: {name: values[name] for name in ("consent", "at", "by")}
        for chunk in chunks(list(feedback_ids))
        for values in read.execute(
            "SELECT feedback_id, consent, at, by FROM consent"
            f" WHERE feedback_id IN ({marks(chunk)})",
            chunk,
        )
    }


def heard_in_person(read: sqlite3.Connection) -> list[int]:
    """Keys of all feedback that somebody has to consent to."""
    return [row[0] for row in read.execute(f"SELECT f.id FROM {_HEARD}", _RESEARCH)]


def is_quoted(read: sqlite3.Connection) -> bool:
    """Whether any of it is evidence of a pain point."""
    asked = f"SELECT EXISTS (SELECT 1 FROM {_HEARD} AND f.id IN ({_CITED}))"
    return bool(read.execute(asked, _RESEARCH).fetchone()[0])


_RESEARCH = (*sorted(RESEARCH), SOURCE)
_HEARD = (
    f"feedback f WHERE (f.channel IN ({', '.join('?' * len(RESEARCH))})"
    " OR f.source_id = (SELECT id FROM source WHERE name = ?)) AND f.kind = 'feedback'"
)
_CITED = "SELECT feedback_id FROM evidence"


def _told(feedback: Feedback) -> Consent:
    told = str(feedback.context.get("consent") or "").strip().casefold()
    return Consent(told) if told in set(Consent) else Consent.UNASKED
