"""roadmap link unlink: what is planned, and which pain it would settle."""

from __future__ import annotations

import click

from triage.cli.output import count, emit, emit_json, note, table
from triage.cli.session import Session
from triage.cli.shapes import of_roadmap_item, of_roadmap_view
from triage.cli.steps import tell
from triage.cli.verbs import nouns, verb
from triage.text.display import one_line

_HORIZONS = ("now", "next", "later")
_STATUSES = ("planned", "in_progress", "shipped", "dropped")

roadmap = nouns("roadmap", "The roadmap: what is planned now, next and later.")


@verb(
    "add", within=roadmap, schemas=("roadmap-item",),
    example='triage roadmap add "Faster export" --horizon next',
)  # fmt: skip
@click.argument("title")
@click.option(
    "--horizon", type=click.Choice(_HORIZONS), default="later", show_default=True,
    help="When it is meant to happen.",
)  # fmt: skip
@click.option("--tracker", default="", help="Where it is tracked: jira, linear …")
@click.option("--key", default="", help="What it is called there: EXP-12.")
@click.option("--url", default="", help="Where it is shown.")
def add(
    session: Session,
    title: str,
    horizon: str,
    tracker: str,
    key: str,
    url: str,
    as_json: bool,
) -> None:
    """Put something on the roadmap."""
    from triage.model import Horizon

    item = session.open(create=True).plan(
        title, Horizon(horizon), tracker=tracker, key=key, url=url
    )
    if as_json:
        emit_json(
            "roadmap-item", of_roadmap_item(item) | {"people": 0, "pain_points": []}
        )
    else:
        emit(one_line(f"Planned {item.short} “{item.title}” for {item.horizon}"))


@verb("list", within=roadmap, schemas=("roadmap",), example="triage roadmap list")
@click.option("--horizon", type=click.Choice(_HORIZONS), help="Only these.")
def list_roadmap(session: Session, horizon: str | None, as_json: bool) -> None:
    """List what is planned: now, next, later."""
    views = [
        view
        for view in session.open().roadmap()
        if horizon is None or view.item.horizon == horizon
    ]
    if as_json:
        emit_json("roadmap", {"roadmap": [of_roadmap_view(view) for view in views]})
        return
    table(
        ("id", "horizon", "status", ">people", "settles", "tracker", "title"),
        [
            (
                view.item.short,
                view.item.horizon,
                view.item.status.replace("_", " "),
                view.people,
                " ".join(point.short for point in view.pain_points),
                f"{view.item.tracker} {view.item.key}".strip(),
                view.item.title,
            )
            for view in views
        ],
    )
    note(count(len(views), "roadmap item"))


@verb(
    "edit", within=roadmap, schemas=("steps",),
    example="triage roadmap edit r2 --status shipped",
)  # fmt: skip
@click.argument("name", metavar="R")
@click.option("--horizon", type=click.Choice(_HORIZONS), help="When.")
@click.option("--status", type=click.Choice(_STATUSES), help="How far it has come.")
def edit(
    session: Session, name: str, horizon: str | None, status: str | None, as_json: bool
) -> None:
    """Set when a roadmap item is meant to happen, or how far it has come."""
    from triage.model import Horizon, RoadmapStatus

    workspace = session.open()
    entry = workspace.reschedule(
        workspace.roadmap_item(name),
        horizon=Horizon(horizon) if horizon else None,
        status=RoadmapStatus(status) if status else None,
    )
    tell(entry, as_json=as_json)


@verb("link", schemas=("steps",), example="triage link p3 r2")
@click.argument("pain_point", metavar="P")
@click.argument("item", metavar="R")
@click.option("--partial", is_flag=True, help="It would settle only part of it.")
def link(
    session: Session, pain_point: str, item: str, partial: bool, as_json: bool
) -> None:
    """Say that a roadmap item would settle a pain point."""
    from triage.model import Extent

    workspace = session.open()
    entry = workspace.link(
        workspace.pain_point(pain_point).pain_point,
        workspace.roadmap_item(item),
        Extent.PARTIAL if partial else Extent.FULL,
    )
    tell(entry, as_json=as_json)


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
