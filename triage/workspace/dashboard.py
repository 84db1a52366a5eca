"""Everything that is counted, gathered into tiles."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, cast

from triage.store.database import Database

if TYPE_CHECKING:
    # What counts is loaded where somebody asks for it.
    from triage.dashboard import Dashboard
    from triage.workspace import Workspace

WEEKS = 13


class Dashboards:
    """Asked for a dashboard; nothing is written."""

    db: Database
    clock: Callable[[], datetime]

    def dashboard(self, weeks: int = WEEKS, *, query: str = "") -> Dashboard:
        """
        What was counted in so many weeks up to now, of what a query finds.

        No tiles where nobody was heard at all. What is about pain points, personas and
        highlights is of all there is, whatever the query.
        """
        from triage.dashboard import Dashboard
        from triage.workspace.tiles import ASKED

        workspace = cast("Workspace", self)
        tiles = (
            (tile for ask in ASKED for tile in ask(workspace, weeks, query))
            if workspace.last_number()
            else ()
        )
        return Dashboard(at=self.clock(), weeks=weeks, query=query, tiles=tuple(tiles))

    def dashboard_to_hand_out(
        self, weeks: int = WEEKS, *, query: str = ""
    ) -> Dashboard:
        """The same for whoever is not here: without words and names that stay."""
        from triage.dashboard import leaving

        told = cast("Workspace", self).letting().text
        return leaving(self.dashboard(weeks, query=query), told)
