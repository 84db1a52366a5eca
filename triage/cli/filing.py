"""roadmap find file comment refer: what trackers have, and what they are told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from triage.cli.outbox import show_draft, tell_drafts
from triage.cli.output import count, emit_json, note, table
from triage.cli.roadmap import HORIZONS, of_found, roadmap
from triage.cli.session import Session
from triage.cli.verbs import verb
from triage.errors import UsageError

if TYPE_CHECKING:
    from triage.workspace import DraftView, Workspace

_names = click.option(
    "--names", is_flag=True, help="Say who said each quote; nobody is named otherwise."
)


@verb(
    "find", within=roadmap, schemas=("found-plans",),
    example="triage roadmap find plan faster export",
)  # fmt: skip
@click.argument("source")
@click.argument("words", nargs=-1, required=True)
@click.option("--limit", type=click.IntRange(1, 50), default=10, show_default=True,
              help="At most so many.")  # fmt: skip
def find(
    session: Session, source: str, words: tuple[str, ...], limit: int, as_json: bool
) -> None:
    """Find what a tracker has planned; `add --from` takes it."""
    from asyncio import run

    workspace = session.open()
    found = run(workspace.find_planned(source, " ".join(words), limit))
    known = {
        one.key: item.short
        for one in found
        if (item := workspace.item_at(source, one.key)) is not None
    }
    if as_json:
        told = [of_found(one, known.get(one.key)) for one in found]
        emit_json("found-plans", {"source": source, "plans": told})
        return
    table(
        ("key", "here", "state", "means", "target", "owner", "title"),
        [
            (
                one.key,
                known.get(one.key, ""),
                one.state,
                one.status.replace("_", " ") or "unmapped",
                one.target,
                one.owner,
                one.title,
            )
            for one in found
        ],
    )
    note(f"{count(len(found), 'plan')} at {source}")


@verb(
    "file", within=roadmap, schemas=("outbox",), example="triage roadmap file p3 plan"
)
@click.argument("name", metavar="P|R")
@click.argument("source")
@click.option("--title", default="", help="What it is called there.")
@click.option("--horizon", type=click.Choice(HORIZONS), default="later",
              show_default=True, help="When it is meant to happen.")  # fmt: skip
@click.option("--partial", is_flag=True, help="It would settle only part of it.")
@_names
def file(
    session: Session,
    name: str,
    source: str,
    title: str,
    horizon: str,
    partial: bool,
    names: bool,
    as_json: bool,
) -> None:
    """
    Draft what settles a pain point as a new entry at a tracker.

    What hurts, how many say so, story and criteria, and up to five quotes; it stands
    on the roadmap at once, and is created there when `triage outbox send` says so. A
    story that cites no quote and is no assumption is left out. A roadmap item (r2) is
    drafted as it is.
    """
    from triage.model import Extent, Horizon

    workspace = session.open()
    if name.strip()[:1] in {"r", "R"}:
        if title:
            raise UsageError(
                "a roadmap item has a title; `triage roadmap edit` sets it"
            )
        item = workspace.roadmap_item(name)
        view = workspace.file_item(item, source, names=names)
    else:
        _, view = workspace.file(
            workspace.pain_point(name).pain_point, source, title=title,
            horizon=Horizon(horizon), names=names,
            extent=Extent.PARTIAL if partial else Extent.FULL,
        )  # fmt: skip
    _tell(workspace, view, as_json=as_json)


@verb(
    "comment", within=roadmap, schemas=("outbox",), example="triage roadmap comment r2"
)
@click.argument("item", metavar="R")
@click.argument("pain_point", metavar="[P]", required=False)
@_names
def comment(
    session: Session, item: str, pain_point: str | None, names: bool, as_json: bool
) -> None:
    """Draft a comment at its tracker: what is new since the last."""
    workspace = session.open()
    point = workspace.pain_point(pain_point).pain_point if pain_point else None
    view = workspace.comment(workspace.roadmap_item(item), point, names=names)
    _tell(workspace, view, as_json=as_json)


@verb(
    "refer", within=roadmap, schemas=("outbox",), example="triage roadmap refer r2 p3"
)
@click.argument("item", metavar="R")
@click.argument("pain_point", metavar="[P]", required=False)
@click.option("--url", default="", help="Where it leads; else the first quote's own.")
def refer(
    session: Session, item: str, pain_point: str | None, url: str, as_json: bool
) -> None:
    """Draft a link at its tracker, to where somebody said so."""
    workspace = session.open()
    point = workspace.pain_point(pain_point).pain_point if pain_point else None
    view = workspace.refer(workspace.roadmap_item(item), point, url)
    _tell(workspace, view, as_json=as_json)


def _tell(workspace: Workspace, view: DraftView, *, as_json: bool) -> None:
    if as_json:
        tell_drafts(workspace, [view])
        return
    show_draft(workspace, view)
    note(f"`triage outbox send {view.draft.short}` sends it; nothing is sent before")
