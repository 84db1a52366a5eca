"""A dashboard as it may leave the file: our own words without what is withheld."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from triage.dashboard.tiles import Dashboard, Figure, Ranges, Rows, Spots, Tile


def leaving(dashboard: Dashboard, told: Callable[[str], str]) -> Dashboard:
    """Every text of it, but for its query, as ``told`` has it."""
    return replace(
        dashboard, tiles=tuple(_tile(tile, told) for tile in dashboard.tiles)
    )


def _tile(tile: Tile, told: Callable[[str], str]) -> Tile:
    return replace(
        tile,
        said=told(tile.said),
        notes=tuple(map(told, tile.notes)),
        figure=_figure(tile.figure, told),
    )


def _figure(figure: Figure | None, told: Callable[[str], str]) -> Figure | None:
    match figure:
        case Ranges():
            ranges = (replace(row, name=told(row.name)) for row in figure.rows)
            return replace(figure, rows=tuple(ranges))
        case Rows():
            rows = (
                replace(row, name=told(row.name), said=told(row.said))
                for row in figure.rows
            )
            return replace(figure, rows=tuple(rows))
        case Spots():
            return replace(figure, across=told(figure.across), up=told(figure.up))
        case _:
            return figure
