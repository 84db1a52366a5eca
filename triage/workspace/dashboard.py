"""Everything that is counted, gathered into tiles."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING, cast

from triage.model import Sentiment
from triage.store.database import Database

if TYPE_CHECKING:
    from triage.dashboard import Dashboard, Range, Tile
    from triage.workspace import Workspace
    from triage.workspace.numbers import Share

WEEKS = 13


class Dashboards:
    """Asked for a dashboard; nothing is written."""

    db: Database
    clock: Callable[[], datetime]

    def dashboard(self, weeks: int = WEEKS, *, query: str = "") -> Dashboard:
        """
        What was counted in so many weeks up to now, of what a query finds.

        No tiles where nobody was heard at all.
        """
        from triage.dashboard import Dashboard

        workspace = cast("Workspace", self)
        tiles = tuple(_tiles(workspace, weeks, query))
        return Dashboard(at=self.clock(), weeks=weeks, query=query, tiles=tiles)


def _tiles(workspace: Workspace, weeks: int, query: str) -> Iterator[Tile]:
    if not workspace.last_number():
        return
    yield from _volume(workspace, weeks, query)


def _volume(workspace: Workspace, weeks: int, query: str) -> Iterator[Tile]:
    from triage.dashboard import Ranges, Tile, Weeks

    found = workspace.numbers(weeks, query=query)
    tallies = [week.tally for week in found.weeks]
    yield Tile(
        name="feedback",
        title="Feedback a week",
        said=f"{found.whole.n:,} feedback in {weeks} weeks",
        figure=Weeks(
            tuple(week.monday for week in found.weeks),
            tuple(tally.n for tally in tallies),
            tuple(tally.sentiments[Sentiment.NEGATIVE] for tally in tallies),
        ),
        notes=("What stands out sounds negative. The last week is not over.",),
        area="numbers",
        command="triage numbers",
    )
    shares = [_share(one) for one in found.whole.shares() if one.n]
    yield Tile(
        name="sentiment",
        title="How pleased they sound",
        said=f"As read or rated, of {found.whole.n:,}",
        figure=Ranges(tuple(shares), 0.0, 1.0),
        area="numbers",
        command="triage tone",
    )


def _share(one: Share) -> Range:
    from triage.dashboard import Range

    low, high = one.interval
    said = f"{one.share:.0%} ({low:.0%}–{high:.0%})"
    return Range(one.name or "not read yet", said, one.share, one.interval)
