"""estimate place: numbers people put on pain points, and places they give by hand."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import click

from triage.cli.output import count, emit_json, note, table
from triage.cli.pain import Figure
from triage.cli.ranking_shapes import by_whom, of_part, value_of
from triage.cli.session import Session
from triage.cli.steps import tell
from triage.cli.verbs import verb
from triage.errors import UsageError

if TYPE_CHECKING:
    from triage.scoring import Input
    from triage.workspace import Workspace

_FLAGS = {"yes": 1.0, "no": 0.0}


@verb(
    "estimate", schemas=("estimates", "steps"),
    example='triage estimate p3 effort 2 --from e7 --why "Ada has done one before"',
)  # fmt: skip
@click.argument("name", metavar="P")
@click.argument("asked", metavar="[INPUT]", default="")
@click.argument("value", metavar="[VALUE]", default="")
@click.option(
    "--from", "quotes", multiple=True, metavar="E",
    help="A quote it was taken from. Again for several.",
)  # fmt: skip
@click.option("--why", default="", metavar="TEXT", help="Why this number.")
@click.option("--clear", is_flag=True, help="Take the number back.")
def estimate(
    session: Session,
    name: str,
    asked: str,
    value: str,
    quotes: tuple[str, ...],
    why: str,
    clear: bool,
    as_json: bool,
) -> None:
    """
    Put a number on a pain point that formulas ask for.

    INPUT is what a formula asks for: `triage rank --formulas` lists them with their
    scales. VALUE is a number, 80%, yes or no, or a day like 2027-03-01. Without both,
    what is set is listed, with who set it and why.
    """
    workspace = session.open()
    point = workspace.pain_point(name).pain_point
    if not asked:
        if value or quotes or why or clear:
            raise UsageError("name the input: triage estimate p3 effort 2")
        _list(workspace, name, as_json=as_json)
        return
    if clear:
        if value or quotes or why:
            raise UsageError(f"{asked} is set and cleared at once")
        tell(workspace.unestimate(point, asked), as_json=as_json)
        return
    if not value:
        raise UsageError(f"give {asked} a value, or --clear it")
    from triage.scoring import checked_input

    wanted = checked_input(asked, workspace.config.weights)
    entry = workspace.estimate(
        point, asked, _value(value, wanted, workspace.clock()),
        evidence=[workspace.evidence(one).id for one in quotes], reason=why,
    )  # fmt: skip
    tell(entry, as_json=as_json)


@verb(
    "place", schemas=("steps",),
    example='triage place p3 --formula rice --above p4 --why "Promised to Acme"',
)  # fmt: skip
@click.argument("name", metavar="P")
@click.option("--formula", default="", metavar="NAME", help="In whose ranking.")
@click.option("--above", default="", metavar="P", help="Just above this one.")
@click.option("--below", default="", metavar="P", help="Just below this one.")
@click.option(
    "--value", type=Figure(), default=None, metavar="N", help="As if it scored this."
)
@click.option("--why", default="", metavar="TEXT", help="Why; whoever reads it asks.")
@click.option("--clear", is_flag=True, help="Let the formula say again.")
def place(
    session: Session,
    name: str,
    formula: str,
    above: str,
    below: str,
    value: float | None,
    why: str,
    clear: bool,
    as_json: bool,
) -> None:
    """
    Place a pain point by hand in a ranking, and say why.

    The formula's own value stays beside it, and another formula's ranking stays as it
    is. Without --formula it is the one the settings rank by.
    """
    if bool(above) + bool(below) + (value is not None) + clear != 1:
        raise UsageError("say where: one of --above, --below, --value or --clear")
    workspace = session.open()
    point = workspace.pain_point(name).pain_point
    chosen = workspace.formula(formula).name
    if clear:
        tell(workspace.unplace(point, chosen), as_json=as_json)
        return
    if value is None:
        other = workspace.pain_point(above or below).pain_point
        value = workspace.beside(point, other, chosen, above=bool(above))
    tell(workspace.place(point, chosen, value, why), as_json=as_json)


def _list(workspace: Workspace, name: str, *, as_json: bool) -> None:
    point = workspace.pain_point(name).pain_point
    parts = workspace.estimates(point)
    if as_json:
        told = [of_part(part) for part in parts]
        emit_json("estimates", {"pain_point": point.short, "estimates": told})
        return
    table(
        ("input", ">value", "who", "quotes", "why"),
        [
            (
                part.name,
                value_of(part),
                by_whom(part),
                " ".join(f"e{one}" for one in part.evidence),
                part.reason,
            )
            for part in parts
        ],
    )
    note(f"{count(len(parts), 'number')} on {point.short}")


def _value(told: str, wanted: Input, now: datetime) -> float:
    """The number a person means; days as seconds since 1970, shares 0 to 1."""
    if wanted.unit == "day":
        return _day(told, now).timestamp()
    if wanted.unit == "flag" and told.casefold() in _FLAGS:
        return _FLAGS[told.casefold()]
    is_percent = wanted.unit == "share" and told.endswith("%")
    try:
        number = float(told.removesuffix("%").strip() if is_percent else told)
    except ValueError as error:
        raise UsageError(
            f"{told!r} is no number; {wanted.name} is {wanted.scale}"
        ) from error
    return number / 100 if is_percent else number


def _day(told: str, now: datetime) -> datetime:
    from triage.text.when import day_named

    found = day_named(told, now)
    if found is None:
        raise UsageError(f"{told!r} is no day like 2027-03-01")
    return found
