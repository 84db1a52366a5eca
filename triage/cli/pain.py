"""pain prioritise: what hurts, and how much a person says it does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from triage.cli.output import count, emit, emit_json, facts, note, number, table
from triage.cli.session import Session
from triage.cli.shapes import of_pain_view
from triage.cli.steps import tell
from triage.cli.verbs import nouns, verb
from triage.errors import UsageError
from triage.text.display import one_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from triage.scoring import Score
    from triage.workspace import Workspace

PRIORITIES = ("none", "urgent", "high", "medium", "low")
_STATUSES = ("open", "resolved", "dismissed")
_CLEARED: dict[str, Any] = {
    "severity": None, "effort": None, "confidence": None, "reach": None,
    "impact": None, "statement": "", "moscow": "", "persona": "", "owner": "",
    "story": "", "acceptance": "", "tags": (),
}  # fmt: skip


class Figure(click.types.FloatParamType):
    """A number that can be written down: neither nan nor infinite."""

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Any:
        """The number; a usage error where it is none."""
        from math import isfinite

        found = super().convert(value, param, ctx)
        if not isfinite(found):
            self.fail(f"{value} is no number to reckon with", param, ctx)
        return found


pain = nouns("pain", "Pain points: what hurts, with the quotes that show it.")


def columns(function: Callable[..., None]) -> Callable[..., None]:
    """The options that set columns of a pain point; one not given changes nothing."""
    for option in reversed(
        (
            click.option("--statement", help="The pain in a sentence or two."),
            click.option(
                "--severity", type=click.IntRange(1, 5), metavar="N",
                help="1 cosmetic … 5 work is lost.",
            ),
            click.option("--effort", type=Figure(), help="Person-months."),
            click.option("--confidence", type=Figure(), help="0 to 1."),
            click.option("--reach", type=Figure(), help="People per quarter."),
            click.option("--impact", type=Figure(), help="3, 2, 1, 0.5 or 0.25."),
            click.option(
                "--moscow", type=click.Choice(("must", "should", "could", "wont")),
                help="Must, should, could, won't this time.",
            ),
            click.option("--persona", help="Whom it hurts."),
            click.option("--owner", help="Who looks after it."),
            click.option("--story", help="The user story."),
            click.option("--acceptance", help="When it counts as solved."),
            click.option("--tag", "tags", multiple=True, help="Again for several."),
        )
    ):  # fmt: skip
        function = option(function)
    return function


@verb(
    "add", within=pain, schemas=("pain-point",),
    example='triage pain add "Export is slow" --severity 4 --tag export',
)  # fmt: skip
@click.argument("title")
@columns
def add(session: Session, title: str, as_json: bool, **given: Any) -> None:
    """Write down a pain point, without evidence yet."""
    workspace = session.open(create=True)
    point = workspace.capture(title, **_set(given))
    if as_json:
        show_pain_point(workspace, point.short, as_json=True)
    else:
        emit(one_line(f"Added {point.short} “{point.title}”"))


@verb(
    "list",
    within=pain,
    schemas=("pain-points",),
    example="triage pain list --status open",
)
@click.option("--status", type=click.Choice(_STATUSES), help="Only these.")
def list_pain_points(session: Session, status: str | None, as_json: bool) -> None:
    """List pain points in the order of the backlog."""
    views = [
        (view, score)
        for view, score in session.open().pain_points()
        if status is None or view.pain_point.status == status
    ]
    if as_json:
        emit_json(
            "pain-points",
            {
                "pain_points": [
                    of_pain_view(view, score, whole=False) for view, score in views
                ]
            },
        )
        return
    table(
        (
            "id",
            "priority",
            ">score",
            ">people",
            ">quotes",
            "status",
            "roadmap",
            "title",
        ),
        [
            (
                view.pain_point.short,
                view.pain_point.priority.name.lower(),
                score.value,
                score.people,
                len(view.quotes),
                view.pain_point.status,
                " ".join(plan.item.short for plan in view.plans),
                view.pain_point.title,
            )
            for view, score in views
        ],
    )
    note(count(len(views), "pain point"))


@verb("show", within=pain, schemas=("pain-point",), example="triage pain show p3")
@click.argument("name", metavar="P")
def show(session: Session, name: str, as_json: bool) -> None:
    """Show a pain point with its quotes, its score and what is planned."""
    show_pain_point(session.open(), name, as_json=as_json)


@verb(
    "edit", within=pain, schemas=("steps",),
    example="triage pain edit p3 --effort 1.5 --confidence 0.8",
)  # fmt: skip
@click.argument("name", metavar="P")
@click.option("--title", help="What hurts, in one line.")
@click.option("--status", type=click.Choice(_STATUSES), help="What has become of it.")
@columns
@click.option(
    "--clear", multiple=True, type=click.Choice(tuple(_CLEARED)),
    help="Empty this column again.",
)  # fmt: skip
def edit(
    session: Session, name: str, clear: tuple[str, ...], as_json: bool, **given: Any
) -> None:
    """Set what differs on a pain point; the rest stays."""
    from triage.model import PainStatus

    chosen = _set(given)
    both = set(clear) & set(chosen)
    if both:
        raise UsageError(f"{min(both)} is set and cleared at once")
    if "status" in chosen:
        chosen["status"] = PainStatus(chosen["status"])
    chosen |= {column: _CLEARED[column] for column in clear}
    workspace = session.open()
    point = workspace.pain_point(name).pain_point
    tell(workspace.edit(point, **chosen), as_json=as_json)


@verb(
    "weigh", within=pain, schemas=("steps",),
    example="triage pain weigh e7 --importance 3",
)  # fmt: skip
@click.argument("name", metavar="E")
@click.option(
    "--importance", type=click.IntRange(0, 3), metavar="N", required=True,
    help="To the customer: 0 not, 1 nice to have, 2 important, 3 critical.",
)  # fmt: skip
@click.option("--observed/--inferred", default=None, help="Did they say so themselves?")
def weigh(
    session: Session, name: str, importance: int, observed: bool | None, as_json: bool
) -> None:
    """Say how much a quote matters to the one who said it."""
    from triage.model import Importance

    workspace = session.open()
    evidence = workspace.evidence(name)
    tell(
        workspace.weigh(evidence, Importance(importance), observed=observed),
        as_json=as_json,
    )


@verb("prioritise", schemas=("steps",), example="triage prioritise p3 high")
@click.argument("name", metavar="P")
@click.argument("priority", type=click.Choice(PRIORITIES, case_sensitive=False))
def prioritise(session: Session, name: str, priority: str, as_json: bool) -> None:
    """Say how soon a pain point should be settled."""
    from triage.model import Priority

    workspace = session.open()
    point = workspace.pain_point(name).pain_point
    tell(workspace.prioritise(point, Priority[priority.upper()]), as_json=as_json)


def show_pain_point(workspace: Workspace, name: str, *, as_json: bool) -> None:
    """A pain point whole."""
    view = workspace.pain_point(name)
    score = workspace.score(view)
    if as_json:
        emit_json("pain-point", of_pain_view(view, score, whole=True))
        return
    point = view.pain_point
    emit(one_line(f"{point.short}  {point.title}"))
    emit()
    facts(
        [
            ("statement", point.statement),
            ("priority", point.priority.name.lower()),
            ("status", point.status),
            ("severity", number(point.severity)),
            ("effort", number(point.effort)),
            ("confidence", number(point.confidence)),
            ("reach", number(point.reach)),
            ("impact", number(point.impact)),
            ("moscow", point.moscow),
            ("persona", point.persona),
            ("owner", point.owner),
            ("story", point.story),
            ("acceptance", point.acceptance),
            ("tags", ", ".join(point.tags)),
            ("score", _score(score)),
            ("heard from", _heard(score.people, score.companies)),
            *(
                (plan.item.short, f"{plan.item.title} ({plan.link.extent})")
                for plan in view.plans
            ),
        ]
    )
    if view.quotes:
        emit()
    table(
        ("id", "from", ">importance", "feedback", "quote"),
        [
            (
                f"e{quote.evidence.id}",
                quote.feedback.author or quote.feedback.email,
                int(quote.evidence.importance),
                quote.feedback.short,
                f"“{quote.evidence.quote}”",
            )
            for quote in view.quotes
        ],
    )


def _score(score: Score) -> str:
    span = f"{number(score.low)} to {number(score.high)}"
    return f"{number(score.value)} ({span}), {score.formula}"


def _heard(people: int, companies: int) -> str:
    who = count(people, "person", "people")
    return f"{who} in {count(companies, 'company', 'companies')}" if companies else who


def _set(given: dict[str, Any]) -> dict[str, Any]:
    """Only the columns somebody gave."""
    return {
        name: value
        for name, value in given.items()
        if value is not None and value != ()
    }
