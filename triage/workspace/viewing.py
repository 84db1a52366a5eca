"""Saved views: a name for a query, kept in the workspace's settings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from triage import config
from triage.config import Config, SavedView
from triage.errors import NotFound, UsageError
from triage.model import State
from triage.query import Query, parsed
from triage.store import finding
from triage.store.database import Database
from triage.store.values import values

COUNTED = 10_000
"""Rows of a view that are counted; of more it is said that there are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewSize:
    """
    How much waits in a view.

    Attributes:
        rows: Lines of its list, at most ``COUNTED``.
        is_more: There are more than were counted.
        oldest_at: When the line waiting longest came; None for an empty view.
    """

    rows: int
    is_more: bool = False
    oldest_at: datetime | None = None

    def __str__(self) -> str:
        return f"{self.rows:,}{'+' * self.is_more}"


class Viewing:
    """Views, and what a query may be made of."""

    path: Path
    db: Database
    config: Config
    clock: Callable[[], datetime]

    def saved_view(self, name: str) -> SavedView:
        """The view a person names; capitals do not matter."""
        for known, view in self.config.views.items():
            if known.casefold() == name.strip().casefold():
                return view
        raise NotFound(f"no view is called {name}; `triage views` lists them")

    def save_view(
        self, name: str, query: str, columns: tuple[str, ...] = ()
    ) -> SavedView:
        """Keep a query under a name, in place of what was kept under it."""
        name = " ".join(name.split())
        if not name or len(name) > 40 or set(name) & set("[]\"'="):
            raise UsageError(
                f"{name[:40]!r} is no name for a view; use up to 40 letters and digits"
            )
        view = SavedView(name, str(parsed(query)), columns)
        if not view.query:
            raise UsageError("an empty query is no view; narrow it first")
        config.save_view(self.config.path, view)
        self.config = config.load(self.path)
        return view

    def remove_view(self, name: str) -> None:
        """Forget a view; what it showed stays."""
        config.remove_view(self.config.path, self.saved_view(name).name)
        self.config = config.load(self.path)

    def size(
        self, query: Query, *, is_stopped: Callable[[], bool] | None = None
    ) -> ViewSize:
        """How much a query finds in the inbox, or where it says."""
        read, now = self.db.read(), self.clock()
        found = finding.find(
            read, query, State.INBOX, now=now, limit=COUNTED + 1,
            is_stopped=is_stopped,
        )  # fmt: skip
        if not found:
            return ViewSize(rows=0)
        oldest = finding.find(
            read, replace(query, sort="oldest"), State.INBOX, now=now, limit=1,
            is_stopped=is_stopped,
        )  # fmt: skip
        return ViewSize(
            rows=min(len(found), COUNTED),
            is_more=len(found) > COUNTED,
            # Keys follow time.
            oldest_at=datetime.fromtimestamp(oldest[0] / 1e6, UTC),
        )

    def values(self, field: str, limit: int = 30) -> list[tuple[str, int]]:
        """Values of a field, with how many of the latest feedback have them."""
        return values(self.db.read(), field, limit)
