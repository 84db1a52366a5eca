"""Tiles about whom we listened to, whom we are compared with, and what has shipped."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from triage.dashboard import Row, Rows, Spot, Spots, Tile
from triage.store import shipping

if TYPE_CHECKING:
    from triage.workspace import Workspace

MOST = 6
"""Rows of a tile; the others are counted."""


def listening(workspace: Workspace, weeks: int, query: str) -> Iterator[Tile]:
    """This week's time for listening, and whose voices are missing."""
    del weeks, query
    week = workspace.week()
    missing = [part for part in week.parts if part.is_missing]
    told = f"{week.listened:.0f} of {week.minutes:.0f} minutes this week"
    yield Tile(
        name="listening",
        title="Listening",
        said=f"{told}; {week.heard:,} of {week.spoke:,} people heard",
        figure=rows(
            Row(
                f"{part.kind}: {part.called}", f"{part.spoke:,} spoke, nobody heard",
                stands_out=True,
            )
            for part in missing
        ),
        notes=("Missing are those of whom nobody was heard.",) if missing else (),
        area="listening-week",
        command="triage listening",
    )  # fmt: skip


def competitors(workspace: Workspace, weeks: int, query: str) -> Iterator[Tile]:
    """Who is named, and where they stand beside us in what is spoken of most."""
    del weeks
    found = workspace.competitors(query)
    if not found:
        return
    most = max(one.people for one in found) or 1
    yield Tile(
        name="competitors",
        title="Competitors",
        said="Who names them, and how many say they are better or worse on the whole",
        figure=rows(
            Row(
                one.name,
                f"{one.people:,} people; better {one.overall.better:,},"
                f" worse {one.overall.worse:,}",
                one.people / most,
            )
            for one in found
        ),
        command="triage competitors",
    )
    aspects = [name for name, _ in workspace.aspects()]
    if len(aspects) < 2:
        return
    across, up = aspects[:2]
    placed = workspace.perceptual_map(across, up, query)
    spots = tuple(
        Spot(
            one.across.place, one.up.place, one.name,
            f"{across} {one.across.place:+.2f}, n {one.across.n:,};"
            f" {up} {one.up.place:+.2f}, n {one.up.n:,}",
        )
        for one in placed
        if one.across.place is not None and one.up.place is not None
    )  # fmt: skip
    few = [one.name for one in placed if not one.is_placed]
    yield Tile(
        name="beside-us",
        title="Where they stand beside us",
        said="(better - worse) / people who said so"
        if spots
        else f"Too few people compared anybody in {across} and {up}",
        figure=Spots(across, up, spots) if spots else None,
        notes=(f"Too few to say: {', '.join(few)}",) if few else (),
        command=f"triage competitors --map {across} {up}",
    )


def shipped(workspace: Workspace, weeks: int, query: str) -> Iterator[Tile]:
    """What was said before something shipped, and as long after."""
    del weeks, query
    latest = sorted(
        shipping.shipped(workspace.db.read(), workspace.clock()).items(),
        key=lambda one: one[1], reverse=True,
    )  # fmt: skip
    if not latest:
        return
    told = [workspace.shipped_effect(item) for item, _ in latest[:MOST]]
    yield Tile(
        name="shipped",
        title="Before and after what shipped",
        said=f"{len(latest):,} shipped; what comes after need not come from it",
        figure=Rows(
            tuple(
                Row(
                    f"{one.item.short} {one.item.title}",
                    f"{one.effect.before:,} before, {one.effect.after:,} after:"
                    f" {one.effect.verdict}"
                    if one.effect.days
                    else one.effect.verdict,
                )
                for one in told
            ),
            len(latest) - len(told),
        ),
        area="roadmap",
        command="triage metrics --shipped r1",
    )


def rows(every: Iterator[Row]) -> Rows:
    """The first of them, and how many there are more."""
    found = tuple(every)
    return Rows(found[:MOST], len(found[MOST:]))
