"""customer: who somebody is, and all they ever said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from triage.cli.customers import tell_faces
from triage.cli.listing import limit_option
from triage.cli.output import count, day, emit, emit_json, facts, note, stars, table
from triage.cli.people_shapes import of_company, of_face
from triage.cli.session import Session
from triage.cli.shapes import of_disposition, of_feedback
from triage.cli.verbs import verb
from triage.text.display import one_line

if TYPE_CHECKING:
    from collections.abc import Mapping

    from triage.cli.shapes import Json
    from triage.workspace import CustomerView, Outcome

_SCREEN = 50


@verb("customer", example="triage customer maria@ink.example", schemas=("customer",))
@click.argument("name", metavar="NAME_OR_ID")
@limit_option
def customer(session: Session, name: str, limit: int | None, as_json: bool) -> None:
    """
    Show one customer: all they ever said, and what became of it.

    NAME_OR_ID is an address, a name or a part of one, c5, or any feedback of theirs.
    """
    workspace = session.open()
    workspace.wake()
    if limit is None:
        limit = 0 if as_json else _SCREEN
    found = workspace.customer(name, limit)
    if as_json:
        emit_json("customer", of_customer(found))
        return
    latest = found.outcomes[0].feedback if found.outcomes else None
    emit(one_line(f"{found.short}  {found.name or found.email or 'somebody'}"))
    emit()
    facts([
        ("address", found.email),
        ("company", found.whose.called if found.whose else ""),
        *((name, str(value))
          for name, value in known_of(found, latest.context if latest else {}).items()),
        ("said", count(found.count, "message")),
    ])  # fmt: skip
    tell_faces(workspace.person(found.id))
    emit()
    table(
        ("id", "when", "source", "rating", "became", "text"), map(_line, found.outcomes)
    )
    if len(found.outcomes) < found.count:
        note(f"{len(found.outcomes)} of {found.count:,}; --limit 0 shows all")


def known_of(found: CustomerView, told: Mapping[str, Any]) -> dict[str, Any]:
    """Segment and plan as last told with feedback, then what their company has now."""
    own = {name: told[name] for name in ("segment", "plan") if told.get(name)}
    return {**own, **(found.whose.attributes if found.whose else {})}


def of_customer(found: CustomerView) -> Json:
    """Who they are, and what they said, newest first."""
    return {
        "id": found.short,
        "name": found.name,
        "email": found.email,
        "company": found.company,
        "whose": of_company(found.whose),
        "count": found.count,
        "faces": [of_face(face) for face in found.faces],
        "said": [
            of_feedback(one.feedback)
            | of_disposition(one.disposition)
            | {"pain_points": [point.short for point in one.pain_points]}
            for one in found.outcomes
        ],
    }


def _line(one: Outcome) -> tuple[object, ...]:
    said, told = one.feedback, of_disposition(one.disposition)
    became = [str(told["state"]), *(point.short for point in one.pain_points)]
    return (
        said.short, day(said.received_at), said.source, stars(said.rating, said.scale),
        " ".join(became),
        f"{said.title} · {said.body}" if said.title and said.body
        else said.title or said.body,
    )  # fmt: skip
