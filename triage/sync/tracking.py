"""A tracker asked how far it is with what the roadmap has of it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from triage.errors import SourceUnavailable
from triage.store import decided
from triage.store.counts import Counts
from triage.store.database import Database
from triage.store.tracking import Move
from triage.sync.events import Moved

if TYPE_CHECKING:
    from triage.sync.keeping import Keeping
    from triage.sync.pulling import Pull

PATIENCE = 600.0
"""Seconds a tracker may take to answer it all."""


async def tracked(
    db: Database, run: Pull, keeping: Keeping, counts: Counts
) -> list[Moved]:
    """
    Keep what it says of what is linked to it or was created there; what has moved.

    Nobody is asked where there is nothing of it. ``counts`` are added to.
    """
    keys = keeping.keys()
    if not keys:
        return []
    connector: Any = run.connector
    try:
        async with asyncio.timeout(PATIENCE) as limit:
            told = await connector.planned(run.http, keys)
    except TimeoutError as error:
        if not limit.expired():
            raise
        raise SourceUnavailable(
            f"{run.source} did not answer within {PATIENCE / 60:.0f} minutes; try again"
            " later"
        ) from error
    kept, moves = keeping.track(keys, told)
    counts.add(kept)
    return [moved for move in moves for moved in _told(db, move)]


def _told(db: Database, move: Move) -> list[Moved]:
    """Each plan that is this, with whom it concerns."""
    now = move.now
    return [
        Moved(
            source=now.source, name=view.item.short, title=view.item.title, key=now.key,
            state="" if now.gone_at else now.state, status=now.status,
            before=move.before.state if move.before else "",
            is_gone=now.gone_at is not None, people=view.people,
            pain_points=tuple(point.short for point in view.pain_points),
        )
        for view in decided.roadmap_views(db.read())
        if (view.item.tracker, view.item.key) == (now.source, now.key)
    ]  # fmt: skip
