"""dashboard: everything that is counted, as text, as a page, or as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from triage.cli.output import cells, emit, emit_json, moment, note
from triage.cli.session import Session
from triage.cli.verbs import verb
from triage.text.display import one_line

if TYPE_CHECKING:
    from triage.dashboard import Dashboard, Range, Row, Spot, Tile

_NAMED = 72
"""Characters of a row's name at most."""


@verb(
    "dashboard", schemas=("dashboard",),
    example="triage dashboard --weeks 26 --out dashboard.html",
)  # fmt: skip
@click.argument("query", nargs=-1)
@click.option(
    "--weeks", type=click.IntRange(1, 520), default=13, show_default=True, metavar="N",
    help="How many weeks back, the one that runs included.",
)  # fmt: skip
@click.option(
    "--out", type=click.Path(), metavar="FILE",
    help="Write one page that needs nothing else, whole or not at all.",
)  # fmt: skip
@click.option("--force", is_flag=True, help="Replace the file where it is there.")
def dashboard(
    session: Session,
    query: tuple[str, ...],
    weeks: int,
    out: str | None,
    force: bool,
    as_json: bool,
) -> None:
    """
    Show all that is counted at a glance, or write it as a page.

    The page is one file with charts, light or dark as its reader likes it, and loads
    nothing. QUERY narrows what is counted: `triage fields`.
    """
    from pathlib import Path

    from triage.dashboard import write_to

    workspace, asked = session.open(), " ".join(query)
    if out is not None and not as_json:
        told = workspace.dashboard_to_hand_out(weeks, query=asked)
        write_to(told, Path(out), force=force)
        note(one_line(f"wrote {out}", 1000))
        return
    told = workspace.dashboard(weeks, query=asked)
    if as_json:
        emit_json("dashboard", of_dashboard(told))
    else:
        emit("\n".join(_lines(told)))


def of_dashboard(told: Dashboard) -> dict[str, Any]:
    """All that the page shows, as values."""
    return {
        "at": moment(told.at),
        "weeks": told.weeks,
        "query": told.query,
        "tiles": [_told(tile) for tile in told.tiles],
    }


def _told(tile: Tile) -> dict[str, Any]:
    figure = None
    if tile.figure is not None:
        figure = {"kind": type(tile.figure).__name__.casefold(), **asdict(tile.figure)}
        if "mondays" in figure:
            figure["mondays"] = [f"{one}" for one in figure["mondays"]]
    return {
        "name": tile.name,
        "title": tile.title,
        "said": tile.said,
        "notes": list(tile.notes),
        "command": tile.command,
        "figure": figure,
    }


def _lines(told: Dashboard) -> Iterator[str]:
    from triage.dashboard import Ranges, Rows, Spots

    if not told.tiles:
        yield "Nobody has been heard yet; `triage import FILE` brings feedback in."
    for tile in told.tiles:
        yield f"{one_line(tile.title)}: {one_line(tile.said, 1000)}"
        named: Sequence[Range | Row | Spot] = ()
        if isinstance(tile.figure, Ranges | Rows):
            named = tile.figure.rows
        elif isinstance(tile.figure, Spots):
            named = tile.figure.spots
        wide = max((cells(one_line(one.name, _NAMED)) for one in named), default=0)
        for one in named:
            name = one_line(one.name, _NAMED)
            gap = " " * (wide - cells(name))
            yield f"  {name}{gap}  {one_line(one.said, 200)}"
        if isinstance(tile.figure, Rows) and tile.figure.more:
            yield f"  and {tile.figure.more:,} more"
        for said in tile.notes:
            yield f"  {one_line(said, 1000)}"
