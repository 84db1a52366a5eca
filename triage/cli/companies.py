"""companies: whose customers are, and what is known of each company."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from triage.cli.listing import limit_option
from triage.cli.options import pairs
from triage.cli.output import count, emit, emit_json, facts, note, table
from triage.cli.people_shapes import of_company_view, of_person
from triage.cli.session import Session
from triage.cli.steps import tell
from triage.cli.verbs import verb, verb_of_nouns
from triage.errors import UsageError
from triage.text.display import one_line

if TYPE_CHECKING:
    from triage.people import Company

_SCREEN = 50


@verb_of_nouns("companies", example="triage companies", schemas=("companies",))
@limit_option
def companies(session: Session, limit: int | None, as_json: bool) -> None:
    """
    List companies: how many of each spoke, and what is known of it.

    A company is what a desk names, or else the domain of an address; whoever has most
    people comes first.
    """
    if limit is None:
        limit = 0 if as_json else _SCREEN
    every = session.open().companies()
    found = every[: limit or None]
    if as_json:
        emit_json("companies", {"companies": [of_company_view(one) for one in found]})
        return
    table(
        ("domain", "name", ">people", ">feedback", "known"),
        [
            (one.company.domain, one.company.name, one.people, one.feedback,
             known(one.company))
            for one in found
        ],
    )  # fmt: skip
    if len(found) < len(every):
        note(f"{len(found)} of {len(every):,}; --limit 0 lists all")
    else:
        note(count(len(found), "company", "companies"))


@verb(
    "show", within=companies, schemas=("company",),
    example="triage companies show acme.example",
)  # fmt: skip
@click.argument("name", metavar="COMPANY")
@limit_option
def show(session: Session, name: str, limit: int | None, as_json: bool) -> None:
    """
    Show one company: what is known of it, and who of it spoke.

    COMPANY is its domain or its name.
    """
    view, people = session.open().company(name)
    if limit is None:
        limit = 0 if as_json else _SCREEN
    shown = people[: limit or None]
    if as_json:
        told = of_company_view(view) | {"customers": [of_person(one) for one in shown]}
        emit_json("company", told)
        return
    emit(one_line(view.company.called))
    emit()
    facts([
        ("domain", view.company.domain),
        ("name", view.company.name),
        *((key, str(value)) for key, value in view.company.attributes.items()),
        ("people", view.people),
        ("said", count(view.feedback, "message")),
    ])  # fmt: skip
    emit()
    table(
        ("id", "name", "address", ">said", "at"),
        [
            (one.short, one.name, one.email, one.count,
             ", ".join(f"{source} {many:,}" for source, many in one.sources))
            for one in shown
        ],
    )  # fmt: skip
    if len(shown) < len(people):
        note(f"{len(shown)} of {len(people):,}; --limit 0 shows all")


@verb(
    "set", within=companies, schemas=("steps",),
    example='triage companies set acme.example name="Acme Inc" plan=enterprise'
    " revenue=120000",
)  # fmt: skip
@click.argument("company", metavar="COMPANY")
@click.argument("told", nargs=-1, metavar="NAME=VALUE...")
def set_company(
    session: Session, company: str, told: tuple[str, ...], as_json: bool
) -> None:
    """
    Write down what is known of a company.

    COMPANY is its domain, or its name where no domain is known. NAME is `name`,
    `domain`, `plan`, `segment`, `revenue` (money a month) or any other; an empty
    VALUE takes it away. Feedback that arrives from now on keeps it; what came before
    stays as it was.
    """
    if not told:
        raise UsageError("say what is known of it, for example plan=enterprise")
    entry = session.open().set_company(company, pairs(told, "the attribute"))
    tell(entry, as_json=as_json)


@verb(
    "import", within=companies, schemas=("steps",),
    example="triage companies import accounts.csv",
)  # fmt: skip
@click.argument("file", type=click.Path(path_type=Path))
def import_companies(session: Session, file: Path, as_json: bool) -> None:
    """
    Write down companies from a CSV file, as one step.

    Its first line names the columns: domain, name, and one for each attribute. An
    empty cell changes nothing; what the file does not name stays.
    """
    tell(session.open().import_companies(file), as_json=as_json)


def known(company: Company) -> str:
    """What is known of a company, on a line."""
    return ", ".join(f"{name} {value}" for name, value in company.attributes.items())
