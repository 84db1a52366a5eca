"""roadmap link unlink: what is planned, and which pain it would settle."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from triage.cli.output import count, emit, emit_json, note, table
from triage.cli.session import Session
from triage.cli.shapes import of_roadmap_view
from triage.cli.steps import tell
from triage.cli.verbs import nouns, verb
from triage.errors import UsageError
from triage.text.display import one_line

if TYPE_CHECKING:
    from triage.model import RoadmapItem
    from triage.workspace import RoadmapView, Workspace

HORIZONS = ("now", "next", "later")
_STATUSES = ("planned", "in_progress", "shipped", "dropped")

roadmap = nouns("roadmap", "The roadmap: what is planned now, next and later.")


@verb(
    "add", within=roadmap, schemas=("roadmap-item",),
    example='triage roadmap add "Faster export" --horizon next',
)  # fmt: skip
@click.argument("title", metavar="TITLE|KEY")
@click.option("--horizon", type=click.Choice(HORIZONS), help="When; later if not said.")
@click.option(
    "--from", "origin", metavar="SOURCE", default="",
    help="A tracker that has it planned: the argument is its KEY there.",
)  # fmt: skip
@click.option("--for", "pain_point", metavar="P", default="", help="What it settles.")
@click.option("--owner", default="", help="Who sees to it.")
@click.option("--target", default="", help="When it is meant to be there: 2027-03.")
@click.option("--tracker", default="", help="The source it is tracked at.")
@click.option("--key", default="", help="What it is called there: EXP-12.")
@click.option("--url", default="", help="Where it is shown.")
def add(
    session: Session,
    title: str,
    horizon: str | None,
    origin: str,
    pain_point: str,
    as_json: bool,
    **columns: str,
) -> None:
    """Put something on the roadmap, or take it from a tracker."""
    from asyncio import run

    from triage.model import Horizon

    workspace = session.open(create=True)
    point = workspace.pain_point(pain_point).pain_point if pain_point else None
    when = Horizon(horizon) if horizon else None
    if origin:
        if any(columns.values()):
            raise UsageError(
                "what it is comes from the tracker; `triage roadmap edit` sets the rest"
            )
        planned = run(workspace.planned_at(origin, title))
        item = workspace.plan_from(origin, planned, pain_point=point, horizon=when)
    else:
        item = workspace.plan(title, when or Horizon.LATER, **columns)
        if point:
            workspace.link(point, item)
    view = view_of(workspace, item)
    if as_json:
        emit_json("roadmap-item", of_roadmap_view(view))
        return
    where = f", {item.key} at {item.tracker}: {state(view)}" if origin else ""
    emit(one_line(f"Planned {item.short} “{item.title}” for {item.horizon}{where}"))


@verb("list", within=roadmap, schemas=("roadmap",), example="triage roadmap list")
@click.option("--horizon", type=click.Choice(HORIZONS), help="Only these.")
def list_roadmap(session: Session, horizon: str | None, as_json: bool) -> None:
    """List what is planned: now, next, later."""
    workspace = session.open()
    views = [
        view
        for view in workspace.roadmap()
        if horizon is None or view.item.horizon == horizon
    ]
    if as_json:
        emit_json("roadmap", {"roadmap": [of_roadmap_view(view) for view in views]})
        return
    table(
        (
            "id", "horizon", "status", ">people", "settles", "tracker", "target",
            "owner", "title",
        ),
        [
            (
                view.item.short,
                view.item.horizon,
                state(view),
                view.people,
                " ".join(point.short for point in view.pain_points),
                f"{view.item.tracker} {view.item.key}".strip(),
                view.item.target or (view.tracked.target if view.tracked else ""),
                view.item.owner or (view.tracked.owner if view.tracked else ""),
                view.item.title,
            )
            for view in views
        ],
    )  # fmt: skip
    note(count(len(views), "roadmap item"))
    tell_unmapped(workspace)


def tell_unmapped(workspace: Workspace) -> None:
    """Which words of trackers mean nothing yet, with the line that says what."""
    for one in workspace.unmapped():
        note(f"{one.source}: {one.says}")


@verb(
    "edit", within=roadmap, schemas=("steps",),
    example="triage roadmap edit r2 --status shipped",
)  # fmt: skip
@click.argument("name", metavar="R")
@click.option("--horizon", type=click.Choice(HORIZONS), help="When.")
@click.option("--status", type=click.Choice(_STATUSES), help="How far it has come.")
@click.option("--title", help="What it is called here.")
@click.option("--owner", help="Who sees to it; “” for nobody.")
@click.option("--target", help="When it is meant to be there: 2027-03, Q2, 5.3.")
@click.option("--tracker", help="The source it is tracked at; “” for none.")
@click.option("--key", help="What it is called there: EXP-12.")
@click.option("--url", help="Where it is shown.")
def edit(
    session: Session,
    name: str,
    horizon: str | None,
    status: str | None,
    as_json: bool,
    **columns: str | None,
) -> None:
    """Set when something is to happen, how far it is, whose it is."""
    from triage.model import Horizon, RoadmapStatus

    workspace = session.open()
    entry = workspace.reschedule(
        workspace.roadmap_item(name),
        horizon=Horizon(horizon) if horizon else None,
        status=RoadmapStatus(status) if status else None,
        **{key: value for key, value in columns.items() if value is not None},
    )
    tell(entry, as_json=as_json)


@verb("link", schemas=("steps",), example="triage link p3 r2")
@click.argument("pain_point", metavar="P")
@click.argument("item", metavar="R|SOURCE:KEY")
@click.option("--partial", is_flag=True, help="It would settle only part of it.")
def link(
    session: Session, pain_point: str, item: str, partial: bool, as_json: bool
) -> None:
    """Say that a roadmap item would settle a pain point."""
    from asyncio import run

    from triage.model import Extent

    workspace = session.open()
    point = workspace.pain_point(pain_point).pain_point
    extent = Extent.PARTIAL if partial else Extent.FULL
    source, _, key = item.partition(":")
    if not key:
        entry = workspace.link(point, workspace.roadmap_item(item), extent)
        tell(entry, as_json=as_json)
        return
    before = {entry.id for entry in workspace.history(1)}
    planned = run(workspace.planned_at(source, key))
    workspace.plan_from(source, planned, pain_point=point, extent=extent)
    made = [entry for entry in workspace.history(1) if entry.id not in before]
    tell(made, as_json=as_json)


@verb("unlink", schemas=("steps",), example="triage unlink p3 r2")
@click.argument("pain_point", metavar="P")
@click.argument("item", metavar="R")
def unlink(session: Session, pain_point: str, item: str, as_json: bool) -> None:
    """Say that it would not, after all."""
    workspace = session.open()
    entry = workspace.unlink(
        workspace.pain_point(pain_point).pain_point, workspace.roadmap_item(item)
    )
    tell(entry, as_json=as_json)


def state(view: RoadmapView) -> str:
    """How far it is, in words."""
    from triage.store.plan_status import spoken

    return spoken(view.status, view.tracked)


def view_of(workspace: Workspace, item: RoadmapItem) -> RoadmapView:
    """A plan with what it settles and what its tracker says."""
    return next(view for view in workspace.roadmap() if view.item.id == item.id)


def of_found(planned: Any, known: str | None) -> dict[str, Any]:
    """What a tracker has planned, and the plan here that is it."""
    return {
        "key": planned.key,
        "title": planned.title,
        "state": planned.state,
        "status": planned.status or None,
        "url": planned.url,
        "owner": planned.owner,
        "target": planned.target,
        "roadmap_item": known,
    }
