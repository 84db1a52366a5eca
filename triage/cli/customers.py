"""customers: who there is, who may be one person, and ruling on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from triage.cli.listing import limit_option
from triage.cli.output import count, emit, emit_json, note, table
from triage.cli.people_shapes import of_likeness, of_person
from triage.cli.session import Session
from triage.cli.steps import tell
from triage.cli.verbs import verb, verb_of_nouns
from triage.text.display import one_line

if TYPE_CHECKING:
    from triage.workspace import Person

_SCREEN = 50


@verb_of_nouns(
    "customers", example="triage customers --search maria", schemas=("customers",)
)
@click.option(
    "--search", "words", default="", metavar="WORDS",
    help="Only with this in a name, an address or a company.",
)  # fmt: skip
@click.option("--company", default="", metavar="C", help="Only of this company.")
@limit_option
def customers(
    session: Session, words: str, company: str, limit: int | None, as_json: bool
) -> None:
    """
    List customers: where they spoke, how often, and whose they are.

    The latest to come first. Customers who are one person are one line.
    """
    workspace = session.open()
    if limit is None:
        limit = 0 if as_json else _SCREEN
    if company:
        sought = words.casefold()
        everyone = [
            one for one in workspace.company(company)[1]
            if any(
                sought in f"{face.name} {face.email}".casefold() for face in one.faces
            )
        ]  # fmt: skip
        found = everyone[: limit or None]
    else:
        found = workspace.people(words, limit)
    if as_json:
        emit_json("customers", {"customers": [of_person(one) for one in found]})
        return
    table(
        ("id", "name", "address", "company", ">said", "at"),
        [
            (one.short, one.name, _addresses(one), _company(one), one.count, _at(one))
            for one in found
        ],
    )
    more = f"; --limit 0 lists all, if there are more than {limit}" if limit else ""
    note(count(len(found), "customer") + (more if len(found) == limit else ""))


@verb(
    "suggest", within=customers, schemas=("customer-suggestions",),
    example="triage customers suggest",
)  # fmt: skip
@limit_option
def suggest(session: Session, limit: int | None, as_json: bool) -> None:
    """
    List customers who may be one person, and why; nobody is joined unasked.

    The surest first. Whom you ruled to be two is never suggested again.
    """
    if limit is None:
        limit = 0 if as_json else _SCREEN
    found = session.open().likenesses(limit)
    if as_json:
        emit_json(
            "customer-suggestions", {"suggestions": [of_likeness(one) for one in found]}
        )
        return
    table(
        ("one", "other", "one is", "other is", "why"),
        [
            (one.left.short, one.right.short, _who(one.left), _who(one.right),
             "; ".join(one.reasons))
            for one in found
        ],
    )  # fmt: skip
    note(count(len(found), "pair"))
    if found:
        pair = f"{found[0].left.short} {found[0].right.short}"
        note(f"`triage customers join {pair}` makes one of two; `apart` never")


@verb(
    "join", within=customers, schemas=("steps",),
    example="triage customers join c12 maria@ink.example",
)  # fmt: skip
@click.argument("one", metavar="A")
@click.argument("other", metavar="B")
def join(session: Session, one: str, other: str, as_json: bool) -> None:
    """
    Rule that two customers are one person.

    A and B are as for `triage customer`. From now on they count once, in what they
    said and in what they will say; undo makes two of them again.
    """
    workspace = session.open()
    ends = workspace.customer_id(one), workspace.customer_id(other)
    tell(workspace.join(*ends), as_json=as_json)


@verb(
    "apart", within=customers, schemas=("steps",),
    example="triage customers apart c12 c40",
)  # fmt: skip
@click.argument("one", metavar="A")
@click.argument("other", metavar="B")
def apart(session: Session, one: str, other: str, as_json: bool) -> None:
    """
    Rule that two customers are two people, for ever.

    Where they were joined, they are parted; `triage customer` tells the id of each
    customer somebody is.
    """
    workspace = session.open()
    ends = workspace.customer_id(one), workspace.customer_id(other)
    tell(workspace.part(*ends), as_json=as_json)


def tell_faces(person: Person) -> None:
    """Print the customers somebody is, where they are several."""
    if len(person.faces) < 2:
        return
    emit()
    emit(one_line(f"{person.called} is {len(person.faces)} customers:"))
    table(
        ("id", "name", "address", ">said", "at"),
        [
            (face.short, face.name, face.email, face.count,
             ", ".join(f"{name} {many:,}" for name, many in face.sources))
            for face in person.faces
        ],
    )  # fmt: skip


def _addresses(person: Person) -> str:
    told = dict.fromkeys(face.email for face in person.faces if face.email)
    return ", ".join(told)


def _company(person: Person) -> str:
    return person.whose.called if person.whose else ""


def _at(person: Person) -> str:
    return ", ".join(f"{name} {many:,}" for name, many in person.sources)


def _who(person: Person) -> str:
    sources = ", ".join(name for name, _ in person.sources)
    return f"{person.email or person.name or 'somebody'} at {sources}"
