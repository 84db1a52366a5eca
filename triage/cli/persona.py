"""persona: who is behind what is said, counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from triage.cli.output import count, day, emit, emit_json, facts, note, table
from triage.cli.persona_shapes import of_persona
from triage.cli.session import Session
from triage.cli.steps import tell
from triage.cli.verbs import nouns, verb
from triage.errors import UsageError

if TYPE_CHECKING:
    from triage.workspace import PersonaView

PAINS = 12
"""Pain points shown of a persona; --json has all."""

persona = nouns(
    "persona", "Personas: who is behind what is said, and their empathy maps."
)


@verb("list", within=persona, schemas=("personas",), example="triage persona list")
def list_personas(session: Session, as_json: bool) -> None:
    """List personas: how many stand behind each, and how far to trust it."""
    views = session.open().personas()
    if as_json:
        emit_json("personas", {"personas": [of_persona(one) for one in views]})
        return
    table(
        ("id", ">people", ">feedback", "confidence", ">entries", "reviewed", "name"),
        [
            (
                one.persona.short, one.people, one.n, _trust(one), len(one.notes),
                _reviewed(one), _named(one),
            )
            for one in views
        ],
    )  # fmt: skip
    note(count(len(views), "persona"))


@verb("show", within=persona, schemas=("persona",), example="triage persona show u1")
@click.argument("name", metavar="U")
def show(session: Session, name: str, as_json: bool) -> None:
    """
    Show a persona: who stands behind it, what hurts them, how far to trust it.

    U is u1, or what it is called.
    """
    workspace = session.open()
    show_persona(workspace.persona_view(workspace.persona(name)), as_json=as_json)


@verb(
    "add", within=persona, schemas=("persona",),
    example='triage persona add "Booking lead" --query plan:team --role "books trips"',
)  # fmt: skip
@click.argument("name")
@click.option("--query", default="", metavar="QUERY", help="Who it is, as for a view.")
@click.option("--role", default="", metavar="TEXT", help="What they do, in a line.")
def add(session: Session, name: str, query: str, role: str, as_json: bool) -> None:
    """
    Write down a persona, and who it is.

    Without a query nobody stands behind it, and it is shown as assumed.
    """
    workspace = session.open()
    made = workspace.add_persona(name, query, role)
    show_persona(workspace.persona_view(made), as_json=as_json)


@verb(
    "edit", within=persona, schemas=("steps",),
    example="triage persona edit u1 --query plan:team,business",
)  # fmt: skip
@click.argument("name", metavar="U")
@click.option("--name", "called", metavar="NAME", help="What it is called.")
@click.option("--query", metavar="QUERY", help="Who it is, as for a view.")
@click.option("--role", metavar="TEXT", help="What they do, in a line.")
def edit(
    session: Session,
    name: str,
    called: str | None,
    query: str | None,
    role: str | None,
    as_json: bool,
) -> None:
    """Change a persona's name, query or role; the rest stays."""
    workspace = session.open()
    told = {"name": called, "query": query, "role": role}
    given = {field: one for field, one in told.items() if one is not None}
    if not given:
        raise UsageError("say what changes: --name, --query or --role")
    tell(workspace.edit_persona(workspace.persona(name), **given), as_json=as_json)


@verb("review", within=persona, schemas=("steps",), example="triage persona review u1")
@click.argument("name", metavar="U")
def review(session: Session, name: str, as_json: bool) -> None:
    """Say that a persona was read again today and still holds."""
    workspace = session.open()
    tell(workspace.review_persona(workspace.persona(name)), as_json=as_json)


@verb("remove", within=persona, schemas=("steps",), example="triage persona remove u1")
@click.argument("name", metavar="U")
def remove(session: Session, name: str, as_json: bool) -> None:
    """Remove a persona and its map; `triage undo` brings both back."""
    workspace = session.open()
    tell(workspace.remove_persona(workspace.persona(name)), as_json=as_json)


def show_persona(view: PersonaView, *, as_json: bool) -> None:
    """A persona with what is counted of it."""
    if as_json:
        emit_json("persona", of_persona(view))
        return
    one = view.persona
    channels = ", ".join(
        f"{name.replace('_', ' ')} {many:,}" for name, many in view.channels.items()
    )
    observed = sum(written.is_observed for written in view.notes)
    entries = count(len(view.notes), "entry", "entries")
    facts(
        [
            (one.short, _named(view)),
            ("role", one.role),
            ("who", one.query or "nobody has said: give it a --query"),
            ("heard", f"{view.n:,} feedback from {_people(view.people)}"
             + (f" at {count(view.companies, 'company', 'companies')}"
                if view.companies else "")),
            ("channels", channels),
            ("heard last", day(view.last)),
            ("confidence", _trust(view)),
            ("more with", "; ".join(view.confidence.wants)),
            ("map", f"{entries}, {observed} observed" if view.notes else "empty"),
            ("feelings", ", ".join(
                f"{felt.feeling} {felt.highlights} ({_people(felt.people)})"
                for felt in view.feelings
            )),
            ("linked by hand", ", ".join(point.short for point in view.by_hand)),
            ("reviewed", _reviewed(view)),
        ]
    )  # fmt: skip
    if view.pains:
        emit()
    table(
        ("id", ">people", ">quotes", "its people are quoted for"),
        [
            (pain.pain_point.short, pain.people, pain.quotes, pain.pain_point.title)
            for pain in view.pains[:PAINS]
        ],
    )
    left = len(view.pains) - PAINS
    if left > 0:
        note(f"and {count(left, 'more pain point')}; --json has all")


def _named(view: PersonaView) -> str:
    return f"{view.persona.name} (assumed)" if view.is_assumed else view.persona.name


def _trust(view: PersonaView) -> str:
    return "assumed" if view.is_assumed else view.confidence.level.value


def _reviewed(view: PersonaView) -> str:
    told = day(view.persona.reviewed_at) or "never"
    return f"{told}, due" if view.is_due else told


def _people(many: int) -> str:
    return count(many, "person", "people")
